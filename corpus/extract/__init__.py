"""The text of a file: one module a format. Its output is raw; `clutter` and what follows clean it."""

from __future__ import annotations

from pathlib import PurePath

from corpus.errors import Refused
from corpus.extract.docx import extract_docx
from corpus.extract.extracted import Extracted
from corpus.extract.html import extract_html
from corpus.extract.markdown import extract_markdown
from corpus.extract.ocr import extract_picture
from corpus.extract.ofd import extract_ofd
from corpus.extract.pdf import extract_pdf
from corpus.extract.text import extract_text

__all__ = ["Extracted", "READERS", "extract"]

READERS = {
    ".txt": ("text/plain", extract_text),
    ".text": ("text/plain", extract_text),
    ".md": ("text/markdown", extract_markdown),
    ".markdown": ("text/markdown", extract_markdown),
    ".html": ("text/html", extract_html),
    ".htm": ("text/html", extract_html),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", extract_docx),
    ".pdf": ("application/pdf", extract_pdf),
    ".ofd": ("application/ofd", extract_ofd),
    ".png": ("image/png", extract_picture),
    ".jpg": ("image/jpeg", extract_picture),
    ".jpeg": ("image/jpeg", extract_picture),
    ".tif": ("image/tiff", extract_picture),
    ".tiff": ("image/tiff", extract_picture),
    ".bmp": ("image/bmp", extract_picture),
}


def extract(name: str, data: bytes) -> tuple[str, Extracted]:
    """The media type and the text of a file's bytes.

    Raises Refused: format, empty, not_text, damaged, encrypted, no_text_layer, picture, limits.
    """
    try:
        media_type, reader = READERS[PurePath(name).suffix.lower()]
    except KeyError:
        raise Refused("format", PurePath(name).suffix) from None
    if not data:
        raise Refused("empty")
    return media_type, reader(data)
