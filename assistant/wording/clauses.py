"""The part of an overlong sentence that says what is looked for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.normal import fold

LONG = 130
"""Characters from which on a sentence is cut to the part that tells."""
HALF = re.compile(r"[；;]+[”’」』）)]*")
COMMA = re.compile(r"[，,]+[”’」』）)]*")


def telling_part(text: str, start: int, stop: int, rarity: Mapping[str, float]) -> tuple[int, int]:
    """text[start:stop], or of a sentence longer than LONG the members in a row, at ； or else at commas, that hold
    most of the rare terms and are no longer than that.

    >>> telling_part("甲" * 140 + "；" + "要真抓实干。", 0, 147, {"实干": 1.0})
    (141, 147)
    """
    if stop - start <= LONG:
        return start, stop
    for mark in (HALF, COMMA):
        bounds = [start, *(m.end() for m in mark.finditer(text, start, stop) if m.end() < stop), stop]
        spans = [_grown(bounds, i) for i in range(len(bounds) - 1)]
        spans = [(a, b) for a, b in spans if b - a <= LONG]
        if spans:
            return max(spans, key=lambda s: (_held(text[s[0] : s[1]], rarity), s[1] - s[0], -s[0]))
    return start, stop


def _grown(bounds: list[int], first: int) -> tuple[int, int]:
    """From one bound on, as many members as LONG allows; one at the least."""
    last = first + 1
    while last + 1 < len(bounds) and bounds[last + 1] - bounds[first] <= LONG:
        last += 1
    return bounds[first], bounds[last]


def _held(text: str, rarity: Mapping[str, float]) -> float:
    folded = fold(text)
    return sum(weight for term, weight in rarity.items() if term in folded)
