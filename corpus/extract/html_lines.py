"""The blocks of a web page as lines of text, each with what the page says of it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.html import HtmlElement

BLOCKS = frozenset(
    "p div td th tr table tbody li ul ol dl dt dd section article main header h1 h2 h3 h4 h5 h6 blockquote pre hr "
    "body html center caption figure figcaption fieldset address label form br".split()
)
BOLD = frozenset("b strong h1 h2 h3 h4 h5 h6".split())
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
SPACE = re.compile(r"[ \t\r\n\f]+")
CHINESE_GAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")
# A cell of so many lines, each so short, is a list, if it is not words set from top to bottom.
ENTRIES = 3
LONGEST_ENTRY = 30
TOP_TO_BOTTOM = 2
# A row with a longer cell lays out the page.
LONGEST_CELL = 1500
# Arrows and lines that join the boxes of a flow chart.
DRAWN = re.compile(r"[—－-]*[\u2190-\u21ff\u2500-\u257f][\u2190-\u21ff\u2500-\u257f—－-]*")
# The label over links to other texts.
RELATED = re.compile(r"[【\[]?(?:延伸阅读|相关(?:阅读|链接|报道|新闻|文章|专题)|推荐阅读|更多阅读)[】\]]?[:：]?")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page.

    `level` is 1 to 6 in h1 to h6, else 0; `bold` that all of it is; `inside` that it is in the main
    element; `linked` that all of it leads elsewhere, `related` that a label such as 延伸阅读： does.
    """

    text: str
    level: int = 0
    bold: bool = False
    inside: bool = True
    linked: bool = False
    related: bool = False


@dataclass
class _Pen:
    """Writes lines: text is put down as it comes, `end` closes the line."""

    lines: list[PageLine] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    level: int = 0
    bold: int = 0
    link: int = 0
    plain: bool = False
    inside: bool = True

    def write(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            if not self.link:
                self.own.append(text)
            self.plain = self.plain or (not self.bold and not text.isspace())

    def end(self) -> None:
        text = tidy("".join(self.parts)) if self.parts else ""
        if text:
            own = tidy("".join(self.own))
            related = own != text and bool(RELATED.fullmatch(own))
            self.lines.append(PageLine(text, self.level, not self.plain, self.inside, not own, related))
        self.parts.clear()
        self.own.clear()
        self.plain = False


def page_lines(root: HtmlElement, main: HtmlElement, left_out: Collection[HtmlElement]) -> list[PageLine]:
    """The text of each block; the cells of a table row stand in one line, parted by tabs."""
    around = set(main.iterancestors())
    pen = _Pen(inside=root is main)
    drawings: set[HtmlElement | None] = set()
    todo: list[tuple[HtmlElement, bool]] = [(root, True)]
    while todo:
        element, opens = todo.pop()
        if opens and element not in left_out:
            _open(pen, element, main)
            todo.append((element, False))
            if element.tag == "table" and element not in around and _is_drawing(element):
                drawings.add(element)
            if element.tag == "tr" and element not in around and _is_data_row(element, left_out):
                _write_row(pen, element, left_out, drawn=_table_of(element) in drawings)
            else:
                pen.write(element.text)
                todo.extend((child, True) for child in reversed(element))
            continue
        if not opens:
            _close(pen, element, main)
        if element is not root:
            pen.write(element.tail)
    pen.end()
    return pen.lines


def _open(pen: _Pen, element: HtmlElement, main: HtmlElement) -> None:
    tag = element.tag
    if tag in BLOCKS or element is main:
        pen.end()
    if element is main:
        pen.inside = True
    if is_bold(element):
        pen.bold += 1
    if tag == "a":
        pen.link += 1
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        pen.level = int(tag[1])


def _close(pen: _Pen, element: HtmlElement, main: HtmlElement) -> None:
    tag = element.tag
    if tag in BLOCKS or element is main:
        pen.end()
    if element is main:
        pen.inside = False
    if is_bold(element):
        pen.bold -= 1
    if tag == "a":
        pen.link -= 1
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        pen.level = 0


def is_bold(element: HtmlElement) -> bool:
    """Whether an element sets its text in bold."""
    return element.tag in BOLD or _is_bold_style(element.get("style", ""))


@lru_cache(maxsize=4096)  # pages repeat few styles on thousands of elements
def _is_bold_style(style: str) -> bool:
    return BOLD_STYLE.search(style) is not None


def _write_row(pen: _Pen, row: HtmlElement, left_out: Collection[HtmlElement], *, drawn: bool) -> None:
    """A row of data as one line; where its cells are lists, their breaks stay; the boxes of a chart a line each."""
    cells = [_cell_lines(cell, left_out) for cell in row if isinstance(cell.tag, str) and cell not in left_out]
    cells = [cell for cell in cells if cell]
    running = any(map(_is_list, cells)) and all(len(line) <= LONGEST_ENTRY for cell in cells for line in cell)
    if drawn:
        lines = [line for cell in cells for line in (["".join(cell)] if _is_upright(cell) else cell)]
    else:
        lines = "\t".join(("\n" if running else "").join(cell) for cell in cells).split("\n")
    for line in lines:
        pen.parts.append(line.replace("\t", "\x00"))
        pen.plain = True
        pen.end()


def _table_of(row: HtmlElement) -> HtmlElement | None:
    return next(row.iterancestors("table"), None)


def _is_drawing(table: HtmlElement) -> bool:
    """Whether a table is a chart of boxes and arrows: rows of data are never nothing but arrows."""
    rows = (row.text_content() for row in table.iter("tr") if _table_of(row) is table)
    return any(DRAWN.fullmatch("".join(row.split())) for row in rows)


def _is_list(cell: list[str]) -> bool:
    return len(cell) >= ENTRIES and not _is_upright(cell)


def _is_upright(cell: list[str]) -> bool:
    """Whether a cell is words set from top to bottom."""
    return all(len(line) <= TOP_TO_BOTTOM and line.isalpha() for line in cell)


def _cell_lines(cell: HtmlElement, left_out: Collection[HtmlElement]) -> list[str]:
    return [line.text for line in page_lines(cell, cell, left_out)]


def _is_data_row(row: HtmlElement, left_out: Collection[HtmlElement]) -> bool:
    """A row of data has several cells and no inner table; a layout row holds the page itself."""
    cells = [c for c in row if c.tag in ("td", "th") and c not in left_out]
    texts = [c.text_content() for c in cells]
    return (
        sum(not text.isspace() and text != "" for text in texts) > 1
        and max(map(len, texts)) <= LONGEST_CELL
        and not any(next(c.iter("table"), None) is not None for c in cells)
    )


def tidy(text: str) -> str:
    """White space of the markup taken off: one blank at the most, none between Chinese characters."""
    cells = [CHINESE_GAP.sub("", SPACE.sub(" ", cell)).strip() for cell in text.split("\x00")]
    return "\t".join(cell for cell in cells if cell)
