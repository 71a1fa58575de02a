"""Parts with gaps between them, found in a text in time that grows with the text alone.

A regular expression with several gaps tries every length of each: 的…的…的…的 takes minutes. Here each part is
looked for once; from the last part to the first, places are kept from which the rest can be reached; then
one walk from the left takes the nearest each time. The matches are those of the expression with lazy gaps.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]
STOPS = ".!?\n"
"""Folded characters that end a sentence, or a paragraph; no gap goes across one."""
POINT, ZERO, NINE = ord("."), ord("0"), ord("9")


def slot_matches(codes: Codes, parts: Sequence[str], gap: int) -> list[tuple[int, int]]:
    """(start, stop) of parts that follow each other with 1 to `gap` characters between, leftmost first.

    >>> text = np.array([ord(c) for c in "以百姓之心为心,以民为本"], np.uint32)
    >>> slot_matches(text, ["以", "之心"], 6)
    [(0, 5)]
    """
    found = [_places(codes, part) for part in parts]
    ends = _ends(codes)
    kept = [found[-1]]
    for part, places in zip(parts[-2::-1], found[-2::-1], strict=True):
        kept.append(places[_reaches(places + len(part), kept[-1], ends, gap)])
    kept.reverse()
    return _walk([k.tolist() for k in kept], [len(part) for part in parts])


def _places(codes: Codes, part: str) -> Places:
    wanted = np.array([ord(c) for c in part], np.uint32)
    last = len(codes) - len(wanted) + 1
    if last <= 0 or not len(wanted):
        return np.zeros(0, np.int64)
    places = np.flatnonzero(codes[:last] == wanted[0])
    for offset in range(1, len(wanted)):
        places = places[codes[places + offset] == wanted[offset]]
    return places


def _ends(codes: Codes) -> Places:
    """Where sentences end; the point of 3.5 is none."""
    at = np.flatnonzero(np.logical_or.reduce([codes == ord(c) for c in STOPS]))
    around = np.concatenate([codes[:1], codes, codes[:1]])
    digit = (around >= ZERO) & (around <= NINE)
    number = (codes[at] == POINT) & digit[at] & digit[at + 2]
    ends: Places = at[~number]
    return ends


def _reaches(stops: Places, ahead: Places, ends: Places, gap: int) -> NDArray[np.bool_]:
    """Whether a place of `ahead` stands 1 to `gap` characters behind each stop, in the same sentence."""
    if not len(ahead):
        return np.zeros(len(stops), np.bool_)
    next_ = ahead[np.minimum(np.searchsorted(ahead, stops + 1), len(ahead) - 1)]
    limit = np.append(ends, np.iinfo(np.int64).max)[np.searchsorted(ends, stops)]
    return (next_ > stops) & (next_ <= stops + gap) & (next_ <= limit)


def _walk(kept: Sequence[Sequence[int]], lengths: Sequence[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    behind = 0
    for start in kept[0]:
        if start < behind:
            continue
        stop = start + lengths[0]
        for places, length in zip(kept[1:], lengths[1:], strict=True):
            stop = places[bisect_left(places, stop + 1)] + length
        spans.append((start, stop))
        behind = stop
    return spans
