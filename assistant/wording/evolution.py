"""提法演变: a phrase and what differs from it in a few characters, year by year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from assistant.wording.concordance import entries_of, occurrences
from assistant.wording.families import plain, same_wording
from corpus.normal import fold
from index import Filters, Occurrence, Snapshot

POOL = 200
"""Passages in which near wordings are looked for."""
SHORTEST = 6
"""Characters of a phrase whose near wordings are looked for; of a shorter one they are other words."""
LIKE = 75.0
"""rapidfuzz's partial ratio from which a stretch is compared closely."""
AROUND = 40
"""Folded characters on each side that make two occurrences the same sentence."""
END = re.compile(r"[.!?]")


@dataclass(frozen=True)
class Year:
    """Occurrences of a year: all, and without repeats: near-duplicate documents, and sentences seen before."""

    year: str
    raw: int
    distinct: int

    def to_dict(self) -> dict[str, Any]:
        """For programs."""
        return {"year": self.year, "raw": self.raw, "distinct": self.distinct}


@dataclass(frozen=True)
class Course:
    """How one wording went on: its folded form, how often it stands in the library, its dated years in order."""

    wording: str
    total: int
    years: tuple[Year, ...]

    @property
    def first(self) -> str | None:
        """The first year in which it is seen."""
        return self.years[0].year if self.years else None

    @property
    def last(self) -> str | None:
        """The last one."""
        return self.years[-1].year if self.years else None

    def to_dict(self) -> dict[str, Any]:
        """For programs."""
        return {
            "wording": self.wording,
            "total": self.total,
            "first": self.first,
            "last": self.last,
            "years": [year.to_dict() for year in self.years],
        }


def course_of(snapshot: Snapshot, wording: str, found: Sequence[Occurrence]) -> Course:
    """The years of some occurrences; undated documents count in the total alone."""
    entries = entries_of(snapshot)
    raw: Counter[str] = Counter()
    distinct: Counter[str] = Counter()
    seen: set[str] = set()
    for occurrence in sorted(found, key=lambda o: (entries[o.document].issued or "9", o)):
        entry = entries[occurrence.document]
        year = (entry.issued or "")[:4]
        sentence = _sentence(snapshot, occurrence)
        raw[year] += 1
        distinct[year] += sentence not in seen and "near-duplicate" not in entry.quality
        seen.add(sentence)
    years = tuple(Year(year, raw[year], distinct[year]) for year in sorted(raw) if year)
    return Course(wording, len(found), years)


def _sentence(snapshot: Snapshot, occurrence: Occurrence) -> str:
    """The folded words before and after, up to the ends of their sentence."""
    left, right = snapshot.text.around(occurrence, AROUND)
    return f"{END.split(left)[-1]}|{END.split(right)[0]}"


def evolution(snapshot: Snapshot, phrase: str, filters: Filters) -> list[Course]:
    """The courses of a phrase and of its near wordings in the library, the phrase first, the others by count."""
    own = course_of(snapshot, fold(phrase), occurrences(snapshot, phrase, filters))
    near = [course_of(snapshot, w, occurrences(snapshot, w, filters)) for w in near_wordings(snapshot, phrase, filters)]
    return [own, *sorted((c for c in near if c.total), key=lambda c: (-c.total, c.wording))]


def near_wordings(snapshot: Snapshot, phrase: str, filters: Filters) -> list[str]:
    """Folded stretches of sentences that differ from a phrase in a few characters."""
    wanted = fold(phrase)
    if len(wanted) < SHORTEST:
        return []
    found: dict[str, None] = {}
    for sentence in snapshot.sentences([phrase], POOL, filters):
        text = fold(sentence.text)
        like = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=LIKE) if wanted not in text else None
        if like and len(text) >= len(wanted):
            stretch = _whole(text, like.dest_start, like.dest_end)
            if same_wording(plain(wanted), plain(stretch)):
                found.setdefault(stretch)
    return list(found)


def _whole(text: str, start: int, stop: int) -> str:
    """A stretch without the punctuation at its ends."""
    while start < stop and not text[start].isalnum():
        start += 1
    while stop > start and not text[stop - 1].isalnum():
        stop -= 1
    return text[start:stop]
