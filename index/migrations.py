"""The database's schema, as numbered steps. A step, once released, never changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable


def m001_documents(connection: sqlite3.Connection) -> None:
    """Documents, their sources and paragraphs, what is embedded, and the settings of the library.

    Rows are never changed but for `gone`: a reader of generation g sees those with
    added <= g and (gone is null or gone > g).
    """
    script = """
        CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE documents (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL,
            title TEXT NOT NULL,
            kind TEXT,
            issuer TEXT,
            number TEXT,
            issued TEXT,
            quality TEXT NOT NULL,
            removed TEXT NOT NULL,
            added INTEGER NOT NULL,
            gone INTEGER
        );
        CREATE INDEX documents_id ON documents (id);
        CREATE TABLE sources (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            document INTEGER NOT NULL REFERENCES documents (row),
            name TEXT NOT NULL,
            origin TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            media_type TEXT NOT NULL,
            reader INTEGER NOT NULL,
            added INTEGER NOT NULL,
            gone INTEGER
        );
        CREATE INDEX sources_origin ON sources (origin);
        CREATE INDEX sources_document ON sources (document);
        CREATE TABLE paragraphs (
            document INTEGER NOT NULL REFERENCES documents (row),
            number INTEGER NOT NULL,
            role TEXT NOT NULL,
            text TEXT NOT NULL,
            heading_path TEXT NOT NULL,
            pieces TEXT NOT NULL,
            PRIMARY KEY (document, number)
        ) WITHOUT ROWID;
        CREATE TABLE passages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            document INTEGER NOT NULL REFERENCES documents (row),
            paragraph INTEGER NOT NULL,
            start INTEGER NOT NULL,
            stop INTEGER NOT NULL,
            role TEXT NOT NULL,
            words TEXT NOT NULL,
            vector BLOB NOT NULL
        );
        CREATE INDEX passages_document ON passages (document);
        CREATE INDEX passages_vector ON passages (vector);
        CREATE TABLE vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID
        """
    for statement in script.split(";"):  # executescript would commit on its own
        connection.execute(statement)


def m002_facts(connection: sqlite3.Connection) -> None:
    """What a document states of itself and what it mentions, as JSON; empty until it is read again."""
    connection.execute("ALTER TABLE documents ADD COLUMN facts TEXT NOT NULL DEFAULT '[]'")
    connection.execute("ALTER TABLE documents ADD COLUMN mentions TEXT NOT NULL DEFAULT '[]'")


def m003_findings(connection: sqlite3.Connection) -> None:
    """What documents are judged to be by the others: near-duplicates of one another, machine-rewritten.

    `signatures` are samples of shingles and `likenesses` verified pairs; both hold for the documents
    alone. `findings` hold for the published generation and change with it, in one transaction.
    `basis` is the number of documents that a judgement rests on.
    """
    script = """
        CREATE TABLE signatures (document INTEGER PRIMARY KEY REFERENCES documents (row), hashes BLOB NOT NULL);
        CREATE TABLE likenesses (
            a INTEGER NOT NULL REFERENCES documents (row),
            b INTEGER NOT NULL REFERENCES documents (row),
            jaccard REAL NOT NULL,
            containment REAL NOT NULL,
            covered REAL NOT NULL,
            PRIMARY KEY (a, b)
        ) WITHOUT ROWID;
        CREATE TABLE findings (
            document INTEGER PRIMARY KEY REFERENCES documents (row),
            representative INTEGER NOT NULL,
            flags TEXT NOT NULL,
            score REAL,
            home REAL NOT NULL,
            basis INTEGER NOT NULL,
            suspicions TEXT NOT NULL
        )
        """
    for statement in script.split(";"):
        connection.execute(statement)


def m004_seals(connection: sqlite3.Connection) -> None:
    """A digest of each document's rows, for `youju verify`; what has none yet gets it at the next publication."""
    connection.execute(
        "CREATE TABLE seals (document INTEGER PRIMARY KEY REFERENCES documents (row), digest BLOB NOT NULL)"
    )


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    m001_documents,
    m002_facts,
    m003_findings,
    m004_seals,
)
