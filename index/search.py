"""One question against one generation: dense and lexical search, fused, per paragraph."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from corpus import Paragraph
from index.encoder import Vectors
from index.fusion import fuse
from index.generation import Generation
from index.store import Entry, Filters, Head, PassageRow, Store

if TYPE_CHECKING:
    from index.library import Library

T = TypeVar("T")
POOL = 200
"""Passages that each of the two searches puts up for ranking."""
LIFTED, FEW = 1.0, 12
"""A lift from which on a document's own passages are searched, and how many documents that is done for."""
DOCUMENTS = 1000
"""Documents whose score as a whole is looked at."""
# Weights of the standard scores; measured, see docs/architecture.md.
DENSE, LEXICAL, WHOLE = 0.4, 0.6, 0.4
SECOND = 0.2
"""What the second best passage of a paragraph adds: two that fit the question are better than one."""
HEADING = 1.0
"""What a heading loses: it names a topic and states nothing, but shares more words than any sentence."""


@dataclass(frozen=True)
class FoundPassage:
    """A passage that was found: paragraph.text[start:stop], and its cosine with the question."""

    start: int
    stop: int
    cosine: float


@dataclass(frozen=True)
class Hit:
    """命中: a paragraph, its passages that were found, the best first, and their scores.

    `score` is the fused one, comparable within one search only; `cosine` and `bm25` are the best
    of its passages.
    """

    entry: Entry
    paragraph: Paragraph
    passages: tuple[FoundPassage, ...]
    score: float
    cosine: float
    bm25: float


@dataclass(frozen=True)
class Recall:
    """What a search gave: the best paragraphs, best first, and the cosine of the nearest passage of all.

    `outlying` is how far the nearest passage stands out of a sample of all passages, in standard
    deviations of their cosines: it means the same with any model.
    """

    hits: tuple[Hit, ...]
    nearest: float = 0.0
    outlying: float = 0.0


class Snapshot:
    """A published state that a question works on from beginning to end."""

    def __init__(self, generation: Generation, store: Store, library: Library) -> None:
        self.generation = generation.number
        self._generation = generation
        self._store = store
        self._library = library
        self._queries: dict[str, Vectors] = {}

    def search(
        self,
        text: str,
        count: int,
        filters: Filters | None = None,
        *,
        within: Sequence[int] | None = None,
        lift: Mapping[int, float] | None = None,
    ) -> Recall:
        """The best paragraphs for a text.

        `filters` and `within` (rows of documents) restrict the documents; `lift` adds to the score of
        all paragraphs of a document, by its row, in standard deviations.
        """
        among = passages = None
        if filters or within is not None:
            allowed = set(within) if within is not None else None
            among = self._store.rows(self.generation, filters) if filters else sorted(allowed or ())
            among = [row for row in among if allowed is None or row in allowed]
            passages = self._store.passage_ids(among)
            if not len(passages):
                return Recall(())
        query = self._query(text)
        dense = self._generation.vectors.search(query, POOL, passages)
        nearest = max(dense.values(), default=0.0)
        lexical = self._generation.words.search(text, POOL, among)
        lifted = [row for row, by in (lift or {}).items() if by >= LIFTED][:FEW]
        if lifted:  # their best passages are ranked even where a large pool has no room for them
            dense |= self._generation.vectors.best_of(query, self._store.passage_ids(lifted), POOL // 4)
            lexical |= self._generation.words.search(text, POOL // 4, lifted)
        ids = sorted({*dense, *lexical})
        dense = dict(zip(ids, self._generation.vectors.scores(query, ids), strict=True))
        unseen = 0.5 * min(lexical.values(), default=0.0)  # below the last that the pool held
        lexical = {i: lexical.get(i, unseen) for i in ids}
        rows = self._store.passage_rows(ids)
        documents = self._generation.documents.search(text, DOCUMENTS, among)
        whole = {i: documents.get(rows[i].document, 0.0) for i in ids}
        fused = fuse((dense, DENSE), (lexical, LEXICAL), (whole, WHOLE))
        for i in ids:
            if rows[i].role == "heading":
                fused[i] -= HEADING
            if lift:
                fused[i] += lift.get(rows[i].document, 0.0)
        hits = tuple(self._paragraphs(rows, fused, dense, lexical, count))
        return Recall(hits, nearest, self._generation.vectors.outlying(query, nearest))

    def nearest(self, text: str) -> float:
        """The cosine of the passage that is nearest to a text."""
        return max(self._generation.vectors.search(self._query(text), 1).values(), default=0.0)

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives for this generation, made once and kept with it under a name."""
        known = self._generation.kept
        if name not in known:
            known[name] = make()
        kept: T = known[name]
        return kept

    def heads(self) -> list[Head]:
        """What each document says of itself: its entry, its facts, its first words."""
        return self._store.heads(self.generation)

    def document_paragraphs(self, row: int) -> dict[int, Paragraph]:
        """The paragraphs of a document by number."""
        return self._store.paragraphs([(row, None)]).get(row, {})

    def neighbours(self, row: int, number: int) -> list[Paragraph]:
        """The paragraphs right before and after one."""
        return list(self._store.paragraphs([(row, number - 1), (row, number + 1)]).get(row, {}).values())

    def rarity(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many passages each term stands."""
        return {term: self._generation.words.frequency(term) for term in terms}

    def _query(self, text: str) -> Vectors:
        if text not in self._queries:
            self._queries[text] = self._library.encoder.query(text)
        return self._queries[text]

    @property
    def model(self) -> str:
        """The model that made the vectors, by the name that the library remembers."""
        return self._library.model

    def size(self) -> int:
        """Number of passages."""
        return len(self._generation.vectors)

    def _paragraphs(
        self,
        rows: dict[int, PassageRow],
        fused: dict[int, float],
        dense: dict[int, float],
        lexical: dict[int, float],
        count: int,
    ) -> list[Hit]:
        """Passages of one paragraph are one hit; a second one that was found lifts it."""
        found: dict[tuple[int, int], list[PassageRow]] = {}
        for id in sorted(fused, key=lambda i: (-fused[i], i)):
            found.setdefault((rows[id].document, rows[id].paragraph), []).append(rows[id])
        score = {place: _together([fused[p.id] for p in passages]) for place, passages in found.items()}
        grouped = {place: found[place] for place in sorted(found, key=lambda place: -score[place])[:count]}
        entries = self._store.entries_by_row(self.generation, sorted({d for d, _ in grouped}))
        texts = self._store.paragraphs(grouped)
        return [
            Hit(
                entry=entries[document],
                paragraph=texts[document][number],
                passages=tuple(FoundPassage(p.start, p.stop, dense[p.id]) for p in passages),
                score=score[document, number],
                cosine=max(dense[p.id] for p in passages),
                bm25=max(lexical[p.id] for p in passages),
            )
            for (document, number), passages in grouped.items()
        ]


def _together(scores: Sequence[float]) -> float:
    """The score of a paragraph out of those of its passages, the best first."""
    return scores[0] + SECOND * max(0.0, *scores[1:2], 0.0)
