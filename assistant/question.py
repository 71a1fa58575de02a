"""What a question asks: its standalone form, and what kind of particular an answer must state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.asking import ASKS, TO_YOU, own_words
from assistant.figures import UNITS
from assistant.followup import BRIEF, REMEMBERED, place_in_chat
from assistant.references.named import read_years
from corpus.normal import fold

LONGEST = 5000
"""Characters of a question that are looked at."""
PLAIN = "（不限定）"
"""Behind a question: search everywhere, whatever it names."""
BETWEEN = "；"
ASIDE = re.compile(r"（不限定(?P<what>(?:(?!（不限定).){0,400})）$")
# 多少公里, 几个百分点, 百分之几: a figure is wanted, in this unit if one is named.
FIGURE = re.compile(
    rf"(?:多少|(?<![近这前后好找引写给要想用那哪])几|多大|多长|多高|多远|多重)[万亿千百]*(?P<unit>{'|'.join(UNITS)})?(?!内亚|乎|何|位同志)"
)
# Counted in something of its own: 交几份材料 asks for no money, 增长了多少亩 for no percentage.
COUNTED = rf"(?![万亿千百]*(?:{'|'.join(u for u in UNITS if u not in ('元', '美元', '块', '钱', '%', '个百分点', '百分点', '成', '分之'))}|份|本|封|页))"
MONEY = re.compile(
    rf"多少(?:钱|资金|投资|经费)|(?:花|投|补|发|给|拿|涨|领|交|罚|贷)了?(?:多少|几){COUNTED}|最高(?:能|可)?(?:拿|领|贷|补)多少|封顶"
)
PERCENT = re.compile(
    rf"百分之几|几成|(?:比例|占比|比重|率|增速|增幅|涨幅|依存度)[^,.?!]{{0,8}}(?:多少|几(?=个?百分点)|几%)"
    rf"|(?:增长|下降|提高|降低|上涨)了?(?:多少|几){COUNTED}|有多依赖"
)
# Its own word for the unit: what is only meant to be money or a share may be told in something else.
SAID = {
    "%": re.compile(r"%|百分|率|比[例重]|占比|[增涨]幅|增速|依存度|几成"),
    "元": re.compile(r"元|钱|资金|投资|经费|费|封顶"),
}
SPAN = re.compile(r"多久|多长时间|几年|几个月|多少天|几天|几小时|多少年")
WHEN = re.compile(r"什么时候|啥时候|何时|哪一?年|哪一?天|几月几日|几号|什么时间|截止(?:时间|日期)|到什么时候")
WHO = re.compile(r"是谁|谁[提说讲任主来负批签]|哪一?位|由谁|谁的(?:批|话)|叫什么名")
WHY = re.compile(r"为什么|为何|什么原因|原因(?:是|呢|何在)|怎么回事|何故")
# The particulars of the question itself: 80岁, 500万元, 第六次.
CONDITION = re.compile(
    r"(?<![\d第])(\d+(?:\.\d+)?|(?<![一二两三四五六七八九十百])[一二两三四五六七八九十百]+)([万亿]?)(周?岁|元|万|平方米|公里|亩|%|人以上|年以上|个月|小时)"
)


@dataclass(frozen=True)
class Question:
    """A question as understood.

    `asked` is what was typed; `standalone` says the same without the questions before;
    `years` are named in it; `wants` is figure, time, person, reason or "" for anything else;
    `unit` of a figure; `base`, `leans` and `point` are its place in the chat; `aside` is what it
    names and is not held to
    (assistant.followup.Turn); `part` whether it is one of several that were asked in one.
    """

    asked: str
    standalone: str
    years: tuple[int, ...] = ()
    wants: str = ""
    unit: str = ""
    base: str = ""
    leans: bool = False
    point: int = 0
    aside: tuple[str, ...] = ()
    part: bool = False

    @property
    def own(self) -> str:
        """What of `standalone` is asked now, where it is joined to the question before; else all of it.

        >>> understand("那租金怎么收", ["公租房要符合什么条件"]).own
        '租金怎么收'
        """
        return joined_own(self.standalone, self.base)

    @property
    def unit_is_said(self) -> bool:
        """Whether the question itself names the unit of the figure asked for."""
        text = fold(self.standalone)
        return bool(self.unit) and (self.unit in text or (self.unit in SAID and bool(SAID[self.unit].search(text))))


def understand(asked: str, history: Sequence[str] = ()) -> Question:
    """Read a question, after the earlier questions of the same chat (oldest first).

    >>> understand("那停车场呢", ["去年新建了多少座公厕"]).standalone
    '去年新建了多少停车场'
    """
    aside, asked = left_aside(asked), clean(asked)
    turn = place_in_chat(asked, [clean(question) for question in history[-REMEMBERED:]])
    goes_on = turn.leans and not turn.point
    wants, unit = wanted(joined_own(turn.standalone, turn.base) if goes_on else asked)
    if goes_on and not wants:
        wants, unit = wanted(turn.standalone)
    years = tuple(year for year in read_years(fold(turn.standalone)) if f"{year}年" not in aside)
    return Question(asked, turn.standalone, years, wants, unit, turn.base, turn.leans, turn.point, aside)


def going_on(question: Question) -> Question | None:
    """The question taken to go on from the one before, though none of its words says so; None if that can't be.

    >>> going_on(understand("什么时候公示", ["积分入户要什么条件"])).standalone
    '积分入户要什么条件；什么时候公示'
    """
    asked = question.asked
    says = own_words(asked) or ASKS.search(asked)
    if not question.base or question.leans or len(asked) > BRIEF or TO_YOU.search(asked) or not says:
        return None
    standalone = f"{question.base}；{question.asked}"
    wants, unit = wanted(question.asked)
    years = question.years or read_years(fold(question.base))
    return replace(question, standalone=standalone, years=years, wants=wants, unit=unit, leans=True)


def joined_own(standalone: str, base: str) -> str:
    """What stands behind the question before it is joined to; all, if it is joined to none."""
    return standalone.removeprefix(f"{base}；") if base else standalone


def clean(asked: str) -> str:
    """A question in one line of whole characters, cut to LONGEST."""
    line = " ".join(asked.encode("utf-8", "replace").decode("utf-8").split())[:LONGEST]
    return ASIDE.sub("", line)


def left_aside(asked: str) -> tuple[str, ...]:
    """What of itself a question wants to be left aside, as （不限定2023年；澜川） behind it says.

    >>> left_aside("2023年澜川怎么做（不限定2023年；澜川）"), left_aside("怎么做（不限定）")
    (('2023年', '澜川'), ())
    """
    found = ASIDE.search(asked.rstrip())
    return tuple(filter(None, found["what"].split(BETWEEN))) if found else ()


def without(asked: str, aside: Sequence[str]) -> str:
    """A question that leaves these things aside.

    >>> without("2023年怎么做", ["2023年"])
    '2023年怎么做（不限定2023年）'
    """
    return f"{asked}（不限定{BETWEEN.join(aside)}）"


def wanted(asked: str) -> tuple[str, str]:
    """What kind of particular is asked for, and the unit of a figure.

    >>> wanted("建成了多少公里管网"), wanted("整治一共花了多少钱"), wanted("谁提的要求"), wanted("怎么批评推诿扯皮")
    (('figure', '公里'), ('figure', '元'), ('person', ''), ('', ''))
    """
    text = fold(asked)
    if WHEN.search(text):
        return "time", ""
    if SPAN.search(text):
        return "time", ""
    if MONEY.search(text):
        return "figure", "元"
    if PERCENT.search(text):
        return "figure", "%"
    figure = FIGURE.search(text)
    if figure:
        unit = figure.group("unit") or ""
        return "figure", "元" if unit in ("钱", "块") else unit
    if WHO.search(text):
        return "person", ""
    return ("reason", "") if WHY.search(text) else ("", "")
