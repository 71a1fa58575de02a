"""PDF with a text layer: lines put together to paragraphs by where they stand on the page."""

from __future__ import annotations

import pypdfium2 as pdfium

from corpus.errors import Refused
from corpus.extract.extracted import Extracted
from corpus.extract.pdf_layout import laid_out
from corpus.extract.pdf_page import PageText
from corpus.extract.printed import Page


def extract_pdf(data: bytes) -> Extracted:
    """The text of a PDF, a paragraph a line; running heads and page numbers dropped.

    Raises Refused: encrypted, damaged, no_text_layer.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() else "damaged"
        raise Refused(code, str(error)[:80]) from error
    try:
        pages = [_page(page) for page in document]
    finally:
        document.close()
    if not any(page.spans for page in pages):
        raise Refused("no_text_layer")
    return laid_out(pages)


def _page(page: pdfium.PdfPage) -> Page:
    text = PageText(page)
    try:
        return text.read()
    finally:
        text.close()
        page.close()
