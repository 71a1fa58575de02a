"""The numerals of automatic numbering: ST_NumberFormat of ISO/IEC 29500-1, 17.18.59."""

from __future__ import annotations

from collections.abc import Callable

DIGITS = "〇一二三四五六七八九"
LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Where Unicode's circled numbers start: 1 to 20, 21 to 35, 36 to 50.
CIRCLED = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
MOST_ROMAN = 3999
MOST_LETTERS = 26 * 30


def numeral(value: int, form: str) -> str:
    """A number in one of the formats that Word names; decimal for what has no such form.

    >>> [numeral(10, f) for f in ("chineseCounting", "ideographDigital", "decimalEnclosedCircle", "lowerRoman")]
    ['十', '一〇', '⑩', 'x']
    >>> numeral(101, "chineseCountingThousand"), numeral(28, "upperLetter")
    ('一百零一', 'BB')
    """
    make = FORMS.get(form)
    return (make(value) if make and value > 0 else None) or ("" if form == "none" else str(value))


def counted(value: int, digits: str = "零一二三四五六七八九", units: str = "十百千", ten: str = "十") -> str:
    """A number below ten thousand as it is read out.

    >>> counted(12), counted(20), counted(110), counted(2005)
    ('十二', '二十', '一百一十', '二千零五')
    """
    if value > 9999:
        return ""
    if 10 <= value <= 19:
        return ten + (digits[value % 10] if value % 10 else "")
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + (units[place - 1] if place else "")
        gap = not digit
    return text


def _digits(value: int) -> str:
    return "".join(DIGITS[int(d)] for d in str(value))


def _legal(digits: str) -> Callable[[int], str]:
    return lambda value: counted(value, digits, "拾佰仟", digits[1] + "拾")


def _letters(value: int) -> str:
    if value > MOST_LETTERS:
        return ""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    text = ""
    for worth, sign in ROMAN if value <= MOST_ROMAN else ():
        text += sign * (value // worth)
        value %= worth
    return text


def circled(value: int) -> str:
    """①; empty beyond 50, where Unicode ends.

    >>> circled(3), circled(21), circled(51)
    ('③', '㉑', '')
    """
    return next((chr(start + value - low) for low, high, start in CIRCLED if low <= value <= high), "")


def _one_of(start: int, most: int) -> Callable[[int], str]:
    return lambda value: chr(start + value - 1) if value <= most else ""


def _full_width(value: int) -> str:
    return "".join(chr(ord(d) + 0xFEE0) for d in str(value))


def _ordinal(value: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{'th' if 11 <= value % 100 <= 13 else ending}"


FORMS: dict[str, Callable[[int], str]] = {
    # Past ninety-nine Word's own lists differ (一○一, 百一); articles are cited as 第一百零一条.
    "chineseCounting": counted,
    "chineseCountingThousand": counted,
    "taiwaneseCounting": counted,
    "taiwaneseCountingThousand": counted,
    "japaneseCounting": counted,
    "koreanCounting": counted,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": _legal(LEGAL_SIMPLIFIED),
    "ideographLegalTraditional": _legal(LEGAL_TRADITIONAL),
    "ideographTraditional": lambda v: STEMS[v - 1] if v <= len(STEMS) else "",
    "ideographZodiac": lambda v: BRANCHES[v - 1] if v <= len(BRANCHES) else "",
    "ideographZodiacTraditional": lambda v: STEMS[(v - 1) % 10] + BRANCHES[(v - 1) % 12],
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "ideographEnclosedCircle": _one_of(0x3220, 10),
    "decimalEnclosedParen": _one_of(0x2474, 20),
    "decimalEnclosedFullstop": _one_of(0x2488, 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda v: f"{v:02}",
    "numberInDash": lambda v: f"- {v} -",
    "hex": lambda v: f"{v:X}",
    "ordinal": _ordinal,
    "upperRoman": lambda v: _roman(v).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda v: _letters(v).upper(),
    "lowerLetter": _letters,
    "none": lambda _: "",
}
