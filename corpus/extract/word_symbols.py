"""Signs that Word draws with symbol fonts or lays over each other, as characters."""

from __future__ import annotations

import re

from lxml import etree

from corpus.extract.numerals import circled
from corpus.extract.wordml import attribute

# EQ \o\ac(○,3) draws one sign over another, EQ \o\ad(\s\up 9(pinyin),字) puts a reading over a character.
OVERSTRIKE = re.compile(
    r"\\o(?:\\a[clrd]|\\ad)?\s?\(([^()]{0,40}(?:\([^()]{0,80}\)[^()]{0,40})?)[,，;]([^(),]{1,20})\)"
)
RINGS = "○〇◯"
# Glyphs of symbol fonts by font and code; what else these fonts hold is ornament.
SYMBOLS = {
    "wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□",
        0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0xD8: "➢", 0xE0: "→", 0xE8: "→",
        **{0x80 + n: chr(0x2460 + n - 1) for n in range(1, 11)},
        **{0x8B + n: chr(0x2776 + n - 1) for n in range(1, 11)},
    },
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0xA2: "■"},
    "symbol": {
        0x61: "\u03b1", 0x62: "β", 0x67: "\u03b3", 0x64: "δ", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x73: "\u03c3", 0x44: "Δ", 0x53: "Σ",
        0x57: "Ω", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "·", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
        0xA5: "∞", 0xAE: "→", 0xD7: "·",
    },
}  # fmt: skip
# Where programs put the glyphs of symbol fonts that are typed as text.
PRIVATE = re.compile("[\uf000-\uf0ff]")


def symbol(font: str, code: str) -> str:
    """The character of a symbol font's code; nothing where it is an ornament.

    >>> symbol("Wingdings", "F0FE"), symbol("宋体", "2103"), symbol("Webdings", "F021")
    ('☑', '℃', '')
    """
    if not re.fullmatch(r"[0-9A-Fa-f]{1,6}", code):
        return ""
    point = int(code, 16)
    known = SYMBOLS.get(font.strip().lower(), {}).get(point & 0xFF if point <= 0xFF or point >> 8 == 0xF0 else -1)
    private = 0xE000 <= point <= 0xF8FF or 0xD800 <= point <= 0xDFFF or point > 0x10FFFF or point < 0x20
    return known or ("" if private else chr(point))


def typed_symbols(text: str, fonts: etree._Element | None) -> str:
    """The text with the glyphs of its font as characters; `fonts` is the run's w:rFonts."""
    font = attribute(fonts, "ascii") or ""
    return PRIVATE.sub(lambda found: symbol(font, f"{ord(found.group()):X}"), text)


def overstruck(instruction: str) -> str:
    r"""What an EQ field that lays signs over each other shows.

    >>> overstruck(r"eq \o\ac(○,3)"), overstruck(r"EQ \* jc2 \o\ad(\s\up 9(chuān),川)")
    ('③', '川')
    """
    found = OVERSTRIKE.search(instruction[:2000])
    if not found:
        return ""
    over, base = found.group(1).strip(), found.group(2).strip()
    if over in RINGS and base.isascii() and base.isdigit():
        return circled(int(base)) or base
    return base
