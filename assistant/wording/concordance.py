"""A concordance: every occurrence of a phrase or pattern, in context, sorted and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.citation import Citation
from assistant.wording.pattern import Pattern
from assistant.wording.tiers import tier_of
from corpus.sentences import sentence_spans
from index import Entry, Filters, Located, Occurrence, Snapshot

WIDTH = 24
"""Characters of context that are shown on each side."""
SORTED_BY = 12
"""Folded characters of context by which lines are sorted."""
SORTS = ("left", "right", "date")
COUNTS = ("year", "kind", "issuer")
UNKNOWN = ""


@dataclass(frozen=True)
class Line:
    """A line of a concordance: the match, and what stands before and after it in its paragraph, all verbatim.

    The match may go over several paragraphs in a row, where the source broke its lines.
    """

    left: str
    match: str
    right: str
    citation: Citation

    def to_dict(self) -> dict[str, Any]:
        """For programs."""
        return {"left": self.left, "match": self.match, "right": self.right, "citation": self.citation.to_dict()}


def occurrences(snapshot: Snapshot, sought: str | Pattern, filters: Filters) -> list[Occurrence]:
    """All of them in the documents that pass the filters, in the order of the library."""
    text = snapshot.text
    found: Iterable[Occurrence] = text.find(sought) if isinstance(sought, str) else text.slots(sought.parts, sought.gap)
    if not filters:
        return list(found)
    allowed = set(snapshot.rows(filters))
    return [o for o in found if o.document in allowed]


def entries_of(snapshot: Snapshot) -> Mapping[int, Entry]:
    """The entries of a generation by row, read once."""
    return snapshot.kept("entries", lambda: snapshot.entries(snapshot.rows(Filters())))


def ordered(snapshot: Snapshot, found: Sequence[Occurrence], sort: str | None) -> list[Occurrence]:
    """By left or right context, by date (undated last), or else by tier of source and the newest first."""
    entries = entries_of(snapshot)
    if sort in ("left", "right"):
        side = _left if sort == "left" else _right
        return sorted(found, key=lambda o: (side(snapshot, o), o))
    if sort == "date":
        return sorted(found, key=lambda o: (entries[o.document].issued or "9", o))
    places = {row: i for i, row in enumerate(sorted({o.document for o in found}, key=lambda r: _standing(entries[r])))}
    return sorted(found, key=lambda o: (places[o.document], o))


def _standing(entry: Entry) -> tuple[int, float]:
    newest = -float((entry.issued or "0").replace("-", "").ljust(8, "0"))
    return tier_of(entry), newest


def _left(snapshot: Snapshot, occurrence: Occurrence) -> bytes:
    return _by_sound(snapshot.text.around(occurrence, SORTED_BY)[0][::-1])


def _right(snapshot: Snapshot, occurrence: Occurrence) -> bytes:
    return _by_sound(snapshot.text.around(occurrence, SORTED_BY)[1])


def _by_sound(text: str) -> bytes:
    """GB 18030 has the common characters in the order of their pinyin."""
    return text.encode("gb18030", "replace")


def lines(snapshot: Snapshot, found: Sequence[Occurrence], first: int = 1) -> list[Line]:
    """The lines of some occurrences; their citations are numbered from `first`."""
    return [_line(located, n) for n, located in enumerate(snapshot.located(found), first)]


def _line(located: Located, n: int) -> Line:
    begin, start, _ = located.parts[0]
    end, _, stop = located.parts[-1]
    span = located.parts[0][1:]
    citation = Citation(n, located.entry, begin, (span,), 0.0)
    left, right = begin.text[max(0, start - WIDTH) : start], end.text[stop : stop + WIDTH]
    return Line(left, located.text, right, citation)


def sentence_around(line: Line) -> tuple[int, int]:
    """The sentences of a line's paragraph that its match stands in."""
    text = line.citation.paragraph.text
    start, stop = line.citation.evidence[0]
    touched = [(a, b) for a, b in sentence_spans(text) if a < stop and start < b] or [(start, stop)]
    return min(start, touched[0][0]), max(stop, touched[-1][1])


def counts(snapshot: Snapshot, found: Sequence[Occurrence], by: str) -> dict[str, int]:
    """How many stand in documents of each year, kind or issuer; "" where that is unknown. Years ascend, the rest by count."""
    entries = entries_of(snapshot)
    tally = Counter(KEYS[by](entries[o.document]) for o in found)
    order = sorted(tally.items()) if by == "year" else sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))
    return dict(order)


KEYS: dict[str, Callable[[Entry], str]] = {
    "year": lambda entry: (entry.issued or UNKNOWN)[:4],
    "kind": lambda entry: entry.kind or UNKNOWN,
    "issuer": lambda entry: entry.issuer or UNKNOWN,
}
