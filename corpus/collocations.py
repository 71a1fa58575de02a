"""Which words stand beside which in the documents of a library: what official writing is used to saying.

Counts are of documents and not of places, so that no document counts more than once however often it
says a thing, and one document can be left out exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count, repeat

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]
Counts = NDArray[np.int32]

Sums = NDArray[np.float64]

SHIFT = np.int64(31)
"""A pair is one number: left word << 31 | right word."""
RIGHT = np.int64((1 << 31) - 1)
"""The bits of the right word."""
NEXT, OVER_ONE = 1, 2
"""Distances at which pairs are counted: neighbours, and neighbours of neighbours."""


SLOTS, MOST_SLOTS = 3, 23
"""Binary places that the number of slots has more than that of pairs, and has at the most: 32 megabytes."""
EMPTY, CROWDED = -1, -2
SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""An odd number: the highest bits of a product with it spread the keys over the slots (Knuth's multiplicative hash)."""


@dataclass(frozen=True)
class Pairs:
    """In how many documents each pair of words stands: keys ascending, with their counts."""

    keys: Keys
    counts: Counts

    @classmethod
    def none(cls) -> Pairs:
        """No pair at all."""
        return cls(np.zeros(0, np.int64), np.zeros(0, np.int32))

    def of(self, keys: Keys) -> Counts:
        """The counts of these pairs; 0 for one that is not there."""
        counts = np.zeros(len(keys), np.int32)
        places = self._places[self._slots(keys)]
        alone = np.flatnonzero(places >= 0)
        at = places[alone]
        counts[alone] = np.where(self.keys[at] == keys[alone], self.counts[at], 0)
        crowded = np.flatnonzero(places == CROWDED)
        if len(crowded):
            some = keys[crowded]
            at = np.minimum(np.searchsorted(self.keys, some), len(self.keys) - 1)
            counts[crowded] = np.where(self.keys[at] == some, self.counts[at], 0)
        return counts

    @cached_property
    def _places(self) -> Counts:
        """For each slot where its pair is; EMPTY for one without any, CROWDED for one with several. Few of the pairs
        that are looked up are there, and of most of the others one look tells where.
        """
        places = np.full(1 << self._bits, EMPTY, np.int32)
        slots, every = self._slots(self.keys), np.arange(len(self.keys), dtype=np.int32)
        places[slots] = every
        places[slots[places[slots] != every]] = CROWDED
        return places

    @property
    def _bits(self) -> int:
        return min(len(self.keys).bit_length() + SLOTS, MOST_SLOTS)

    def _slots(self, keys: Keys) -> NDArray[np.uint64]:
        slots: NDArray[np.uint64] = keys.astype(np.uint64) * SPREAD >> np.uint64(64 - self._bits)
        return slots

    def changed(self, more: Sequence[Keys], fewer: Sequence[Keys]) -> Pairs:
        """The counts with some documents' pairs put in and some taken out."""
        keys, added = _tally(more, fewer)
        place = np.searchsorted(self.keys, keys)
        known = place < len(self.keys)
        known[known] = self.keys[place[known]] == keys[known]
        counts = self.counts.copy()
        counts[place[known]] += added[known]
        new = ~known & (added > 0)
        all_keys = np.insert(self.keys, place[new], keys[new])
        all_counts = np.insert(counts, place[new], added[new]).astype(np.int32)
        kept = all_counts > 0
        return Pairs(all_keys[kept], all_counts[kept])


def _tally(more: Sequence[Keys], fewer: Sequence[Keys]) -> tuple[Keys, Counts]:
    if not more and not fewer:
        return np.zeros(0, np.int64), np.zeros(0, np.int32)
    signs = np.repeat([1] * len(more) + [-1] * len(fewer), [len(k) for k in (*more, *fewer)])
    keys, inverse = np.unique(np.concatenate([*more, *fewer]), return_inverse=True)
    return keys, np.bincount(inverse, weights=signs, minlength=len(keys)).astype(np.int32)


@dataclass(frozen=True)
class Collocations:
    """The counts over some documents of a library, by their keys.

    `words` are all words that are counted, a word's number being its place; `single` in how many
    documents each stands.
    """

    documents: frozenset[int]
    words: tuple[str, ...]
    single: Counts
    next: Pairs
    over_one: Pairs
    index: dict[str, int] = field(repr=False, compare=False)

    @classmethod
    def none(cls) -> Collocations:
        """No document counted."""
        return cls.of(frozenset(), (), np.zeros(0, np.int32), Pairs.none(), Pairs.none())

    @classmethod
    def of(
        cls, documents: frozenset[int], words: tuple[str, ...], single: Counts, next_: Pairs, over_one: Pairs
    ) -> Collocations:
        """Out of stored parts."""
        return cls(documents, words, single, next_, over_one, {word: i for i, word in enumerate(words)})

    def numbers(self, words: Iterable[str]) -> Keys:
        """The numbers of words; unknown ones share the number after the last."""
        return np.fromiter(map(self.index.get, words, repeat(len(self.words))), np.int64)

    def changed(self, more: Mapping[int, Sequence[str]], fewer: Mapping[int, Sequence[str]]) -> Collocations:
        """The counts with these documents put in and those taken out, each given as its words in order."""
        index = dict(self.index)
        for words in more.values():
            index.update(zip([word for word in dict.fromkeys(words) if word not in index], count(len(index))))
        put = [np.fromiter(map(index.__getitem__, words), np.int64) for words in more.values()]
        gone = [np.fromiter(map(index.__getitem__, words), np.int64) for words in fewer.values()]
        single = np.zeros(len(index), np.int32)
        single[: len(self.single)] = self.single
        for numbers in put:
            single[np.unique(numbers)] += 1
        for numbers in gone:
            single[np.unique(numbers)] -= 1
        next_, over_one = (
            table.changed([pairs(n, gap) for n in put], [pairs(n, gap) for n in gone])
            for table, gap in ((self.next, NEXT), (self.over_one, OVER_ONE))
        )
        documents = (self.documents | more.keys()) - fewer.keys()
        found = Collocations(frozenset(documents), tuple(index), single, next_, over_one, index)
        return found.without_unused() if gone else found

    def without_unused(self) -> Collocations:
        """The same counts without the words of no document: what was taken out leaves no word behind."""
        used = self.single > 0
        numbers = np.cumsum(used, dtype=np.int64) - 1  # ascending, so the keys stay in order
        next_, over_one = (
            Pairs(numbers[table.keys >> SHIFT] << SHIFT | numbers[table.keys & RIGHT], table.counts)
            for table in (self.next, self.over_one)
        )
        words = tuple(word for word, kept in zip(self.words, used.tolist(), strict=True) if kept)
        return Collocations.of(self.documents, words, self.single[used], next_, over_one)


def pair(left: Keys, right: Keys) -> Keys:
    """Two words as one number."""
    return (left << SHIFT) | right


def pairs(numbers: Keys, gap: int) -> Keys:
    """The pairs of words at a distance in one document, each once, ascending."""
    return np.unique(pair(numbers[:-gap], numbers[gap:]))


class Totals:
    """How often each word is the left and the right one of a pair; computed once for many documents."""

    def __init__(self, counts: Collocations) -> None:
        self.counts = counts
        size = len(counts.words) + 1
        self.single = np.append(counts.single, 0).astype(np.int64)
        self.sum = int(self.single.sum())
        self.sides: list[tuple[Sums, Sums]] = [
            (_sums(table.keys >> SHIFT, table.counts, size), _sums(table.keys & RIGHT, table.counts, size))
            for table in (counts.next, counts.over_one)
        ]


class Others:
    """The counts without one document: no document vouches for itself.

    `own` is what to leave out, as words in order: the document, or the one that is counted for its
    family; None when neither is counted.
    """

    def __init__(self, totals: Totals, own: Sequence[str] | None) -> None:
        self.counts = totals.counts
        self.documents = len(self.counts.documents) - (own is not None)
        self._totals = totals
        self._words = own or ()
        self._numbers = self.counts.numbers(self._words)

    def numbers(self, words: Sequence[str]) -> Keys:
        """The numbers of words, as in Collocations; those of `own` are at hand."""
        return self._numbers if words is self._words else self.counts.numbers(words)

    @cached_property
    def sum(self) -> int:
        """Of how many other documents each word is, added up."""
        return self._totals.sum - len(self._known)

    @cached_property
    def _known(self) -> Keys:
        known = np.unique(self._numbers)
        return known[known < len(self.counts.words)]

    @cached_property
    def _single(self) -> Keys:
        single: Keys = self._totals.single.copy()
        single[self._known] -= 1
        return single

    @cached_property
    def _own(self) -> dict[int, Keys]:
        return {gap: pairs(self._numbers, gap) for gap in (NEXT, OVER_ONE)}

    @cached_property
    def _sides(self) -> dict[int, tuple[Sums, Sums]]:
        """The totals less the pairs of `own`, by distance."""
        return {
            gap: (_less(left, own >> SHIFT), _less(right, own & RIGHT))
            for (gap, own), (left, right) in zip(self._own.items(), self._totals.sides, strict=True)
        }

    def single(self, numbers: Keys) -> Keys:
        """In how many other documents each word stands."""
        found: Keys = self._single[numbers]
        return found

    def pairs(self, left: Keys, right: Keys, gap: int) -> Keys:
        """In how many other documents each pair stands."""
        return self.counts_of(pair(left, right), gap)

    def counts_of(self, keys: Keys, gap: int) -> Keys:
        """In how many other documents each pair stands, given by its number."""
        own = self._own[gap]
        counts = (self.counts.next, self.counts.over_one)[gap - 1].of(keys).astype(np.int64)
        seen = np.nonzero(counts)
        if len(own) and len(seen[0]):
            some = keys[seen]
            place = np.minimum(np.searchsorted(own, some), len(own) - 1)
            counts[seen] -= own[place] == some
        return counts

    def total(self, numbers: Keys, gap: int, side: int) -> Sums:
        """How many pairs have each word as their left (0) or right (1) one, at least 1."""
        found: Sums = self._sides[gap][side][numbers]
        return found


def _sums(words: Keys, counts: Counts, size: int) -> Sums:
    return np.bincount(words, weights=counts, minlength=size).astype(np.float64)


def _less(totals: Sums, own: Keys) -> Sums:
    found: Sums = np.maximum(totals - np.bincount(own, minlength=len(totals)), 1.0)
    return found
