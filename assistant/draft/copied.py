"""复写: the long runs of a draft that stand in the library word for word.

A run is found by its seeds: of any run of LONGEST_MISSED + 1 characters one seed lies wholly inside, and
whether a seed stands in the library is one scan of the running text. What every other document says as well
(坚持以人民为中心) is nobody's and not copied.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.normal import fold_with_map
from index import Occurrence, RunningText

SEED = 12
"""Folded characters of a seed; shorter ones stand everywhere by chance."""
SHORTEST = 20
"""Folded characters from which on a run counts as copied: a clause or two."""
STEP = SHORTEST - SEED + 1
COMMON_SHARE, FORMULA_SHARE, COMMON = 0.03, 0.01, 5
"""A run that stands in more documents than this share of the library, and than these, is common wording; a part
of it with less than SEED characters besides is, from the second share on."""
LONG = 60
"""Folded characters from which on a run can't be a common phrase and little else."""
MARKS = " ,.;:!?\"'-()[]《》"
WITHIN = re.compile(r"[a-z0-9.,%]{2}")


@dataclass(frozen=True)
class Run:
    """paragraph text[start:end] of the draft stands at `places`, the first of each document, in their order."""

    start: int
    end: int
    places: tuple[Occurrence, ...]


def find_runs(library: RunningText, text: str, documents: int) -> list[Run]:
    """The copied runs of a paragraph, left to right; `documents` is how many the library has."""
    folded, origin = fold_with_map(text)
    runs: list[Run] = []
    at = taken = 0
    while at + SEED <= len(folded):
        if not _stands(library, folded[at : at + SEED]):
            at += STEP
            continue
        start, stop = _grown(library, folded, at, taken)
        start, stop = _without_marks(folded, start, stop)
        run = _run(library, folded, start, stop, origin, documents)
        if run:
            runs.append(run)
            taken = stop
        at = max(at + STEP, stop - SEED + 1) if run else at + STEP
    return runs


def most_common(documents: int, share: float = COMMON_SHARE) -> int:
    """In how many documents of a library of this size words may stand that are not common.

    >>> most_common(40), most_common(1000)
    (5, 30)
    """
    return max(COMMON, int(share * documents))


def first_places(library: RunningText, phrase: str, most: int) -> tuple[Occurrence, ...]:
    """Where a phrase stands, once in each document; none if that is in more than `most` documents."""
    found: dict[int, Occurrence] = {}
    for occurrence in library.find(phrase):
        found.setdefault(occurrence.document, occurrence)
        if len(found) > most:
            return ()
    return tuple(found.values())


def _run(library: RunningText, folded: str, start: int, stop: int, origin: list[int], documents: int) -> Run | None:
    if stop - start < SHORTEST:
        return None
    phrase = folded[start:stop]
    places = first_places(library, phrase, most_common(documents))
    if not places or (len(phrase) < LONG and _own_part(library, phrase, most_common(documents, FORMULA_SHARE)) < SEED):
        return None
    return Run(origin[start], origin[stop - 1] + 1, places)


def _own_part(library: RunningText, phrase: str, most: int) -> int:
    """Characters of a phrase that are left without the longest common wording that it begins or ends with.

    A common phrase with a word of the next sentence behind it is rare, and nobody's all the same.
    """

    def is_common(part: str) -> bool:
        return not first_places(library, part, most)

    ahead = _longest(lambda n: is_common(phrase[:n]), len(phrase))
    behind = _longest(lambda n: is_common(phrase[len(phrase) - n :]), len(phrase))
    return len(phrase) - max(ahead, behind)


def _stands(library: RunningText, phrase: str) -> bool:
    return next(library.find(phrase), None) is not None


def _grown(library: RunningText, folded: str, at: int, taken: int) -> tuple[int, int]:
    """The seed at `at`, as long as it stands in the library: first to the right, then to the left down to `taken`."""
    right = _longest(lambda more: _stands(library, folded[at : at + SEED + more]), len(folded) - at - SEED)
    stop = at + SEED + right
    left = _longest(lambda more: _stands(library, folded[at - more : stop]), at - taken)
    return at - left, stop


def _longest(holds: Callable[[int], bool], most: int) -> int:
    """The largest number up to `most` that holds, if all smaller ones do; 0 always does.

    >>> _longest(lambda n: n <= 37, 1000), _longest(lambda n: True, 5)
    (37, 5)
    """
    low, step = 0, 1
    while low < most and holds(min(low + step, most)):
        low = min(low + step, most)
        step *= 2
    high = min(low + step, most + 1)  # the smallest that is known not to hold
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _without_marks(folded: str, start: int, stop: int) -> tuple[int, int]:
    """A run without the punctuation at its ends, and without a part of a figure or a Latin word there."""
    while start < stop and start and _in_one(folded, start):
        start += 1
    while stop > start and stop < len(folded) and _in_one(folded, stop):
        stop -= 1
    while start < stop and folded[start] in MARKS:
        start += 1
    while stop > start and folded[stop - 1] in MARKS:
        stop -= 1
    return start, stop


def _in_one(folded: str, at: int) -> bool:
    """Whether a place lies within a figure or a Latin word."""
    return folded[at - 1 : at + 1].isascii() and WITHIN.fullmatch(folded[at - 1 : at + 1]) is not None
