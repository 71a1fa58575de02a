"""The rows that say what documents are judged to be by the others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

import numpy as np

from corpus.families import Likeness, Shingles, Standing, text_of
from corpus.rewritten import Suspicion
from index.store import VISIBLE, Store

DATE = 10
"""Characters of a whole date: YYYY-MM-DD."""


@dataclass(frozen=True)
class Finding:
    """What one document is judged to be.

    `representative` is the row of the document to cite of its family, its own if it is that or alone.
    `flags` are rewritten, near-duplicate. `score`, `home` and `suspicions` as in Verdict; `basis` is how
    many documents the judgement rests on.
    """

    representative: int
    flags: tuple[str, ...]
    score: float | None
    home: float
    basis: int
    suspicions: tuple[Suspicion, ...] = ()


class Findings:
    """Reads and writes them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(self, number: int) -> set[int]:
        """The documents of a generation."""
        found = self._store.connection.execute(
            f"SELECT row FROM documents WHERE {VISIBLE.format('documents')}", {"g": number}
        )
        return {int(row) for (row,) in found}

    def stored(self) -> set[int]:
        """The documents whose text is there: those of the generation to come, and those that go with it."""
        return {int(row) for (row,) in self._store.connection.execute("SELECT row FROM documents")}

    def signed(self) -> set[int]:
        """The documents that have a signature."""
        return {int(row) for (row,) in self._store.connection.execute("SELECT document FROM signatures")}

    def text(self, row: int) -> str:
        """What of a document is compared with others."""
        query = "SELECT role, text FROM paragraphs WHERE document = ? ORDER BY number"
        return text_of(self._store.connection.execute(query, (row,)))

    def signatures(self, rows: set[int]) -> dict[int, Shingles]:
        """The signatures of these documents, as far as there are any."""
        found = self._store.connection.execute("SELECT document, hashes FROM signatures")
        return {row: np.frombuffer(hashes, np.uint64) for row, hashes in found if row in rows}

    def keep(self, signatures: Mapping[int, Shingles], pairs: Iterable[Likeness]) -> None:
        """Store new signatures, and the pairs that were verified for them."""
        if not signatures:
            return
        with self._store.transaction() as connection:
            connection.executemany(
                "INSERT INTO signatures VALUES (?, ?)", ((row, s.tobytes()) for row, s in signatures.items())
            )
            connection.executemany("INSERT OR REPLACE INTO likenesses VALUES (?, ?, ?, ?, ?)", map(astuple, pairs))

    def likenesses(self) -> list[Likeness]:
        """All pairs of near-duplicates."""
        found = self._store.connection.execute("SELECT a, b, jaccard, containment, covered FROM likenesses")
        return [Likeness(*row) for row in found]

    def standing(self, rows: Sequence[int]) -> dict[int, Standing]:
        """What makes these documents the representative of a family; none is said to be rewritten yet."""
        found = {}
        for row in rows:
            quality, number, issued, length = self._store.connection.execute(
                """SELECT quality, number, issued, (SELECT sum(length(text)) FROM paragraphs WHERE document = row)
                   FROM documents WHERE row = ?""",
                (row,),
            ).fetchone()
            dated = number is not None or len(issued or "") >= DATE
            found[row] = Standing(False, "anonymised" in json.loads(quality), dated, length or 0, issued or "")
        return found

    def sizes(self, rows: Iterable[int]) -> dict[int, int]:
        """How many paragraphs these documents have."""
        query = "SELECT count(*) FROM paragraphs WHERE document = ?"
        return {row: int(self._store.connection.execute(query, (row,)).fetchone()[0]) for row in rows}

    def all(self) -> dict[int, Finding]:
        """The findings of the published generation, by document row."""
        rows = self._store.connection.execute(
            "SELECT document, representative, flags, score, home, basis, suspicions FROM findings"
        )
        return {row[0]: _finding(row[1:]) for row in rows}

    def one(self, row: int) -> Finding | None:
        """The finding about one document."""
        found = self._store.connection.execute(
            "SELECT representative, flags, score, home, basis, suspicions FROM findings WHERE document = ?", (row,)
        ).fetchone()
        return _finding(found) if found else None

    def family(self, representative: int) -> list[int]:
        """The rows of a family by that of its representative, that one first."""
        found = self._store.connection.execute(
            "SELECT document FROM findings WHERE representative = :r ORDER BY document <> :r, document",
            {"r": representative},
        )
        return [int(row) for (row,) in found]

    def representatives(self) -> dict[int, int]:
        """For each document that has near-duplicates the row of its family's representative."""
        found = self._store.connection.execute(
            """SELECT document, representative FROM findings WHERE representative IN
               (SELECT representative FROM findings GROUP BY representative HAVING count(*) > 1)"""
        )
        return {int(row): int(head) for row, head in found}

    def replace(self, found: Mapping[int, Finding]) -> None:
        """Put these in the place of all there were; to be called in the transaction that publishes."""
        self._store.connection.execute("DELETE FROM findings")
        self._store.connection.executemany(
            "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    row, f.representative, json.dumps(f.flags), f.score, f.home, f.basis,
                    json.dumps([astuple(s) for s in f.suspicions], ensure_ascii=False),
                )
                for row, f in found.items()
            ),
        )  # fmt: skip


def _finding(row: Sequence[object]) -> Finding:
    representative, flags, score, home, basis, suspicions = row
    told = tuple(
        Suspicion(paragraph, start, end, word, tuple(likely))
        for paragraph, start, end, word, likely in json.loads(str(suspicions))
    )
    return Finding(
        int(str(representative)),
        tuple(json.loads(str(flags))),
        None if score is None else float(str(score)),
        float(str(home)),
        int(str(basis)),
        told,
    )
