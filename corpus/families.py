"""Near-duplicate families: the same speech on several sites, the same report in two versions.

A document is compared by its folded character shingles. Instead of a MinHash of fixed length it keeps
the shingles whose hash is divisible by KEEP_ONE_IN (Broder, "On the resemblance and containment of
documents", 1997): the share that two such samples have in common estimates containment too, so that
a half of a document finds the whole, which MinHash and its bands miss. Pairs that the samples put up
are verified on all shingles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.normal import fold

Shingles = NDArray[np.uint64]

OTHER = re.compile(r"[\W_]+")
"""What is neither a letter nor a figure."""
LENGTH = 5
"""Characters of a shingle: of a text with every tenth character changed six in ten survive."""
KEEP_ONE_IN = 4
"""A document of 800 characters keeps about 200 shingles: its containment is known to within .04."""
COMMON = 64
"""A shingle in more documents than this is a formula of the genre and puts up no pair."""
PUT_UP = 0.3
"""Estimated containment from which a pair is verified."""
WINDOW, MATCHED = 40, 0.25
"""A stretch of WINDOW shingles is found in another text when at least a quarter of them are: with every
tenth character changed six in ten are, in other words on the same matter next to none."""
COVERED, CONTAINED = 0.93, 0.4
"""Shares of the shorter text's stretches and shingles that the other has in one family."""
SHORT, CONTAINED_SHORT = 450, 0.75
"""Yearly resolutions and replies of one form have up to seven in ten of their few hundred shingles in
common: so short a text has to agree in more than that."""
SHORTEST = 60
"""Shingles that a document must have: two letters of thanks are alike without being one text."""
EXCERPT = 0.15
"""Length of the shorter text over the longer: a sentence or two out of a report are not a copy of it."""
STEP = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xFF51AFD7ED558CCD)


@dataclass(frozen=True)
class Likeness:
    """Two documents by their keys, a < b.

    `jaccard`: shared shingles over all; `containment`: over those of the shorter text; `covered`: share
    of the shorter text's stretches that are found in the other.
    """

    a: int
    b: int
    jaccard: float
    containment: float
    covered: float


@dataclass(frozen=True)
class Standing:
    """What makes a document of a family its representative; see `representative`."""

    rewritten: bool
    anonymised: bool
    dated: bool
    length: int
    issued: str


def shingles(text: str) -> Shingles:
    """The hashes of a text's folded shingles in its order; white space and punctuation count for nothing.

    >>> list(shingles("全国文明城市")) == list(shingles("全国 文明 城市，"))
    True
    """
    letters = OTHER.sub("", fold(text))
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    if len(codes) < LENGTH:
        return np.zeros(0, np.uint64)
    hashes = np.zeros(len(codes) - LENGTH + 1, np.uint64)
    for offset in range(LENGTH):
        hashes = (hashes ^ codes[offset : offset + len(hashes)]) * STEP
        hashes ^= hashes >> np.uint64(29)
    hashes = hashes * MIX
    return hashes ^ (hashes >> np.uint64(32))


def signature(text: str) -> Shingles:
    """The sample that is kept: the shingles divisible by KEEP_ONE_IN, each once, ascending."""
    every = shingles(text)
    return np.unique(every[every % np.uint64(KEEP_ONE_IN) == 0])


def text_of(paragraphs: Iterable[tuple[str, str]]) -> str:
    """What is compared of (role, text): the paragraphs, whatever their role, without a site's title before them."""
    return "\n".join(text for role, text in paragraphs if role != "title")


def candidates(signatures: Mapping[int, Shingles], new: Iterable[int]) -> list[tuple[int, int]]:
    """Pairs (a < b) with one of `new` in them that are worth verifying, by their samples."""
    keys = np.array(sorted(signatures), np.int64)
    sizes = np.array([len(signatures[k]) for k in keys], np.int64)
    wanted = np.isin(keys, np.fromiter(new, np.int64))
    if not wanted.any():
        return []
    hashes = np.concatenate([signatures[k] for k in keys])
    owner = np.repeat(np.arange(len(keys)), sizes)
    if not wanted.all():
        own = np.unique(hashes[wanted[owner]])
        place = np.minimum(np.searchsorted(own, hashes), max(len(own) - 1, 0))
        shared = own[place] == hashes if len(own) else np.zeros(len(hashes), bool)
        hashes, owner = hashes[shared], owner[shared]
    counts = _shared_counts(hashes, owner, len(keys))
    pairs = []
    for code, count in zip(*counts, strict=True):
        a, b = divmod(int(code), len(keys))
        smaller = min(sizes[a], sizes[b])
        if (wanted[a] or wanted[b]) and smaller and count >= PUT_UP * smaller:
            pairs.append((int(keys[a]), int(keys[b])))
    return pairs


def _shared_counts(
    hashes: Shingles, owner: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each pair of owners, as a * size + b with a < b, how many hashes they share."""
    order = np.lexsort((owner, hashes))
    hashes, owner = hashes[order], owner[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else np.zeros(0, np.int64)
    lengths = np.diff(np.r_[starts, len(hashes)])
    codes = []
    for gap in range(1, COMMON):
        first = np.concatenate([starts[lengths > gap]]) if len(starts) else starts
        if not len(first):
            break
        long = lengths[lengths > gap]
        usable = long <= COMMON
        reach = (long - gap)[usable]
        at = np.repeat(first[usable], reach) + _ranges(reach)
        codes.append(owner[at] * size + owner[at + gap])
    if not codes:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    found, counts = np.unique(np.concatenate(codes), return_counts=True)
    return found, counts


def _ranges(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, … for each length, one after another."""
    total = int(lengths.sum())
    return np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def likeness(a: int, b: int, text_a: str, text_b: str) -> Likeness | None:
    """How alike two documents are on all their shingles; None when they are not of one family.

    A text that repeats itself counts each of its stretches.
    """
    first, second = sorted((shingles(text_a), shingles(text_b)), key=len)
    if len(first) < SHORTEST:
        same = len(first) and len(first) == len(second) and bool((first == second).all())
        return Likeness(min(a, b), max(a, b), 1.0, 1.0, 1.0) if same else None
    if len(first) < EXCERPT * len(second):
        return None
    of_first, of_second = np.unique(first), np.unique(second)
    shared = len(np.intersect1d(of_first, of_second, assume_unique=True))
    covered = coverage(np.isin(first, of_second))
    enough = CONTAINED_SHORT if len(first) < SHORT else CONTAINED
    if covered < COVERED or shared < enough * len(of_first):
        return None
    jaccard = shared / (len(of_first) + len(of_second) - shared)
    return Likeness(min(a, b), max(a, b), jaccard, shared / len(of_first), covered)


def coverage(found: NDArray[np.bool_]) -> float:
    """Share of the stretches of WINDOW shingles of which at least a quarter is found.

    >>> coverage(np.array([True, False] * 100)), coverage(np.array([True] * 100 + [False] * 100)) < 0.6
    (1.0, True)
    """
    sums = np.cumsum(np.r_[0, found])
    window = min(WINDOW, len(found))
    return float(np.mean(sums[window:] - sums[:-window] >= MATCHED * window)) if window else 0.0


def cluster(pairs: Iterable[Likeness]) -> list[list[int]]:
    """The families: keys that likenesses tie together, each ascending; those of one member are left out.

    >>> cluster([Likeness(1, 2, 1, 1, 1), Likeness(2, 5, 1, 1, 1), Likeness(3, 4, 1, 1, 1)])
    [[1, 2, 5], [3, 4]]
    """
    above: dict[int, int] = {}

    def top(key: int) -> int:
        while above.setdefault(key, key) != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    for pair in pairs:
        first, second = sorted((top(pair.a), top(pair.b)))
        above[second] = first
    members: dict[int, list[int]] = {}
    for key in sorted(above):
        members.setdefault(top(key), []).append(key)
    return list(members.values())


def representative(family: Sequence[int], standing: Mapping[int, Standing]) -> int:
    """The member to cite: not rewritten, not anonymised, dated or numbered, the longest, the oldest.

    Lengths within a twentieth of the longest count as equal, so that a site's leftover line does not decide.
    """
    longest = max(standing[key].length for key in family)

    def order(key: int) -> tuple[object, ...]:
        s = standing[key]
        shortfall = 0 if s.length >= 0.95 * longest else longest - s.length
        return (s.rewritten, s.anonymised, not s.dated, shortfall, s.issued or "9999", key)

    return min(family, key=order)
