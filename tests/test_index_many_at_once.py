"""Many at once: readers while documents are replaced, and three who write."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from conftest import fresh
from soak.readers import Told, faults, reader, run, write_round
from soak.writers import BUSY, Written, by_program, lost, notice

from assistant.ask import ask
from assistant.unrelated import Scale
from index import Encoder, Library, LibraryBusy

ROUNDS, READERS = 4, 3


@pytest.fixture
def watched(tmp_path: Path, encoder: Encoder) -> Library:
    """A library of the notices of the first round."""
    library = fresh(tmp_path / "library", encoder)
    write_round(tmp_path / "notices", 1)
    with library.writing() as writer:
        list(writer.add([tmp_path / "notices"]))
    return library


def test_every_answer_is_wholly_of_one_state_while_documents_are_replaced(
    watched: Library, tmp_path: Path, encoder: Encoder
) -> None:
    other = fresh(watched.layout.root, encoder)  # as another process would
    over = threading.Event()
    told = Told()

    def write() -> None:
        try:
            for number in range(2, 2 + ROUNDS):
                write_round(tmp_path / "notices", number)
                with other.writing() as writer:
                    assert {o.what for o in writer.add([tmp_path / "notices"])} == {"updated"}
        finally:
            over.set()

    readers = [threading.Thread(target=reader, args=(watched, n, over.is_set, told, 0.0)) for n in range(READERS)]
    run([threading.Thread(target=write), *readers])
    assert told.errors == [] and told.mixed == []
    assert len(told.seconds) >= READERS and watched.generation == 1 + ROUNDS
    assert f"第{1 + ROUNDS}轮" in ask(watched, "巡查由哪个组负责？").citations[0].paragraph.text


def test_an_answer_out_of_two_states_would_be_seen(watched: Library, tmp_path: Path) -> None:
    first = ask(watched, "巡查由哪个组负责？")
    write_round(tmp_path / "notices", 2)
    with watched.writing() as writer:
        list(writer.add([tmp_path / "notices"]))
    second = ask(watched, "巡查由哪个组负责？")
    assert faults(first) == faults(second) == []
    assert faults(first.__class__(**{**vars(first), "hits": (*first.hits, *second.hits)})) == ["rounds ['1', '2']"]


def test_writers_who_meet_a_busy_library_are_told_and_nothing_acknowledged_is_lost(
    watched: Library, tmp_path: Path, encoder: Encoder
) -> None:
    written, guard = Written(), threading.Lock()

    def write(who: str) -> None:
        add = by_program(fresh(watched.layout.root, encoder))
        for number in range(3):
            file = notice(tmp_path, who, number)
            while (id := add(file)) == BUSY:
                with guard:
                    written.busy[who] += 1
                threading.Event().wait(0.01)
            written.there[file.name] = id

    run([threading.Thread(target=write, args=(who,)) for who in ("一组", "二组", "三组")])
    assert len(written.there) == 9 and sum(written.busy.values())
    assert lost(watched, written) == []
    assert watched.verify() == []


def test_a_writer_beside_another_is_refused_by_name(watched: Library, encoder: Encoder) -> None:
    other = fresh(watched.layout.root, encoder)
    with watched.writing(), pytest.raises(LibraryBusy), other.writing():
        pass


def test_what_is_kept_with_a_generation_is_made_once_however_many_ask(watched: Library) -> None:
    snapshot, made = watched.snapshot(), []

    def make() -> str:
        made.append(1)
        threading.Event().wait(0.05)
        return "made"

    run([threading.Thread(target=snapshot.kept, args=("a test", make)) for _ in range(8)])
    assert snapshot.kept("a test", make) == "made" and made == [1]


def test_questions_that_are_asked_of_every_generation_are_embedded_once(
    watched: Library, tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    Scale.of(watched.snapshot())
    write_round(tmp_path / "notices", 2)
    with watched.writing() as writer:
        list(writer.add([tmp_path / "notices"]))
    embedded: list[str] = []
    encode = encoder._model.encode
    monkeypatch.setattr(encoder._model, "encode", lambda texts, prompt: embedded.extend(texts) or encode(texts, prompt))
    Scale.of(watched.snapshot())
    assert embedded == []
