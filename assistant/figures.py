"""Figures in a text, also masked ones, and which of them a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.normal import fold

NUMERAL = r"(?:\d[\d,.]*|[一二两三四五六七八九十百千万亿零〇]+)"
MASK = r"\d*[x○*]+\d*"
SCALE = r"(?:多|余|几)?(?:[万亿百]|千(?![瓦米克]))*(?:多|余)?"
FAMILIES = (
    ("%", "个百分点", "百分点", "成", "倍", "分之"),
    ("元", "美元", "块", "钱"),
    ("公里", "千米", "里", "米", "海里"),
    ("平方公里", "平方米", "公顷", "亩"),
    ("立方米", "立方"),
    ("千瓦",),
    ("票",),
    ("吨", "公斤", "斤", "千克"),
    ("人次", "人", "名", "位", "户", "户次"),
    ("年", "月", "天", "日", "小时", "分钟", "岁", "周岁", "周", "工作日", "次"),
    ("个", "项", "条", "件", "家", "座", "处", "所", "种", "类", "批", "大", "点", "张", "辆", "部", "台", "篇", "支", "艘", "套", "间", "栋", "门", "场", "次", "人", "名", "位", "户", "级", "期", "届", "轮", "把"),
)  # fmt: skip
"""Units that can stand for each other: who asks for 多少个 is answered by 12项."""
UNITS = tuple(dict.fromkeys(sorted((u for family in FAMILIES for u in family), key=len, reverse=True)))
FIGURE = re.compile(
    rf"(?:百分之(?P<percent>{NUMERAL}|{MASK})|(?P<number>{NUMERAL}|{MASK}){SCALE}(?:个(?=百分点|月))?(?P<unit>{'|'.join(UNITS)})?)"
)
BEFORE, AFTER = 40, 14
"""Characters before and after a figure that say what it counts."""
CLOSE = 0.6
"""Share of the weight that what stands in a figure's own clause has against what stands in its sentence."""
CLAUSE = re.compile(r"[,.;:!?\n](?!\d)")
SENTENCE = re.compile(r"[.;!?\n](?!\d)")


@dataclass(frozen=True)
class Figure:
    """One figure of a folded text: text[start:stop], its unit, whether its digits are masked."""

    start: int
    stop: int
    unit: str
    masked: bool


def figures_in(text: str) -> Iterator[Figure]:
    """The figures of a folded text.

    >>> [(f.unit, f.masked) for f in figures_in("新建公厕12座,投资xx亿元,增长8.5%")]
    [('座', False), ('元', True), ('%', False)]
    """
    for found in FIGURE.finditer(text):
        number = found.group("percent") or found.group("number")
        unit = "%" if found.group("percent") else found.group("unit") or ""
        masked = bool(re.search(r"[x○*]", number))
        if unit or number[0].isdigit():
            yield Figure(*found.span(), unit, masked)


def fits(unit: str, asked: str) -> bool:
    """Whether a figure in one unit can answer a question that asks for another; "" asks for any.

    >>> fits("项", "个"), fits("元", "公里"), fits("", "个")
    (True, False, False)
    """
    return not asked or unit == asked or any(unit in family and asked in family for family in FAMILIES)


def best_figure(text: str, asked: str, rarity: Mapping[str, float]) -> tuple[Figure | None, float]:
    """The figure in the unit asked for whose surroundings hold most of the question's rare terms, and that share."""
    folded = fold(text)
    total = sum(rarity.values())
    best: tuple[Figure | None, float] = (None, 0.0)
    for figure in figures_in(folded):
        if not fits(figure.unit, asked) or not total:
            continue
        close, wide = (_around(folded, figure, ends) for ends in (CLAUSE, SENTENCE))
        share = sum(w * (CLOSE * (term in close) + (1 - CLOSE) * (term in wide)) for term, w in rarity.items()) / total
        if best[0] is None or share > best[1] + 1e-9:
            best = (figure, share)
    return best


def _around(text: str, figure: Figure, ends: re.Pattern[str]) -> str:
    """What stands with a figure in its clause or sentence."""
    before = text[max(0, figure.start - BEFORE) : figure.start]
    marks = list(ends.finditer(before))
    if marks:
        before = before[marks[-1].end() :]
    after = text[figure.stop : figure.stop + AFTER]
    end = ends.search(after)
    return before + text[figure.start : figure.stop] + (after[: end.start()] if end else after)
