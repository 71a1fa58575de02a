"""Damage to derived files and to the database, and derived files that are deleted."""

from __future__ import annotations

import shutil
from pathlib import Path

from damaging import database_mutations, derived_mutations, not_noticed_in_database, rows_of, unnoticed

from assistant.ask import ask
from assistant.compose import sample_folder
from index import Library, back_up, restore
from soak.table import Row

NAME = "damage"
MUTATIONS, IN_DATABASE, QUESTIONS = 1000, 300, 100
DERIVED = ("vectors.faiss", "words", "documents", "sentences", "spread", "text", "collocations.npz", "manifest.json")


def rows(scratch: Path) -> list[Row]:
    """On the sample library, with the real model."""
    library, older = _library(scratch)
    folder = library.layout.generation(library.generation)
    missed = [m for m in (unnoticed(library, x) for x in derived_mutations(folder, older, MUTATIONS, seed=7)) if m]
    assert not missed, missed[0]
    questions = [p.text[:40] for e in library.entries() for p in library.document(e.id).paragraphs if p.role == "body"]
    asked = questions[:: max(1, len(questions) // QUESTIONS)][:QUESTIONS]
    _derived_again(library, folder, asked)
    backup = back_up(library.layout, scratch / "backup.zip")
    held = rows_of(library.layout.database)
    named = 0
    for mutation in database_mutations(library.layout.database, IN_DATABASE, seed=7):
        problem = not_noticed_in_database(library.layout.root, mutation, held)
        assert not problem, problem
        named += 1
    restore(backup.path, scratch / "restored")
    again = Library.open(scratch / "restored")
    again._load_encoder = lambda: library.encoder
    assert [_ten(again, q) for q in asked] == [_ten(library, q) for q in asked]
    return [
        Row("damage to a derived file is noticed before it is loaded", f"{MUTATIONS} mutations (bit, page, end, older file) over all files", f"{MUTATIONS} noticed"),
        Row("damage to the database is named, or changes no value", f"{named} mutations of library.db", f"{named} of {named}"),
        Row("a backup brings back what was there", f"top ten of {len(asked)} questions", "identical"),
        Row("a deleted derived file is derived again alike", f"each of {len(DERIVED)}, top ten of {len(asked)} questions", "identical"),
    ]  # fmt: skip


def _library(scratch: Path) -> tuple[Library, Path]:
    """The sample library in its second generation, and the files of the first."""
    files = sorted(p for p in sample_folder().rglob("*") if p.is_file())
    library = Library.open(scratch / "library", create=True)
    with library.writing() as writer:
        list(writer.add(files[:-3]))
    older = scratch / "older"
    shutil.copytree(library.layout.generation(1), older)
    with library.writing() as writer:
        list(writer.add(files[-3:]))
    return library, older


def _derived_again(library: Library, folder: Path, asked: list[str]) -> None:
    before = [_ten(library, question) for question in asked]
    for name in DERIVED:
        folder = library.layout.generation(library.generation)
        gone = folder / name
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
        assert library.verify(), name
        library._current = None
        assert [_ten(library, question) for question in asked] == before, name
        assert library.verify() == [], name


def _ten(library: Library, question: str) -> list[tuple[str, float]]:
    return [(hit.id, round(hit.score, 6)) for hit in ask(library, question).hits[:10]]
