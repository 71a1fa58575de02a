"""A question over the places (各省…, 哪些市…): what the documents of each place say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from assistant.each.share import MOST, OF_EACH, telling
from assistant.each.years import word_starts, year_of
from assistant.evidence import Rarity
from assistant.question import Question
from assistant.references import Card, Catalogue
from assistant.references.named import REPORT, read_years
from corpus.facts.places import IN_ORDER
from corpus.normal import fold
from index import Entry, Hit, Snapshot

FEWEST = 3
"""Places that have something to say."""
UNITS = {
    "省": "省自治区直辖市|省区市|省级|省份|省市区|省市|省区|省",
    "市": "地级市|设区市|市州|地市|城市|市",
    "县": "县市区|市县区|区市县|县区|区县|市县|县|区",
    "乡": "乡镇街道|镇街|街镇|乡镇|街道|镇|乡",
}
"""What divisions of a level are called. 各地 are those of whichever level has the most documents."""
UNIT = "|".join(f"(?P<u{i}>{names})" for i, names in enumerate(UNITS.values())) + "|(?P<any>地区|地)"
# 请问, 比较一下, 2026年: what may stand before, and is kept or not.
BEFORE = r"(?:请问?|帮我?|查找?|看看?|列出|列一下|汇总|梳理|整理|统计|比较|对比|一下|[全我][国省市区县]|目前|[,，、\s]){0,8}+"
YEAR = r"(?P<year>(?:(?:19|20)\d\d年|今年|去年|当年)?的?(?:政府工作报告(?:里面?|中|上)?[的,，]?)?)"
# 各省份, 31个省, 哪几个市; not what a document asks of them: 各省要…, 各省人民政府应当…, 各市级部门.
EACH = re.compile(
    rf"^{BEFORE}{YEAR}(?:各个?|(?:\d{{1,3}}|三十一)个?|(?P<which>(?:有|都有)?哪[些几]个?))(?>{UNIT})"
    r"(?!(?:人民)?政府(?!工作报告|在|对)|级|内|际|间|政(?!府)|各|委|会|更新|街|因地制宜|铁(?!路)|直|属|里|场|民|容|长|域|别|部门|有关|单位|人民(?!政府)|要|应|须|必须|可以|需|方面|企业|干部)"
    r"(?:(?:人民)?政府(?=工作报告|在|对))?(?:都|分别|各自)?的?"
)
REPORTED = re.compile(r"(?:在|的)?(?:政府)?(?:工作报告|报告(?=里|中|上))(?:里面?|中|上)?(?:都|分别)?(?:的|对于?|关于)?")
SAYS_SO = re.compile(r"(?:都|也)?(?:(?P<mention>[讲谈写说]|提(?!出))(?:[到过出]了?|及|了)|(?:提出|强调|部署)了?)")
SHARED_OUT = re.compile(r"分别|各自|各(?=是|为|有|达)")
THIS_YEAR = re.compile(r"今年|当年")
OTHERWISE = re.compile(
    r"《|没有?[提讲说谈写]|未[提讲说谈写]|不提|既.*又|为什么|为何|原因|依据|由谁|谁来|^哪[^，,]*地区是|怎么(?:处理|办理?|算)"
)
"""What asks for one thing, not for a list."""


@dataclass(frozen=True)
class Places:
    """The places asked for, by the level of division ("" for any), those years' and kind's documents, whether it is
    asked `which` of them say so, and the question without all that."""

    level: str
    years: tuple[int, ...]
    reports: bool
    which: bool
    mention: bool
    question: Question
    by: ClassVar = "place"

    def rows(self, snapshot: Snapshot) -> list[int]:
        """The documents of such places."""
        return [card.entry.row for card in self._cards(snapshot)]

    def parts(self, snapshot: Snapshot, hits: Sequence[Hit], rarity: Rarity) -> tuple[tuple[Hit, ...], ...]:
        """The paragraphs of each place that say about as much of what is asked as the best does, out of its latest
        documents that do, the best places first; () if fewer than FEWEST have any.
        """
        held: dict[str, list[Hit]] = defaultdict(list)
        for hit in telling(hits, rarity, self.question.standalone if self.which else "", mention=self.mention):
            held[self.of(snapshot, hit.entry)].append(hit)
        held.pop("", None)
        if len(held) < FEWEST:
            return ()
        parts = (_latest(found)[:OF_EACH] for found in held.values())
        return tuple(sorted(map(tuple, parts), key=lambda part: -part[0].score)[:MOST])

    def of(self, snapshot: Snapshot, entry: Entry) -> str:
        """The place that stands before a sentence, in short: 四川."""
        return Catalogue.of(snapshot).cards[entry.row].place

    def position(self, place: str) -> tuple[int, str]:
        """As places are always listed."""
        return IN_ORDER.index(place) if place in IN_ORDER else len(IN_ORDER), place

    def without(self, snapshot: Snapshot, told: Sequence[str]) -> tuple[str, ...]:
        """The places that have such documents and of which nothing is told."""
        every = self.documents(snapshot)
        return tuple(sorted({*every} - {*told}, key=self.position)) if len(every) <= MOST else ()

    def documents(self, snapshot: Snapshot) -> dict[str, list[int]]:
        """The rows of such documents by their place."""
        found: dict[str, list[int]] = defaultdict(list)
        for card in self._cards(snapshot):
            found[card.place].append(card.entry.row)
        return found

    def _cards(self, snapshot: Snapshot) -> list[Card]:
        cards = [card for card in Catalogue.of(snapshot).cards.values() if card.place and card.level != "国"]
        level = self.level or _most(cards)
        return [
            card
            for card in cards
            if card.level == level
            and (not self.years or card.year in self.years)
            and (not self.reports or card.is_report)
        ]


def places_asked(question: Question) -> Places | None:
    """The places that a question goes through one by one; None for any other question.

    >>> from assistant.question import understand
    >>> places = places_asked(understand("各省2026年粮食产量目标分别是多少"))
    >>> places.level, places.years, places.question.standalone
    ('省', (2026,), '粮食产量目标是多少')
    >>> places_asked(understand("哪些市提出发展低空经济")).question.standalone
    '发展低空经济'
    >>> places_asked(understand("各省要怎样抓粮食生产"))
    """
    text = question.standalone
    found = EACH.match(text)
    if not found or OTHERWISE.search(text):
        return None
    if found.group("any") and found.end("any") not in word_starts(text):  # 各地铁线路
        return None
    rest = found.group("year") + text[found.end() :]
    years = read_years(fold(rest))
    reports = bool(REPORT.search(rest))
    for year in years:
        rest = rest.replace(f"{year}年", "")
    for pattern in (REPORTED, SHARED_OUT, THIS_YEAR):
        rest = pattern.sub("", rest)
    rest = rest.strip("，,的 ")
    saying = SAYS_SO.match(rest) if found.group("which") else None
    rest = rest[saying.end() :] if saying else rest
    level = next((level for i, level in enumerate(UNITS) if found.group(f"u{i}")), "")
    if not rest:
        return None
    mention = bool(saying and saying["mention"])
    without = replace(question, asked=rest, standalone=rest, years=())
    return Places(level, years, reports, bool(found.group("which")), mention, without)


def _most(cards: Sequence[Card]) -> str:
    """The level of division that has the most places."""
    places = {(card.level, card.place) for card in cards}
    return max(UNITS, key=lambda level: sum(of == level for of, _ in places))


def _latest(hits: Sequence[Hit]) -> list[Hit]:
    """Those of the latest year."""
    last = max(year_of(hit.entry) for hit in hits)
    return [hit for hit in hits if year_of(hit.entry) == last]
