"""How official writing numbers its parts: the style of a number, its rank among styles, its value."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMERAL = "[一二三四五六七八九十百零〇]{1,5}"
DIGIT = "[0-9０-９]"
CLOSE = r"[）)]"
OPEN = r"[（(]"
# GB/T 9704-2012, 7.3.3: 一、 then （一） then 1. then （1）; laws have 编 章 节; the rest is custom.
STYLES: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("编", 1, re.compile(rf"第({NUMERAL}|{DIGIT}{{1,3}})[编篇](?=[\s\u3000]|$|[\u4e00-\u9fff])")),
    ("章", 2, re.compile(rf"第({NUMERAL}|{DIGIT}{{1,3}})[章](?=[\s\u3000]|$|[\u4e00-\u9fff])")),
    ("节", 3, re.compile(rf"第({NUMERAL}|{DIGIT}{{1,3}})[节](?=[\s\u3000]|$|[\u4e00-\u9fff])")),
    ("部分", 3, re.compile(rf"第({NUMERAL})部分[\s\u3000：:、，]?")),
    (
        "一、",
        4,
        re.compile(
            rf"({NUMERAL}|[—-])[、．.](?![一二三四五六七八九十]{{1,3}}(?:季度|线|产业|次(?!性)|级|类|等|月|期|是|、))[\s\u3000]*"
        ),
    ),
    ("（一）", 5, re.compile(rf"{OPEN}({NUMERAL}){CLOSE}[、.]?")),
    # 1.1　编制目的 in plans that count by decimals; white space tells it from a quantity.
    ("1.1.1", 6, re.compile(rf"{DIGIT}{{1,2}}[.．]{DIGIT}{{1,2}}[.．]({DIGIT}{{1,2}})[\s\u3000]+(?=[\u4e00-\u9fff“])")),
    ("1.1", 5, re.compile(rf"{DIGIT}{{1,2}}[.．]({DIGIT}{{1,2}})[\s\u3000]+(?=[\u4e00-\u9fff“])(?![万亿个元倍亩吨])")),
    ("1.", 6, re.compile(rf"({DIGIT}{{1,2}})[.．、](?:(?!{DIGIT})|(?=(?:19|20)\d\d年))[\s\u3000]*")),
    ("（1）", 7, re.compile(rf"{OPEN}({DIGIT}{{1,2}}){CLOSE}")),
    ("①", 8, re.compile(r"([①-⑳])")),
)
# Ordinals that may begin a sentence as well as a heading: never enough to make a line a heading alone.
SPOKEN = re.compile(rf"(?:第({NUMERAL})[，、,]|({NUMERAL})是)")
SPOKEN_RANK = 9
# 01 什么是居住证？ in guides: two digits and a space.
TWO_DIGITS = re.compile(r"(0\d|[1-9]\d)[\s\u3000]+(?=[\u4e00-\u9fff“《])")
VALUES = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0}
LONGEST_NUMBERING = 12


@dataclass(frozen=True)
class Numbering:
    """`style` as written for one, `rank` (small is outer), `value` from 1, `end` in the text."""

    style: str
    rank: int
    value: int
    end: int


def read_numbering(text: str) -> Numbering | None:
    """The number that a line begins with, None if it has none.

    >>> read_numbering("（十二）强化督查")
    Numbering(style='（一）', rank=5, value=12, end=4)
    >>> read_numbering("2.5万人受益") is None
    True
    """
    if not text or text[0] not in "第—-（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳一二三四五六七八九十百0123456789０１２３４５６７８９":
        return None
    head = text[: LONGEST_NUMBERING * 2]
    for style, rank, pattern in STYLES:
        found = pattern.match(head)
        if found:
            return Numbering(style, rank, number_value(found.group(1)), found.end())
    return None


def read_spoken(text: str) -> Numbering | None:
    """第一， and 一是 at the beginning of a line.

    >>> read_spoken("第三，搞好商业工作")
    Numbering(style='第一，', rank=9, value=3, end=3)
    """
    found = SPOKEN.match(text[:LONGEST_NUMBERING])
    if found:
        style = "第一，" if found.group(1) else "一是"
        return Numbering(style, SPOKEN_RANK, number_value(found.group(1) or found.group(2)), found.end())
    digits = TWO_DIGITS.match(text[:LONGEST_NUMBERING])
    return Numbering("01", 4, int(digits.group(1)), digits.end()) if digits else None


def number_value(text: str) -> int:
    """The value of a numeral: 十二, １２, ⑫; a dash in the place of 一 is one.

    >>> [number_value(n) for n in ("二十三", "一百零二", "１２", "③", "—")]
    [23, 102, 12, 3, 1]
    """
    if text.isdecimal():
        return int(text)
    if "①" <= text[:1] <= "⑳":
        return ord(text) - ord("①") + 1
    total = digit = 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = VALUES.get(character, 1)
    return total + digit
