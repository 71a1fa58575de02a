"""The text of a file: one module a format. Its output is raw; `clutter` and what follows clean it."""

from __future__ import annotations

from pathlib import PurePath

from corpus.errors import Refused
from corpus.extract.extracted import Extracted
from corpus.extract.html import extract_html
from corpus.extract.markdown import extract_markdown
from corpus.extract.ocr import extract_picture
from corpus.extract.ofd import extract_ofd
from corpus.extract.pdf import extract_pdf
from corpus.extract.text import extract_text
from corpus.extract.word import extract_word, extract_word_package

__all__ = ["Extracted", "READERS", "extract", "unknown_ending"]

READERS = {
    ".txt": ("text/plain", extract_text),
    ".text": ("text/plain", extract_text),
    ".md": ("text/markdown", extract_markdown),
    ".markdown": ("text/markdown", extract_markdown),
    ".html": ("text/html", extract_html),
    ".htm": ("text/html", extract_html),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", extract_word_package),
    ".docm": ("application/vnd.ms-word.document.macroEnabled.12", extract_word_package),
    ".odt": ("application/vnd.oasis.opendocument.text", extract_word_package),
    ".doc": ("application/msword", extract_word),
    ".wps": ("application/kswps", extract_word),
    ".rtf": ("application/rtf", extract_word),
    ".pdf": ("application/pdf", extract_pdf),
    ".ofd": ("application/ofd", extract_ofd),
    ".png": ("image/png", extract_picture),
    ".jpg": ("image/jpeg", extract_picture),
    ".jpeg": ("image/jpeg", extract_picture),
    ".tif": ("image/tiff", extract_picture),
    ".tiff": ("image/tiff", extract_picture),
    ".bmp": ("image/bmp", extract_picture),
}

# Endings that a person can do something about: packed or saved in another way, the content can be read.
OTHER_ENDINGS = {
    "archive": (".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".cab", ".iso"),
    "old_table": (".xls", ".et", ".xlsb", ".ods"),
}


def unknown_ending(name: str) -> Refused:
    """The refusal of a file whose ending no reader knows.

    >>> str(unknown_ending("材料.rar")), str(unknown_ending("录音.mp3"))
    ('archive .rar', 'format .mp3')
    """
    ending = PurePath(name).suffix
    code = next((code for code, endings in OTHER_ENDINGS.items() if ending.lower() in endings), None)
    return Refused(code, ending) if code else Refused("format", ending)


def extract(name: str, data: bytes) -> tuple[str, Extracted]:
    """The media type and the text of a file's bytes.

    Raises Refused: format, archive, old_table, empty, not_text, damaged, encrypted, no_text_layer, picture,
    no_office, limits.
    """
    try:
        media_type, reader = READERS[PurePath(name).suffix.lower()]
    except KeyError:
        raise unknown_ending(name) from None
    if not data:
        raise Refused("empty")
    return media_type, reader(data)
