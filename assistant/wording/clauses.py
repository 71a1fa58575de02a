"""The whole of what a piece of a sentence belongs to: a wording ends where its source makes a stop."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.normal import fold
from corpus.sentences import sentence_spans

LONG, LONGEST = 200, 400
"""Characters up to which a sentence is one wording, of a longer one the part that tells being taken, from ； to ；; and
characters up to which a sentence without ； is still given whole.
"""
HALF = re.compile(r"[；;]+[”’」』）)]*")
OPEN_ENDED = re.compile(r"[，,、][”’」』）)]*\s*$")


def whole_part(text: str, start: int, stop: int, rarity: Mapping[str, float]) -> tuple[int, int]:
    """The sentence of a paragraph that text[start:stop] is a piece of; if that is longer than LONG, its members in a
    row up to a ； or full stop that hold most of the rare terms. A member that is longer by itself is given whole, and past LONGEST from `start` on.

    >>> whole_part("会前查看河堤，会后核对台账，当天报送结果。次日再查。", 7, 14, {})
    (0, 21)
    >>> whole_part("甲" * 195 + "；" + "要真抓实干。", 0, 202, {"实干": 1.0})
    (196, 202)
    """
    touched = [(a, b) for a, b in sentence_spans(text) if a < stop and start < b] or [(start, stop)]
    first, last = touched[0][0], touched[-1][1]
    if last - first <= LONG:
        return first, last
    bounds = [first, *(m.end() for m in HALF.finditer(text, first, last) if m.end() < last), last]
    near = [i for i in range(len(bounds) - 1) if bounds[i] < stop and start < bounds[i + 1]]
    spans = [(a, b) for a, b in (_grown(bounds, i) for i in near) if b - a <= LONG]
    if spans:
        return max(spans, key=lambda s: (_held(text[s[0] : s[1]], rarity), s[1] - s[0], -s[0]))
    first, last = bounds[near[0]], bounds[near[-1] + 1]
    return first if last - first <= LONGEST else max(start, first), last


def is_open_ended(text: str) -> bool:
    """Whether a text ends in a comma: its paragraph, too, breaks off there.

    >>> is_open_ended("把检测摆在首位，"), is_open_ended("把检测摆在首位")
    (True, False)
    """
    return bool(OPEN_ENDED.search(text[-8:]))


def _grown(bounds: list[int], first: int) -> tuple[int, int]:
    """From one bound on, as many members as LONG allows; one at the least."""
    last = first + 1
    while last + 1 < len(bounds) and bounds[last + 1] - bounds[first] <= LONG:
        last += 1
    return bounds[first], bounds[last]


def _held(text: str, rarity: Mapping[str, float]) -> float:
    folded = fold(text)
    return sum(weight for term, weight in rarity.items() if term in folded)
