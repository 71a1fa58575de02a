"""Facts and mentions in a library: stored, read back, and brought into libraries that had none."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from corpus import read_document
from index import Library, intake, writer
from index.encoder import Encoder
from index.migrations import MIGRATIONS, m001_documents
from index.store import Store


def only(library: Library) -> str:
    return library.entries()[0].id


def test_what_is_stored_is_what_was_read(library: Library) -> None:
    for entry in library.entries():
        kept = library.document(entry.id)
        assert kept == read_document(Path(kept.source.origin), kept.source.name)
        assert kept.facts
    assert any(library.document(entry.id).mentions for entry in library.entries())


def test_a_library_of_the_first_version_gets_empty_facts(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    connection = sqlite3.connect(path, isolation_level=None)
    m001_documents(connection)
    connection.execute("PRAGMA user_version = 1")
    connection.execute(
        "INSERT INTO documents (id, title, quality, removed, added) VALUES ('32fb9a7537a2', '清淤', '[]', '[]', 1)"
    )
    connection.execute("INSERT INTO paragraphs VALUES (1, 1, 'body', '清淤。', '[]', '[[0, 0]]')")
    connection.execute("INSERT INTO sources VALUES (1, 1, '清淤.txt', '/清淤.txt', '0', 'text/plain', 1, 1, NULL)")
    connection.close()
    store = Store(path)
    store.migrate()
    assert store.connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    document = store.document(1, 1)
    assert (document.title, document.facts, document.mentions) == ("清淤", (), ())
    store.close()


def test_a_newer_reader_gives_new_facts_to_the_same_text(
    library: Library, documents: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = sorted(entry.id for entry in library.entries())
    library_rows = {entry.id: entry.row for entry in library.entries()}
    newer = writer.READER_VERSION + 1
    for module in (writer, intake):
        monkeypatch.setattr(module, "READER_VERSION", newer)
    with library.writing() as writing:
        outcomes = [outcome.what for outcome in writing.add([documents])]
    assert set(outcomes) <= {"updated", "duplicate", "unchanged", "refused"}
    assert outcomes.count("updated") == len(ids)
    assert sorted(entry.id for entry in library.entries()) == ids
    assert all(entry.row != library_rows[entry.id] for entry in library.entries())
    with library.writing() as writing:
        assert {outcome.what for outcome in writing.add([documents])} <= {"unchanged", "refused"}
    assert library.verify() == []
