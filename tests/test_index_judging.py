"""What a library finds out about its documents when it publishes: families and rewritten texts."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import fresh
from test_corpus_rewritten import planted

from assistant.compose import sample_folder
from corpus import Document, read_document
from corpus.collocations import Collocations
from index import Encoder, Library, judging, texts
from index.collocations import load, save
from index.findings import Findings


class StandInEncoder(Encoder):
    """Vectors out of a digest of the text: these tests are about words and never search by meaning."""

    def __init__(self) -> None:
        self.name = "stand-in"
        self.dimension = 8

    def passages(self, passages):  # type: ignore[no-untyped-def]
        vectors = [np.random.default_rng(len(p.text)).random((1, 8)).astype(np.float32) for p in passages]
        if vectors:
            yield list(range(len(vectors))), [v / np.linalg.norm(v) for v in vectors]


SPEECH = "讲话/在乡村振兴现场推进会上的讲话.txt"
OTHER = "报告与总结/2023年澜川市政府工作报告.txt"


def as_text(document: Document) -> str:
    return "\n".join(p.text for p in document.paragraphs)


def add(library: Library, *paths: Path) -> None:
    with library.writing() as writer:
        assert {o.what for o in writer.add(list(paths))} <= {"added", "updated", "unchanged"}


def flags(library: Library) -> dict[str, tuple[str, ...]]:
    return {e.names[0]: tuple(f for f in e.quality if f in ("rewritten", "near-duplicate")) for e in library.entries()}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = fresh(tmp_path / "library", StandInEncoder())
    yield library
    library.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Our own documents, one of them a second time cut in half, one with four words in ten swapped."""
    folder = tmp_path / "documents"
    shutil.copytree(sample_folder(), folder)
    speech = (folder / SPEECH).read_text("utf-8")
    (folder / "半篇.txt").write_text(speech[: len(speech) // 2], encoding="utf-8")
    document = read_document(folder / OTHER)
    (folder / "改写.txt").write_text(as_text(planted(document, 0.4, 1, True)), encoding="utf-8")
    return folder


def test_families_name_a_representative_and_flag_the_rest(library: Library, folder: Path) -> None:
    add(library, folder)
    found = flags(library)
    assert found["半篇.txt"] == ("near-duplicate",)
    assert found[SPEECH] == ()
    [speeches] = [f for f in library.families() if any(e.names[0] == SPEECH for e in f)]
    assert [e.names[0] for e in speeches] == [SPEECH, "半篇.txt"]
    half = next(e for e in library.entries() if e.names[0] == "半篇.txt")
    assert [e.names[0] for e in library.about(half.id).family] == [SPEECH, "半篇.txt"]
    assert "near-duplicate" in library.document(half.id).quality


def test_a_family_is_found_when_its_members_come_one_by_one_and_ends_with_them(library: Library, folder: Path) -> None:
    add(library, folder / "半篇.txt")
    assert flags(library) == {"半篇.txt": ()}
    add(library, folder / SPEECH)
    assert flags(library) == {"半篇.txt": ("near-duplicate",), Path(SPEECH).name: ()}
    whole = next(e for e in library.entries() if e.names[0] == Path(SPEECH).name)
    with library.writing() as writer:
        writer.remove([whole.id])
    assert flags(library) == {"半篇.txt": ()}
    assert library.families() == []


def test_a_rewritten_document_is_flagged_with_its_words(library: Library, folder: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("corpus.rewritten.CAUTION", 0)  # forty documents are few; see the floors there
    (folder / OTHER).unlink()
    add(library, folder)
    found = flags(library)
    assert found["改写.txt"] == ("rewritten",)
    assert [name for name, told in found.items() if "rewritten" in told] == ["改写.txt"]
    entry = next(e for e in library.entries() if "rewritten" in e.quality)
    about, document = library.about(entry.id), library.document(entry.id)
    assert about.score is not None and about.score >= 0.5
    assert len(about.suspicions) > 5
    for s in about.suspicions:
        assert document.paragraphs[s.paragraph - 1].text[s.start : s.end] == s.word
        assert s.likely


def counts_of(library: Library) -> Collocations:
    found = load(library.layout.collocations(library.generation))
    assert found is not None
    return found


def by_words(counts: Collocations) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    single = {w: int(n) for w, n in zip(counts.words, counts.single, strict=True) if n}
    pairs = {
        (counts.words[int(k) >> 31], counts.words[int(k) & ((1 << 31) - 1)]): int(n)
        for k, n in zip(counts.next.keys, counts.next.counts, strict=True)
    }
    return single, pairs


def test_counts_carried_on_are_those_counted_at_once(library: Library, folder: Path, tmp_path: Path) -> None:
    files = sorted(p for p in folder.rglob("*.txt"))[:8]
    for file in files:
        add(library, file)
    with library.writing() as writer:
        writer.remove([library.entries()[2].id])
    carried = by_words(counts_of(library))
    library.layout.collocations(library.generation).unlink()
    library.layout.manifest(library.generation).unlink()
    with library.writing() as writer:
        writer.rebuild()
    assert by_words(counts_of(library)) == carried


def test_removing_takes_a_documents_words_out_of_the_counts(library: Library, folder: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    add(library, folder / SPEECH, folder / OTHER)
    whole = by_words(counts_of(library))
    add(library, folder / "发言")
    segmented = []
    cut = texts.document_words
    monkeypatch.setattr(texts, "document_words", lambda document: segmented.append(document.id) or cut(document))
    removed = [e.id for e in library.entries() if e.names[0] not in (Path(SPEECH).name, Path(OTHER).name)]
    with library.writing() as writer:
        writer.remove(removed)
    counts = counts_of(library)
    assert by_words(counts) == whole
    assert set(counts.words) == set(whole[0])  # not a word of theirs is left
    assert set(segmented) == set(removed)  # and the others are not counted again


def test_a_lost_or_damaged_file_of_counts_is_counted_again(library: Library, folder: Path) -> None:
    add(library, folder / SPEECH)
    library.layout.collocations(library.generation).write_bytes(b"PK\x03\x04 not a zip")
    add(library, folder / OTHER)
    assert len(counts_of(library).documents) == 2


def test_collocations_survive_the_file(tmp_path: Path) -> None:
    counts = Collocations.none().changed({1: ["|", "创建", "文明", "城市", "|"], 2: ["|", "创建", "|"]}, {})
    save(counts, tmp_path / "counts.npz")
    again = load(tmp_path / "counts.npz")
    assert again is not None
    assert by_words(again) == by_words(counts)
    assert again.documents == {1, 2}
    save(Collocations.none(), tmp_path / "none.npz")
    assert load(tmp_path / "none.npz") is not None
    assert load(tmp_path / "missing.npz") is None


def test_old_judgements_are_made_again_when_the_library_has_grown(library: Library, folder: Path) -> None:
    files = sorted(folder.rglob("*.txt"))
    add(library, files[0])
    first = library.entries()[0].row
    findings = Findings(library._store)
    assert findings.all()[first].basis == 1
    add(library, *files[1:])
    assert findings.all()[first].basis == len(files)


def test_not_all_old_documents_are_judged_at_once(library: Library, folder: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    files = sorted(folder.rglob("*.txt"))
    add(library, *files[:6])
    monkeypatch.setattr(judging, "AGAIN", 40)
    add(library, *files[6:12])
    bases = [f.basis for f in Findings(library._store).all().values()]
    assert 6 < sum(b == 12 for b in bases) < 12


def test_a_library_of_an_earlier_version_is_judged_at_its_next_publication(library: Library, folder: Path) -> None:
    add(library, folder / SPEECH)
    library.close()
    with sqlite3.connect(library.layout.database) as connection:
        for table in ("signatures", "likenesses", "findings", "seals"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 2")
    again = fresh(library.layout.root, StandInEncoder())
    assert flags(again) == {Path(SPEECH).name: ()}
    assert again.about(again.entries()[0].id).family == ()
    add(again, folder / "半篇.txt")
    assert flags(again)["半篇.txt"] == ("near-duplicate",)
    assert again.verify() == []
    again.close()


def test_removing_leaves_no_row_behind(library: Library, folder: Path) -> None:
    add(library, folder / SPEECH, folder / "半篇.txt")
    with library.writing() as writer:
        writer.remove([e.id for e in library.entries()])
    for table in ("signatures", "likenesses", "findings"):
        assert library._store.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_adding_one_by_one_gives_the_families_of_adding_all(library: Library, folder: Path, tmp_path: Path) -> None:
    files = [folder / "半篇.txt", folder / SPEECH, folder / OTHER, *sorted((folder / "发言").glob("*.txt"))]
    random.Random(1).shuffle(files)
    for file in files:
        add(library, file)
    other = fresh(tmp_path / "other", StandInEncoder())
    add(other, *files)
    assert flags(library) == flags(other)
    other.close()
