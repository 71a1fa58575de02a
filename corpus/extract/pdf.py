"""PDF with a text layer: lines put together to paragraphs by where they stand on the page."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.errors import Refused
from corpus.extract.extracted import Extracted

PAGE_NUMBER = re.compile(r"[-—–－ ]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/共]\s*\d{1,4}\s*页?)?[-—–－ ]*")
# A run of characters that a space parts one by one: some writers of PDF put one after every glyph.
SPACED_OUT = re.compile(r"(?:[\u4e00-\u9fff] ){4}")
SPACE_BY_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) +| +(?=[\u3000-\u9fff\uff00-\uffef])")
# Baselines closer than this share of the font size are one line.
SAME_LINE = 0.6


@dataclass(frozen=True)
class PrintedLine:
    """A line on a page; left, right and baseline in points, `height` is the font's size."""

    text: str
    left: float
    right: float
    baseline: float
    height: float


def extract_pdf(data: bytes) -> Extracted:
    """The text of a PDF, a paragraph a line; running heads and page numbers dropped."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() else "damaged"
        raise Refused(code, str(error)[:80]) from error
    try:
        pages = [_printed_lines(page) for page in document]
    finally:
        document.close()
    if not any(pages):
        raise Refused("no_text_layer")
    lines = [line for page in _without_running_heads(pages) for line in page]
    return Extracted("\n".join(_paragraphs(lines)), whole_lines=True)


def _printed_lines(page: pdfium.PdfPage) -> list[PrintedLine]:
    """The characters of a page, in the order of its content, parted where their baseline changes."""
    text_page = page.get_textpage()
    lines: list[PrintedLine] = []
    glyphs: list[tuple[str, float, float]] = []
    baseline = size = 0.0
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text_page.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text_page, index))
        if character in "\r\n":
            continue
        raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        font_size = raw.FPDFText_GetFontSize(text_page, index) or size
        if glyphs and character != " " and abs(y.value - baseline) > SAME_LINE * max(font_size, 1.0):
            lines.append(_line(glyphs, baseline, size))
            glyphs = []
        if character != " " or not glyphs:
            baseline, size = y.value, font_size
        glyphs.append((character, x.value, font_size))
    if glyphs:
        lines.append(_line(glyphs, baseline, size))
    return [line for line in lines if line.text]


def _line(glyphs: list[tuple[str, float, float]], baseline: float, size: float) -> PrintedLine:
    seen = [g for g in glyphs if not g[0].isspace()]
    text = _unspaced(" ".join("".join(g[0] for g in glyphs).split()))
    left = min((g[1] for g in seen), default=0.0)
    right = max((g[1] + (g[2] if g[0] > "\u2e7f" else g[2] / 2) for g in seen), default=0.0)
    return PrintedLine(text, left, right, baseline, size)


def _unspaced(text: str) -> str:
    return SPACE_BY_CHINESE.sub("", text) if SPACED_OUT.search(text) else text


def _without_running_heads(pages: list[list[PrintedLine]]) -> list[list[PrintedLine]]:
    ends = Counter(
        head
        for page in pages
        for head in {re.sub(r"\d+", "#", line.text) for line in [*page[:2], *page[-2:]]}
        if not head.endswith(("。", "；", "！", "？", "，"))
    )
    common = {text for text, count in ends.items() if count >= max(2, len(pages) // 2)}

    def running(page: list[PrintedLine], index: int) -> bool:
        line = page[index]
        if 2 <= index < len(page) - 2:
            return False
        return bool(PAGE_NUMBER.fullmatch(line.text)) or (len(pages) > 1 and re.sub(r"\d+", "#", line.text) in common)

    return [[line for i, line in enumerate(page) if not running(page, i)] for page in pages]


def _paragraphs(lines: list[PrintedLine]) -> list[str]:
    """A line opens a paragraph when it is indented or the one before it ends early."""
    if not lines:
        return []
    left = Counter(round(line.left) for line in lines if len(line.text) > 15).most_common(1)
    margin = float(left[0][0]) if left else min(line.left for line in lines)
    edge = max(line.right for line in lines)
    paragraphs: list[str] = []
    previous: PrintedLine | None = None
    for line in lines:
        width = line.height
        opens = (
            previous is None
            or abs(line.left - margin) > 0.8 * width
            or previous.right < edge - 2.5 * width
            or abs(line.height - previous.height) > 0.25 * width
        )
        if opens:
            paragraphs.append(line.text)
        else:
            joint = " " if paragraphs[-1][-1].isascii() and line.text[0].isascii() else ""
            paragraphs[-1] += joint + line.text
        previous = line
    return paragraphs
