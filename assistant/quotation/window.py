"""Some paragraphs in a row as one text that a quotation is fitted into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from corpus import Paragraph
from corpus.normal import fold_closely
from corpus.sentences import HALF_STOP, STOP

Part = tuple[Paragraph, int, int]
"""A paragraph and the characters [start, stop) of it."""


@dataclass(frozen=True)
class Window:
    """`close` is their closely folded text; `origin` gives each of its characters the paragraph and the offset there."""

    paragraphs: tuple[Paragraph, ...]
    close: str
    origin: tuple[tuple[int, int], ...]

    @classmethod
    def over(cls, paragraphs: Sequence[Paragraph], levels: Mapping[int, int] = MappingProxyType({})) -> Window:
        """Fold these; `levels` are the marks (Framed.levels) that count as others."""
        folded = [fold_closely(paragraph.text) for paragraph in paragraphs]
        origin = tuple((n, offset) for n, (_, offsets) in enumerate(folded) for offset in offsets)
        return cls(tuple(paragraphs), "".join(text for text, _ in folded).translate(levels), origin)

    def parts(self, start: int, stop: int) -> list[Part]:
        """Characters [start, stop) of `close` as characters of the paragraphs; none if there are no characters."""
        parts = []
        for n, places in groupby(self.origin[start:stop], key=lambda place: place[0]):
            offsets = [offset for _, offset in places]
            parts.append((self.paragraphs[n], offsets[0], offsets[-1] + 1))
        return parts


def whole_sentences(parts: Sequence[Part]) -> list[Part]:
    """The same with the sentences whole in which they begin and end."""
    (first, start, stop), *rest = parts
    begins = max((end for end in _stops(first.text) if end <= start), default=0)
    begins += len(first.text[begins:]) - len(first.text[begins:].lstrip())
    last, last_start, last_stop = parts[-1]
    ends = next((end for end in _stops(last.text) if end >= last_stop), len(last.text))
    if not rest:
        return [(first, min(begins, start), max(ends, stop))]
    return [(first, min(begins, start), stop), *rest[:-1], (last, last_start, max(ends, last_stop))]


def _stops(text: str) -> list[int]:
    """Where sentences, and parts of them up to a ；, end."""
    return sorted(m.end() for mark in (STOP, HALF_STOP) for m in mark.finditer(text))
