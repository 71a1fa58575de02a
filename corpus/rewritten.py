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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

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
REMEMBERED = 65_536
"""Words of which it is remembered whether they say something."""
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
    known beside one of their neighbours. `suspicions` in the order of the text, if it counts as rewritten.
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
        numbers = np.sort(np.concatenate([NONE, *lists]))  # each as often as it shares a character
        least = len(word) - 1
        kept = numbers[: len(numbers) - least + 1] == numbers[least - 1 :]
        kept[1:] &= numbers[1 : len(kept)] != numbers[: len(kept) - 1]
        kept &= numbers[: len(kept)] != self._numbers.get(word, -1)
        self._like[word] = numbers[: len(kept)][kept]
        return self._like[word]


@dataclass(frozen=True)
class _Types:
    """The word types of a document, n of them: their `words` and `numbers`, the tokens where they stand (`at`, type
    after type; `counts` of them for each), and the numbers of the words around each token: left, right, and one further.
    """

    words: list[str]
    numbers: Keys
    counts: Keys
    at: Keys
    around: tuple[Keys, Keys, Keys, Keys]

    def places(self, chosen: Keys, most: int) -> Keys:
        """The places in `at` of the first tokens of some types, type after type."""
        return _runs((np.cumsum(self.counts) - self.counts)[chosen], np.minimum(self.counts[chosen], most))


@dataclass(frozen=True)
class _Columns:
    """The words that are weighed for some types: of each its own, and those that may be its original. `words` are
    their numbers, `types` whose they are, `first` (n,) the columns of the own words.

    For each column what it gains on the own word, over the places that were tried, -inf for that itself; its mean
    lift there; the share of them in which one of the neighbours is `known` beside it, 0 for the own word; whether it is
    `better` than that in any.
    """

    words: Keys
    types: Keys
    first: Keys
    gains: NDArray[np.float64]
    lifts: NDArray[np.float64]
    known: NDArray[np.float64]
    better: NDArray[np.bool_]


@dataclass(frozen=True)
class _Swaps:
    """Word types that have originals: their places in `_Types`, how suspicious each is, and the numbers of its likely
    originals (n, ORIGINALS), the likeliest first; -1 for none.
    """

    types: Keys
    logits: NDArray[np.float64]
    originals: Keys


def judge(
    found: Sequence[Token], others: Others, shapes: Shapes, usual: float = 0.0, words: Sequence[str] | None = None
) -> Verdict:
    """Whether the words of a document were swapped, by the documents that are there besides.

    `usual` is the share of words at home in the middle one of the library's documents; `words` are those of
    `found`, for who has them at hand: then where they stand is only asked for what counts as rewritten.
    """
    words = [token.word for token in found] if words is None else words
    content = _contents(words)
    count = int(content.sum())
    if others.documents < FEWEST_DOCUMENTS or others.sum < FEWEST_WORDS or count < SHORTEST:
        return Verdict(None)
    numbers = others.numbers(words)
    known = others.pairs(numbers[:-1], numbers[1:], NEXT) > 0
    home = _home(known, content)
    if home < usual - STRANGE:
        return Verdict(None, home)
    doubtful = np.r_[False, ~(known[:-1] & known[1:]), False]
    types = _types(words, numbers, doubtful, content)
    swaps = _swaps(types, others, shapes)
    weights = np.minimum(types.counts[swaps.types], OFTEN)
    suspicion = float((np.maximum(swaps.logits, 0.0) * weights).sum()) / count
    score = 1 / (1 + math.exp(-STEEP * (suspicion - TYPICAL * (1 + CAUTION / others.documents))))
    if score < FLAGGED:
        return Verdict(score, home)
    named = sorted(_suspicions(types, swaps, found, others), key=lambda s: (s.paragraph, s.start))
    return Verdict(score, home, tuple(named))


def home_share(words: Sequence[str], others: Others) -> float:
    """The share of a document's words, in their order, that are known beside one of their neighbours."""
    numbers = others.numbers(words)
    known = others.pairs(numbers[:-1], numbers[1:], NEXT) > 0
    return _home(known, _contents(words))


def _home(known: NDArray[np.bool_], content: NDArray[np.bool_]) -> float:
    inside = (known[:-1] | known[1:])[content[1:-1]]
    return float(inside.mean()) if len(inside) else 0.0


def _contents(words: Sequence[str]) -> NDArray[np.bool_]:
    return np.fromiter(map(_is_content, words), np.bool_)


@lru_cache(maxsize=REMEMBERED)
def _is_content(word: str) -> bool:
    return len(word) >= 2 and word not in (STOP, NUMBER, LATIN) and "\u3400" <= word[0] < "\ua000"


def _types(words: Sequence[str], numbers: Keys, doubtful: NDArray[np.bool_], content: NDArray[np.bool_]) -> _Types:
    """The word types of a document with their places, but for those known beside both neighbours everywhere."""
    places = np.flatnonzero(content[2:-2]) + 2
    codes: dict[str, int] = {}
    of_place = np.array([codes.setdefault(words[place], len(codes)) for place in places.tolist()], np.int64)
    chosen = np.zeros(len(codes), bool)
    chosen[of_place[doubtful[places]]] = True
    chosen &= np.array([len(word) <= LONGEST for word in codes], bool)
    order = np.argsort(of_place, kind="stable")
    at = places[order][chosen[of_place[order]]]
    left, right, left2, right2 = (numbers[at + by] for by in (-1, 1, -2, 2))
    return _Types(
        [word for word, wanted in zip(codes, chosen.tolist(), strict=True) if wanted],
        numbers[places[order]][np.searchsorted(of_place[order], np.flatnonzero(chosen))],
        np.bincount(of_place, minlength=len(codes))[chosen],
        at,
        (left, right, left2, right2),
    )


def _swaps(types: _Types, others: Others, shapes: Shapes) -> _Swaps:
    """The words that have originals, so many at a time that memory stays small."""
    like = [shapes.like(word) for word in types.words]
    numbers = np.concatenate([NONE, *like])
    owners = np.repeat(np.arange(len(like)), [len(each) for each in like])
    known = others.single(numbers) >= KNOWN
    numbers, owners = numbers[known], owners[known]
    sizes = np.bincount(owners, minlength=len(like))
    chosen = np.flatnonzero(sizes)
    group = np.cumsum(np.minimum(types.counts, PLACES)[chosen] * (1 + sizes[chosen])) // CELLS
    found = [_Swaps(NONE, np.zeros(0), np.zeros((0, ORIGINALS), np.int64))]
    for some in np.split(chosen, np.flatnonzero(np.diff(group)) + 1):
        if len(some):
            found.append(_weighed(types, some, numbers[np.isin(owners, some)], sizes[some], others))
    return _Swaps(
        np.concatenate([swaps.types for swaps in found]),
        np.concatenate([swaps.logits for swaps in found]),
        np.concatenate([swaps.originals for swaps in found]),
    )


def _weighed(types: _Types, chosen: Keys, numbers: Keys, sizes: Keys, others: Others) -> _Swaps:
    """The best originals of some types, and the odds that a type stands for one of them. `numbers` are the words that
    may be, type after type, `sizes` of them for each.
    """
    columns = _columns(types, chosen, numbers, sizes, others)
    ranked = np.stack(list(_ranked(columns)), axis=1)
    best, own, scale = ranked[:, 0], columns.first, REFERENCE / others.documents
    seen, heard = others.single(columns.words[own]), others.single(columns.words[best])
    counts, fit = types.counts[chosen], np.clip(columns.lifts[best], -3.0, 8.0)
    logits = (
        BIAS
        + SEEN * np.log1p(seen * scale)
        + UNSEEN * (seen == 0)
        + ORIGINAL * np.log1p(heard * scale)
        + PLACES_KNOWN * np.log1p(columns.known[best] * counts)
        + FIT * fit
        + FIT_PLACES * np.maximum(fit, 0.0) * np.log1p(counts)
        + OWN_FIT * np.clip(columns.lifts[own], -4.0, 8.0)
        + LONG * np.array([len(types.words[i]) > 2 for i in chosen.tolist()])
    )
    originals = np.where((ranked >= 0) & columns.better[ranked], columns.words[ranked], -1)
    swapped = np.add.reduceat(columns.known, columns.first) > 0
    return _Swaps(chosen[swapped], logits[swapped], originals[swapped])


def _columns(types: _Types, chosen: Keys, numbers: Keys, sizes: Keys, others: Others) -> _Columns:
    """All types at once, since a call of NumPy costs more than what it does for one: a row is a place, a cell is the
    word of a column in a place of its type.
    """
    widths, tried = 1 + sizes, np.minimum(types.counts[chosen], PLACES)
    first, each = np.cumsum(widths) - widths, np.arange(len(chosen))
    type_of = np.repeat(each, widths)
    words = np.insert(numbers, first - each, types.numbers[chosen])
    row_type = np.repeat(each, tried)
    row, column = np.repeat(np.arange(len(row_type)), widths[row_type]), _runs(first[row_type], widths[row_type])
    lift, known = _lift(types, types.places(chosen, PLACES)[row], words[column], others)
    chance = np.log(_share(words, others))
    gain = lift - lift[column == first[type_of[column]]][row] + (chance - chance[first][type_of])[column]

    def summed(cells: NDArray[np.float64] | NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(column, cells, len(words)).astype(np.float64)

    gains, heard, places = summed(np.minimum(np.maximum(gain, -3), 6)), summed(known), tried[type_of]
    gains[first], heard[first] = -np.inf, 0
    return _Columns(words, type_of, first, gains, summed(lift) / places, heard / places, summed(gain > 0) > 0)


def _ranked(columns: _Columns) -> Iterator[Keys]:
    """The column that gains most, for each type, then the next one; of equal ones the first, -1 for none."""
    gains = columns.gains.copy()
    for _ in range(ORIGINALS):
        greatest = np.maximum.reduceat(gains, columns.first)
        at = np.flatnonzero(gains == greatest[columns.types])[::-1]
        best = np.empty(len(greatest), np.int64)
        best[columns.types[at]] = at  # of several that are given one place the last one stays
        gains[best] = -np.inf
        yield np.where(greatest > -np.inf, best, -1)


def _lift(types: _Types, places: Keys, words: Keys, others: Others) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The lift of each of `words` in one of the places in `types.at`, and whether a neighbour there is known beside it."""
    share = _share(words, others)
    lift, known = np.zeros(len(words)), np.zeros(len(words), bool)
    for gap, weight, sides in ((NEXT, 1.0, types.around[:2]), (OVER_ONE, 0.5, types.around[2:])):
        ratio = np.ones(len(words))
        for side, around in enumerate(sides):
            beside = around[places]
            counts = others.counts_of(pair(words, beside) if side else pair(beside, words), gap)
            chance = others.total(beside, gap, side) * share
            ratio *= (counts + SMOOTH * chance + UNHEARD) / (chance + UNHEARD)
            if gap == NEXT:
                known |= counts > 0
        lift += weight * np.log(ratio)
    return lift, known


def _share(words: Keys, others: Others) -> NDArray[np.float64]:
    share: NDArray[np.float64] = (others.single(words) + 0.5) / others.sum
    return share


def _runs(starts: Keys, lengths: Keys) -> Keys:
    """starts[0], starts[0] + 1, ...: a run of so many for each.

    >>> _runs(np.array([7, 2]), np.array([2, 3])).tolist()
    [7, 8, 2, 3, 4]
    """
    found: Keys = np.arange(lengths.sum()) + np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
    return found


def _suspicions(types: _Types, swaps: _Swaps, found: Sequence[Token], others: Others) -> Iterator[Suspicion]:
    """The places where an original fits better, of the words that are suspicious."""
    named = (swaps.logits >= NAMED) & (swaps.originals >= 0).any(axis=1)
    for each, originals in zip(swaps.types[named], swaps.originals[named], strict=True):
        numbers = originals[originals >= 0]
        places = types.places(np.array([each]), len(types.at))
        own, best = (np.full(len(places), number) for number in (types.numbers[each], numbers[0]))
        (own_lift, _), (lift, known) = (_lift(types, places, words, others) for words in (own, best))
        gain = lift - own_lift + np.log(_share(best, others) / _share(own, others))
        likely = tuple(others.counts.words[number] for number in numbers)
        for at in types.at[places[(gain > 0) & known]]:
            token = found[at]
            yield Suspicion(token.paragraph, token.start, token.end, token.word, likely)
