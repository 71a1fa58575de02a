"""One question against one generation: dense and lexical search, fused, per paragraph."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus import Paragraph
from corpus.sentences import sentence_spans
from index.encoder import Vectors
from index.generation import Generation
from index.ranking import Candidate, Query, Ranked, measured, rank
from index.store import Entry, Filters, Store
from index.tokens import terms
from index.words import LONGEST_QUERY

if TYPE_CHECKING:
    from index.library import Library

POOL = 150
"""Passages that each of the two searches puts up for ranking."""
DOCUMENTS = 1000
"""Documents whose score as a whole is looked at."""


@dataclass(frozen=True)
class FoundPassage:
    """A passage that was found: paragraph.text[start:stop], its cosine with the question, and those of its
    sentences as (start, end, cosine); none where the model can't tell them.
    """

    start: int
    stop: int
    cosine: float
    sentences: tuple[tuple[int, int, float], ...] = ()


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
    """What a search gave: the best paragraphs, best first, and the cosine of the nearest passage of all."""

    hits: tuple[Hit, ...]
    nearest: float = 0.0


class Snapshot:
    """A published state that a question works on from beginning to end."""

    def __init__(self, generation: Generation, store: Store, library: Library) -> None:
        self.generation = generation.number
        self._generation = generation
        self._store = store
        self._library = library
        self._queries: dict[str, Vectors] = {}

    def search(self, text: str, count: int, filters: Filters | None = None) -> Recall:
        """The best paragraphs for a text; `filters` restrict the documents."""
        nearest, candidates = self._candidates(text, filters)
        ranked = rank(self._terms(text), candidates, self._local(text))
        return Recall(tuple(self._hits(ranked[:count])), nearest)

    def measured(self, text: str) -> tuple[list[list[Candidate]], NDArray[np.float64]]:
        """What the ranking of a search rests on, see index.ranking.measured: for fitting its weights."""
        return measured(self._terms(text), self._candidates(text, None)[1], self._local(text))

    def _candidates(self, text: str, filters: Filters | None) -> tuple[float, list[Candidate]]:
        """The cosine of the nearest passage, and the passages that the two searches put up."""
        among = passages = None
        if filters:
            among = self._store.rows(self.generation, filters)
            passages = self._store.passage_ids(among)
        query = self._query(text)
        dense = self._generation.vectors.search(query, POOL, passages)
        lexical = self._generation.words.search(text, POOL, among)
        ids = sorted({*dense, *lexical})
        rows = self._store.passage_rows(ids)
        cosines = self._generation.vectors.scores(query, ids)
        sentences = self._generation.sentences.cosines(query, ids)
        documents = self._generation.documents.search(text, DOCUMENTS, among)
        return max(dense.values(), default=0.0), [
            Candidate(rows[id], cosine, tuple(parts), documents.get(rows[id].document, 0.0))
            for id, cosine, parts in zip(ids, cosines, sentences, strict=True)
        ]

    def _terms(self, text: str) -> Query:
        words = self._generation.words
        return Query.of(text, len(words), words.frequency, LONGEST_QUERY)

    def _local(self, text: str) -> Callable[[int], Mapping[str, float]]:
        """How rare each of the question's terms is within a document: ln((N + 1) / (n + 0.5))."""
        wanted = list(dict.fromkeys(terms(text)[:LONGEST_QUERY]))
        spread = self._generation.spread

        @cache
        def rarity(document: int) -> Mapping[str, float]:
            size = spread.size(document)
            counts = spread.counts(document, wanted)
            return {t: math.log((size + 1) / (n + 0.5)) if n else 0.0 for t, n in zip(wanted, counts, strict=True)}

        return rarity

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

    def _hits(self, ranked: Sequence[Ranked]) -> list[Hit]:
        entries = self._store.entries_by_row(self.generation, sorted({r.place[0] for r in ranked}))
        texts = self._store.paragraphs([r.place for r in ranked])
        return [
            Hit(
                entry=entries[document],
                paragraph=texts[document][number],
                passages=tuple(map(_found, r.passages)),
                score=r.score,
                cosine=max(c.cosine for c in r.passages),
                bm25=r.terms,
            )
            for r in ranked
            for document, number in [r.place]
        ]


def _found(candidate: Candidate) -> FoundPassage:
    row = candidate.row
    spans = sentence_spans(row.text) if candidate.sentences else []
    sentences = tuple(
        (row.start + a, row.start + b, cosine) for (a, b), cosine in zip(spans, candidate.sentences, strict=False)
    )
    return FoundPassage(row.start, row.stop, candidate.cosine, sentences)
