"""Where sentences end in Chinese official writing."""

from __future__ import annotations

import re
from itertools import pairwise

# A stop, or several, with the closing quotation marks and brackets that belong to the sentence.
STOP = re.compile(r"(?:[。！？!?]|…{1,2}|(?<![\d.])\.{6})++[”’」』）)》\"]*+")
# Where an overlong sentence may be cut when nothing better is there.
HALF_STOP = re.compile(r"[；;]+[”’」』）)]*")
COMMA = re.compile(r"[，,、：:]")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence; together they cover the text but for outer white space.

    >>> [("甲。乙！"[a:b]) for a, b in sentence_spans("甲。乙！")]
    ['甲。', '乙！']
    """
    return _cut(text, 0, len(text), STOP)


def pieces_up_to(text: str, limit: int) -> list[tuple[int, int]]:
    """Sentence spans, with those over `limit` characters cut at ；, then at commas, then hard."""
    spans = sentence_spans(text)
    for mark in (HALF_STOP, COMMA):
        spans = [
            part for a, b in spans for part in ([(a, b)] if b - a <= limit else _packed(_cut(text, a, b, mark), limit))
        ]
    return [(c, min(c + limit, b)) for a, b in spans for c in range(a, b, limit)]


def _cut(text: str, start: int, end: int, mark: re.Pattern[str]) -> list[tuple[int, int]]:
    bounds = [start, *(m.end() for m in mark.finditer(text, start, end)), end]
    return [span for a, b in pairwise(bounds) if (span := _tight(text, a, b))]


def _tight(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _packed(spans: list[tuple[int, int]], limit: int) -> list[tuple[int, int]]:
    packed: list[tuple[int, int]] = []
    for a, b in spans:
        if packed and b - packed[-1][0] <= limit:
            packed[-1] = (packed[-1][0], b)
        else:
            packed.append((a, b))
    return packed
