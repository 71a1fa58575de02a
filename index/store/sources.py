"""Source files as rows: which file gave which document, under which digest and reader version."""

from __future__ import annotations

import os
from pathlib import Path

from corpus import Source
from corpus.names import INSIDE
from index.store.database import VISIBLE, Database


class Sources(Database):
    """Reads and writes them."""

    def sources_of(self, origin: str) -> dict[str, tuple[str, int]]:
        """SHA-256 and reader version under which a file, and what is inside of it, were last read, by origin."""
        first, end = origin + INSIDE, origin + INSIDE[:-1] + chr(ord(INSIDE[-1]) + 1)  # a range, for the index's sake
        rows = self.connection.execute(
            "SELECT origin, sha256, reader FROM sources"
            " WHERE gone IS NULL AND (origin = ? OR (origin > ? AND origin < ?))",
            (origin, first, end),
        )
        return {found: (sha256, reader) for found, sha256, reader in rows}

    def sources_of_document(self, document: int, generation: int) -> list[Source]:
        """The files that hold a document, the oldest first."""
        rows = self.connection.execute(
            f"""SELECT name, origin, sha256, media_type FROM sources
                WHERE document = :row AND {VISIBLE.format("sources")} ORDER BY row""",
            {"row": document, "g": generation},
        )
        return [Source(*row) for row in rows]

    def single_files(self, generation: int, folder: Path) -> list[tuple[str, str]]:
        """(origin, SHA-256) of the files of a folder that are documents themselves, not archives of such."""
        rows = self.connection.execute(
            f"""SELECT DISTINCT origin, sha256 FROM sources
                WHERE {VISIBLE.format("sources")} AND instr(origin, :inside) = 0
                  AND substr(origin, 1, length(:folder)) = :folder ORDER BY origin""",
            {"g": generation, "inside": INSIDE, "folder": f"{folder}{os.sep}"},
        )
        return rows.fetchall()

    def move_sources(self, folder: str, to: str) -> None:
        """The files of a folder lie elsewhere from now on."""
        if folder == to:
            return
        self.connection.execute(
            "UPDATE sources SET origin = :to || substr(origin, length(:folder) + 1)"
            " WHERE substr(origin, 1, length(:folder) + 1) = :folder || :separator",
            {"folder": folder, "to": to, "separator": os.sep},
        )

    def document_of_source(self, origin: str) -> int | None:
        """Row of the document that a file gave."""
        row = self.connection.execute(
            "SELECT document FROM sources WHERE origin = ? AND gone IS NULL", (origin,)
        ).fetchone()
        return int(row[0]) if row else None

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

    def retire_orphans(self, generation: int) -> None:
        """Documents that no file holds any more are gone."""
        self.retire("documents", "row NOT IN (SELECT document FROM sources WHERE gone IS NULL)", (), generation)
