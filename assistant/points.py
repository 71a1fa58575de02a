"""The points of an enumeration: inside a paragraph, or the headings and paragraphs of a document."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.followup import numeral
from corpus import Paragraph

NUMERAL = "[一二三四五六七八九十]{1,3}"
# How points begin: 一是, 一要, 第一, （一）, 一、, 1. — each a series of its own.
STYLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:(?<=[。；;：:，,！])|^)\s*({NUMERAL})(?:是|要)(?![些个年])",
        rf"(?:(?<=[。；;：:！])|^)\s*第({NUMERAL})(?:[，,、：:]|[个项条步点])",
        rf"(?:(?<=[。；;：:！])|^)\s*[（(]({NUMERAL}|\d{{1,2}})[）)]",
        rf"^\s*({NUMERAL})、",
        r"(?:(?<=[。；;：:！])|^)\s*(\d{1,2})[.．、](?!\d)",
    )
)
ARTICLE = re.compile(rf"第{NUMERAL}条")
INDENT = 3
"""Characters before which a point may have blanks."""
TOGETHER = 3
"""Fewest points of a series; two can be chance."""
SPREAD, OTHER_COUNT = 6, 20
"""What it adds to the distance of a series to go over several paragraphs, and to have another count than asked."""
COUNT = re.compile(
    rf"(?<![第一二三四五六七八九十\d])({NUMERAL}|\d{{1,2}})(?:条|点|个|项|大(?!会|报告|以来|精神|召开|[上提说讲])|步|方面|种|类|句)"
)


@dataclass(frozen=True)
class Point:
    """One point: the paragraph that holds it, its place in the text, its number in the series."""

    paragraph: int
    start: int
    stop: int
    number: int


def series_near(
    paragraphs: Mapping[int, Paragraph], number: int, expected: int = 0, *, articles: bool = True
) -> list[tuple[int, list[Point]]]:
    """The enumerations of a document with their distance from a paragraph, the nearest first.

    One inside the paragraph is nearer than one that goes over several; one of as many points as are
    `expected` is nearer than any other. `articles` says whether 第一条, 第二条 of a law are points, too.
    """
    found: list[tuple[int, list[Point]]] = []
    for rank, style in enumerate(STYLES):
        for run in _runs(_points(paragraphs, style)):
            if not articles and all(
                ARTICLE.match(paragraphs[p.paragraph].text[p.start : p.stop].lstrip()) for p in run
            ):
                continue
            first, last = run[0].paragraph, run[-1].paragraph
            away = 0 if first <= number <= last else min(abs(first - number), abs(last - number))
            other = 0 if len(run) == expected else OTHER_COUNT if expected else 0
            found.append((4 * min(away, 10) + (0 if first == last == number else SPREAD) + rank + other, run))
    return sorted(found, key=lambda pair: pair[0])


def count_asked(question: str) -> int:
    """How many points a question says there are: 3 for 哪三条; 0 if it does not say.

    >>> count_asked("会上提了哪三条要求"), count_asked("十大创建工程里第九项是什么"), count_asked("怎么批评的")
    (3, 10, 0)
    """
    found = COUNT.search(question)
    return numeral(found.group(1)) if found else 0


def _points(paragraphs: Mapping[int, Paragraph], style: re.Pattern[str]) -> list[Point]:
    points = []
    for paragraph in paragraphs.values():
        marks = [(m.start(), numeral(m.group(1))) for m in style.finditer(paragraph.text)]
        for i, (start, n) in enumerate(marks):
            stop = marks[i + 1][0] if i + 1 < len(marks) else len(paragraph.text)
            points.append(Point(paragraph.number, start, stop, n))
    return points


def _runs(points: list[Point]) -> list[list[Point]]:
    """Points that count on from one another: 1 2 3, then 1 2 again."""
    runs: list[list[Point]] = []
    for point in points:
        if runs and point.number == runs[-1][-1].number + 1:
            runs[-1].append(point)
        elif point.number == 1:
            runs.append([point])
    return [run for run in runs if len(run) >= TOGETHER]


def run_of(starts: Collection[tuple[int, int]], runs: Iterable[list[Point]]) -> list[Point]:
    """The series most of whose points begin at these places (paragraph, character): that of a list that was told; none
    if fewer than two do.
    """

    def told(run: Sequence[Point]) -> int:
        return sum(any(p.paragraph == number and 0 <= at - p.start <= INDENT for number, at in starts) for p in run)

    best = max(runs, key=told, default=[])
    return best if told(best) > 1 else []


def point_in(run: list[Point], wanted: int) -> Point | None:
    """The point of that number; from the end if negative."""
    if wanted < 0:
        return run[wanted] if -wanted <= len(run) else None
    return next((point for point in run if point.number == wanted), None)
