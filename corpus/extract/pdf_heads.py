"""Running heads, feet and page numbers, told by their place and by coming back page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.extract.printed import Page, Span, rows_of

ROMAN = r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
NUMERAL = rf"(?:\d{{1,4}}|{ROMAN}|{ROMAN.upper()}|[Ⅰ-Ⅻⅰ-ⅻ]|[一二三四五六七八九十百〇零○]{{1,5}}|[０-９]{{1,4}})"
DASH = r"[-—–－―_~·•.|／/\s]*"
# — 1 —, 第 1 页, 第一页 共十页, 1/12, Page 3 of 9, iv.
PAGE_NUMBER = re.compile(
    rf"{DASH}(?:(?:第|[Pp]age)\s*)?{NUMERAL}\s*(?:页|頁)?[，,\s]*"
    rf"(?:(?:[/／]|共|of|(?=第))\s*(?:第)?\s*{NUMERAL}\s*(?:页|頁)?)?{DASH}"
)
# A bare 十 or iv may be a word; it is a page number only if other pages have one at the same height.
BARE_NUMERAL = re.compile(r"[一二三四五六七八九十百〇零○]+|[ivxlcIVXLC]+|[-—–－―_~·•.|／/\s]+")
CHANGING = re.compile(r"[\d０-９]+|[ivxlcIVXLC]+(?![a-zA-Z])|[Ⅰ-Ⅻⅰ-ⅻ]|[一二三四五六七八九十百〇零○]+|\s+")
SENTENCE_END = ("。", "；", "！", "？", "，", "、", "：")
LONGEST_HEAD, LONGEST_NUMBER = 80, 30
# So many rows at the top and at the foot of a page may be running ones.
EDGE_ROWS = 3
# Two rows stand at the same height if no further apart than this, in points.
SAME_HEIGHT = 3.0
# ... and on paper that went through a scanner.
SAME_HEIGHT_SCANNED = 14.0
# A row that changes its words but keeps its height on this share of the pages is a running head too,
# if it is set smaller than the text or stands off from it.
MOST_PAGES = 0.5
STANDS_OFF = 1.25

Row = list[Span]


def is_page_number(text: str) -> bool:
    """Whether a line has the form of a page number.

    >>> [is_page_number(t) for t in ("— 1 —", "第一页", "iv", "1/12", "2024年", "一、")]
    [True, True, True, True, False, False]
    """
    return bool(text.strip()) and len(text) <= LONGEST_NUMBER and PAGE_NUMBER.fullmatch(text) is not None


def without_running_heads(pages: Sequence[Page], *, scanned: bool = False) -> list[Page]:
    """The pages without what is printed on each of them."""
    slack = SAME_HEIGHT_SCANNED if scanned else SAME_HEIGHT
    rows = [rows_of(page.spans) for page in pages]
    usual = body_size(pages), _pitch(rows)
    top = _running(rows, usual, from_top=True, slack=slack)
    foot = _running(rows, usual, from_top=False, slack=slack)
    kept: list[Page] = []
    for number, page in enumerate(pages):
        gone = {id(span) for row in rows[number][: top[number]] for span in row}
        gone |= {id(span) for row in rows[number][len(rows[number]) - foot[number] :] for span in row}
        kept.append(replace(page, spans=tuple(s for s in page.spans if id(s) not in gone)))
    return kept


def body_size(pages: Sequence[Page]) -> float:
    """The font size that most of the text has."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for span in page.spans:
            sizes[round(span.size * 2) / 2] += len(span.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _pitch(pages: list[list[Row]]) -> float:
    """The usual distance from row to row."""
    gaps = Counter(round(a[0].baseline - b[0].baseline) for rows in pages for a, b in pairwise(rows))
    return float(gaps.most_common(1)[0][0]) if gaps else 0.0


def _running(pages: list[list[Row]], usual: tuple[float, float], *, from_top: bool, slack: float) -> list[int]:
    """For each page, how many of its rows at this edge are running ones."""
    edges = [rows[:EDGE_ROWS] if from_top else rows[::-1][:EDGE_ROWS] for rows in pages]
    words: Counter[tuple[str, int]] = Counter()
    heights: Counter[int] = Counter()
    for rows, edge in zip(pages, edges, strict=True):
        words.update({(_shape(_text(row)), round(row[0].baseline / slack)) for row in edge})
        heights.update(
            {round(row[0].baseline / slack) for i, row in enumerate(edge) if all(_apart(rows, i, usual, from_top))}
        )

    def running(number: int, depth: int) -> bool:
        row = edges[number][depth]
        text, shape, y = _text(row), _shape(_text(row)), round(row[0].baseline / slack)
        again = sum(words[shape, y + d] for d in (-1, 0, 1))
        small, apart = _apart(pages[number], depth, usual, from_top)
        if is_page_number(text) and (again >= 2 or not BARE_NUMERAL.fullmatch(text)):
            return True
        if len(text) > LONGEST_HEAD or text.endswith(SENTENCE_END):
            return False
        if again >= (2 if small or apart else 3) and again >= min(3, 0.3 * len(pages)) and len(shape) > 1:
            return True
        same = sum(heights[y + d] for d in (-1, 0, 1))
        return small and apart and same >= max(3, MOST_PAGES * len(pages))

    return [
        next((depth for depth in range(len(edge)) if not running(number, depth)), len(edge))
        for number, edge in enumerate(edges)
    ]


def _apart(rows: list[Row], depth: int, usual: tuple[float, float], from_top: bool) -> tuple[bool, bool]:
    """Whether the row at this depth is set smaller than the text, and whether it stands off from what follows."""
    order = rows if from_top else rows[::-1]
    row, following = order[depth], order[depth + 1] if depth + 1 < len(order) else None
    small = max(s.size for s in row) < 0.95 * usual[0]
    return small, following is not None and abs(row[0].baseline - following[0].baseline) > STANDS_OFF * usual[1]


def _text(row: Row) -> str:
    return " ".join(span.text for span in row)


def _shape(text: str) -> str:
    """The words of a running head without what changes from page to page."""
    return CHANGING.sub("#", text)
