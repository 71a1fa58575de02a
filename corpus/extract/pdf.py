"""PDF: the text layer, put together to paragraphs by where it stands; scanned pages through text recognition."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2 as pdfium

from corpus.errors import Refused
from corpus.extract import ocr
from corpus.extract.extracted import Extracted
from corpus.extract.pdf_drawn import SCAN, covered
from corpus.extract.pdf_layout import laid_out
from corpus.extract.pdf_page import PageText, all_unspaced
from corpus.extract.printed import Page

# A page that a picture covers and that has fewer characters is a scan with a stamp: 扫描全能王 创建.
FEW_CHARACTERS = 40
# Where this share of the characters means nothing, the font does not say what its glyphs are.
MEANINGLESS = 0.3
NO_CHARACTER = re.compile("[\x00-\x1f\ue000-\uf8ff\ufffd]+")
UNREAD = "scanned_pages"
"""Quality flag of a document some pages of which could not be read."""


def extract_pdf(data: bytes) -> Extracted:
    """The text of a PDF, a paragraph a line; running heads and page numbers dropped.

    Pages without text are recognised where that extra is installed; else the document is flagged, or
    refused if no page has text. Raises Refused: encrypted, damaged, no_text_layer, empty, limits.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() else "damaged"
        raise Refused(code, str(error)[:80]) from error
    try:
        return _extract(document)
    finally:
        document.close()


def _extract(document: pdfium.PdfDocument) -> Extracted:
    pages, scans = [], []
    for number in range(len(document)):
        page, scanned = _page(document, number)
        pages.append(page)
        if scanned:
            scans.append(number)
    flags: tuple[str, ...] = ()
    if scans and ocr.available():
        if len(scans) > ocr.MOST_PAGES:
            raise Refused("limits")
        for number in scans:
            pages[number] = _with_blank(_recognised(document, number), pages[number])
        flags = (ocr.FLAG,)
    elif scans and not any(page.spans for i, page in enumerate(pages) if i not in set(scans)):
        raise Refused("no_text_layer")
    elif scans:
        flags = (UNREAD,)
    if not any(page.spans for page in pages):
        raise Refused("empty" if scans else "no_text_layer")
    return laid_out(all_unspaced(pages), flags=flags, sizes_vary=len(scans) > len(pages) / 2)


def _page(document: pdfium.PdfDocument, number: int) -> tuple[Page, bool]:
    """A page's text, and whether the page has to be recognised instead. Raises Refused("damaged")."""
    try:
        page = document[number]
    except pdfium.PdfiumError as error:
        raise Refused("damaged", str(error)[:80]) from error
    text = PageText(page)
    try:
        read = text.read()
        return read, _is_scan(page, read)
    finally:
        text.close()
        page.close()


def _is_scan(page: pdfium.PdfPage, read: Page) -> bool:
    letters = "".join(span.text for span in read.spans)
    if not letters:
        return next(page.get_objects(max_depth=1), None) is not None
    if sum(map(len, NO_CHARACTER.findall(letters))) > MEANINGLESS * len(letters):
        return True
    return len(letters) < FEW_CHARACTERS and covered(page) >= SCAN


def _recognised(document: pdfium.PdfDocument, number: int) -> Page:
    page = document[number]
    try:
        scale = ocr.LONGEST / max(*page.get_size(), 1.0)
        return ocr.recognise(page.render(scale=scale).to_numpy(), scale)
    finally:
        page.close()


def _with_blank(recognised: Page, own: Page) -> Page:
    """What is recognised, and of the text layer what was not to be seen: a number typed over a scan."""
    kept = tuple(span for span in own.spans if span.blank and not NO_CHARACTER.search(span.text))
    return replace(recognised, spans=recognised.spans + kept)
