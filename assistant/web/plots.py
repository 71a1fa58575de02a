"""Counts as small pictures."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

MOST_BARS = 6
HEIGHT = 72
"""Of the highest column, in pixels."""
MOST_NUMBERED = 10
"""Years that have room for their numbers, also on a phone."""
MOST_YEARS = 100
"""Years that are drawn with their gaps."""


def bars(name: str, counts: Sequence[tuple[str, int]], labels: dict[str, str], chosen: str) -> str:
    """A bar for each of the commonest values, as long as it is common; a click chooses it."""
    most = max((count for _, count in counts), default=1)
    return "".join(
        _bar(name, value, count, most, labels.get(value, value), chosen) for value, count in counts[:MOST_BARS]
    )


def _bar(name: str, value: str, count: int, most: int, label: str, chosen: str) -> str:
    action = f"{name}:{'' if value == chosen else value}"
    width = max(2, round(100 * count / most))
    return (
        f'<button type="button" class="yj-bar" data-act="{escape(action)}" aria-pressed="{str(value == chosen).lower()}">'
        f'<span title="{escape(label)}">{escape(label)}</span>'
        f'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="{width}" height="8"/></svg>'
        f"<b>{count}</b></button>"
    )


def columns(name: str, counts: Sequence[tuple[str, int]], chosen: str) -> str:
    """Years from the first to the last, a column for each with its number, as long as there is room for numbers;
    years without documents are gaps. A click chooses the year.

    >>> columns("year", [("2023", 4), ("2021", 2)], "").count("<button")
    2
    """
    known = {int(year): (year, count) for year, count in counts if year.isdigit()}
    if not known:
        return ""
    first, last, most = min(known), max(known), max(count for _, count in known.values())
    span = range(first, last + 1) if last - first < MOST_YEARS else sorted(known)
    numbered = len(span) <= MOST_NUMBERED
    drawn = "".join(_column(name, *known.get(year, (str(year), 0)), most, chosen, numbered) for year in span)
    ends = "" if numbered else f"<figcaption><span>{first}</span><span>{last}</span></figcaption>"
    many = "" if numbered else " yj-many"
    return f'<figure class="yj-years{many}"><div>{drawn}</div>{ends}</figure>'


def _column(name: str, year: str, count: int, most: int, chosen: str, numbered: bool) -> str:
    label = f"<small>{escape(year)}</small>" if numbered else ""
    if not count:
        return f"<span>{label}</span>"
    action, told = f"{name}:{'' if year == chosen else year}", escape(f"{year}：{count}")
    height = max(2, round(HEIGHT * count / most))
    return (
        f'<button type="button" class="yj-column" data-act="{escape(action)}" title="{told}"'
        f' aria-pressed="{str(year == chosen).lower()}" aria-label="{told}">'
        f'{f"<b>{count}</b>" if numbered else ""}<i style="height:{height}px"></i>{label}</button>'
    )
