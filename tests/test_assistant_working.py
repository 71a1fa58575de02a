"""Adding and removing from the page: files are kept with the library, one thing is done at a time, and it can be stopped."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import NOTICE, SPEECH, fresh

from assistant.compose import ChatLibrary, is_sample
from assistant.originals import own_name
from assistant.settings import Settings, sample_library
from assistant.working import Work
from corpus import original
from index import Encoder, Library, LibraryBusy


@pytest.fixture
def empty(tmp_path: Path, encoder: Encoder) -> Library:
    return fresh(tmp_path / "own", encoder)


@pytest.fixture
def upload(tmp_path: Path) -> Callable[..., tuple[Path, str]]:
    """A file as the server has it, under a name that nobody gave it, and its owner's name for it."""
    count = iter(range(100))

    def made(name: str, content: str | bytes) -> tuple[Path, str]:
        path = tmp_path / f"upload{next(count)}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path, name

    return made


def add(library: Library, *files: tuple[Path, str]) -> Work:
    work = Work(lambda: library)
    assert work.add(files)
    work.wait(120)
    assert not work.state.running
    assert work.state.error is None
    return work


def told(work: Work) -> list[tuple[str, str]]:
    return [(outcome.name, outcome.what) for outcome in work.state.outcomes]


def test_a_file_is_known_by_its_own_name_and_kept(empty: Library, upload: Callable[..., tuple[Path, str]]) -> None:
    work = add(empty, upload("关于《供暖》的通知（试行）.txt", NOTICE), upload("坏.docx", "x"), upload("坏.exe", "x"))
    assert told(work) == [("关于《供暖》的通知（试行）.txt", "added"), ("坏.docx", "refused"), ("坏.exe", "refused")]
    [entry] = empty.entries()
    assert entry.names == ("关于《供暖》的通知（试行）.txt",)
    [source] = empty.sources(entry.id)
    assert original(source.origin) == ("关于《供暖》的通知（试行）.txt", NOTICE.encode())
    assert [p.name for p in empty.layout.originals.iterdir()] == ["关于《供暖》的通知（试行）.txt"]


def test_the_same_name_again_replaces(empty: Library, upload: Callable[..., tuple[Path, str]]) -> None:
    add(empty, upload("通知.txt", NOTICE))
    assert told(add(empty, upload("通知.txt", NOTICE))) == [("通知.txt", "unchanged")]
    assert told(add(empty, upload("通知.txt", SPEECH))) == [("通知.txt", "updated")]
    [entry] = empty.entries()
    assert "河湖" in entry.title
    assert list(empty.layout.replaced.iterdir()) == []


def test_a_damaged_file_of_the_same_name_replaces_nothing(
    empty: Library, upload: Callable[..., tuple[Path, str]]
) -> None:
    add(empty, upload("通知.txt", NOTICE))
    assert told(add(empty, upload("通知.txt", b"\0\1\2" * 99))) == [("通知.txt", "refused")]
    assert (empty.layout.originals / "通知.txt").read_text() == NOTICE
    assert len(empty.entries()) == 1


def test_two_files_of_one_name_in_one_go_are_both_kept(empty: Library, upload: Callable[..., tuple[Path, str]]) -> None:
    work = add(empty, upload("甲/通知.txt", NOTICE), upload("乙/通知.txt", SPEECH))
    assert told(work) == [("通知.txt", "added"), ("通知 (2).txt", "added")]


@pytest.mark.parametrize("name", ["../../../etc/passwd.txt", "/etc/passwd.txt", "..\\..\\passwd.txt", "a!/passwd.txt"])
def test_no_name_leads_out_of_the_folder(empty: Library, upload: Callable[..., tuple[Path, str]], name: str) -> None:
    add(empty, upload(name, NOTICE))
    assert [p.name for p in empty.layout.originals.iterdir()] == ["passwd.txt"]


def test_a_name_keeps_its_ending_however_long_it_is() -> None:
    assert own_name("关于" * 200 + ".docx").endswith(".docx")
    assert len(own_name("关于" * 200 + ".docx").encode()) <= 200
    assert len(own_name("a." + "b" * 300)) <= 200
    assert own_name("\udcbd.txt") and own_name("") == "_"


def test_removing_takes_the_kept_file_along_when_nothing_else_came_out_of_it(
    empty: Library, upload: Callable[..., tuple[Path, str]], tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        archive.writestr("甲.txt", NOTICE)
        archive.writestr("乙.txt", SPEECH)
    add(empty, upload("两份.zip", (tmp_path / "both.zip").read_bytes()))
    first, second = empty.entries()
    [source] = empty.sources(first.id)
    assert original(source.origin)[0] in ("甲.txt", "乙.txt")
    for gone, kept in ((first, True), (second, False)):
        work = Work(lambda: empty)
        work.remove([gone.id, "ffffffffffff"])
        work.wait(60)
        assert work.state.error is None
        assert work.state.removed == 1
        assert (empty.layout.originals / "两份.zip").exists() == kept
    assert empty.entries() == []


def test_removing_leaves_files_that_lie_elsewhere(library: Library, documents: Path) -> None:
    work = Work(lambda: library)
    work.remove([entry.id for entry in library.entries()])
    work.wait(60)
    assert work.state.removed == 2
    assert (documents / "供暖通知.txt").exists()


def test_stopped_work_leaves_what_was_stored_and_no_file_besides(
    empty: Library, upload: Callable[..., tuple[Path, str]], encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()
    passages = type(encoder).passages

    def slowly(self: Encoder, texts: list[object]):  # type: ignore[no-untyped-def]
        reached.set()
        go_on.wait(30)
        return passages(self, texts)  # type: ignore[arg-type]

    monkeypatch.setattr(type(encoder), "passages", slowly)
    work = Work(lambda: empty)
    assert work.add([upload("通知.txt", NOTICE)])
    assert reached.wait(30)
    assert not work.verify()  # one thing at a time
    work.stop()
    go_on.set()
    work.wait(60)
    assert work.state.stopping
    assert not work.state.running
    assert work.state.error is None
    assert work.state.outcomes == ()
    assert list(empty.layout.originals.iterdir()) == []
    monkeypatch.undo()
    assert told(add(empty, upload("通知.txt", NOTICE))) == [("通知.txt", "added")]


def test_while_somebody_else_writes_nothing_is_touched(
    library: Library, upload: Callable[..., tuple[Path, str]]
) -> None:
    work = Work(lambda: library)
    file, name = upload("新.txt", SPEECH)
    with library.writing():
        work.add([(file, name)])
        work.wait(60)
    assert isinstance(work.state.error, LibraryBusy)
    assert not library.layout.originals.exists()


def test_verify_and_rebuild(library: Library) -> None:
    work = Work(lambda: library)
    assert work.verify()
    work.wait(60)
    assert work.state.problems == ()
    before = library.generation
    assert work.rebuild()
    work.wait(60)
    assert (work.state.error, library.generation) == (None, before + 1)
    assert work.state.progress and work.state.progress.judged == work.state.progress.to_judge == len(library.entries())


def test_nothing_is_added_to_the_sample_library(
    tmp_path: Path,
    sample: Library,
    encoder: Encoder,
    upload: Callable[..., tuple[Path, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assistant.compose.sample_library", lambda: sample.layout.root)
    shown = ChatLibrary(Settings(tmp_path / "mine"))
    assert is_sample(shown())
    before = sample.counts()
    own = shown.to_change()
    own._load_encoder = lambda: encoder
    add(own, upload("通知.txt", NOTICE))
    assert sample.counts() == before
    assert [entry.names for entry in shown().entries()] == [("通知.txt",)]
    assert sample_library() != sample.layout.root
