"""What a search gives: passages, sentences, paragraphs, and words where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from corpus import Paragraph
from index.store import Entry, PassageRow


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
    deviations of their cosines: it means the same with any model. `besides` are the best paragraphs of
    some documents that were asked for besides, among what ranks behind the hits.
    """

    hits: tuple[Hit, ...]
    nearest: float = 0.0
    outlying: float = 0.0
    besides: tuple[Hit, ...] = ()


@dataclass(frozen=True)
class Located:
    """Words where they stand: parts of one paragraph, or of several in a row, each as (paragraph, start, stop)."""

    entry: Entry
    parts: tuple[tuple[Paragraph, int, int], ...]

    @property
    def text(self) -> str:
        """The source's own characters."""
        return "".join(paragraph.text[start:stop] for paragraph, start, stop in self.parts)


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
