"""One question against one generation: dense and lexical search, fused, per paragraph."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.sentences import sentence_spans
from index.abbreviations import Abbreviations
from index.contents import Contents
from index.encoder import Vectors
from index.generation import Generation
from index.hits import FoundPassage, FoundSentence, Hit, Recall
from index.passages import context_of
from index.ranking import Candidate, Query, Ranked, measured, rank
from index.side_by_side import side_by_side
from index.store import Filters, Store
from index.tokens import weighed, words

if TYPE_CHECKING:
    from index.library import Library

Span = tuple[int, int]
BEFORE = 0.3
"""What the terms of an earlier question weigh."""
POOL = 100
"""Passages that each of the two searches puts up for ranking."""
LIFTED, FEW = 1.0, 12
"""A lift from which on a document's own passages are searched, and how many documents that is done for."""
MANY = 50
"""Documents from which on their passages are no longer asked of the database one by one."""
PASSAGES_READ = 2
"""Passages of a paragraph that are read together with the question: one of them holds the answer in .98."""
DOCUMENTS = 1000
"""Documents whose score as a whole is looked at."""
BESIDES = 4
"""Paragraphs that come along behind the hits."""


def _read(hit: Hit, count: int = 1) -> list[str]:
    """What a model reads of a hit, its best passages: as they are embedded, title and nearest heading before the text."""
    context = context_of(hit.entry.title, hit.paragraph.heading_path)
    return [f"{context}\n{hit.paragraph.text[p.start : p.stop]}" for p in hit.passages[:count]]


def _each(spans: Sequence[Span], cosines: Sequence[float], whole: float) -> Iterator[tuple[Span, float]]:
    """Each sentence of a passage with its cosine, or with that of the passage where sentences have none."""
    return zip(spans, cosines if len(cosines) == len(spans) else [whole] * len(spans), strict=True)


def _mean(vectors: Sequence[Vectors]) -> Vectors:
    """Of unit length."""
    total = np.sum(vectors, axis=0)
    found: Vectors = (total / max(float(np.linalg.norm(total)), 1e-12)).astype(np.float32)
    return found


class Snapshot(Contents):
    """A published state that a question works on from beginning to end."""

    def __init__(self, generation: Generation, store: Store, library: Library) -> None:
        super().__init__(generation, store, library)
        self._queries: dict[str, Vectors] = {}

    def search(
        self,
        text: str,
        count: int,
        filters: Filters | None = None,
        *,
        within: Sequence[int] | None = None,
        lift: Mapping[int, float] | None = None,
        own: str = "",
        literal: bool = False,
        besides: Collection[int] = (),
    ) -> Recall:
        """The best paragraphs for a text, and for what its abbreviations stand for unless it is meant `literal`.

        `filters` and `within` (rows of documents) restrict the documents; `lift` adds to the score of
        all paragraphs of a document, by its row, in standard deviations. `own` is what of the text is asked now,
        where the rest of it was asked before. Of the documents `besides` (rows) the BESIDES best paragraphs come
        along that are not among the `count`.
        """
        meant = {} if literal else self.meant(text)
        wanted = weighed(text, meant.values())
        query = self._query(self._written_out(text, meant))
        if own and own != text:
            now = weighed(own)
            wanted = {term: weight if term in now else BEFORE * weight for term, weight in wanted.items()}
            query = _mean([query, self._query(own)])
        nearest, candidates = self._candidates(query, wanted, filters, within, lift or {})
        ranked = rank(self._terms(wanted), candidates, self._local(wanted, candidates), lift or {})
        more = list(islice((r for r in ranked[count:] if r.place[0] in besides), BESIDES))
        hits = self._hits([*ranked[:count], *more])
        outlying = self._generation.vectors.outlying(query, nearest)
        return Recall(tuple(hits[:count]), nearest, outlying, tuple(hits[count:]))

    def sentences(
        self,
        texts: Sequence[str],
        count: int,
        filters: Filters | None = None,
        *,
        also: Sequence[tuple[int, int]] = (),
    ) -> list[FoundSentence]:
        """The sentences of the `count` passages nearest in meaning to several ways of saying one thing, of as
        many that share rare terms with each, and of the paragraphs `also` (document row, number).

        Cosines are with the mean of the texts' vectors. A document with any other model than the default one
        has no vectors of sentences; that of the passage stands for them.
        """
        among = self._among(filters, None)
        passages = None if among is None else self._passages_of(among)
        query = _mean([self._query(text) for text in texts])
        ids = {*self._generation.vectors.search(query, count, passages)}
        for text in texts:
            ids |= self._generation.words.search(weighed(text, self.meant(text).values()), count, among).keys()
        if also:
            allowed = None if among is None else set(among)
            ids |= self._store.passages_at([p for p in also if allowed is None or p[0] in allowed])
        found = sorted(ids)
        rows = self._store.passage_rows(found)
        cosines = self._generation.vectors.scores(query, found)
        parts = self._generation.sentences.cosines(query, found)
        return [
            FoundSentence(rows[id], rows[id].start + a, rows[id].start + b, cosine)
            for id, whole, own in zip(found, cosines, parts, strict=True)
            for (a, b), cosine in _each(sentence_spans(rows[id].text), own, whole)
        ]

    def measured(self, text: str) -> tuple[list[list[Candidate]], list[float], NDArray[np.float64]]:
        """What the ranking of a search rests on, see index.ranking.measured: for fitting its weights."""
        wanted = weighed(text, self.meant(text).values())
        found = self._candidates(self._query(text), wanted, None, None, {})[1]
        return measured(self._terms(wanted), found, self._local(wanted, found))

    def meant(self, text: str) -> dict[str, str]:
        """The abbreviations in a text with their full forms, and the full forms with their abbreviations, folded:
        those whose words the library has."""
        known = self.kept("abbreviations", lambda: Abbreviations.of(self._store.bracketed(self.generation)))
        frequency = self._generation.words.frequency
        return {a: b for a, b in known.meant(text).items() if all(map(frequency, words(b)))}

    def nearest(self, text: str) -> float:
        """The cosine of the passage that is nearest to a text."""
        return max(self._generation.vectors.search(self._query(text), 1).values(), default=0.0)

    @property
    def crosses(self) -> bool:
        """Whether the user named a cross-encoder."""
        return bool(self._library.reranker)

    def crossed(self, question: str, hits: Sequence[Hit]) -> list[float] | None:
        """The cross-encoder's score of each hit's best passage with title and heading; None if none was named.

        Raises ModelMissing.
        """
        if not self._library.cross_encoder:
            return None
        return self._library.cross_encoder.scores(question, [text for hit in hits for text in _read(hit)])

    def relevance(self, question: str, hits: Sequence[Hit]) -> list[float] | None:
        """How well each hit answers a question: the better of its two best passages, read together with the question.
        None if the model can't tell. It takes 11 ms for a passage of full length, on two cores.
        """
        read = [_read(hit, PASSAGES_READ) for hit in hits]
        told = self._library.encoder.relevance(question, [text for texts in read for text in texts])
        if told is None:
            return None
        scores = iter(told)
        return [max(islice(scores, len(texts))) for texts in read]

    def _written_out(self, text: str, meant: Mapping[str, str]) -> str:
        """The same with those abbreviations in full that no document has: the vector of such a word lies anywhere."""
        for short, full in meant.items():
            if len(short) < len(full) and self.text.count(full) and not self.text.count(short):
                text = text.replace(short, full)
        return text

    def _candidates(
        self,
        query: Vectors,
        wanted: Mapping[str, float],
        filters: Filters | None,
        within: Sequence[int] | None,
        lift: Mapping[int, float],
    ) -> tuple[float, list[Candidate]]:
        """The cosine of the nearest passage, and the passages that the two searches put up."""
        among = self._among(filters, within)
        passages = None if among is None else self._passages_of(among)
        lexical, (dense, documents) = side_by_side(
            lambda: self._generation.words.search(wanted, POOL, among),
            lambda: (
                self._generation.vectors.search(query, POOL, passages),
                self._generation.documents.search(wanted, DOCUMENTS, among),
            ),
        )
        within_reach = lift.keys() if among is None else lift.keys() & set(among)
        lifted = [row for row, by in lift.items() if by >= LIFTED and row in within_reach][:FEW]
        if lifted:  # their best passages are ranked even where a large pool has no room for them
            dense |= self._generation.vectors.search(query, POOL // 4, self._store.passage_ids(lifted))
            lexical |= self._generation.words.search(wanted, POOL // 4, lifted)
        ids = sorted({*dense, *lexical})
        rows = self._store.passage_rows(ids)
        cosines = self._generation.vectors.scores(query, ids)
        sentences = self._generation.sentences.cosines(query, ids)
        return max(dense.values(), default=0.0), [
            Candidate(rows[id], cosine, tuple(parts), documents.get(rows[id].document, 0.0))
            for id, cosine, parts in zip(ids, cosines, sentences, strict=True)
        ]

    def _among(self, filters: Filters | None, within: Sequence[int] | None) -> list[int] | None:
        """The rows of the documents that a search is held to; None for all."""
        if not filters and within is None:
            return None
        allowed = set(within) if within is not None else None
        among = self._store.rows(self.generation, filters) if filters else sorted(allowed or ())
        return [row for row in among if allowed is None or row in allowed]

    def _passages_of(self, documents: Sequence[int]) -> NDArray[np.int64]:
        """The ids of their passages; of many documents, out of a list that is made once for a generation."""
        if len(documents) <= MANY:
            return self._store.passage_ids(documents)
        ids, owners = self.kept("owners", lambda: self._store.passage_owners(self.generation))
        return ids[np.isin(owners, documents)]

    def _terms(self, wanted: Mapping[str, float]) -> Query:
        index = self._generation.words
        return Query.of(wanted, len(index), index.frequency)

    def _local(self, wanted: Mapping[str, float], found: Iterable[Candidate]) -> dict[int, dict[str, float]]:
        """How rare each of the terms wanted is within each document of what was found: ln((N + 1) / (n + 0.5)),
        times its weight up to 1; 0 for a term that does not stand there."""
        rows = sorted({candidate.row.document for candidate in found})
        sizes, counts = self._generation.spread.of(list(wanted), rows)
        weights = np.minimum(list(wanted.values()), 1.0)
        rarity = np.where(counts, weights * np.log((sizes[:, None] + 1) / (counts + 0.5)), 0.0)
        return {row: dict(zip(wanted, values, strict=True)) for row, values in zip(rows, rarity.tolist(), strict=True)}

    def _query(self, text: str) -> Vectors:
        if text not in self._queries:
            self._queries[text] = self._library.encoder.query(text)
        return self._queries[text]

    def _hits(self, ranked: Sequence[Ranked]) -> list[Hit]:
        entries = self._store.entries_by_row(self.generation, sorted({r.place[0] for r in ranked}))
        texts = self._store.paragraphs([r.place for r in ranked])
        return [
            Hit(
                entry=entries[document],
                paragraph=texts[document][number],
                passages=tuple(FoundPassage(c.row.start, c.row.stop, c.cosine) for c in r.passages),
                score=r.score,
                cosine=max(c.cosine for c in r.passages),
                bm25=r.bm25,
            )
            for r in ranked
            for document, number in [r.place]
        ]
