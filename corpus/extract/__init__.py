"""The text of a file: one module a format. Its output is raw; `clutter` and what follows clean it."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath

from corpus.errors import Refused
from corpus.extract.extracted import Extracted

__all__ = ["Extracted", "READERS", "extract", "unknown_ending"]

READERS = {
    ".txt": ("text/plain", "text.extract_text"),
    ".text": ("text/plain", "text.extract_text"),
    ".md": ("text/markdown", "markdown.extract_markdown"),
    ".markdown": ("text/markdown", "markdown.extract_markdown"),
    ".html": ("text/html", "html.extract_html"),
    ".htm": ("text/html", "html.extract_html"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word.extract_word_package"),
    ".docm": ("application/vnd.ms-word.document.macroEnabled.12", "word.extract_word_package"),
    ".odt": ("application/vnd.oasis.opendocument.text", "word.extract_word_package"),
    ".doc": ("application/msword", "word.extract_word"),
    ".wps": ("application/kswps", "word.extract_word"),
    ".rtf": ("application/rtf", "word.extract_word"),
    ".pdf": ("application/pdf", "pdf.extract_pdf"),
    ".ofd": ("application/ofd", "ofd.extract_ofd"),
    ".png": ("image/png", "ocr.extract_picture"),
    ".jpg": ("image/jpeg", "ocr.extract_picture"),
    ".jpeg": ("image/jpeg", "ocr.extract_picture"),
    ".tif": ("image/tiff", "ocr.extract_picture"),
    ".tiff": ("image/tiff", "ocr.extract_picture"),
    ".bmp": ("image/bmp", "ocr.extract_picture"),
}
"""Media type and reader by ending. A reader is loaded with its parsers when the first such file comes."""

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
        media_type, place = READERS[PurePath(name).suffix.lower()]
    except KeyError:
        raise unknown_ending(name) from None
    if not data:
        raise Refused("empty")
    module, function = place.split(".")
    extracted: Extracted = getattr(import_module(f"corpus.extract.{module}"), function)(data)
    return media_type, extracted
