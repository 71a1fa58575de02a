"""Counts as small pictures."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

MOST_BARS = 6
HEIGHT = 48
"""Of the columns, in pixels."""


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
        f"<span>{escape(label)}</span>"
        f'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="{width}" height="8"/></svg>'
        f"<b>{count}</b></button>"
    )


def columns(counts: Sequence[tuple[str, int]], title: str) -> str:
    """Years from the first to the last, a column for each; years without documents are gaps.

    >>> columns([("2023", 4), ("2021", 2)], "年份").count("<rect")
    2
    """
    years = {int(year): count for year, count in counts if year.isdigit()}
    if not years:
        return ""
    first, last, most = min(years), max(years), max(years.values())
    step = 100 / (last - first + 1)
    drawn = "".join(
        f'<rect x="{step * (year - first):.2f}" y="{HEIGHT - _height(count, most)}" width="{step * 0.8:.2f}"'
        f' height="{_height(count, most)}"><title>{year}：{count}</title></rect>'
        for year, count in sorted(years.items())
    )
    return (
        f'<figure class="yj-years"><svg viewBox="0 0 100 {HEIGHT}" preserveAspectRatio="none" role="img"'
        f' aria-label="{escape(title)} {first}–{last}">{drawn}</svg>'
        f"<figcaption><span>{first}</span><span>{last if last > first else ''}</span></figcaption></figure>"
    )


def _height(count: int, most: int) -> int:
    return max(2, round(HEIGHT * count / most))
