"""What a published state holds, read without the model: documents, paragraphs, the text in a row, counts of words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from corpus import Paragraph
from corpus.collocations import Collocations, Others, Totals
from corpus.normal import fold_with_map
from corpus.rewritten import Shapes, Verdict, judge
from corpus.segment import Token
from index import collocations
from index.findings import Findings
from index.generation import Generation
from index.hits import Located
from index.running_text import Occurrence, RunningText
from index.store import Entry, Filters, Head, Store
from index.tokens import bigrams, weighed

if TYPE_CHECKING:
    from index.library import Library

T = TypeVar("T")


class Contents:
    """A published state and the rows of the database that belong to it."""

    def __init__(self, generation: Generation, store: Store, library: Library) -> None:
        self.generation = generation.number
        self._generation = generation
        self._store = store
        self._library = library

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives for this generation, made once and kept with it under a name."""
        known = self._generation.kept
        if name not in known:
            with self._generation.making:  # who asks meanwhile waits: all would make the same, at the cost of all
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

    def neighbours(self, row: int, number: int) -> list[Paragraph]:
        """The paragraphs right before and after one."""
        return list(self._store.paragraphs([(row, number - 1), (row, number + 1)]).get(row, {}).values())

    @property
    def text(self) -> RunningText:
        """All documents' text in a row, to be searched for phrases and patterns."""
        return self._generation.text

    def may_hold(self, phrase: str) -> bool:
        """Whether some passage holds all pairs of characters of a phrase; the phrase itself stands in no other
        passage, but may in a title or a date, which are none, and over the end of two."""
        return self._generation.words.together(bigrams(phrase))

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

    def rarity(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many passages each term stands."""
        return {term: self._generation.words.frequency(term) for term in terms}

    @property
    def model(self) -> str:
        """The model that made the vectors, by the name that the library remembers."""
        return self._library.model

    def size(self) -> int:
        """Number of passages."""
        return len(self._generation.vectors)
