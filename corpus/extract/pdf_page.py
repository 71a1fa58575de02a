"""A page of a PDF as spans: pdfium's text, taken a line at a time, with the place of each line's ends."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.extract.pdf_drawn import SCAN, covered, rules
from corpus.extract.pdf_fonts import is_blank
from corpus.extract.printed import Page, Span, is_chinese

# A gap wider than this many font sizes parts two spans: columns, cells of a table, a name in a list.
WIDE_GAP = 0.9
# The width of a hole that a glyph drawn later leaves, in font sizes.
HOLE = (0.3, 1.6)
# A number of a note: smaller than the text by this factor, and raised by so much of its size, after Chinese.
NOTE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uff60”])(?:[\[〔]?\d{1,3}[\]〕]?|[①-⑳*]{1,3})")
NOTE_SIZE, NOTE_RAISED = 0.75, 0.15
# What pdfium puts for a hyphen at the end of a line.
HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-", "\x00": ""})
SPACES = re.compile(r"[ \xa0\u2000-\u200a\u3000\t]+")
# Names of typefaces that are heavy by design, besides Bold and Black: 黑体, 小标宋, 大标宋, 粗….
HEAVY = re.compile(r"bold|black|heavy|simhei|heiti|黑体|标宋|粗", re.I)
HEAVY_WEIGHT = 600
# Text of this many degrees off the page's own direction is a watermark or stands on a margin.
ASLANT = 3
INVISIBLE = 3
"""Text render mode of a glyph that is neither filled nor stroked (ISO 32000-1, table 106)."""


class PageText:
    """The text of one page; close it after use."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._text = page.get_textpage()
        self._handle = self._text.raw
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._walls: list[tuple[float, float, float]] = []

    def read(self) -> Page:
        """The spans of the page, and its ruled lines."""
        lines = tuple(rules(self._page))
        self._walls = sorted((r.left, r.bottom, r.top) for r in lines if r.top - r.bottom > r.right - r.left)
        left, bottom, right, top = self._page.get_cropbox()
        inside = [
            (s, angle, invisible)
            for s, angle, invisible in self._spans()
            if left - s.size < s.left < right and bottom - s.size < s.baseline < top
        ]
        return Page(tuple(self._visible(_upright(inside))), lines)

    def _spans(self) -> Iterator[tuple[Span, float, bool]]:
        """Span, direction in degrees and whether it is invisible, for each."""
        count = raw.FPDFText_CountChars(self._handle)
        buffer = ctypes.create_string_buffer(2 * (2 * count + 2))
        written = raw.FPDFText_GetText(self._handle, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
        whole = buffer.raw[: max(0, written - 1) * 2].decode("utf-16-le", "replace")
        straight = len(whole) == count
        at = 0
        for line in whole.split("\r\n"):
            if line and not line.isspace():
                index = range(at, at + len(line)) if straight else self._indexes(at, len(line))
                yield from self._line(line, index)
            at += len(line) + 2

    def _indexes(self, at: int, length: int) -> range | list[int]:
        """Where pdfium counts glyphs that it does not give as text, text and glyphs differ in number."""
        return [raw.FPDFText_GetCharIndexFromTextIndex(self._handle, i) for i in range(at, at + length)]

    def _line(self, line: str, index: range | list[int]) -> Iterator[tuple[Span, float, bool]]:
        """A line of pdfium's, parted at its wide gaps."""
        first = len(line) - len(line.lstrip())
        end = len(line.rstrip())
        size, angle = self._size(index[first])
        if not angle and self._is_jumbled(line, index, first, end, size):
            order = [i for i in range(first, end) if not line[i].isspace()]
            order.sort(key=lambda i: self._ends(index[i])[0])
            line, index, first, end = "".join(line[i] for i in order), [index[i] for i in order], 0, len(order)
        for start, stop in self._parts(index, first, end):
            yield from self._part(line, start, stop, index, size, angle)

    def _is_jumbled(self, line: str, index: range | list[int], first: int, end: int, size: float) -> bool:
        """Whether glyphs of another font were drawn after the rest, which leaves holes of their width."""
        holes = False
        for gap in SPACES.finditer(line, first, end):
            width = (self._ends(index[gap.end()])[0] - self._ends(index[gap.start() - 1])[1]) / size
            holes = holes or width < -HOLE[0] or HOLE[0] < width < HOLE[1]
        if not holes:
            return False
        lefts = [self._ends(index[i])[0] for i in range(first, end) if not line[i].isspace()]
        return any(b < a - HOLE[0] * size for a, b in pairwise(lefts))

    def _parts(self, index: range | list[int], first: int, end: int) -> Iterator[tuple[int, int]]:
        """The line cut where it crosses the upright lines of a table."""
        if not self._walls:
            yield first, end
            return
        left, right = self._ends(index[first])[0], self._ends(index[end - 1])[1]
        y = self._origin(index[first])[1]
        walls = [x for x, low, high in self._walls if left + 1 < x < right - 1 and low - 1 <= y <= high]
        start = first
        if walls:
            sides = [bisect(walls, sum(self._ends(index[i])) / 2) for i in range(first, end)]
            for i, (a, b) in enumerate(pairwise(sides), first + 1):
                if a != b:
                    yield start, i
                    start = i
        yield start, end

    def _part(
        self, line: str, first: int, end: int, index: range | list[int], size: float, angle: float
    ) -> Iterator[tuple[Span, float, bool]]:
        while first < end and line[first].isspace():
            first += 1
        while end > first and line[end - 1].isspace():
            end -= 1
        if first == end:
            return
        notes = self._notes(line, first, end, index, size)
        if notes:
            kept = [i for i in range(first, end) if i not in notes]
            line, index, first, end = "".join(line[i] for i in kept), [index[i] for i in kept], 0, len(kept)
        text, start = "", first
        if spaced_out(line[first:end]):
            text = unspaced(line[first:end])
            span, angle, invisible = self._span(text, index[first], index[end - 1], size, angle)
            yield replace(span, spaced=True), angle, invisible
            return
        at = first
        for gap in SPACES.finditer(line, first, end):
            before, after = self._ends(index[gap.start() - 1]), self._ends(index[gap.end()])
            width = abs(after[0] - before[1]) / size if not angle else 0.0
            text += line[at : gap.start()]
            if width > WIDE_GAP and gap.group() != "\u3000":
                yield self._span(text, index[start], index[gap.start() - 1], *self._size(index[start]))
                text, start = "", gap.end()
            elif not self._set_by_printer(line, gap, index):
                text += gap.group()
            at = gap.end()
        if start != first:
            size, angle = self._size(index[start])
        yield self._span(text + line[at:end], index[start], index[end - 1], size, angle)

    def _notes(self, line: str, first: int, end: int, index: range | list[int], size: float) -> set[int]:
        """Where the raised numbers of notes stand, which are no part of the sentence."""
        marks = list(NOTE.finditer(line, first, end))
        baseline = self._origin(index[first])[1] if marks else 0.0
        return {
            i
            for mark in marks
            if self._size(index[mark.start()])[0] < NOTE_SIZE * size
            and self._origin(index[mark.start()])[1] > baseline + NOTE_RAISED * size
            for i in range(*mark.span())
        }

    def _set_by_printer(self, line: str, gap: re.Match[str], index: range | list[int]) -> bool:
        """A space that no one typed: layout programs set Chinese and digits a little apart."""
        beside = is_chinese(line[gap.start() - 1]) or is_chinese(line[gap.end()])
        return beside and len(gap.group()) == 1 and raw.FPDFText_IsGenerated(self._handle, index[gap.start()]) == 1

    def _ends(self, index: int) -> tuple[float, float]:
        """Left and right end of a glyph with its side bearings."""
        raw.FPDFText_GetLooseCharBox(self._handle, index, self._box)
        return self._box.left, self._box.right

    def _size(self, index: int) -> tuple[float, float]:
        """Size of the font as printed, and direction of the text in degrees."""
        matrix = self._matrix
        raw.FPDFText_GetMatrix(self._handle, index, matrix)
        size = raw.FPDFText_GetFontSize(self._handle, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) if matrix.b else 0.0 if matrix.a >= 0 else 180.0
        return max(abs(size), 0.1), angle

    def _origin(self, index: int) -> tuple[float, float]:
        raw.FPDFText_GetCharOrigin(self._handle, index, self._x, self._y)
        return self._x.value, self._y.value

    def _span(self, text: str, first: int, last: int, size: float, angle: float) -> tuple[Span, float, bool]:
        left, baseline = self._origin(first)
        if abs(angle) > ASLANT:
            x, y = self._origin(last)
            right = left + math.hypot(x - left, y - baseline) + size
        else:
            right = self._ends(last)[1]
        (font, heavy, blank), invisible = self._style(first)
        span = Span(text.translate(HYPHENS), left, max(left, right), baseline, size, font, heavy, blank=blank)
        return span, angle, invisible

    def _style(self, index: int) -> tuple[tuple[str, bool, bool], bool]:
        """Name of the typeface, whether it is heavy and whether blank when drawn; whether the glyph is invisible."""
        thing = raw.FPDFText_GetTextObject(self._handle, index)
        if not thing:
            return ("", False, False), False
        font = raw.FPDFTextObj_GetFont(thing)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            self._fonts[key] = _typeface(font) if key else ("", False, False)
        return self._fonts[key], raw.FPDFTextObj_GetTextRenderMode(thing) == INVISIBLE

    def _visible(self, spans: list[tuple[Span, bool]]) -> list[Span]:
        """Without text that nobody sees. Over a scan, and where all is invisible, it is the text layer."""
        hidden = sum(len(span.text) for span, invisible in spans if invisible)
        seen = sum(len(span.text) for span, invisible in spans if not invisible)
        if hidden and hidden < seen and covered(self._page) < SCAN:
            spans = [(span, False) for span, invisible in spans if not invisible]
        return [span for span, _ in spans]

    def close(self) -> None:
        """Free what pdfium keeps for the page."""
        self._text.close()


def _typeface(font: ctypes.c_void_p) -> tuple[str, bool, bool]:
    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(length or 1)
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    name = buffer.value.decode("utf-8", "replace").partition("+")[2] or buffer.value.decode("utf-8", "replace")
    weight = raw.FPDFFont_GetWeight(font)
    return name, bool(HEAVY.search(name)) or weight >= HEAVY_WEIGHT, is_blank(font)


def _upright(found: list[tuple[Span, float, bool]]) -> list[tuple[Span, bool]]:
    """The spans in the direction that most of the page's text has, turned so that it is upright."""
    weights: Counter[int] = Counter()
    for span, angle, _ in found:
        if abs(angle - 90 * round(angle / 90)) <= ASLANT:
            weights[round(angle / 90) % 4] += len(span.text)
    if not weights:
        return []
    turn = weights.most_common(1)[0][0]
    kept = [(s, i) for s, a, i in found if abs(a - 90 * round(a / 90)) <= ASLANT and round(a / 90) % 4 == turn]
    return [(_turned(span, turn), invisible) for span, invisible in kept]


def _turned(span: Span, quarters: int) -> Span:
    if not quarters:
        return span
    x, y, length = span.left, span.baseline, span.right - span.left
    x, y = {1: (y, -x), 2: (-x, -y), 3: (-y, x)}[quarters]
    return replace(span, left=x, right=x + length, baseline=y)


def spaced_out(line: str) -> bool:
    """Whether a space follows nearly every character, as some writers of PDF leave it.

    >>> spaced_out("全 市 1 2 6 个 社 区"), spaced_out("目 录"), spaced_out("a b c d of it")
    (True, False, False)
    """
    words = line.split(" ")
    single = sum(len(word) == 1 for word in words)
    return single >= 5 and single >= 0.8 * sum(map(bool, words)) and any(map(is_chinese, line))


def unspaced(line: str) -> str:
    """The line without the space after each character; where two stood, one was typed.

    >>> unspaced("1 2 6 个 社 区")
    '126个社区'
    """
    return re.sub(" ( ?)", r"\1", line.strip()) if "  " in line.strip() else line.replace(" ", "")


def all_unspaced(pages: Sequence[Page]) -> list[Page]:
    """In a document most of whose lines were spaced out, also the lines too short to tell: 的 讲 话, — 1 —."""
    spaced = sum(len(span.text) for page in pages for span in page.spans if span.spaced)
    if 2 * spaced < sum(len(span.text) for page in pages for span in page.spans):
        return list(pages)
    return [replace(page, spans=tuple(map(_unspaced_span, page.spans))) for page in pages]


def _unspaced_span(span: Span) -> Span:
    single = all(len(word) == 1 for word in span.text.split(" "))
    return replace(span, text=span.text.replace(" ", "")) if single else span
