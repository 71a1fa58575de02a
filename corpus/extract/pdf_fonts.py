"""The typeface of texts in a PDF that brings none: one for all machines, so that a file is the same text on each.

pdfium asks the system for a Chinese typeface that a file names and does not embed, and takes the size of its glyphs for
that of the text. Droid Sans Fallback has no digits, so that a cell that holds but a number was lost; where there is no
Chinese typeface at all, lines ran into one another. Here every character has the size of a Chinese one and no ink: on a
page that is drawn to be recognised it is blank, and comes from the text layer.
"""

from __future__ import annotations

import ctypes
import struct
from itertools import pairwise
from typing import Any

import pypdfium2  # noqa: F401, it sets pdfium up
import pypdfium2.raw as raw

EM, WIDTH, DESCENT, ASCENT = 1000, 920, -80, 840
"""Units of the square that a Chinese character stands in, and of the box that it fills."""
CHARSETS = frozenset({128, 129, 134, 136})
"""Those of Japanese, Korean, simplified and traditional Chinese by their numbers in Windows; for others pdfium has
typefaces of its own."""
LAST_CHARACTER = 0x10FFFF
HANDLE = 1


def box_tables() -> dict[bytes, bytes]:
    """The tables of a TrueType typeface with two glyphs, nothing and a line across a box and back, which encloses no ink
    and is that of all characters (a cmap of format 13; OpenType 1.9)."""
    corners = [(0, DESCENT), (WIDTH, ASCENT)]
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise([(0, 0), *corners])]
    outline = struct.pack(">hhhhhHH", 1, 0, DESCENT, WIDTH, ASCENT, len(corners) - 1, 0)
    points = b"\1" * len(corners) + struct.pack(">4h", *(x for x, _ in steps), *(y for _, y in steps))
    head = (EM, 0, 0, 0, DESCENT, WIDTH, ASCENT, 0, 8, 2, 1, 0)
    return {
        b"cmap": struct.pack(">HHHHIHHIIIIII", 0, 1, 3, 10, 12, 13, 0, 28, 0, 1, 1, LAST_CHARACTER, 1),
        b"glyf": outline + points,
        b"head": struct.pack(">IIIIHHqqhhhhHHhhh", 1 << 16, 0, 0, 0x5F0F3CF5, 0, *head),
        b"hhea": struct.pack(">IhhhH11hH", 1 << 16, ASCENT, DESCENT, 0, EM, 0, 0, WIDTH, 1, *[0] * 7, 2),
        b"hmtx": struct.pack(">HhHh", EM, 0, EM, 0),
        b"loca": struct.pack(">III", 0, 0, len(outline + points)),
        b"maxp": struct.pack(">IHHHHHH8H", 1 << 16, 2, len(corners), 1, 0, 0, 1, *[0] * 8),
    }


def box_font() -> bytes:
    """The same as a file."""
    tables = box_tables()
    head = struct.pack(">IHHHH", 1 << 16, len(tables), 64, 2, 16 * len(tables) - 64)
    at, places, data = len(head) + 16 * len(tables), b"", b""
    for name, table in tables.items():
        places += name + struct.pack(">III", 0, at + len(data), len(table))
        data += table + b"\0" * (-len(table) % 4)
    return head + places + data


def is_blank(font: Any) -> bool:
    """Whether pdfium took this typeface for one of a file's."""
    size = ctypes.c_size_t()
    return bool(raw.FPDFFont_GetFontData(font, None, 0, size)) and size.value == len(box_font())


def _map(info: Any, weight: int, italic: int, charset: int, pitch: int, name: Any, exact: Any) -> int | None:
    return HANDLE if charset in CHARSETS else None


def _data(info: Any, font: Any, table: int, buffer: Any, size: int) -> int:
    """The whole, or one of its tables; the length of it, which pdfium asks for first."""
    data = box_tables().get(table.to_bytes(4, "big"), b"") if table else box_font()
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


def _answers() -> raw.FPDF_SYSFONTINFO:
    """What pdfium asks instead of the system."""
    info = raw.FPDF_SYSFONTINFO()
    info.version = 1
    answers = {
        "EnumFonts": lambda info, mapper: None,
        "MapFont": _map,
        "GetFont": lambda info, name: None,
        "GetFontData": _data,
        "GetFaceName": lambda info, font, buffer, size: 0,
        "GetFontCharset": lambda info, font: min(CHARSETS),
        "DeleteFont": lambda info, font: None,
        "Release": lambda info: None,
    }
    for name, kind in raw.FPDF_SYSFONTINFO._fields_[1:]:
        setattr(info, name, kind(answers[name]))
    return info


ANSWERS = _answers()
"""Kept for as long as the program runs, since pdfium goes on asking."""
raw.FPDF_SetSystemFontInfo(ANSWERS)
