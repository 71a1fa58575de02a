"""疑似伪原创: a text whose words a machine has swapped for synonyms, judged by the other documents of a library.

Official writing is used to its words: it creates (创建) a civilised city thousands of times and never
founds (创立) one. For each word of a document the neighbours tell how well it fits, in the documents
that are there besides; and how much better a word of like shape would fit, 创建 for 创立. One word out
of place is style. Many are a machine.

Nothing here is a list of synonyms. The weights are those of a logistic regression over word types,
fitted on texts with planted swaps in a library of 330 documents; `tests/test_corpus_rewritten.py`
measures them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.collocations import NEXT, OVER_ONE, Keys, Others, pair
from corpus.segment import LATIN, NUMBER, STOP, Token

FEWEST_DOCUMENTS = 30
FEWEST_WORDS = 15_000
"""Documents, and different words of each added up, under which a library can't judge."""
STRANGE = 0.42
"""How much smaller than usual the share of words at home may be. A leaflet among nothing but reports is
strange to the library and not judged; a text with four words in ten swapped falls by .2."""
SHORTEST = 200
"""Words of two characters and more under which a document can't be judged."""
FLAGGED = 0.5
"""Score from which a document counts as rewritten."""
TYPICAL, CAUTION = 0.066, 40
"""Suspicion per word at which the score is .5, and the documents for which it doubles: the fewer there
are, the more of what is usual was never seen. In a library of 330 no clean document reaches .053."""
STEEP = 60.0
"""How fast the score turns from 0 to 1 around TYPICAL."""

NAMED = 1.0
"""Log odds from which a word's places are named as suspicious."""
ORIGINALS = 3
"""Likely originals that are named."""
LONGEST = 4
"""Characters of a word that is swapped, and of what it is swapped for."""
KNOWN = 3
"""Other documents in which an original must stand."""
NONE: Keys = np.zeros(0, np.int64)
PLACES = 16
"""Places of one word that its swap is judged by; a long text has hundreds."""
CELLS = 200_000
"""Places and words that are weighed at once."""
REFERENCE = 330
"""Documents of the library that the weights were fitted in; counts are taken as of so many."""
OFTEN = 8
"""A word counts for as many places at the most: a document has its subject."""

# The weights of a word type; `lift` is how much likelier a word is beside its neighbours than by chance, as a logarithm.
BIAS = -5.72
SEEN, UNSEEN = -0.20, 1.04  # ln(1 + documents that have the word); none has it
ORIGINAL = 0.72  # ln(1 + documents that have the likely original)
PLACES_KNOWN = 0.43  # ln(1 + places where one of the neighbours is known to stand beside the original)
FIT, FIT_PLACES = 0.07, 0.28  # lift of the original; the same, if above 0, times ln(1 + places)
OWN_FIT = -0.58  # lift of the word itself
LONG = -0.82  # more than two characters: names of things

SMOOTH, UNHEARD = 0.15, 0.02
"""What a pair that was never seen counts for: a share of what chance gives, and a constant."""


@dataclass(frozen=True)
class Suspicion:
    """paragraph.text[start:end] is probably swapped; `likely` are the originals, the likeliest first."""

    paragraph: int
    start: int
    end: int
    word: str
    likely: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What the other documents say of one.

    `score` is 0 to 1, from FLAGGED on it counts as rewritten; None when library or document is too
    small to tell, or the document is strange to the library. `home` is the share of its words that are
    known beside one of their neighbours. `suspicions` in the order of the text.
    """

    score: float | None
    home: float = 0.0
    suspicions: tuple[Suspicion, ...] = ()

    @property
    def rewritten(self) -> bool:
        """Whether the document counts as rewritten."""
        return self.score is not None and self.score >= FLAGGED


class Shapes:
    """The words of a library by their characters: where the original of a swapped word is looked for.

    Synonyms mostly share one: 创立 and 创建, 坚固 and 牢固. Seven in ten of the swaps in a real
    rewritten speech do, and of two words taken at random one pair in eighty.
    """

    def __init__(self, words: Sequence[str], single: Sequence[int]) -> None:
        found: dict[tuple[int, str], list[int]] = defaultdict(list)
        for number, (word, count) in enumerate(zip(words, single, strict=True)):
            if count >= KNOWN and _is_content(word):
                for character in set(word):
                    found[len(word), character].append(number)
        self._numbers = {word: number for number, word in enumerate(words)}
        self._like: dict[str, Keys] = {}
        self._found = {key: np.array(numbers, np.int64) for key, numbers in found.items()}

    def like(self, word: str) -> Keys:
        """Numbers of the words of its length that share a character with it; of longer ones, all but one."""
        if word in self._like:
            return self._like[word]
        lists = [self._found[len(word), c] for c in set(word) if (len(word), c) in self._found]
        numbers, shared = np.unique(np.concatenate([NONE, *lists]), return_counts=True)
        least = len(word) - 1
        self._like[word] = numbers[(shared >= least) & (numbers != self._numbers.get(word, -1))]
        return self._like[word]


@dataclass(frozen=True)
class _Places:
    """A word type: its number, the tokens where it stands, and the numbers of their neighbours."""

    word: str
    number: int
    at: Keys
    left: Keys
    right: Keys
    left2: Keys
    right2: Keys


@dataclass(frozen=True)
class _Swap:
    """How suspicious a word type is, and its likely originals, the likeliest first."""

    places: _Places
    logit: float
    numbers: Keys
    originals: tuple[str, ...]


def judge(
    found: Sequence[Token], others: Others, shapes: Shapes, usual: float = 0.0, words: Sequence[str] | None = None
) -> Verdict:
    """Whether the words of a document were swapped, by the documents that are there besides.

    `usual` is the share of words at home in the middle one of the library's documents; `words` are those of
    `found`, for who has them at hand.
    """
    words = [token.word for token in found] if words is None else words
    content = _contents(words)
    count = int(content.sum())
    if others.documents < FEWEST_DOCUMENTS or others.sum < FEWEST_WORDS or count < SHORTEST:
        return Verdict(None)
    numbers = others.counts.numbers(words)
    known = others.pairs(numbers[:-1], numbers[1:], NEXT) > 0
    home = _home(known, content)
    if home < usual - STRANGE:
        return Verdict(None, home)
    doubtful = np.r_[False, ~(known[:-1] & known[1:]), False]
    swaps = list(_weighed(_types(words, numbers, doubtful, content), others, shapes))
    suspicion = sum(max(s.logit, 0.0) * min(len(s.places.at), OFTEN) for s in swaps) / count
    score = 1 / (1 + math.exp(-STEEP * (suspicion - TYPICAL * (1 + CAUTION / others.documents))))
    named = sorted(_suspicions(swaps, found, others), key=lambda s: (s.paragraph, s.start))
    return Verdict(score, home, tuple(named))


def home_share(words: Sequence[str], others: Others) -> float:
    """The share of a document's words, in their order, that are known beside one of their neighbours."""
    numbers = others.counts.numbers(words)
    known = others.pairs(numbers[:-1], numbers[1:], NEXT) > 0
    return _home(known, _contents(words))


def _home(known: NDArray[np.bool_], content: NDArray[np.bool_]) -> float:
    inside = (known[:-1] | known[1:])[content[1:-1]]
    return float(inside.mean()) if len(inside) else 0.0


def _contents(words: Sequence[str]) -> NDArray[np.bool_]:
    told = {word: _is_content(word) for word in set(words)}
    return np.array([told[word] for word in words], np.bool_)


def _is_content(word: str) -> bool:
    return len(word) >= 2 and word not in (STOP, NUMBER, LATIN) and "\u3400" <= word[0] < "\ua000"


def _types(
    words: Sequence[str], numbers: Keys, doubtful: NDArray[np.bool_], content: NDArray[np.bool_]
) -> Iterator[_Places]:
    """The word types of a document with their places, but for those known beside both neighbours everywhere."""
    at: dict[str, list[int]] = defaultdict(list)
    for place in (np.flatnonzero(content[2:-2]) + 2).tolist():
        at[words[place]].append(place)
    doubted = {words[place] for place in (np.flatnonzero((doubtful & content)[2:-2]) + 2).tolist()}
    chosen = [word for word in at if word in doubted and len(word) <= LONGEST]
    every: Keys = np.array([place for word in chosen for place in at[word]], np.int64)
    around = [numbers[every + by] for by in (0, -1, 1, -2, 2)]
    start = 0
    for word in chosen:
        own = slice(start, start + len(at[word]))
        middle, *sides = (numbers[own] for numbers in around)
        yield _Places(word, int(middle[0]), every[own], *sides)
        start = own.stop


def _weighed(types: Iterable[_Places], others: Others, shapes: Shapes) -> Iterator[_Swap]:
    """The words that have originals, each with the best ones and the odds that it stands for one of them."""
    for group in _grouped(types, others, shapes):
        own = [np.concatenate([[places.number], numbers]) for places, numbers in group]
        lifts = _lift([places for places, _ in group], own, others)
        for (places, numbers), (every, chances, beside) in zip(group, lifts, strict=True):
            if beside[:, 1:].any():
                yield _weigh(places, numbers, every, chances, beside[:, 1:], others)


def _grouped(types: Iterable[_Places], others: Others, shapes: Shapes) -> Iterator[list[tuple[_Places, Keys]]]:
    """Words with the numbers of their possible originals, so many at a time that memory stays small."""
    group: list[tuple[_Places, Keys]] = []
    cells = 0
    for places in types:
        numbers = shapes.like(places.word)
        numbers = numbers[others.single(numbers) >= KNOWN]
        if len(numbers):
            group.append((places, numbers))
            cells += min(len(places.at), PLACES) * (1 + len(numbers))
        if cells > CELLS:
            yield group
            group, cells = [], 0
    if group:
        yield group


def _weigh(
    places: _Places,
    numbers: Keys,
    every: NDArray[np.float64],
    chances: NDArray[np.float64],
    known: NDArray[np.bool_],
    others: Others,
) -> _Swap:
    """The word's best originals, and the odds that it stands for one of them.

    `every` is the lift (places, words) of the word itself and of its originals, `chances` the logarithm of
    the share of each, `known` whether a neighbour is known beside an original (places, originals).
    """
    own, lift = every[:, 0], every[:, 1:]
    gain = lift + (chances[1:] - chances[0]) - own[:, None]
    order = np.argsort(-np.minimum(np.maximum(gain, -3), 6).sum(axis=0), kind="stable")[:ORIGINALS]
    best = int(order[0])
    scale = REFERENCE / others.documents
    seen, heard = (float(n) * scale for n in others.single(np.array([places.number, numbers[best]])).tolist())
    count = len(own)
    fit = min(max(float(lift[:, best].sum()) / count, -3.0), 8.0)
    own_fit = min(max(float(own.sum()) / count, -4.0), 8.0)
    places_known = np.count_nonzero(known[:, best]) / count * len(places.at)
    logit = (
        BIAS
        + SEEN * math.log1p(seen)
        + UNSEEN * (seen == 0)
        + ORIGINAL * math.log1p(heard)
        + PLACES_KNOWN * math.log1p(places_known)
        + FIT * fit
        + FIT_PLACES * max(fit, 0.0) * math.log1p(len(places.at))
        + OWN_FIT * own_fit
        + LONG * (len(places.word) > 2)
    )
    originals = numbers[order[gain[:, order].max(axis=0) > 0]]
    return _Swap(places, logit, originals, tuple(others.counts.words[n] for n in originals))


def _lift(
    types: Sequence[_Places], words: Sequence[Keys], others: Others, most: int = PLACES
) -> list[tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]]:
    """For each word type and each of the words that may stand in its places (places, words): the lift there, and
    whether a neighbour is known beside it. The middle one is ln of each word's share of all words (words,).

    All types at once: a call of NumPy costs more than what it does for one.
    """
    sizes = [(min(len(places.at), most), len(numbers)) for places, numbers in zip(types, words, strict=True)]
    middle = np.concatenate([np.tile(numbers, count) for (count, _), numbers in zip(sizes, words, strict=True)])
    every = np.concatenate(words)
    shares = (others.single(every) + 0.5) / others.sum
    share = (others.single(middle) + 0.5) / others.sum
    lift = np.zeros(len(middle))
    known = np.zeros(len(middle), bool)
    for sides, gap, weight in ((("left", "right"), NEXT, 1.0), (("left2", "right2"), OVER_ONE, 0.5)):
        for side, name in enumerate(sides):
            beside = np.concatenate(
                [
                    np.repeat(getattr(places, name)[:count], size)
                    for places, (count, size) in zip(types, sizes, strict=True)
                ]
            )
            counts = others.counts_of(pair(middle, beside) if side else pair(beside, middle), gap)
            chance = others.total(beside, gap, side) * share
            lift += weight * np.log((counts + SMOOTH * chance + UNHEARD) / (chance + UNHEARD))
            if gap == NEXT:
                known |= counts > 0
    return list(_unflattened(lift, np.log(shares), known, sizes))


def _unflattened(
    lift: NDArray[np.float64], chances: NDArray[np.float64], known: NDArray[np.bool_], sizes: Iterable[tuple[int, int]]
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]]:
    at = word = 0
    for count, size in sizes:
        end = at + count * size
        yield lift[at:end].reshape(count, size), chances[word : word + size], known[at:end].reshape(count, size)
        at, word = end, word + size


def _suspicions(swaps: Sequence[_Swap], found: Sequence[Token], others: Others) -> Iterator[Suspicion]:
    """The places where an original fits better, of the words that are suspicious."""
    for swap in swaps:
        if swap.logit < NAMED or not len(swap.numbers):
            continue
        every = len(swap.places.at)
        [(own, own_chance, _)] = _lift([swap.places], [np.array([swap.places.number])], others, every)
        [(lift, chance, known)] = _lift([swap.places], [swap.numbers], others, every)
        gain = (lift + chance - own - own_chance)[:, 0]
        for at in swap.places.at[(gain > 0) & known[:, 0]]:
            token = found[at]
            yield Suspicion(token.paragraph, token.start, token.end, token.word, swap.originals)
