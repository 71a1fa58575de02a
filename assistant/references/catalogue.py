"""What the documents of a library say of themselves, laid out to be looked up."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.citation import in_title_marks
from assistant.references.called import SHORT_OF, Called, issuer_names, occasion_names, speaker_names
from assistant.references.named import CONGRESS, read_years
from corpus.facts.kind import SAME_KIND
from corpus.facts.places import FULL
from corpus.normal import fold
from corpus.segment import segmenter
from index import Entry, Head, Snapshot

DIVISION = re.compile(r"(?:特别行政区|自治区|自治州|自治县|[省市区县旗镇乡州])$")
SUPPLIED = "［］"
"""What stands around a title that is not the document's own, see corpus.facts.metadata."""
# What surrounds the proper title: the law of the land, 关于印发《…》的通知, (十二大).
AROUND = re.compile(r"^中华人民共和国|^.*关于(?:印发|转发|发布|公布)|的?(?:通知|公告|通告|函)$|\([^()]*\)$|[《》]")
MARK = re.compile(r"[\[(【]((?:19|20)\d\d)[\])】]第?(\d+)号$|第(\d+)号$")
CONGRESS_MARK = re.compile(r"\(([一二三四五六七八九十]{1,3})大\)")
EVERYDAY = 1000
"""Frequency in jieba's dictionary from which on a word is an everyday one."""
# 石桥区政府2023年工作报告, 2023年石桥区工作报告; not that of a court, an assembly's committee or a topic.
REPORT = re.compile(
    r"(?:政府|国务院)(?:\d{4}年度?)?工作报告|^(?:\d{4}年度?)?[\u4e00-\u9fff]{2,7}[省市区县州盟旗镇乡](?:\d{4}年度?)?工作报告"
)
ABOUT_REPORT = re.compile(r"决议|决定|审议|审查|贯彻|落实|学习|解读|分工|任务|通知|意见")


@dataclass(frozen=True)
class Card:
    """One document: its entry, and folded what it says of itself.

    `title` whole, `core` without what surrounds it; `place` in short; `year` of the title, else of
    issue; `number` as (prefix, year, number); `congress` the numeral of a party congress; `office` the speaker's.
    """

    entry: Entry
    title: str
    core: str
    place: str
    level: str
    year: int
    number: tuple[str, int, int] | None
    speaker: str
    congress: str
    text: str
    issuer: str = ""
    office: str = ""
    occasion: str = ""

    @property
    def is_report(self) -> bool:
        """Whether it is a government's yearly report."""
        return bool(REPORT.search(self.title)) and not ABOUT_REPORT.search(self.title)


class Catalogue:
    """The cards of one generation, with an index of the pairs of characters in them."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self.cards = {card.entry.row: card for card in cards}
        self.places = frozenset(card.place for card in cards if len(card.place) > 1 and not _everyday(card.place))
        self._pairs: dict[str, set[int]] = defaultdict(set)
        self._by: dict[tuple[str, object], set[int]] = defaultdict(set)
        for card in cards:
            for pair in pairs_of(card.text):
                self._pairs[pair].add(card.entry.row)
            for name in ("place", "year", "congress"):
                self._by[name, getattr(card, name)].add(card.entry.row)
            self._by["kind", SAME_KIND.get(card.entry.kind or "", card.entry.kind)].add(card.entry.row)
        self.issuers = Called((card.entry.row, issuer_names(card.issuer)) for card in cards)
        self.speakers = Called((card.entry.row, speaker_names(card.speaker, card.office)) for card in cards)
        self.occasions = Called((card.entry.row, occasion_names(card.occasion)) for card in cards)

    @classmethod
    def of(cls, snapshot: Snapshot) -> Catalogue:
        """The catalogue of a generation, made once."""
        return snapshot.kept("catalogue", lambda: cls([read_card(head) for head in snapshot.heads()]))

    def with_pair(self, pair: str) -> set[int]:
        """Rows of the documents whose head holds two characters next to each other."""
        return self._pairs.get(pair, set())

    def having(self, name: str, value: object) -> set[int]:
        """Rows of the documents with that place, year, congress or kind."""
        return self._by.get((name, value), set()) & self.cards.keys()

    def around(self, place: str) -> frozenset[int]:
        """Rows of the documents that hold for a place, too, or for a part of it: those of no place, and those of
        another one whose heads name it (昌平 for 北京).
        """
        cards = (self.cards[row] for row in self.with_pair(place[:2]) & self.cards.keys())
        parts = {card.entry.row for card in cards if card.place != place and place in card.text}
        return frozenset(self.having("place", "") | parts)

    def titled(self, words: str) -> list[Card]:
        """The documents whose title holds some words; only those with the rarest pair in it are looked at."""
        pairs = pairs_of(words)
        rows = min((self.with_pair(pair) for pair in pairs), key=len) if pairs else self.cards.keys()
        return [self.cards[row] for row in sorted(rows & self.cards.keys()) if words in self.cards[row].title]

    def rarity(self, pair: str) -> float:
        """ln(N / n) over the heads of documents, at most that of a pair in half a document."""
        return math.log((len(self.cards) + 1) / (len(self.with_pair(pair)) + 0.5))

    def coverage(self, phrase: str) -> dict[int, float]:
        """How much of a phrase each document's head holds, by the rarity of its pairs: 0 to 1."""
        pairs = [pair for word in segmenter().cut(phrase) for pair in pairs_of(word)]
        total = sum(self.rarity(pair) for pair in pairs)
        found: dict[int, float] = defaultdict(float)
        for pair in pairs:
            for row in self.with_pair(pair):
                found[row] += self.rarity(pair) / total if total > 0 else 0.0
        return found


def pairs_of(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters, each once, in their order."""
    runs = re.findall("[\u4e00-\u9fff]+", text)
    return list(dict.fromkeys(run[i : i + 2] for run in runs for i in range(len(run) - 1)))


def read_card(head: Head) -> Card:
    """Lay one document's facts out."""
    entry = head.entry
    facts = {fact.name: fold(fact.value) for fact in reversed(head.facts)}
    title = fold(entry.title.strip(SUPPLIED))
    stems = fold(" ".join(entry.names))
    told = " ".join([title, stems, facts.get("occasion", ""), facts.get("issuer", ""), facts.get("speaker", "")])
    years = read_years(title) or read_years(stems.rsplit("/", 1)[-1])
    issued = int(entry.issued[:4]) if entry.issued else 0
    congress = CONGRESS_MARK.search(title) or CONGRESS.search(f"{title} {facts.get('occasion', '')}")
    return Card(
        entry=entry,
        title=title,
        core=core_of(title),
        place=short_place(facts.get("place", "")),
        level=facts.get("level", ""),
        year=years[0] if years else issued,
        number=_number(entry.number),
        speaker=facts.get("speaker", ""),
        congress=next(filter(None, congress.groups())) if congress else "",
        text=f"{told} {fold(head.opening)}",
        issuer=fold(entry.issuer or ""),
        office=facts.get("office", ""),
        occasion=facts.get("occasion", ""),
    )


def core_of(title: str) -> str:
    """A folded title without what surrounds it.

    >>> core_of("国务院关于印发个人所得税专项附加扣除暂行办法的通知")
    '个人所得税专项附加扣除暂行办法'
    """
    while (shorter := AROUND.sub("", title)) != title and shorter:
        title = shorter
    return title


def short_place(place: str) -> str:
    """A division's name without what it is, folded.

    >>> short_place("四川省"), short_place("内蒙古自治区"), short_place("天河区")
    ('四川', '内蒙古', '天河')
    """
    place = fold(place)
    if place in SHORT_OF:
        return SHORT_OF[place]
    bare = DIVISION.sub("", place)
    return bare if len(bare) > 1 else place


def _everyday(word: str) -> bool:
    """Whether a word is too common to be taken for a place: 国家, not 天河."""
    return word not in FULL and int(segmenter().FREQ.get(word) or 0) > EVERYDAY


def names_of(cards: Iterable[Card]) -> tuple[str, ...]:
    """The titles of some documents, in 《》, each once."""
    return tuple(dict.fromkeys(in_title_marks(card.entry.title) for card in cards))


def _number(number: str | None) -> tuple[str, int, int] | None:
    folded = fold(number or "")
    found = MARK.search(folded)
    if not found:
        return None
    return folded[: found.start()], int(found.group(1) or 0), int(found.group(2) or found.group(3))
