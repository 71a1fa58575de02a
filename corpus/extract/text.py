"""Plain text: bytes in any of the encodings that Chinese offices use."""

from __future__ import annotations

import codecs
import re

from corpus.errors import Refused
from corpus.extract.extracted import Extracted

# The mark of UTF-32-LE begins with that of UTF-16-LE, so it is looked for first.
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A text has nearly no control characters; a picture or a program has many.
CONTROLS = bytes(sorted(frozenset(range(0x20)) - frozenset(b"\t\n\r\f\x0b\x1a\x1b")))
MOST_CONTROLS = 0.02
# Enough to tell an encoding by; the rest of a long file follows it.
SAMPLE = 200_000
# Less of everyday characters than this is no Chinese text in any encoding.
LEAST_EVERYDAY = 0.3
# Hardly any Chinese and this share of bad characters is a damaged text in Latin script.
FEW_BAD = 0.03
# UTF-16 without a mark must look like this much better than its bytes do in the office encodings.
WIDE_EVERYDAY = 0.6
# Four Chinese characters in a row that are valid UTF-8: by chance, GB18030 gives that once in 10^8 bytes.
# Such a run goes on over everything that is valid, but over a line end only to two Chinese characters in a
# row: there the encoding may change, and three bytes of GB18030 may look like a character of UTF-8.
CHINESE = rb"(?:[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf])"
OTHER = rb"[\xc2-\xdf][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}"
UTF8_RUN = re.compile(
    CHINESE + rb"{4}(?:(?:[\x00-\x09\x0b-\x7f]|" + OTHER + rb")*+" + CHINESE + rb"|[\x00-\x7f]*+" + CHINESE + rb"{2})*+"
)
# A gap of so few bytes between two runs is damage, not text in another encoding.
DAMAGE = 4


def extract_text(data: bytes) -> Extracted:
    """The text of a .txt file; a file in two encodings is read run by run and flagged."""
    text, mixed = decode(data)
    return Extracted(text, flags=("mixed_encoding",) if mixed else ())


def decode(data: bytes) -> tuple[str, bool]:
    """The text of these bytes, and whether they held two encodings or damage.

    UTF-8 is strict enough to prove itself; of GB18030 and Big5, which accept each other's bytes,
    the one wins that gives more everyday characters. Raises Refused("not_text").
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace"), False
    wide = _wide_by_zeros(data)
    if wide:
        return data.decode(wide, errors="replace"), False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _other(data)
    _refuse_controls(data)
    return text, False


def _other(data: bytes) -> tuple[str, bool]:
    """The text of bytes that are not UTF-8 throughout."""
    if UTF8_RUN.search(data):
        _refuse_controls(data)
        return _run_by_run(data), True
    encoding, share = _legacy(data)
    wide = _wide_by_words(data, share)
    if wide:
        return data.decode(wide, errors="replace"), False
    _refuse_controls(data)
    if share >= LEAST_EVERYDAY:
        return data.decode(encoding, errors="replace"), False
    lenient = data.decode("utf-8", errors="replace")
    if lenient.count("\ufffd") > FEW_BAD * len(lenient):
        raise Refused("not_text")
    return lenient, True


def _refuse_controls(data: bytes) -> None:
    sample = data[:SAMPLE]
    if len(sample) - len(sample.translate(None, CONTROLS)) > MOST_CONTROLS * len(sample):
        raise Refused("not_text")


def _wide_by_zeros(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: the high bytes of its line ends, digits and planes are zero."""
    sample = data[: SAMPLE // 4 * 4]
    if len(sample) < 4 or sample.count(0) < 2:
        return None
    zeros = [sample[i::4].count(0) * 4 / len(sample) for i in range(4)]
    if len(data) % 4 == 0 and zeros[3] > 0.99:
        encoding = "utf-32-le"
    elif len(data) % 4 == 0 and zeros[0] > 0.99:
        encoding = "utf-32-be"
    elif min(zeros[0] + zeros[2], zeros[1] + zeros[3]) <= 0.04:
        encoding = "utf-16-le" if zeros[1] + zeros[3] > zeros[0] + zeros[2] else "utf-16-be"
    else:
        return None
    text = sample.decode(encoding, errors="replace")
    return encoding if "\0" not in text.rstrip("\0") and everyday_share(text.rstrip("\0")) > 0.5 else None


def _wide_by_words(data: bytes, other: float) -> str | None:
    """UTF-16 without a mark and without a line end or digit: its everyday characters tell."""
    if len(data) % 2:
        return None
    shares = {e: everyday_share(data[:SAMPLE].decode(e, errors="replace")) for e in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] > max(WIDE_EVERYDAY, other) else None


def _run_by_run(data: bytes) -> str:
    """UTF-8 where it proves itself, the better guess for what stands between."""
    parts: list[str] = []
    position = 0
    for start, end in [*(run.span() for run in UTF8_RUN.finditer(data)), (len(data), len(data))]:
        parts.append(_gap(data[position:start]))
        parts.append(data[start:end].decode("utf-8"))
        position = end
    return "".join(parts)


def _gap(data: bytes) -> str:
    """The better guess for each line, of UTF-8 and the office encoding that suits them all."""
    if "\ufffd" not in (lenient := data.decode("utf-8", errors="replace")) or len(data) < DAMAGE:
        return lenient
    encoding = _legacy(data)[0]
    return "".join(_likelier(line, encoding) for line in data.splitlines(keepends=True))


def _likelier(line: bytes, encoding: str) -> str:
    texts = [line.decode(e, errors="replace") for e in (encoding, "utf-8")]
    return max(texts, key=lambda text: everyday_share(text[:SAMPLE]))


def _legacy(data: bytes) -> tuple[str, float]:
    """The likelier of the two office encodings, and its share of everyday characters."""
    shares = {e: everyday_share(data[:SAMPLE].decode(e, errors="replace")) for e in ("gb18030", "big5hkscs")}
    best = max(shares, key=lambda encoding: shares[encoding])
    return best, shares[best]


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
