"""A question over the years (历年…, 2005年到2010年每年…): what each year's document of one series says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import ClassVar

from assistant.each.share import MOST, OF_EACH, telling
from assistant.evidence import Rarity
from assistant.followup import numeral
from assistant.question import Question
from assistant.references import Catalogue
from assistant.references.named import REPORT, read_years
from corpus.facts.places import SHORT
from corpus.normal import fold
from corpus.segment import segmenter
from index import Entry, Filters, Hit, Snapshot

FIRST, LAST = 1000, 9999
FEWEST = 3
"""Years of a series, unless the question says between which."""
LONGEST_SPAN = 100
EVERY = re.compile(r"历年来?的?|各年[度份]的?")
EACH = re.compile(r"每一?年度?的?|逐年的?")
SPAN = re.compile(r"(?<!\d)从?((?:19|20)\d\d)年?(?:到|至|[-—–~～])((?:19|20)\d\d)(?!\d|学年)年?(?:之?间|期间)?")
COMPARED = re.compile(r"对比|比较|变化|走势|趋势|分别(?:是多少|是|为)?")
"""What asks of each year, where it is said of which years."""
RECENT = re.compile(r"最?近(?P<many>[一二两三四五六七八九十]{1,3}|[1-9]\d?)年来?的?")
SINCE = re.compile(r"(?<!\d)从?((?:19|20)\d\d)年?(?:以来|至今|起)")
SET_APART = re.compile(r"《[^《》]*》|“[^“”]*”|\"[^\"]*\"|[（(][^（）()]*[）)]")
"""What is named or quoted says nothing of the years asked for."""
OTHERWISE = re.compile(r"为什么|为何|原因|谁|哪一?年|何时|什么时候|怎么(?:处理|办|算)|如何(?![表论]述)|依据|支付|条件")
"""What asks for one thing, not for a list."""
NUMERAL = re.compile(r"[\d〇○零一二三四五六七八九十《》“”\s]+")


@dataclass(frozen=True)
class Years:
    """The years asked for, both ends included, or the `latest` so many of a series; and the question without them."""

    first: int
    last: int
    question: Question
    latest: int = MOST
    by: ClassVar = "year"
    which: ClassVar = False

    def rows(self, snapshot: Snapshot) -> list[int] | None:
        """The documents of these years, and of the one after, which report on the last; None if no bound was said."""
        last = min(self.last, self.first + LONGEST_SPAN)
        if self.first == FIRST:
            return None
        return [row for year in range(self.first, last + 2) for row in snapshot.rows(Filters(year=year))]

    def parts(self, snapshot: Snapshot, hits: Sequence[Hit], rarity: Rarity) -> tuple[tuple[Hit, ...], ...]:
        """The paragraphs of each year that say about as much of what is asked as the best does, the best years first.

        They are of one series, whose titles are alike but for the year: one place's figures are not another's. () if
        none has half of all years, and FEWEST of them (two, if the question bounds them).
        """
        series: dict[str, dict[int, list[Hit]]] = defaultdict(lambda: defaultdict(list))
        for hit in telling((h for h in hits if self.first <= year_of(h.entry) <= self.last), rarity):
            series[NUMERAL.sub("", hit.entry.title)][year_of(hit.entry)].append(hit)
        every = {year for held in series.values() for year in held}
        longest: Mapping[int, list[Hit]] = max(series.values(), key=len, default={})
        if longest and self.latest < MOST:
            title = NUMERAL.sub("", next(iter(longest.values()))[0].entry.title)
            newest = max(
                year_of(card.entry)
                for card in Catalogue.of(snapshot).cards.values()
                if NUMERAL.sub("", card.entry.title) == title
            )
            longest = {year: hits for year, hits in longest.items() if year > newest - self.latest}
            every &= {*longest}
        if len(longest) < (2 if self._is_bounded else FEWEST) or 2 * len(longest) < len(every):
            return ()
        told = sorted(longest)[-MOST:]
        return tuple(sorted((tuple(longest[y][:OF_EACH]) for y in told), key=lambda part: -part[0].score))

    def of(self, snapshot: Snapshot, entry: Entry) -> str:
        """The year that stands before a sentence."""
        return str(year_of(entry))

    def position(self, year: str) -> int:
        """The oldest first."""
        return int(year)

    def without(self, snapshot: Snapshot, told: Sequence[str]) -> tuple[str, ...]:
        """The years asked for one by one of which nothing is told."""
        newest = max(map(int, told), default=0)
        asked = range(newest - self.latest + 1, newest) if self.latest < MOST else self._one_by_one
        return tuple(str(year) for year in asked if str(year) not in told)

    def documents(self, snapshot: Snapshot) -> dict[str, list[int]]:
        """The rows of the documents of each of these years; none if no bound was said."""
        found: dict[str, list[int]] = defaultdict(list)
        for card in Catalogue.of(snapshot).cards.values() if self._one_by_one else ():
            if year_of(card.entry) in self._one_by_one:
                found[str(year_of(card.entry))].append(card.entry.row)
        return found

    @property
    def _is_bounded(self) -> bool:
        return self.first != FIRST or self.latest < MOST

    @property
    def _one_by_one(self) -> range:
        """The years that were asked for one by one."""
        open_ended = self.first == FIRST or self.last == LAST or self.last - self.first > LONGEST_SPAN
        return range(0) if open_ended else range(self.first, self.last + 1)


def years_asked(question: Question) -> Years | None:
    """The years that a question goes through one by one; None for any other question.

    >>> from assistant.question import understand
    >>> years_asked(understand("历年新建了多少公里管网")).question.standalone
    '新建了多少公里管网'
    >>> years = years_asked(understand("2015年到2020年每年新建多少公里管网"))
    >>> years.first, years.last, years.question.standalone
    (2015, 2020, '新建多少公里管网')
    >>> years_asked(understand("粮食产量近五年变化")).latest
    5
    >>> years_asked(understand("2015年到2020年累计新建多少公里管网"))
    """
    text = question.standalone
    said = _hidden(text)
    spans = [*SPAN.finditer(said)] or [*SINCE.finditer(said)]
    recent = [*_words(RECENT, text, said)] if not spans else []
    every = [*_words(EVERY, text, said)]
    of_each = [*_words(EACH, text, said), *_words(COMPARED, text, said)] if every or spans or recent else []
    bounded = (of_each and (spans or recent)) or (recent and REPORT.search(said))
    if not (every or bounded) or len(spans) + len(recent) > 1 or OTHERWISE.search(said):
        return None
    rest = _cut(text, [*every, *of_each, *spans, *recent])
    if not rest or read_years(fold(rest)) or (recent and SHORT.search(rest)):  # the series would be any place's
        return None
    years = [int(year) for span in spans for year in span.groups()]
    first, last = min(years, default=FIRST), max(years) if len(years) > 1 else LAST
    latest = numeral(recent[0]["many"]) if recent else MOST
    return Years(first, last, replace(question, asked=rest, standalone=rest, years=()), latest)


def _hidden(text: str) -> str:
    """A text as long, without what is named or quoted in it."""
    return SET_APART.sub(lambda found: "\0" * len(found.group()), text)


def _words(pattern: re.Pattern[str], text: str, said: str) -> Iterator[re.Match[str]]:
    """What a pattern finds where words begin: 历年 stands in 历年目标, and in neither 学历年限 nor 日历年度."""
    starts = word_starts(text)
    return (found for found in pattern.finditer(said) if found.start() in starts and found.end() in starts)


def word_starts(text: str) -> set[int]:
    """Where the words of a text begin, and its end."""
    return set(accumulate(map(len, segmenter().cut(text, HMM=False)), initial=0))


def _cut(text: str, found: Sequence[re.Match[str]]) -> str:
    for each in sorted(found, key=lambda match: -match.start()):
        text = text[: each.start()] + text[each.end() :]
    return text.strip("，, ")


def year_of(entry: Entry) -> int:
    """The year that a document is of: the one in its title, 2018 of 2018年统计公报 from March 2019; else that of its
    date; 0 if neither is known.
    """
    issued = int(entry.issued[:4]) if entry.issued else 0
    named = read_years(fold(entry.title))
    return named[0] if len(named) == 1 and (not issued or named[0] in (issued - 1, issued)) else issued
