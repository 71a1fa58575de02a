"""Yearly counts as an SVG picture: bars for all occurrences, in front of them those without repeats."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.wording.evolution import Course, Year

WIDTH, HEIGHT, MARGIN = 720, 220, 40
RAW, DISTINCT = "#c9d3df", "#2f5d8a"
MOST = 6
"""Wordings that are drawn, one under the other."""


def plot(courses: Sequence[Course], labels: tuple[str, str]) -> str:
    """A picture of some courses on one time axis; `labels` name the two kinds of bars."""
    drawn = [course for course in courses if course.years][:MOST]
    numbers = [int(year.year) for course in drawn for year in course.years]
    first, last = min(numbers, default=0), max(numbers, default=0)
    highest = max((year.raw for course in drawn for year in course.years), default=1)
    panels = [_panel(course, i, first, last, highest) for i, course in enumerate(drawn)]
    height = HEIGHT * max(1, len(drawn)) + MARGIN
    legend = "".join(
        f'<rect x="{MARGIN + 160 * i}" y="10" width="12" height="12" fill="{colour}"/>'
        f'<text x="{MARGIN + 160 * i + 18}" y="20">{escape(label)}</text>'
        for i, (colour, label) in enumerate(zip((RAW, DISTINCT), labels, strict=True))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="sans-serif" font-size="12">{legend}{"".join(panels)}</svg>\n'
    )


def _panel(course: Course, place: int, first: int, last: int, highest: int) -> str:
    top = MARGIN + HEIGHT * place
    base = top + HEIGHT - MARGIN
    step = (WIDTH - 2 * MARGIN) / (last - first + 1)
    bars = "".join(_bars(year, MARGIN + step * (int(year.year) - first), step, base, highest) for year in course.years)
    title = f'<text x="{MARGIN}" y="{top + 16}" font-size="14">{escape(course.wording)}（{course.total}）</text>'
    axis = f'<line x1="{MARGIN}" y1="{base}" x2="{WIDTH - MARGIN}" y2="{base}" stroke="#555"/>'
    return title + axis + bars


def _bars(year: Year, left: float, step: float, base: int, highest: int) -> str:
    wide = max(2.0, min(28.0, 0.8 * step))
    at = left + (step - wide) / 2
    room = HEIGHT - 2 * MARGIN - 10
    tall = [room * n / highest for n in (year.raw, year.distinct)]
    told = f"<title>{year.year}: {year.raw} / {year.distinct}</title>"
    drawn = "".join(
        f'<rect x="{at:.1f}" y="{base - h:.1f}" width="{wide:.1f}" height="{h:.1f}" fill="{colour}">{told}</rect>'
        for h, colour in zip(tall, (RAW, DISTINCT), strict=True)
    )
    label = f'<text x="{left + step / 2:.1f}" y="{base + 16}" text-anchor="middle" font-size="10">{year.year}</text>'
    return drawn + (label if step >= 28 or int(year.year) % 5 == 0 else "")
