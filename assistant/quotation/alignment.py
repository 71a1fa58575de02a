"""The characters of a source that a quotation means, and how the two differ, character by character."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WRONG, UNLIKE, ADDED, LEFT_OUT, MORE_LEFT_OUT = 100, 180, 100, 100, 5
"""Costs: of a wrong character, of a mark for a letter or a letter for a mark, of a character that only the
quotation has, of the first that only the source has, and of each further one: whoever leaves a clause out makes
one mistake and not ten.
"""
MARKS = frozenset(map(ord, ".,;:?!、\"'()[]<>《》〈〉·-…"))
LARGEST = 8_000_000
"""Cells of the table; a longer text is cut into parts before it comes here."""
NEVER = np.int32(1 << 28)


@dataclass(frozen=True)
class Change:
    """source[start:stop] stands in the quotation as quoted[at:end]; one of the two may be empty."""

    start: int
    stop: int
    at: int
    end: int


@dataclass(frozen=True)
class Alignment:
    """source[start:stop] is what the quotation means; `changes` from left to right turn it into the quotation."""

    start: int
    stop: int
    cost: int
    changes: tuple[Change, ...]


def align(source: str, quoted: str) -> Alignment:
    """Fit a quotation into the best place of a source: semi-global alignment with affine gaps (Gotoh 1982).

    Leading and trailing characters of the source cost nothing. The table is len(quoted) × len(source). A tie goes
    to the wrong character, before one added and one left out, and to the later place of the source.

    >>> found = align("要狠抓落实，一抓到底。", "狠抓落买，一抓到底")
    >>> found.start, found.stop, found.changes
    (1, 10, (Change(start=4, stop=5, at=3, end=4),))
    """
    if len(source) * len(quoted) > LARGEST:
        raise ValueError(f"{len(quoted)} × {len(source)} characters")
    best, gap = _table(_points(source), _points(quoted))
    stop = len(source) - int(np.argmin(best[-1][::-1]))
    return _traced(source, quoted, best, gap, stop)


def _points(text: str) -> NDArray[np.int32]:
    return np.frombuffer(text.encode("utf-32-le", "replace"), np.int32)


def _table(source: NDArray[np.int32], quoted: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """For each beginning of the quotation, and each place where the source may stop: the least cost, and the least
    with the source's last character left out.
    """
    size = len(source) + 1
    best = np.zeros((len(quoted) + 1, size), np.int32)
    gap = np.full((len(quoted) + 1, size), NEVER, np.int32)
    mark = np.isin(source, [*MARKS])
    steps = MORE_LEFT_OUT * np.arange(size, dtype=np.int32)
    for i, point in enumerate(quoted, 1):
        row = best[i - 1] + ADDED
        np.minimum(row[1:], best[i - 1][:-1] + _wrong(source, mark, int(point)), out=row[1:])
        # Left out behind place k, up to j: row[k] + LEFT_OUT + MORE_LEFT_OUT * (j - k - 1), for the best k.
        opened = np.minimum.accumulate(row - steps)
        gap[i][1:] = opened[:-1] + steps[1:] + (LEFT_OUT - MORE_LEFT_OUT)
        best[i] = np.minimum(row, gap[i])
    return best, gap


def _wrong(source: NDArray[np.int32], mark: NDArray[np.bool_], point: int) -> NDArray[np.int32]:
    """The cost of a character of the quotation in place of each one of the source."""
    cost = np.where(mark == (point in MARKS), WRONG, UNLIKE)
    return np.where(source == point, 0, cost).astype(np.int32)


def _traced(source: str, quoted: str, best: NDArray[np.int32], gap: NDArray[np.int32], stop: int) -> Alignment:
    changes: list[Change] = []
    i, j = len(quoted), stop
    while i > 0:
        here = best[i, j]
        # What the first character leaves out behind it: 例一 for 例如一 is no 例 for 如.
        matched_before = i == 1 and gap[i, j] == here and here > 0
        if j and not matched_before and here == best[i - 1, j - 1] + _cost(source[j - 1], quoted[i - 1]):
            if source[j - 1] != quoted[i - 1]:
                changes.append(Change(j - 1, j, i - 1, i))
            i, j = i - 1, j - 1
        elif here == best[i - 1, j] + ADDED:
            changes.append(Change(j, j, i - 1, i))
            i -= 1
        else:
            end = j
            while True:  # back to where leaving out began
                opens = gap[i, j] == best[i, j - 1] + LEFT_OUT
                j -= 1
                if opens:
                    break
            changes.append(Change(j, end, i, i))
    return Alignment(j, stop, int(best[-1, stop]), tuple(_joined(changes[::-1])))


def _cost(own: str, said: str) -> int:
    return 0 if own == said else WRONG if (ord(own) in MARKS) == (ord(said) in MARKS) else UNLIKE


def _joined(changes: list[Change]) -> list[Change]:
    """Neighbouring changes as one."""
    joined: list[Change] = []
    for change in changes:
        if joined and joined[-1].stop == change.start and joined[-1].end == change.at:
            joined[-1] = Change(joined[-1].start, change.stop, joined[-1].at, change.end)
        else:
            joined.append(change)
    return joined
