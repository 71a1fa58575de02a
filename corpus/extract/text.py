"""Plain text: bytes in any of the encodings that Chinese offices use."""

from __future__ import annotations

import codecs

from corpus.errors import Refused
from corpus.extract.extracted import Extracted

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A text has nearly no control characters; a picture or a program has many.
CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\f\x0b\x1a\x1b"))
MOST_CONTROLS = 0.02
# A UTF-8 file with this share of bad characters is a damaged UTF-8 file, not one in another encoding.
FEW_BAD = 0.01
# Enough to tell an encoding by; the rest of a long file follows it.
SAMPLE = 200_000


def extract_text(data: bytes) -> Extracted:
    """The text of a .txt file; a file in two encodings is read line by line and flagged."""
    text, mixed = decode(data)
    return Extracted(text, flags=("mixed_encoding",) if mixed else ())


def decode(data: bytes) -> tuple[str, bool]:
    """The text of these bytes, and whether they held two encodings.

    UTF-8 is strict enough to prove itself; of GB18030 and Big5, which accept each other's bytes,
    the one wins that gives more everyday characters. Raises Refused("not_text").
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace"), False
    wide = _wide_encoding(data)
    if wide:
        return data.decode(wide, errors="replace"), False
    sample = data[:SAMPLE]
    if len(sample) - len(sample.translate(None, CONTROLS)) > MOST_CONTROLS * len(sample):
        raise Refused("not_text")
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError as error:
        if len(data[: error.start].decode("utf-8")) < error.start - 30:
            return _line_by_line(data), True
        lenient = data.decode("utf-8", errors="replace")
        if lenient.count("\ufffd") <= FEW_BAD * len(lenient):
            return lenient, True
    return _legacy(data), False


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a BOM: every other byte of its line ends and digits is zero."""
    sample = data[:SAMPLE]
    if len(sample) < 4 or sample.count(0) < 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) > 0.01 * len(sample):
        return None
    text = sample[: len(sample) // 2 * 2].decode(encoding, errors="replace")
    return encoding if everyday_share(text) > 0.5 else None


def _line_by_line(data: bytes) -> str:
    def one(line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            pass  # the other encoding, or a damaged line
        try:
            return _legacy(line)
        except Refused:
            return line.decode("utf-8", errors="replace")

    return "".join(map(one, data.splitlines(keepends=True)))


def _legacy(data: bytes) -> str:
    candidates = [gb18030(data, "replace"), data.decode("big5", errors="replace")]
    best = max(candidates, key=lambda text: everyday_share(text[:SAMPLE]))
    if everyday_share(best[:SAMPLE]) < 0.3:
        raise Refused("not_text")
    return best


def gb18030(data: bytes, errors: str = "strict") -> str:
    """Text in GB18030 or the GBK that it contains.

    Bytes A3 A0 are the white space that Windows shows for them (so the WHATWG Encoding Standard, too).

    >>> gb18030(bytes([0xA3, 0xA0, 0xBC, 0xD7]))
    '\u3000甲'
    """
    return data.decode("gb18030", errors=errors).replace("\ue5e5", "\u3000")


def everyday_share(text: str) -> float:
    """Share of the non-ASCII characters that GB2312's first level or Big5's first level holds.

    Both levels list the characters of everyday use (GB/T 2312-1980, Big5-1984).
    """
    foreign = [c for c in text if c > "\x7f"]
    if not foreign:
        return 1.0 if text.strip() else 0.0
    return sum(map(_everyday, foreign)) / len(foreign)


def _everyday(character: str) -> bool:
    if character in "，。、；：“”‘’（）《》！？—…　·":
        return True
    for encoding, low, high in (("gb2312", 0xB0A1, 0xD7F9), ("big5", 0xA440, 0xC67E)):
        try:
            code = character.encode(encoding)
        except UnicodeEncodeError:
            continue
        if len(code) == 2 and low <= int.from_bytes(code, "big") <= high:
            return True
    return False
