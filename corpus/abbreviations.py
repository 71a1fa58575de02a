"""Abbreviations with their full forms: where a text states them itself, 创建全国文明城市（以下简称“创文”）, and a
list of those that every writer of official documents knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from corpus.normal import fold
from corpus.segment import segmenter

HAN = "\u4e00-\u9fff"
SHORT = rf"[\"']?(?P<short>[{HAN}]{{2,6}})[\"']?"
# 社会保障卡(以下简称"社保卡"), 创建全国文明城市(创文): the full form stands before the bracket.
BEHIND = re.compile(rf"[(\[](?:以下|下文|下)?(?:统?简称|又?称)?[为作]?:?{SHORT}(?:工作|活动)?[)\]]")
# "慢阻肺"(即慢性阻塞性肺疾病): it stands inside of the bracket.
WITHIN = re.compile(rf"[\"'](?P<short>[{HAN}]{{2,6}})[\"']\((?:即|是?指)?:?\"?(?P<full>[{HAN},]{{4,60}})\"?\)")
REACH = 60
"""Characters before a bracket in which a full form is looked for."""
BROKEN = re.compile(rf"[^{HAN},]")
"""What no full form runs across."""
LOOSE = re.compile("[的由或,]|以及")
"""What stands in a description and in no name: 退休待遇的人员."""
COUNTS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "双": 2}
COUNTED = re.compile(rf"(?P<count>[{''.join(COUNTS)}])[个大项种条]?(?P<core>[^{''.join(COUNTS)}]{{1,2}})")
NUMBERED = re.compile(rf"(?:{COUNTED.pattern.replace('?P<count>', '?:').replace('?P<core>', '?:')}){{1,3}}")
LEADING = re.compile("^(?:是指|包括|从事|即|指|抓好|做好)")
"""Words before a row that are no part of its first item."""
BETWEEN = re.compile("[,和及]")
LONGEST, ITEM = 6, range(2, 17)
"""Characters of a full form for each of its abbreviation's, at most; of an item that an abbreviation counts."""


@dataclass(frozen=True)
class Abbreviation:
    """简称: a short form and the full form that it stands for, both folded."""

    short: str
    full: str


@lru_cache(maxsize=1)
def known() -> tuple[Abbreviation, ...]:
    """Those of the list that ships."""
    lines = resources.files("corpus").joinpath("abbreviations.txt").read_text("utf-8").splitlines()
    return tuple(Abbreviation(*fold_pair) for line in lines for fold_pair in [map(fold, line.split())])


def abbreviations(text: str) -> Iterator[Abbreviation]:
    """Those that a text states.

    >>> text = "各地要抓好创建全国文明城市（以下简称“创文”）工作，兜牢“三保”（保基本民生、保工资、保运转）底线。"
    >>> [(a.short, a.full) for a in abbreviations(text)]
    [('创文', '创建全国文明城市'), ('三保', '保基本民生,保工资,保运转')]
    """
    folded = fold(text)
    for match in BEHIND.finditer(folded):
        before = BROKEN.split(folded[max(0, match.start() - REACH) : match.start()])[-1]
        if full := full_form(match["short"], before):
            yield Abbreviation(match["short"], full)
    for match in WITHIN.finditer(folded):
        if full := full_form(match["short"], match["full"]):
            yield Abbreviation(match["short"], full)


def full_form(short: str, text: str) -> str:
    """The end of a folded text that a short form stands for; empty if it does for none.

    Either a row of as many items as the short form counts, or words out of which its characters are taken in
    their order, one at the least from a word's beginning: 用工单位 leaves words out of 用工的单位 but shortens none.

    >>> full_form("社保卡", "申领人社会保障卡"), full_form("疫情", "新冠肺炎疫情"), full_form("用工单位", "用工所在单位")
    ('社会保障卡', '', '')
    """
    if row := _row(short, text):
        return row
    words = list(segmenter().cut(LOOSE.split(text)[-1], HMM=False))
    for start in range(len(words) - 1, -1, -1):
        if words[start][0] == short[0] and _shortened(short, words[start:]):
            full = "".join(words[start:])
            return full if short not in full and len(full) <= LONGEST * len(short) else ""
    return ""


def _shortened(short: str, words: list[str]) -> bool:
    """Whether a short form takes its characters out of words in their order, and shortens one of them."""
    at, shortens = 0, False
    for word in words:
        before = at
        for character in word:
            if at < len(short) and short[at] == character:
                at += 1
        shortens = shortens or (0 < at - before < len(word) and short[before] == word[0])
    return at == len(short) and shortens


def _row(short: str, text: str) -> str:
    """支教,支农,支医和扶贫 for 三支一扶: as many items as it counts, those of a group with one of its characters.

    >>> _row("三支一扶", "从事支教,支农,支医和扶贫"), _row("四个意识", "政治意识,大局意识")
    ('支教,支农,支医,扶贫', '')
    """
    groups = [(COUNTS[found["count"]], found["core"]) for found in COUNTED.finditer(short)]
    most = sum(count for count, _ in groups)
    if not NUMBERED.fullmatch(short) or most < 2:
        return ""
    items = BETWEEN.split(text)[-most:]
    found = iter(items)
    for count, core in groups:
        told = [next(found, "") for _ in range(count)]
        if not any(all(character in item and len(item) in ITEM for item in told) for character in core):
            return ""
    return ",".join([LEADING.sub("", items[0]), *items[1:]])
