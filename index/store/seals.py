"""Digests of rows: SQLite notices when its own structures are damaged, but not that a letter became another one.

A document's rows never change, so each document is sealed once. What stands around the documents (sources,
findings, the library's settings) is sealed as a whole whenever a generation is published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from index.store.database import VISIBLE, Database

OF_ONE = (
    """SELECT row, id, title, kind, issuer, number, issued, quality, removed, facts, mentions, added
       FROM documents WHERE row = ?""",
    """SELECT number, role, text, heading_path, pieces FROM paragraphs WHERE document = ? ORDER BY number""",
    """SELECT id, paragraph, start, stop, role, words, passages.vector, vectors.vector
       FROM passages LEFT JOIN vectors ON vectors.key = passages.vector WHERE document = ? ORDER BY id""",
    "SELECT hashes FROM signatures WHERE document = ?",
)
OF_ALL = (
    "SELECT key, value FROM settings WHERE key <> :state ORDER BY key",
    f"""SELECT row, document, name, origin, sha256, media_type, reader, added FROM sources
        WHERE {VISIBLE.format("sources")} ORDER BY row""",
    f"""SELECT documents.row, digest FROM documents JOIN seals ON seals.document = documents.row
        WHERE {VISIBLE.format("documents")} ORDER BY documents.row""",
    "SELECT * FROM findings ORDER BY document",
    f"""SELECT likenesses.* FROM likenesses
        JOIN documents AS x ON x.row = a AND {VISIBLE.format("x")}
        JOIN documents AS y ON y.row = b AND {VISIBLE.format("y")} ORDER BY a, b""",
)
AND_EMBEDDED = """AND NOT EXISTS (SELECT 1 FROM passages
    WHERE document = documents.row AND vector NOT IN (SELECT key FROM vectors))"""
"""Further condition for documents: all their passages have vectors."""
STATE = "state"
"""The setting that holds the digest of OF_ALL."""


class Seals(Database):
    """Reads and writes them."""

    def seal(self, generation: int) -> None:
        """Seal the documents that have no seal yet, and the generation; in the transaction that publishes it."""
        self._seal(self._unsealed(generation))
        self.set_setting(STATE, self._state(generation).hex())

    def seal_ahead(self, generation: int) -> None:
        """Seal those whose rows are all there, for a generation that is still to be published."""
        self._seal(self._unsealed(generation, AND_EMBEDDED))

    def _seal(self, documents: Iterable[int]) -> None:
        self.connection.executemany("INSERT INTO seals VALUES (?, ?)", ((row, self._digest(row)) for row in documents))

    def broken_seals(self, generation: int) -> list[str]:
        """What is not as it was sealed; nothing is known of a library that an older program published."""
        sealed = self.setting(STATE)
        if not sealed:
            return []
        documents = self.connection.execute(
            f"""SELECT row, id, digest FROM documents LEFT JOIN seals ON seals.document = row
                WHERE {VISIBLE.format("documents")} ORDER BY row""",
            {"g": generation},
        ).fetchall()
        broken = [f"{id}: changed" for row, id, digest in documents if self._digest(row) != digest]
        return broken + ([] if self._state(generation).hex() == sealed else ["sources, findings or settings: changed"])

    def _unsealed(self, generation: int, further: str = "") -> list[int]:
        found = self.connection.execute(
            f"""SELECT row FROM documents WHERE {VISIBLE.format("documents")}
                AND row NOT IN (SELECT document FROM seals) {further} ORDER BY row""",
            {"g": generation},
        )
        return [row for (row,) in found]

    def _digest(self, row: int) -> bytes:
        return _digest_of(self.connection.execute(query, (row,)) for query in OF_ONE)

    def _state(self, generation: int) -> bytes:
        values = {"g": generation, "state": STATE}
        return _digest_of(self.connection.execute(query, values) for query in OF_ALL)


def _digest_of(tables: Iterable[Iterable[Sequence[Any]]]) -> bytes:
    """SHA-256 of rows, each value with its type and length, so that no two contents read alike."""
    digest = hashlib.sha256()
    for rows in tables:
        digest.update(b"table")
        for row in rows:
            parts: list[bytes] = []
            for value in row:
                data = value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass")
                parts += (b"%d%d:" % (isinstance(value, bytes), len(data)), data)
            digest.update(b"".join(parts))
    return digest.digest()
