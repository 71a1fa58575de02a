"""One question against one generation: dense and lexical search, fused, per paragraph."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus import Paragraph
from corpus.collocations import Collocations, Others, Totals
from corpus.normal import fold_with_map
from corpus.rewritten import Shapes, Verdict, judge
from corpus.segment import Token
from corpus.sentences import sentence_spans
from index import collocations
from index.abbreviations import Abbreviations
from index.encoder import Vectors
from index.findings import Findings
from index.generation import Generation
from index.passages import context_of
from index.ranking import Candidate, Query, Ranked, measured, rank
from index.running_text import Occurrence, RunningText
from index.store import Entry, Filters, Head, PassageRow, Store
from index.tokens import weighed, words

if TYPE_CHECKING:
    from index.library import Library

T = TypeVar("T")
Span = tuple[int, int]
POOL = 100
"""Passages that each of the two searches puts up for ranking."""
LIFTED, FEW = 1.0, 12
"""A lift from which on a document's own passages are searched, and how many documents that is done for."""
MANY = 50
"""Documents from which on their passages are no longer asked of the database one by one."""
DOCUMENTS = 1000
"""Documents whose score as a whole is looked at."""


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


@dataclass(frozen=True)
class Located:
    """Words where they stand: parts of one paragraph, or of several in a row, each as (paragraph, start, stop)."""

    entry: Entry
    parts: tuple[tuple[Paragraph, int, int], ...]

    @property
    def text(self) -> str:
        """The source's own characters."""
        return "".join(paragraph.text[start:stop] for paragraph, start, stop in self.parts)


def _read(hit: Hit) -> str:
    """What a model reads of a hit: as its passages are embedded, title and nearest heading before the text."""
    best = hit.passages[0]
    context = context_of(hit.entry.title, hit.paragraph.heading_path)
    return f"{context}\n{hit.paragraph.text[best.start : best.stop]}"


@dataclass(frozen=True)
class FoundSentence:
    """row.whole[start:stop], a sentence of the passage `row`, and its cosine with what was looked for."""

    row: PassageRow
    start: int
    stop: int
    cosine: float

    @property
    def text(self) -> str:
        """The source's own characters."""
        return self.row.whole[self.start : self.stop]


def _each(spans: Sequence[Span], cosines: Sequence[float], whole: float) -> Iterator[tuple[Span, float]]:
    """Each sentence of a passage with its cosine, or with that of the passage where sentences have none."""
    return zip(spans, cosines if len(cosines) == len(spans) else [whole] * len(spans), strict=True)


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
        literal: bool = False,
    ) -> Recall:
        """The best paragraphs for a text, and for what its abbreviations stand for unless it is meant `literal`.

        `filters` and `within` (rows of documents) restrict the documents; `lift` adds to the score of
        all paragraphs of a document, by its row, in standard deviations.
        """
        wanted = weighed(text, () if literal else self.meant(text).values())
        nearest, candidates = self._candidates(text, wanted, filters, within, lift or {})
        ranked = rank(self._terms(wanted), candidates, self._local(wanted), lift or {})
        return Recall(tuple(self._hits(ranked[:count])), nearest, self._outlying(text, nearest))

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
        mean = np.sum([self._query(text) for text in texts], axis=0)
        query: Vectors = mean / max(float(np.linalg.norm(mean)), 1e-12)
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
        found = self._candidates(text, wanted, None, None, {})[1]
        return measured(self._terms(wanted), found, self._local(wanted))

    def meant(self, text: str) -> dict[str, str]:
        """The abbreviations in a text with their full forms, and the full forms with their abbreviations, folded:
        those whose words the library has."""
        known = self.kept("abbreviations", lambda: Abbreviations.of(self._store.bracketed(self.generation)))
        frequency = self._generation.words.frequency
        return {a: b for a, b in known.meant(text).items() if all(map(frequency, words(b)))}

    def _candidates(
        self,
        text: str,
        wanted: Mapping[str, float],
        filters: Filters | None,
        within: Sequence[int] | None,
        lift: Mapping[int, float],
    ) -> tuple[float, list[Candidate]]:
        """The cosine of the nearest passage, and the passages that the two searches put up."""
        among = self._among(filters, within)
        passages = None if among is None else self._passages_of(among)
        query = self._query(text)
        dense = self._generation.vectors.search(query, POOL, passages)
        lexical = self._generation.words.search(wanted, POOL, among)
        within_reach = lift.keys() if among is None else lift.keys() & set(among)
        lifted = [row for row, by in lift.items() if by >= LIFTED and row in within_reach][:FEW]
        if lifted:  # their best passages are ranked even where a large pool has no room for them
            dense |= self._generation.vectors.search(query, POOL // 4, self._store.passage_ids(lifted))
            lexical |= self._generation.words.search(wanted, POOL // 4, lifted)
        ids = sorted({*dense, *lexical})
        rows = self._store.passage_rows(ids)
        cosines = self._generation.vectors.scores(query, ids)
        sentences = self._generation.sentences.cosines(query, ids)
        documents = self._generation.documents.search(wanted, DOCUMENTS, among)
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

    def _local(self, wanted: Mapping[str, float]) -> Callable[[int], Mapping[str, float]]:
        """How rare each of the terms wanted is within a document: ln((N + 1) / (n + 0.5)), times its weight up to 1."""
        spread = self._generation.spread.of(list(wanted))

        @cache
        def rarity(document: int) -> Mapping[str, float]:
            size, counts = spread(document)
            return {
                t: min(weight, 1.0) * math.log((size + 1) / (n + 0.5)) if n else 0.0
                for (t, weight), n in zip(wanted.items(), counts, strict=True)
            }

        return rarity

    def _outlying(self, text: str, nearest: float) -> float:
        return self._generation.vectors.outlying(self._query(text), nearest)

    def nearest(self, text: str) -> float:
        """The cosine of the passage that is nearest to a text."""
        return max(self._generation.vectors.search(self._query(text), 1).values(), default=0.0)

    def crossed(self, question: str, hits: Sequence[Hit]) -> list[float] | None:
        """The cross-encoder's score of each hit's best passage with title and heading; None if none was named.

        Raises ModelMissing.
        """
        if not self._library.cross_encoder:
            return None
        return self._library.cross_encoder.scores(question, [_read(hit) for hit in hits])

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives for this generation, made once and kept with it under a name."""
        known = self._generation.kept
        if name not in known:
            known[name] = make()
        kept: T = known[name]
        return kept

    def roles(self) -> list[tuple[int, int, str, str]]:
        """(document row, number, role, text) of all paragraphs, document by document."""
        return list(self._store.all_paragraphs(self.generation))

    def headings(self) -> list[tuple[int, Paragraph]]:
        """The headings of all documents with their document's row, in the order of the text."""
        return self._store.headings(self.generation)

    def heads(self) -> list[Head]:
        """What each document says of itself: its entry, its facts, its first words."""
        return self._store.heads(self.generation)

    def representatives(self) -> dict[int, int]:
        """For each document that has near-duplicates the row of the one to cite in its stead."""
        return self.kept("representatives", lambda: Findings(self._store).representatives())

    def document_paragraphs(self, row: int) -> dict[int, Paragraph]:
        """The paragraphs of a document by number."""
        return self._store.paragraphs([(row, None)]).get(row, {})

    def paragraphs(self, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Paragraph]:
        """Paragraphs by their document's row and their number."""
        found = self._store.paragraphs(sorted(set(places)))
        return {(row, number): paragraph for row, of in found.items() for number, paragraph in of.items()}

    @property
    def text(self) -> RunningText:
        """All documents' text in a row, to be searched for phrases and patterns."""
        return self._generation.text

    def rows(self, filters: Filters) -> list[int]:
        """The rows of the documents that pass the filters, ascending."""
        return self._store.rows(self.generation, filters)

    def entries(self, rows: Sequence[int]) -> dict[int, Entry]:
        """Some documents by their rows."""
        return self._store.entries_by_row(self.generation, rows)

    def located(self, occurrences: Sequence[Occurrence]) -> list[Located]:
        """Occurrences in the running text as characters of paragraphs, in their order."""
        entries = self.entries(sorted({o.document for o in occurrences}))
        texts = self._store.paragraphs(sorted({(o.document, o.paragraph) for o in occurrences}))
        return [
            Located(entries[o.document], tuple(self._parts(o, texts[o.document][o.paragraph]))) for o in occurrences
        ]

    def _parts(self, occurrence: Occurrence, paragraph: Paragraph) -> Iterator[tuple[Paragraph, int, int]]:
        start, stop = occurrence.start, occurrence.stop
        while True:
            _, origin = fold_with_map(paragraph.text)
            here = min(stop, len(origin))
            if start < here:
                yield paragraph, origin[start], origin[here - 1] + 1
            start, stop = max(start - len(origin), 0), stop - len(origin)
            if stop <= 0:
                return
            paragraph = self._store.paragraphs([(occurrence.document, paragraph.number + 1)])[occurrence.document][
                paragraph.number + 1
            ]

    def worded(self, text: str, count: int) -> list[tuple[Entry, Paragraph]]:
        """The paragraphs that share most rare words with a text, best first: by BM25 alone, without the model."""
        found = self._store.passage_rows(list(self._generation.words.search(weighed(text), count))).values()
        places = list(dict.fromkeys((row.document, row.paragraph) for row in found))
        entries, paragraphs = self.entries(sorted({row for row, _ in places})), self.paragraphs(places)
        return [(entries[place[0]], paragraphs[place]) for place in places]

    def judge(self, words: Sequence[Token]) -> Verdict:
        """Whether a machine swapped the words of a text that is not in the library, by what its documents say."""
        totals, shapes, usual = self.kept("usage", self._usage)
        return judge(words, Others(totals, None), shapes, usual)

    def _usage(self) -> tuple[Totals, Shapes, float]:
        """Which words the documents put together, and the share of words at home in the middle one of them."""
        counts = collocations.load(self._library.layout.collocations(self.generation)) or Collocations.none()
        homes = [found.home for found in Findings(self._store).all().values() if found.home]
        return Totals(counts), Shapes(counts.words, counts.single.tolist()), float(np.median(homes)) if homes else 0.0

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
