"""Documents on their way in: what is embedded once, what goes on meanwhile, what an interruption leaves."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from conftest import fresh

from corpus import read_document
from index import Encoder, Library, intake, writer
from index.embedding import Embedding
from index.passages import Passage, cut_passages


class StandInEncoder(Encoder):
    """Vectors out of the length of a text: these tests are about what is embedded when, never about its meaning."""

    def __init__(self) -> None:
        self.name = "stand-in"
        self.dimension = 8
        self.texts: list[str] = []
        self.opened = threading.Event()
        self.opened.set()
        self.fails_at = -1

    def passages(self, passages):  # type: ignore[no-untyped-def]
        assert self.opened.wait(60), "nothing went on while the model worked"
        for i, text in enumerate(p.embedded for p in passages):
            if len(self.texts) == self.fails_at:
                raise ValueError("no more")
            self.texts.append(text)
            vector = np.random.default_rng(len(text)).random((1, 8)).astype(np.float32)
            yield [i], [vector / np.linalg.norm(vector)]


def notice(what: str, more: str = "") -> str:
    return f"关于{what}的通知\n各街道：\n请在本月底之前完成辖区内的{what}工作，并报送总结。\n{more}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for what in ("清淤", "除草", "植树", "防火", "养路", "巡河"):
        (folder / f"{what}.txt").write_text(notice(what), encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """An empty library that embeds and stores each document by itself."""
    monkeypatch.setattr(intake, "BATCH", 1)
    library = fresh(tmp_path / "library", StandInEncoder())
    yield library
    library.close()


def model(library: Library) -> StandInEncoder:
    assert isinstance(library.encoder, StandInEncoder)
    return library.encoder


def add(library: Library, *paths: Path) -> list[str]:
    with library.writing() as writer:
        return [o.what for o in writer.add(list(paths))]


def passages_of(folder: Path) -> list[Passage]:
    return [passage for file in sorted(folder.iterdir()) for passage in cut_passages(read_document(file))]


def embedding_threads() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith("embedding")]


def test_no_text_is_embedded_twice_not_even_of_the_batch_before(library: Library, folder: Path) -> None:
    for name in ("一", "二", "三"):  # one after another, so that each is embedded while the last is not yet stored
        (folder / f"另{name}.txt").write_text(notice("巡河", f"第{name}组的名单另发。\n"), encoding="utf-8")
    assert set(add(library, folder)) == {"added"}
    (folder / "除草.txt").write_text(notice("除草", "逾期不报的，予以通报。\n"), encoding="utf-8")
    add(library, folder)
    with library.writing() as writer:
        writer.rebuild()
    assert len(model(library).texts) == len(set(model(library).texts))
    assert library.verify() == []


def test_reading_goes_on_while_the_model_works(library: Library, folder: Path) -> None:
    model(library).opened.clear()
    with library.writing() as writer:
        outcomes = writer.add([folder])
        next(outcomes)
        next(outcomes)  # the first document is with the model, which waits for us
        assert embedding_threads()
        model(library).opened.set()
        assert len(list(outcomes)) == 4
    assert library.counts()["documents"] == 6
    assert library.verify() == []


def test_the_documents_are_judged_while_the_model_works_on_the_last(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH", 1000)
    model(library).opened.clear()
    judge = writer.refresh

    def judging(*given, **named):  # type: ignore[no-untyped-def]
        assert embedding_threads()
        assert library.generation == 0
        model(library).opened.set()
        return judge(*given, **named)

    monkeypatch.setattr(writer, "refresh", judging)
    assert add(library, folder) == ["added"] * 6
    assert library.verify() == []


def test_a_failure_behind_the_judging_leaves_nothing_of_the_last_batch(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH", 1000)
    model(library).fails_at = 3
    with pytest.raises(ValueError, match="no more"):
        add(library, folder)
    assert library._store.connection.execute("SELECT count(*) FROM documents").fetchone() == (0,)
    model(library).fails_at = -1
    assert add(library, folder) == ["added"] * 6
    assert library.verify() == []


@pytest.mark.parametrize("after", [1, 3, 5])
def test_an_interruption_leaves_a_whole_library_and_no_thread(library: Library, folder: Path, after: int) -> None:
    with library.writing() as writer:
        outcomes = writer.add([folder])
        for _ in range(after):
            next(outcomes)
        with pytest.raises(KeyboardInterrupt):
            outcomes.throw(KeyboardInterrupt)  # type: ignore[attr-defined]
    assert embedding_threads() == []
    assert library.generation == 0
    assert library._store.check() == []
    assert set(add(library, folder)) <= {"added", "unchanged"}
    assert library.counts()["documents"] == 6
    passages = library.counts()["passages"]
    assert len(model(library).texts) <= passages + 2 * passages / 6  # two batches at the most were lost
    assert library.verify() == []


def test_an_interruption_while_the_model_works_is_heard(library: Library, folder: Path) -> None:
    def interrupt(progress: object) -> None:
        if embedding_threads():
            raise KeyboardInterrupt

    with library.writing() as writer, pytest.raises(KeyboardInterrupt):
        list(writer.add([folder], interrupt))
    assert embedding_threads() == []
    assert set(add(library, folder)) <= {"added", "unchanged"}
    assert library.counts()["documents"] == 6


@pytest.mark.parametrize("at", [0, 3, 7])
def test_a_model_that_fails_is_heard_and_costs_only_what_was_not_stored(
    library: Library, folder: Path, at: int
) -> None:
    model(library).fails_at = at
    with pytest.raises(ValueError, match="no more"):
        add(library, folder)
    model(library).fails_at = -1
    assert set(add(library, folder)) <= {"added", "unchanged"}
    assert library.counts()["documents"] == 6
    assert library.verify() == []


def test_a_text_met_again_before_it_is_stored_is_a_duplicate(library: Library, folder: Path) -> None:
    (folder / "清淤二.txt").write_text(notice("清淤"), encoding="utf-8")
    (folder / "清淤三.txt").write_text(notice("清淤"), encoding="utf-8")
    assert sorted(add(library, folder)) == ["added"] * 6 + ["duplicate"] * 2
    assert library.counts()["documents"] == 6
    assert {e.names for e in library.entries() if len(e.names) > 1} == {("清淤.txt", "清淤三.txt", "清淤二.txt")}
    assert library.verify() == []


def test_a_text_met_again_does_not_wait_for_the_model(library: Library, folder: Path) -> None:
    twin = folder / "养路二.txt"
    twin.write_text(notice("养路"), encoding="utf-8")
    model(library).opened.clear()
    with library.writing() as writer:
        outcomes = writer.add([folder / "养路.txt", twin])
        assert [next(outcomes).what, next(outcomes).what] == ["added", "duplicate"]
        model(library).opened.set()
        assert list(outcomes) == []
    twin.write_text(notice("养路", "另附名单。\n"), encoding="utf-8")
    assert add(library, folder / "养路.txt", twin) == ["unchanged", "updated"]
    assert sorted(e.names for e in library.entries()) == [("养路.txt",), ("养路二.txt",)]


def test_progress_never_goes_back_and_ends_at_all(library: Library, folder: Path) -> None:
    seen: list[int] = []
    with library.writing() as writer:
        list(writer.add([folder], lambda progress: seen.append(progress.passages)))
    assert seen == sorted(seen)
    assert seen[-1] == library.counts()["passages"]


def test_whoever_waits_for_vectors_is_told_once_at_least_and_can_end_the_work(library: Library) -> None:
    made = Embedding(library.encoder, {})
    while not made.ended:
        time.sleep(0.01)

    def end() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made.result(end)


def test_texts_are_with_the_model_as_soon_as_those_before_are_done_whether_or_not_anyone_asked(
    library: Library, folder: Path
) -> None:
    first, second = ({bytes([i]): p} for i, p in enumerate(passages_of(folder)[:2]))
    closed = model(library).opened = threading.Event()
    made = Embedding(library.encoder, first)
    time.sleep(0.1)  # it stands before the closed door
    model(library).opened = threading.Event()
    model(library).opened.set()
    behind = Embedding(library.encoder, second, made)
    time.sleep(0.1)
    assert behind.done == 0
    closed.set()
    [(keys, _)] = behind.result(lambda: None)
    assert keys == list(second)
    assert made.done == 1


@pytest.mark.parametrize("fails_at", [-1, 3])
def test_python_collects_as_before_when_adding_has_ended(library: Library, folder: Path, fails_at: int) -> None:
    before, meanwhile = gc.get_threshold(), []
    model(library).fails_at = fails_at
    with library.writing() as writer, suppress(ValueError):
        list(writer.add([folder], lambda progress: meanwhile.append(gc.get_threshold())))
    assert gc.get_threshold() == before
    assert meanwhile[0] > before
