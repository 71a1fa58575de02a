"""Wording by meaning: the sentences of a library that say what is needed, best first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.wording.clauses import LONGEST, is_open_ended, whole_part
from assistant.wording.forms import FORMS
from assistant.wording.need import Need
from assistant.wording.places import Places, paragraphs_of
from assistant.wording.tiers import tier_of
from corpus.normal import fold
from index import Entry, Filters, FoundSentence, Snapshot
from index.tokens import terms_asked

Numbers = NDArray[np.float64]

POOL = 200
"""Passages that each search puts up; their sentences are weighed."""
MOST_PLACED = 2000
"""Paragraphs of a place that are weighed besides; a place with more is found in what the searches put up."""
SHORTEST = 8
"""Characters of a sentence that can be quoted; LONGEST is the other end."""
SILENT = frozenset({"heading", "title", "salutation", "date", "signature"})
WEIGHTS = {
    "terms": 0.25,
    "place": 1.5,
    "form": 1.4,
    "negative": 0.5,
    "letters": 2.0,
    "fitting": 0.6,
    "reported": 0.5,
}
"""In standard deviations of the cosines of all sentences weighed, which count 1."""
DEMOTED = (0.0, 0.1, 0.25, 99.0)
"""What the tiers of sources lose: of two that say it equally well the official one comes first."""
FIGURE = re.compile(r"\d(?!\d{0,3}年)")
LISTED = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、.．]")
GOOD_LENGTH = (12, 110)
"""Characters of a sentence that is easily taken over."""


@dataclass(frozen=True)
class Wording:
    """提法: paragraph.text[start:stop] of a document, and how well it fits, comparable within one search."""

    entry: Entry
    paragraph: int
    start: int
    stop: int
    text: str
    score: float
    tier: int


def by_meaning(snapshot: Snapshot, need: Need, filters: Filters, *, held: str = "") -> Iterator[Wording]:
    """Whole sentences for a need, best first; with `held` only those that fit this place of a document."""
    found = _pool(snapshot, need, filters, held or need.place)
    if not found:
        return
    entries = snapshot.entries(sorted({s.row.document for s in found}))
    tiers = {row: tier_of(entry) for row, entry in entries.items()}
    rarity = _rarity(snapshot, need)
    fits = _fits(snapshot, found, held or need.place)
    if held:
        kept = [i for i, fit in enumerate(fits) if fit > 0]
        found, fits = [found[i] for i in kept], fits[kept]
    scores = _scores(need, found, rarity, fits) - np.array([DEMOTED[tiers[s.row.document]] for s in found])
    order = sorted(range(len(found)), key=lambda i: (-scores[i], found[i].row.id, found[i].start))
    weights = rarity | dict.fromkeys(map(fold, need.letters), max(rarity.values(), default=1.0))
    yield from _apart(_wording(found[i], entries, tiers, float(scores[i]), weights) for i in order)


def _apart(wordings: Iterable[Wording]) -> Iterator[Wording]:
    """Those that have a beginning and an end and share no characters with one before: pieces of one sentence give it
    but once.
    """
    given: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for own in wordings:
        before = given.setdefault((own.entry.row, own.paragraph), [])
        if own.stop - own.start > LONGEST or is_open_ended(own.text):
            continue
        if all(own.stop <= a or b <= own.start for a, b in before):
            before.append((own.start, own.stop))
            yield own


def _pool(snapshot: Snapshot, need: Need, filters: Filters, place: str) -> list[FoundSentence]:
    also = paragraphs_of(snapshot, place) if place else []
    also = also if len(also) <= MOST_PLACED else []
    for letters in need.letters:
        also = also + [(o.document, o.paragraph) for o in snapshot.text.find(letters)][:MOST_PLACED]
    texts = list(dict.fromkeys((need.meaning, need.asked)))
    found = snapshot.sentences(texts, POOL, filters, also=also)
    found = [s for s in found if s.row.role not in SILENT and SHORTEST <= s.stop - s.start <= LONGEST]
    new = [s for s in found if not any(known in s.text for known in need.known)]
    return [s for s in new if all(letters in s.text for letters in need.letters)] or new


def _rarity(snapshot: Snapshot, need: Need) -> dict[str, float]:
    """How rare each term of the need is: ln(1 + (N - n + .5) / (n + .5)) over passages (Robertson's IDF)."""
    known = {term for words in need.known for term in terms_asked(words)}
    counts = snapshot.rarity([term for term in dict.fromkeys(terms_asked(need.meaning)) if term not in known])
    size = snapshot.size()
    return {t: math.log(1 + (size - n + 0.5) / (n + 0.5)) for t, n in counts.items() if n}


def _fits(snapshot: Snapshot, found: Sequence[FoundSentence], place: str) -> Numbers:
    if not place:
        return np.zeros(len(found))
    places = Places.of(snapshot)
    return np.array([places.fit(place, s.row, s.start, s.stop) for s in found])


def _scores(need: Need, found: Sequence[FoundSentence], rarity: Mapping[str, float], fits: Numbers) -> Numbers:
    folded = [fold(s.text) for s in found]
    texts = [s.text for s in found]
    total = _standard(np.array([s.cosine for s in found]))
    total += WEIGHTS["terms"] * _standard(np.array([sum(w for t, w in rarity.items() if t in f) for f in folded]))
    total += WEIGHTS["place"] * fits
    for form in need.forms:
        total += (WEIGHTS["negative"] if form == "negative" else WEIGHTS["form"]) * np.array(
            [FORMS[form](t) for t in texts], np.float64
        )
    for letters in need.letters:
        total += WEIGHTS["letters"] * np.array([min(f.count(fold(letters)), 2) / 2 + (letters in f) for f in folded])
    if not FIGURE.search(need.asked):  # who gives figures or lists measures reports, and that is taken over least
        total -= WEIGHTS["reported"] * np.array([bool(FIGURE.search(t) or LISTED.match(t)) for t in texts], np.float64)
    total += WEIGHTS["fitting"] * np.array([GOOD_LENGTH[0] <= len(t) <= GOOD_LENGTH[1] for t in texts], np.float64)
    return total


def _standard(values: Numbers) -> Numbers:
    spread = float(values.std()) if len(values) else 0.0
    return (values - values.mean()) / spread if spread else np.zeros(len(values))


def _wording(
    found: FoundSentence,
    entries: Mapping[int, Entry],
    tiers: Mapping[int, int],
    score: float,
    rarity: Mapping[str, float],
) -> Wording:
    a, b = whole_part(found.row.whole, found.start, found.stop, rarity)
    row = found.row
    return Wording(entries[row.document], row.paragraph, a, b, row.whole[a:b], score, tiers[row.document])
