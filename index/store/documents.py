"""Documents and their paragraphs as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus import Document, Fact, Mention, Paragraph, Removed, Source
from index.errors import DatabaseDamaged
from index.store.database import VISIBLE, Database
from index.store.filters import Filters, restriction

FIRST, HEAD = 4, 160
"""Paragraphs at the head of a document, and characters of each, in which it says what it is."""
FLAGS = "(SELECT flags FROM findings WHERE document = documents.row)"


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
class Head:
    """What a document says of itself: its facts, and the words that it begins with."""

    entry: Entry
    facts: tuple[Fact, ...]
    opening: str


class Documents(Database):
    """Reads and writes them."""

    def entries(self, generation: int, filters: Filters | None = None) -> list[Entry]:
        """The documents of a generation, in the order of their names."""
        where, values = restriction(filters or Filters())
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

    def bracketed(self, generation: int) -> Iterator[str]:
        """The paragraphs of a generation that hold a bracket: where names are shortened."""
        found = self.connection.execute(
            f"""SELECT text FROM paragraphs JOIN documents ON documents.row = paragraphs.document
                WHERE {VISIBLE.format("documents")} AND text GLOB '*[（(〔]*'""",
            {"g": generation},
        )
        return (text for (text,) in found)

    def find(self, id: str, generation: int) -> Entry | None:
        """A document by its id, or by as many of its first digits as tell it apart."""
        rows = self.connection.execute(
            f"SELECT row FROM documents WHERE id >= :id AND id < :end AND {VISIBLE.format('documents')} LIMIT 2",
            {"id": id, "end": id + "g", "g": generation},
        ).fetchall()
        return self.entries_by_row(generation, [rows[0][0]]).get(rows[0][0]) if len(rows) == 1 and id else None

    def rows(self, generation: int, filters: Filters) -> list[int]:
        """The rows of the documents that pass the filters, ascending."""
        where, values = restriction(filters)
        found = self.connection.execute(
            f"""SELECT DISTINCT documents.row FROM documents
                JOIN sources ON sources.document = documents.row AND {VISIBLE.format("sources")}
                WHERE {VISIBLE.format("documents")} {where} ORDER BY documents.row""",
            {"g": generation, **values},
        )
        return [int(row) for (row,) in found]

    def document(self, row: int, generation: int) -> Document:
        """The whole document in a row. Raises DatabaseDamaged if its text is not the one that its id was made of."""
        id, title, kind, issuer, number, issued, quality, flags, removed, facts, mentions = self.connection.execute(
            f"""SELECT id, title, kind, issuer, number, issued, quality, {FLAGS}, removed, facts, mentions
                FROM documents WHERE row = ?""",
            (row,),
        ).fetchone()
        source = self.connection.execute(
            f"""SELECT name, origin, sha256, media_type FROM sources
                WHERE document = :row AND {VISIBLE.format("sources")} ORDER BY row""",
            {"row": row, "g": generation},
        ).fetchone()
        found = Document(
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
        if found.id != id:
            raise DatabaseDamaged(path=str(self._path.parent), detail=f"{id}: changed")
        return found

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

    def headings(self, generation: int) -> list[tuple[int, Paragraph]]:
        """(document row, heading) of all headings of a generation, in the order of the text."""
        rows = self.connection.execute(
            f"""SELECT document, paragraphs.number, role, text, heading_path FROM paragraphs
                JOIN documents ON documents.row = document AND {VISIBLE.format("documents")}
                WHERE role = 'heading' ORDER BY document, paragraphs.number""",
            {"g": generation},
        )
        return [(row, Paragraph(n, role, text, tuple(json.loads(path)))) for row, n, role, text, path in rows]

    def all_paragraphs(self, generation: int) -> Iterator[tuple[int, int, str, str]]:
        """(document row, number, role, text) of all paragraphs of a generation, document by document."""
        yield from self.connection.execute(
            f"""SELECT document, paragraphs.number, role, text FROM paragraphs
                JOIN documents ON documents.row = document AND {VISIBLE.format("documents")}
                ORDER BY document, paragraphs.number""",
            {"g": generation},
        )

    def live_document(self, id: str) -> int | None:
        """Row of the document with this id in the state that will be published next."""
        row = self.connection.execute("SELECT row FROM documents WHERE id = ? AND gone IS NULL", (id,)).fetchone()
        return int(row[0]) if row else None

    def gone(self, row: int) -> bool:
        """Whether a document goes with the generation that will be published next."""
        found = self.connection.execute("SELECT gone IS NOT NULL FROM documents WHERE row = ?", (row,)).fetchone()
        return bool(found[0])

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


def _rows(records: Iterable[Removed | Fact | Mention]) -> str:
    """Records as JSON lists of their fields."""
    return json.dumps([tuple(vars(record).values()) for record in records], ensure_ascii=False)


def _entry(row: Sequence[Any]) -> Entry:
    number, id, title, kind, issuer, mark, issued, quality, flags, names = row
    return Entry(
        number, id, title, kind, issuer, mark, issued, _quality(quality, flags), tuple((names or "").split("\n"))
    )


def _quality(own: str, flags: str | None) -> tuple[str, ...]:
    """What the document's own text shows, and what the others say of it."""
    return (*json.loads(own), *json.loads(flags or "[]"))
