"""The truth of a library: one SQLite database.

A rollback journal with synchronous=FULL: the SQLite of many systems can corrupt a write-ahead log
(versions up to 3.51.2). Rows are versioned by generation, so a reader sees one state however much
is written meanwhile.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus import Document, Fact, Mention, Paragraph, Removed, Source
from corpus.names import INSIDE
from index.encoder import Vectors
from index.errors import LibraryDamaged, LibraryTooNew
from index.migrations import MIGRATIONS

WAIT = 30.0
"""Seconds to wait for another process's commit, which takes milliseconds."""
VISIBLE = "{0}.added <= :g AND ({0}.gone IS NULL OR {0}.gone > :g)"
FLAGS = "(SELECT flags FROM findings WHERE document = documents.row)"
FIRST, HEAD = 4, 160
"""Paragraphs at the head of a document, and characters of each, in which it says what it is."""
MANY = 900
"""Values in one statement; SQLite allows at least 999."""


@dataclass(frozen=True)
class Entry:
    """A document as a list shows it. `names` are of its sources, the oldest first."""

    row: int
    id: str
    title: str
    kind: str | None
    issuer: str | None
    number: str | None
    issued: str | None
    quality: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Filters:
    """Which documents to look in. `year` is that of 成文日期, `folder` a path inside what was added."""

    kind: str | None = None
    year: int | None = None
    issuer: str | None = None
    folder: str | None = None

    def __bool__(self) -> bool:
        return any(value is not None for value in (self.kind, self.year, self.issuer, self.folder))


@dataclass(frozen=True)
class Head:
    """What a document says of itself: its facts, and the words that it begins with."""

    entry: Entry
    facts: tuple[Fact, ...]
    opening: str


@dataclass(frozen=True)
class PassageRow:
    """Where a passage stands: document row, paragraph number, start and stop in its text, its role."""

    id: int
    document: int
    paragraph: int
    start: int
    stop: int
    role: str


@dataclass(frozen=True)
class NewPassage:
    """A passage to be stored, with its terms and the key of its vector."""

    paragraph: int
    start: int
    stop: int
    role: str
    words: str
    vector: bytes


class Store:
    """Reads and writes rows; a connection for each thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self._path, timeout=WAIT, isolation_level=None)
            found.execute("PRAGMA synchronous = FULL")
            found.execute("PRAGMA cache_spill = OFF")  # a long transaction must not lock readers out
            found.execute("PRAGMA foreign_keys = ON")
            found.execute("PRAGMA secure_delete = ON")  # a removed document leaves no readable rest
            self._local.connection = found
        return found

    def close(self) -> None:
        """Close this thread's connection."""
        found = getattr(self._local, "connection", None)
        if found is not None:
            found.close()
            self._local.connection = None

    def migrate(self) -> None:
        """Bring the schema to this program's version. Raises LibraryTooNew, LibraryDamaged."""
        try:
            if self._version() == len(MIGRATIONS):
                return
            with self.transaction() as connection:
                version = self._version()
                if version > len(MIGRATIONS):
                    raise LibraryTooNew(path=str(self._path.parent))
                for number, step in enumerate(MIGRATIONS[version:], version + 1):
                    step(connection)
                    connection.execute(f"PRAGMA user_version = {number}")
        except sqlite3.DatabaseError as error:
            raise LibraryDamaged(path=str(self._path.parent), detail=str(error)) from error

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is of one state; a writer's commit waits for its end."""
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written inside happens, or nothing."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    # -- settings

    def setting(self, key: str, default: str = "") -> str:
        """A value of the library's own settings."""
        row = self.connection.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else default

    def set_setting(self, key: str, value: str) -> None:
        """Set a value."""
        self.connection.execute(
            "INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    @property
    def generation(self) -> int:
        """Number of the last published state; 0 before the first."""
        return int(self.setting("generation", "0"))

    # -- documents

    def entries(self, generation: int, filters: Filters | None = None) -> list[Entry]:
        """The documents of a generation, in the order of their names."""
        where, values = _where(filters or Filters())
        rows = self.connection.execute(
            f"""SELECT documents.row, id, title, kind, issuer, number, issued, quality, {FLAGS},
                       group_concat(sources.name, char(10))
                FROM documents JOIN sources ON sources.document = documents.row AND {VISIBLE.format("sources")}
                WHERE {VISIBLE.format("documents")} {where}
                GROUP BY documents.row ORDER BY min(sources.name), documents.row""",
            {"g": generation, **values},
        )
        return [_entry(row) for row in rows]

    def entries_by_row(self, generation: int, rows: Sequence[int]) -> dict[int, Entry]:
        """Some documents of a generation, by their rows."""
        marks = ",".join(str(int(row)) for row in rows)
        found = self.connection.execute(
            f"""SELECT documents.row, id, title, kind, issuer, number, issued, quality, {FLAGS},
                       (SELECT group_concat(name, char(10)) FROM sources
                        WHERE document = documents.row AND {VISIBLE.format("sources")})
                FROM documents WHERE documents.row IN ({marks})""",
            {"g": generation},
        )
        return {entry.row: entry for entry in map(_entry, found)}

    def heads(self, generation: int) -> list[Head]:
        """Entry, facts and first paragraphs of each document of a generation."""
        facts = dict(self.connection.execute("SELECT row, facts FROM documents"))
        first: dict[int, str] = {}
        for row, text in self.connection.execute(
            f"SELECT document, substr(text, 1, {HEAD}) FROM paragraphs WHERE number <= {FIRST} ORDER BY document, number"
        ):
            first[row] = f"{first[row]}\n{text}" if row in first else text
        return [
            Head(entry, tuple(Fact(*f) for f in json.loads(facts[entry.row])), first.get(entry.row, ""))
            for entry in self.entries(generation)
        ]

    def find(self, id: str, generation: int) -> Entry | None:
        """A document by its id, or by as many of its first digits as tell it apart."""
        rows = self.connection.execute(
            f"SELECT row FROM documents WHERE id >= :id AND id < :end AND {VISIBLE.format('documents')} LIMIT 2",
            {"id": id, "end": id + "g", "g": generation},
        ).fetchall()
        return self.entries_by_row(generation, [rows[0][0]]).get(rows[0][0]) if len(rows) == 1 and id else None

    def rows(self, generation: int, filters: Filters) -> list[int]:
        """The rows of the documents that pass the filters."""
        return [entry.row for entry in self.entries(generation, filters)]

    def document(self, row: int, generation: int) -> Document:
        """The whole document in a row."""
        title, kind, issuer, number, issued, quality, flags, removed, facts, mentions = self.connection.execute(
            f"""SELECT title, kind, issuer, number, issued, quality, {FLAGS}, removed, facts, mentions
                FROM documents WHERE row = ?""",
            (row,),
        ).fetchone()
        source = self.connection.execute(
            f"""SELECT name, origin, sha256, media_type FROM sources
                WHERE document = :row AND {VISIBLE.format("sources")} ORDER BY row""",
            {"row": row, "g": generation},
        ).fetchone()
        return Document(
            source=Source(*source),
            title=title,
            kind=kind,
            issuer=issuer,
            number=number,
            issued=issued,
            quality=_quality(quality, flags),
            paragraphs=tuple(self.paragraphs([(row, None)])[row].values()),
            removed=tuple(Removed(*r) for r in json.loads(removed)),
            facts=tuple(Fact(*f) for f in json.loads(facts)),
            mentions=tuple(Mention(*m) for m in json.loads(mentions)),
        )

    def paragraphs(self, wanted: Iterable[tuple[int, int | None]]) -> dict[int, dict[int, Paragraph]]:
        """Paragraphs by document row and number; None as number means all of the document."""
        found: dict[int, dict[int, Paragraph]] = {}
        for row, number in wanted:
            rows = self.connection.execute(
                "SELECT number, role, text, heading_path, pieces FROM paragraphs WHERE document = ?"
                + (" AND number = ?" if number is not None else " ORDER BY number"),
                (row,) if number is None else (row, number),
            )
            for n, role, text, path, pieces in rows:
                paragraph = Paragraph(n, role, text, tuple(json.loads(path)), tuple(map(tuple, json.loads(pieces))))
                found.setdefault(row, {})[n] = paragraph
        return found

    # -- sources

    def sources_of(self, origin: str) -> dict[str, tuple[str, int]]:
        """SHA-256 and reader version under which a file, and what is inside of it, were last read, by origin."""
        first, end = origin + INSIDE, origin + INSIDE[:-1] + chr(ord(INSIDE[-1]) + 1)  # a range, for the index's sake
        rows = self.connection.execute(
            "SELECT origin, sha256, reader FROM sources"
            " WHERE gone IS NULL AND (origin = ? OR (origin > ? AND origin < ?))",
            (origin, first, end),
        )
        return {found: (sha256, reader) for found, sha256, reader in rows}

    def live_document(self, id: str) -> int | None:
        """Row of the document with this id in the state that will be published next."""
        row = self.connection.execute("SELECT row FROM documents WHERE id = ? AND gone IS NULL", (id,)).fetchone()
        return int(row[0]) if row else None

    def document_of_source(self, origin: str) -> int | None:
        """Row of the document that a file gave."""
        row = self.connection.execute(
            "SELECT document FROM sources WHERE origin = ? AND gone IS NULL", (origin,)
        ).fetchone()
        return int(row[0]) if row else None

    def insert_document(self, document: Document, generation: int) -> int:
        """Add a document with its paragraphs; returns its row."""
        cursor = self.connection.execute(
            """INSERT INTO documents (id, title, kind, issuer, number, issued, quality, removed, facts, mentions, added)
               VALUES (?,?,?,?,?,?,?,?,?,?,?)""",
            (
                document.id, document.title, document.kind, document.issuer, document.number, document.issued,
                json.dumps(document.quality),
                _rows(document.removed), _rows(document.facts), _rows(document.mentions), generation,
            ),
        )  # fmt: skip
        row = int(cursor.lastrowid or 0)
        self.connection.executemany(
            "INSERT INTO paragraphs VALUES (?, ?, ?, ?, ?, ?)",
            (
                (row, p.number, p.role, p.text, json.dumps(p.heading_path, ensure_ascii=False), json.dumps(p.pieces))
                for p in document.paragraphs
            ),
        )
        return row

    def insert_source(self, source: Source, document: int, reader: int, generation: int) -> None:
        """Note that a file holds a document; what the file held before is gone from this generation on."""
        self.retire("sources", "origin = ?", (source.origin,), generation)
        self.connection.execute(
            "INSERT INTO sources (document, name, origin, sha256, media_type, reader, added) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (document, source.name, source.origin, source.sha256, source.media_type, reader, generation),
        )

    def reader_of(self, document: int) -> int:
        """The newest reader version under which a live file gave this document; 0 if none does."""
        row = self.connection.execute(
            "SELECT max(reader) FROM sources WHERE document = ? AND gone IS NULL", (document,)
        ).fetchone()
        return int(row[0] or 0)

    def supersede(self, old: int, new: int, generation: int) -> None:
        """The same text was read anew by a newer reader: its files hold the new row from now on."""
        self.connection.execute(
            """INSERT INTO sources (document, name, origin, sha256, media_type, reader, added)
               SELECT ?, name, origin, sha256, media_type, reader, ? FROM sources WHERE document = ? AND gone IS NULL""",
            (new, generation, old),
        )
        self.retire("sources", "document = ?", (old,), generation)
        self.retire("documents", "row = ?", (old,), generation)

    def retire(self, table: str, where: str, values: tuple[object, ...], generation: int) -> int:
        """Rows that match are gone from this generation on; how many there were."""
        cursor = self.connection.execute(
            f"UPDATE {table} SET gone = ? WHERE gone IS NULL AND {where}", (generation, *values)
        )
        return cursor.rowcount

    def retire_orphans(self, generation: int) -> None:
        """Documents that no file holds any more are gone."""
        self.retire("documents", "row NOT IN (SELECT document FROM sources WHERE gone IS NULL)", (), generation)

    # -- passages and vectors

    def insert_passages(self, document: int, passages: Iterable[NewPassage]) -> None:
        """Add the passages of a document."""
        self.connection.executemany(
            "INSERT INTO passages (document, paragraph, start, stop, role, words, vector) VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((document, p.paragraph, p.start, p.stop, p.role, p.words, p.vector) for p in passages),
        )

    def known_vectors(self, keys: Sequence[bytes]) -> set[bytes]:
        """Which of these texts were embedded before."""
        known: set[bytes] = set()
        for start in range(0, len(keys), MANY):
            part = keys[start : start + MANY]
            marks = ",".join("?" * len(part))
            known.update(k for (k,) in self.connection.execute(f"SELECT key FROM vectors WHERE key IN ({marks})", part))
        return known

    def insert_vectors(self, keys: Iterable[bytes], vectors: Vectors) -> None:
        """Keep vectors as half floats: the error of a cosine stays under 0.001."""
        halves = vectors.astype(np.float16)
        self.connection.executemany(
            "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
            ((key, half.tobytes()) for key, half in zip(keys, halves, strict=True)),
        )

    def all_vectors(self, generation: int, dimension: int) -> tuple[np.ndarray, Vectors]:
        """Ids (n,) ascending and vectors (n, dimension) of all passages of a generation."""
        rows = self.connection.execute(
            f"""SELECT passages.id, vectors.vector FROM passages
                JOIN documents ON documents.row = passages.document AND {VISIBLE.format("documents")}
                JOIN vectors ON vectors.key = passages.vector ORDER BY passages.id""",
            {"g": generation},
        )
        ids: list[int] = []
        buffer = bytearray()
        for id, vector in rows:
            ids.append(id)
            buffer += vector
        matrix = np.frombuffer(bytes(buffer), np.float16).reshape(len(ids), dimension).astype(np.float32)
        return np.asarray(ids, np.int64), matrix

    def all_words(self, generation: int) -> Iterator[tuple[int, int, str]]:
        """(passage id, document row, terms) of all passages of a generation."""
        yield from self.connection.execute(
            f"""SELECT passages.id, passages.document, passages.words FROM passages
                JOIN documents ON documents.row = passages.document AND {VISIBLE.format("documents")}
                ORDER BY passages.id""",
            {"g": generation},
        )

    def passage_rows(self, ids: Sequence[int]) -> dict[int, PassageRow]:
        """Where these passages stand."""
        found: dict[int, PassageRow] = {}
        for start in range(0, len(ids), MANY):
            marks = ",".join(str(int(i)) for i in ids[start : start + MANY])
            rows = self.connection.execute(
                f"SELECT id, document, paragraph, start, stop, role FROM passages WHERE id IN ({marks})"
            )
            found.update((row[0], PassageRow(*row)) for row in rows)
        return found

    def passage_ids(self, documents: Sequence[int]) -> np.ndarray:
        """Ids of all passages of these documents, ascending."""
        ids: list[int] = []
        for start in range(0, len(documents), MANY):
            marks = ",".join(str(int(d)) for d in documents[start : start + MANY])
            ids += [i for (i,) in self.connection.execute(f"SELECT id FROM passages WHERE document IN ({marks})")]
        return np.asarray(sorted(ids), np.int64)

    def counts(self, generation: int) -> dict[str, int]:
        """How many documents, paragraphs and passages a generation has."""
        visible = VISIBLE.format("documents")
        queries = {
            "documents": f"SELECT count(*) FROM documents WHERE {visible}",
            "paragraphs": f"SELECT count(*) FROM paragraphs JOIN documents ON row = document WHERE {visible}",
            "passages": f"SELECT count(*) FROM passages JOIN documents ON row = document WHERE {visible}",
        }
        return {
            name: int(self.connection.execute(query, {"g": generation}).fetchone()[0])
            for name, query in queries.items()
        }

    def purge(self) -> None:
        """Delete for good what is gone; a reader still on an older generation starts again on the new one."""
        gone = "SELECT row FROM documents WHERE gone IS NOT NULL"
        if self.connection.execute(f"SELECT EXISTS ({gone})").fetchone()[0]:
            for table in ("passages", "paragraphs", "sources", "signatures", "findings"):
                self.connection.execute(f"DELETE FROM {table} WHERE document IN ({gone})")
            self.connection.execute(f"DELETE FROM likenesses WHERE a IN ({gone}) OR b IN ({gone})")
            self.connection.execute("DELETE FROM vectors WHERE key NOT IN (SELECT vector FROM passages)")
        self.connection.execute("DELETE FROM sources WHERE gone IS NOT NULL")
        self.connection.execute("DELETE FROM documents WHERE gone IS NOT NULL")

    def check(self) -> list[str]:
        """What SQLite finds wrong with the database; empty when all is well."""
        try:
            problems = [str(row[0]) for row in self.connection.execute("PRAGMA integrity_check")]
            problems += [f"{row[0]} → {row[2]}" for row in self.connection.execute("PRAGMA foreign_key_check")]
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return [problem for problem in problems if problem != "ok"]


def _rows(records: Iterable[Removed | Fact | Mention]) -> str:
    """Records as JSON lists of their fields."""
    return json.dumps([astuple(record) for record in records], ensure_ascii=False)


def _entry(row: Sequence[Any]) -> Entry:
    number, id, title, kind, issuer, mark, issued, quality, flags, names = row
    return Entry(
        number, id, title, kind, issuer, mark, issued, _quality(quality, flags), tuple((names or "").split("\n"))
    )


def _quality(own: str, flags: str | None) -> tuple[str, ...]:
    """What the document's own text shows, and what the others say of it."""
    return (*json.loads(own), *json.loads(flags or "[]"))


def _where(filters: Filters) -> tuple[str, dict[str, object]]:
    parts: list[str] = []
    values: dict[str, object] = {}
    if filters.kind is not None:
        parts.append("documents.kind = :kind")
        values["kind"] = filters.kind
    if filters.year is not None:
        parts.append("substr(documents.issued, 1, 4) = :year")
        values["year"] = f"{filters.year:04}"
    if filters.issuer is not None:
        parts.append("instr(documents.issuer, :issuer) > 0")
        values["issuer"] = filters.issuer
    if filters.folder is not None and filters.folder.strip("/"):
        parts.append(
            "(sources.name = :folder OR substr(sources.name, 1, length(:folder) + 1) = :folder || '/'"
            " OR substr(sources.name, 1, length(:folder) + 2) = :folder || :inside)"
        )
        values["inside"] = INSIDE
        values["folder"] = filters.folder.strip("/")
    return "".join(f" AND {part}" for part in parts), values
