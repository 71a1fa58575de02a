"""Yearly counts as an SVG picture: bars for all occurrences, in front of them those without repeats."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.wording.evolution import Course, Year

WIDEST, HEIGHT, MARGIN = 720, 220, 40
NARROWEST, YEAR = 330, 54
"""Pixels of a picture of few years, and of a year where there is room: as much as a phone shows at once."""
TITLE_SIZE, LABEL = 14, 130
RAW, DISTINCT = "#c9d3df", "#2f5d8a"
MOST = 6
"""Wordings that are drawn, one under the other."""


def plot(courses: Sequence[Course], labels: tuple[str, str]) -> str:
    """A picture of some courses on one time axis; `labels` name the two kinds of bars."""
    drawn = [course for course in courses if course.years][:MOST]
    numbers = [int(year.year) for course in drawn for year in course.years]
    first, last = min(numbers, default=0), max(numbers, default=0)
    highest = max((year.raw for course in drawn for year in course.years), default=1)
    titles = max((TITLE_SIZE * len(_title(course)) for course in drawn), default=0)
    width = min(WIDEST, max(NARROWEST, 2 * MARGIN + max(titles, YEAR * (last - first + 1))))
    panels = [_panel(course, i, width, first, last, highest) for i, course in enumerate(drawn)]
    height = HEIGHT * max(1, len(drawn)) + MARGIN
    legend = "".join(
        f'<rect x="{MARGIN + LABEL * i}" y="10" width="12" height="12" fill="{colour}"/>'
        f'<text x="{MARGIN + LABEL * i + 18}" y="20">{escape(label)}</text>'
        for i, (colour, label) in enumerate(zip((RAW, DISTINCT), labels, strict=True))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="12">{legend}{"".join(panels)}</svg>\n'
    )


def _title(course: Course) -> str:
    return f"{course.wording}（{course.total}）"


def _panel(course: Course, place: int, width: int, first: int, last: int, highest: int) -> str:
    top = MARGIN + HEIGHT * place
    base = top + HEIGHT - MARGIN
    step = (width - 2 * MARGIN) / (last - first + 1)
    bars = "".join(_bars(year, MARGIN + step * (int(year.year) - first), step, base, highest) for year in course.years)
    title = f'<text x="{MARGIN}" y="{top + 16}" font-size="{TITLE_SIZE}">{escape(_title(course))}</text>'
    axis = f'<line x1="{MARGIN}" y1="{base}" x2="{width - MARGIN}" y2="{base}" stroke="#555"/>'
    return title + axis + bars


def _bars(year: Year, left: float, step: float, base: int, highest: int) -> str:
    wide = max(2.0, min(28.0, 0.8 * step))
    at = left + (step - wide) / 2
    room = HEIGHT - 2 * MARGIN - 24
    tall = [room * n / highest for n in (year.raw, year.distinct)]
    told = f"<title>{year.year}: {year.raw} / {year.distinct}</title>"
    drawn = "".join(
        f'<rect x="{at:.1f}" y="{base - h:.1f}" width="{wide:.1f}" height="{h:.1f}" fill="{colour}">{told}</rect>'
        for h, colour in zip(tall, (RAW, DISTINCT), strict=True)
    )
    middle = f'x="{left + step / 2:.1f}" text-anchor="middle" font-size="10"'
    label = f'<text y="{base + 16}" {middle}>{year.year}</text>'
    count = f'<text y="{base - tall[0] - 4:.1f}" {middle}>{year.raw}</text>'
    roomy = step >= 28
    return drawn + (label if roomy or int(year.year) % 5 == 0 else "") + (count if roomy and year.raw else "")
