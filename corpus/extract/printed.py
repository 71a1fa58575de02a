"""Text as it stands on pages: what PDF, OFD and OCR have in common before it becomes paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Baselines closer than this share of the font size are one row.
SAME_ROW = 0.4
# A gap of this many font sizes shows: beside Chinese characters, and between Latin ones.
SHOWS_CHINESE, SHOWS_LATIN = 0.9, 0.15
LATIN_END = re.compile(r"[A-Za-z0-9,.;:)!?%]$")
LATIN_START = re.compile(r"[A-Za-z0-9(]")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of glyphs without a wide gap; x and y in points, y upwards, `size` of the font.

    `font` names the typeface, `heavy` says that it is bold or black; `whole` marks the row of a table,
    `spaced` a line whose text layer had a space after every character; `blank` says that it leaves no ink when the page
    is drawn.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str = ""
    heavy: bool = False
    whole: bool = False
    spaced: bool = False
    blank: bool = False

    @property
    def middle(self) -> float:
        """Half way between the two ends."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A printed straight line, along an axis: a border of a table cell."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Page:
    """The spans of a page in any order, and its ruled lines."""

    spans: tuple[Span, ...]
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line inside its column, whose text area goes from one of `edges` to the other.

    `whole` marks what is complete in itself, such as a row of a table. `top` says that the row
    is the first of its column.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str = ""
    heavy: bool = False
    whole: bool = False
    top: bool = False
    edges: tuple[float, float] | None = None


def rows_of(spans: Iterable[Span]) -> list[list[Span]]:
    """Spans grouped by their baselines, from the top of the page down, each group from the left."""
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda s: -s.baseline):
        last = rows[-1][0] if rows else None
        if last and last.baseline - span.baseline < SAME_ROW * max(last.size, span.size):
            rows[-1].append(span)
        else:
            rows.append([span])
    return [sorted(row, key=lambda s: s.left) for row in rows]


def is_chinese(character: str) -> bool:
    """Chinese characters, their punctuation and full-width forms, which are as wide as they are high.

    >>> is_chinese("清"), is_chinese("。"), is_chinese("a")
    (True, True, False)
    """
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\uff00"


def joint(before: str, after: str) -> str:
    """What stands between two lines that are joined.

    A space between Latin words; nothing between Chinese, inside a number, or after a hyphen.

    >>> joint("the State", "Council"), joint("19", "97年"), joint("社会", "团体"), joint("1,", "234")
    (' ', '', '', '')
    """
    if not (LATIN_END.search(before) and LATIN_START.match(after)):
        return ""
    number = after[0].isdigit() and (before[-1].isdigit() or (before[-1] in ",.:" and before[-2:-1].isdigit()))
    return "" if number else " "


def beside(before: Span, after: Span) -> str:
    """What stands between two spans of one row: a space where a gap shows."""
    chinese = is_chinese(before.text[-1]) or is_chinese(after.text[0])
    gap = (after.left - before.right) / after.size
    return " " if gap > (SHOWS_CHINESE if chinese else SHOWS_LATIN) else ""
