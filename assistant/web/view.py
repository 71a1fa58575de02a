"""What of a library is listed, and which documents are marked to be removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.citation import WARNINGS
from corpus.normal import fold
from index import Entry

PER_PAGE = 20
UNKNOWN = "-"
"""Chosen for what a document does not state."""
MOST_MARKED = 200
FILTERS = ("kind", "year", "issuer", "flag", "text")


@dataclass(frozen=True)
class View:
    """What is chosen: values of the filters, empty for all; the page, from 0; ids that are marked to be removed."""

    kind: str = ""
    year: str = ""
    issuer: str = ""
    flag: str = ""
    text: str = ""
    page: int = 0
    marked: tuple[str, ...] = ()

    def after(self, action: str) -> View:
        """The view once somebody did this.

        >>> View(page=2).after("kind:讲话"), View().after("mark:0a").after("mark:0b").after("unmark:0a").marked
        (View(kind='讲话', year='', issuer='', flag='', text='', page=0, marked=()), ('0b',))
        """
        name, _, value = action.partition(":")
        if name in FILTERS:
            chosen: dict[str, Any] = {name: value[:200]}
            return replace(self, page=0, **chosen)
        if name == "page" and value.isascii() and value.isdigit():
            return replace(self, page=int(value[:6]))
        if name == "mark" and value not in self.marked:
            return replace(self, marked=(*self.marked, value)[-MOST_MARKED:])
        if name == "unmark":
            return replace(self, marked=tuple(id for id in self.marked if value and id != value))
        return View(marked=self.marked) if name == "all" else self

    def passes(self, entry: Entry) -> bool:
        """Whether a document is listed."""
        return (
            self.kind in ("", entry.kind or UNKNOWN)
            and self.year in ("", year_of(entry))
            and self.issuer in ("", entry.issuer, *issuers_of(entry))
            and (not self.flag or self.flag in entry.quality)
            and (not self.text or _says(entry, fold(self.text)))
        )


def year_of(entry: Entry) -> str:
    """The year of 成文日期."""
    return entry.issued[:4] if entry.issued else UNKNOWN


def issuers_of(entry: Entry) -> tuple[str, ...]:
    """Each of those that issued it together."""
    return tuple(entry.issuer.split("、")) if entry.issuer else (UNKNOWN,)


def _says(entry: Entry, text: str) -> bool:
    told = (entry.title, entry.number or "", entry.issuer or "", *entry.names)
    return any(text in fold(words) for words in told)


def counted(entries: Iterable[Entry], values: Callable[[Entry], tuple[str, ...]]) -> list[tuple[str, int]]:
    """Values and how many documents have each, the commonest first, what is unknown last."""
    counts = Counter(value for entry in entries for value in values(entry))
    return sorted(counts.items(), key=lambda pair: (pair[0] == UNKNOWN, -pair[1], pair[0]))


def flagged(entries: Sequence[Entry]) -> list[tuple[str, int]]:
    """What is doubtful about texts, and in how many documents."""
    counts = Counter(flag for entry in entries for flag in entry.quality)
    return [(flag, counts[flag]) for flag in WARNINGS if counts[flag]]
