"""Where a quotation may begin and end in its source: not within a word or a figure, and not behind a 不."""

from __future__ import annotations

import re

from assistant.figures import UNITS
from corpus.segment import segmenter

COUNTED = (
    "年",
    "月",
    "日",
    "号",
    "人",
    "届",
    "次",
    "条",
    "章",
    "项",
    "个",
    "家",
    "户",
    "件",
    "名",
    "倍",
    "岁",
    "%",
    "％",
    "‰",
)
UNIT = "|".join(map(re.escape, sorted({*UNITS, *COUNTED}, key=len, reverse=True)))
SCALE = "[十百千万亿余多]*"
NUMERAL = "[〇零○一二三四五六七八九十百千万亿两]"
# 56.9万亿元, 12.5%, 百分之十二点一, 一九八九年: a figure with its scale and unit.
FIGURE = re.compile(
    rf"\d(?:[\d.,]*\d)?{SCALE}(?:个(?=百分点))?(?:{UNIT})?"
    rf"|百分之{NUMERAL}+(?:点{NUMERAL}+)?|{NUMERAL}{{2,}}(?:点{NUMERAL}+)?(?:{UNIT})?"
)
LETTERS = re.compile(r"[A-Za-z0-9]{2}")
HAN = re.compile("[\u4e00-\u9fff]{2}")
# Right in front of the words these turn their sense.
TURNED = re.compile(
    r"(?:决|绝|永|毫|并|尚|从)?(?:不|未|没有?|非|无|勿|莫)(?:是|要|能|得|许|可|会|准|应|应该)?$|(?:反对|防止|避免|严禁|杜绝|禁止|拒绝|克服|纠正)$"
)


def whole(text: str, start: int, stop: int) -> tuple[int, int]:
    """The same span with whatever belongs to what it begins and ends with.

    >>> whole("增长12.5%，巩固成果", 3, 9), whole("达到56.9万亿元", 0, 6), whole("决不允许各行其是", 2, 8)
    ((2, 10), (0, 9), (0, 8))
    """
    for found in FIGURE.finditer(text):
        start = found.start() if found.start() < start < found.end() else start
        stop = found.end() if found.start() < stop < found.end() else stop
    edges = {edge for _, *span in segmenter().tokenize(text) for edge in span}
    while start and _within(text, start, edges):
        start -= 1
    while stop < len(text) and _within(text, stop, edges):
        stop += 1
    turned = TURNED.search(text[max(0, start - 4) : start])
    return start - len(turned.group()) if turned else start, stop


def _within(text: str, at: int, edges: set[int]) -> bool:
    """Whether a place lies within a word."""
    pair = text[at - 1 : at + 1]
    return LETTERS.fullmatch(pair) is not None or (HAN.fullmatch(pair) is not None and at not in edges)
