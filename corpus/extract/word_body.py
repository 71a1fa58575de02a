"""The lines of a Word document: paragraphs, rows of tables, text boxes, notes, in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.extract.numbering import Numbering
from corpus.extract.word_runs import LINE_BREAK, PAGE_BREAK, SKIPPED, RunReader, alternative, is_placeholder
from corpus.extract.word_styles import Styles, is_style_separator
from corpus.extract.wordml import attribute, child, children, local, switched_on

# A cell with more than this is a page laid out by a table, not an entry of one.
LONGEST_CELL = 1500
# Text pasted from a web page has line breaks where its paragraphs end: so many of them, after these.
PASTED_BREAKS = 3
STOPS = tuple("。！？；：”）")
LATIN_EDGE = re.compile(r"(?<=[0-9A-Za-z,.;:])\n(?=[0-9A-Za-z])")
CONTENTS_GALLERY = "Table of Contents"


@dataclass(frozen=True)
class Written:
    """A line; `level` from 1 if the format marks it as a heading, `title` if as the document's title."""

    text: str
    level: int | None = None
    title: bool = False


@dataclass
class _Open:
    """A paragraph whose mark was deleted or hidden: the next one goes on in it."""

    text: str = ""
    properties: etree._Element | None = None
    boxes: list[etree._Element | str] = field(default_factory=list)


class BodyReader:
    """Reads the stories of one document. The numbering counts on from one call to the next."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        story: etree._Element,
        embedded: Callable[[str], list[str]],
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._embedded = embedded
        self._runs = RunReader(styles, story)
        self.notes: list[tuple[str, str]] = []
        self.pictures: list[float] = []

    def lines(self, container: etree._Element, *, in_cell: bool = False) -> list[Written]:
        """The lines of a body, a cell, a text box or a note."""
        lines: list[Written] = []
        open_ = _Open()
        for block in blocks_of(container):
            kind = local(block)
            if kind == "p":
                self._read(block, open_)
                if _goes_on(child(block, "pPr")):
                    continue
            lines += self._ended(open_, in_cell=in_cell)
            open_ = _Open()
            if kind == "tbl":
                lines += self._table(block)
            elif kind == "altChunk":
                lines += map(Written, self._embedded(attribute(block, "id") or ""))
        return lines + self._ended(open_, in_cell=in_cell)

    def _read(self, paragraph: etree._Element, open_: _Open) -> None:
        runs = self._runs.read(paragraph)
        if not open_.text.strip():
            open_.properties = child(paragraph, "pPr")
        open_.text += "".join(runs.parts)
        open_.boxes += runs.boxes
        self.notes += runs.notes
        self.pictures += runs.pictures

    def _ended(self, open_: _Open, *, in_cell: bool) -> list[Written]:
        if open_.properties is None and not open_.text and not open_.boxes:
            return []
        label = self._numbering.label(open_.properties)
        pieces = pieces_of(open_.text)
        if pieces:
            pieces[0] = with_label(label, pieces[0])
        elif in_cell and label:
            pieces = [label.strip()]  # a column that numbers its rows
        lines = [Written(piece) for piece in pieces]
        if lines:
            level = self._styles.heading_level(open_.properties)
            lines[0] = Written(pieces[0], level, self._styles.is_title(open_.properties))
        return lines + self._boxes(open_.boxes)

    def _boxes(self, boxes: list[etree._Element | str]) -> list[Written]:
        """Text boxes stand after the paragraph that they are anchored in, never inside its sentence."""
        lines: list[Written] = []
        for box in boxes:
            if isinstance(box, str):
                lines += [Written(box.strip())] if box.strip() else []
            else:
                lines += self.lines(box)
        return lines

    def _table(self, table: etree._Element) -> list[Written]:
        rows = [cells_of(row) for row in rows_of(table)]
        laid_out = all(len(cells) <= 1 for cells in rows)
        lines: list[Written] = []
        for cells in rows:
            if laid_out or any(map(_is_page, cells)):
                for cell in cells:
                    lines += self.lines(cell)
            else:
                texts = [" ".join(line.text for line in self.lines(cell, in_cell=True)) for cell in cells]
                row = "\t".join(text for text in texts if text)
                lines += [Written(row)] if row else []
        return lines


def pieces_of(text: str) -> list[str]:
    """The lines of a paragraph's text: parted at page breaks, and at line breaks if it was pasted.

    >>> pieces_of("关于清淤的\\n通知"), pieces_of("落款\\f附件")
    (['关于清淤的通知'], ['落款', '附件'])
    >>> pieces_of("一是清淤。\\n二是护坡。\\n三是绿化。\\n四是管护。")
    ['一是清淤。', '二是护坡。', '三是绿化。', '四是管护。']
    """
    pieces: list[str] = []
    for page in text.split(PAGE_BREAK):
        parts = page.split(LINE_BREAK)
        stopped = sum(part.rstrip().endswith(STOPS) for part in parts[:-1])
        if stopped >= PASTED_BREAKS and 2 * stopped > len(parts) - 1:
            pieces += _after_stops(parts)
        else:
            pieces.append(LATIN_EDGE.sub(" ", page).replace(LINE_BREAK, ""))
    return [piece.strip() for piece in pieces if piece.strip()]


def _after_stops(parts: list[str]) -> list[str]:
    pieces = [""]
    for part in parts:
        if pieces[-1].rstrip().endswith(STOPS):
            pieces.append("")
        pieces[-1] += part
    return pieces


def with_label(label: str, text: str) -> str:
    """Number and text; a space parts them where the number would run into the text.

    >>> with_label("一、", "总体要求"), with_label("1.", "2025年"), with_label("第一条 ", "为了")
    ('一、总体要求', '1. 2025年', '第一条 为了')
    """
    runs_in = label[-1:] in (".", "．") and text[:1].isdigit()
    return label + (" " if runs_in else "") + text


def _goes_on(properties: etree._Element | None) -> bool:
    """Whether the paragraph's own end is deleted, moved away or hidden, or it is a drop cap."""
    mark = child(properties, "rPr")
    if mark is not None and (next(children(mark, "del", "moveFrom"), None) is not None or is_style_separator(mark)):
        return True
    return (attribute(child(properties, "framePr"), "dropCap") or "none") != "none"


def blocks_of(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs, tables and embedded files, out of whatever they are wrapped in."""
    for element in container:
        name = local(element)
        if name in ("p", "tbl", "altChunk"):
            yield element
        elif name == "AlternateContent":
            chosen = alternative(element)
            if chosen is not None:
                yield from blocks_of(chosen)
        elif name and name not in SKIPPED and not (name == "sdt" and _is_left_out(element)):
            yield from blocks_of(element)


def _is_left_out(control: etree._Element) -> bool:
    gallery = attribute(child(control, "sdtPr", "docPartObj", "docPartGallery"))
    return gallery == CONTENTS_GALLERY or is_placeholder(control)


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table but deleted and hidden ones."""
    for row in _wrapped(table, "tr"):
        properties = child(row, "trPr")
        gone = next(children(properties, "del"), None) is not None if properties is not None else False
        if not gone and not switched_on(child(properties, "hidden")):
            yield row


def cells_of(row: etree._Element) -> list[etree._Element]:
    """The cells of a row; one that a merged cell above covers is no cell of its own."""
    return [cell for cell in _wrapped(row, "tc") if not _is_covered(child(cell, "tcPr"))]


def _is_covered(properties: etree._Element | None) -> bool:
    merged = [child(properties, "vMerge"), child(properties, "hMerge")]
    if any(merge is not None and attribute(merge) in (None, "continue") for merge in merged):
        return True
    return child(properties, "cellDel") is not None


def _wrapped(element: etree._Element, name: str) -> Iterator[etree._Element]:
    for inner in element:
        if local(inner) == name:
            yield inner
        elif local(inner) not in SKIPPED and local(inner) not in ("p", "tbl"):
            yield from _wrapped(inner, name)


def _is_page(cell: etree._Element) -> bool:
    """Whether a cell holds another table, or too much text for an entry."""
    if next(cell.iter("{*}tbl"), None) is not None:
        return True
    return sum(len(text.text or "") for text in cell.iter("{*}t")) > LONGEST_CELL
