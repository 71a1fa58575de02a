"""A question over the years (历年…, 2005年到2010年每年…): what each year's documents say, one beside another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.evidence import Evidence, Rarity, coverage
from assistant.question import Question
from corpus.sentences import sentence_spans
from index import Hit

FIRST, LAST = 1000, 9999
LOOKED_AT = 400
"""Paragraphs found among which each year's are looked for."""
MOST = 60
"""Years of one answer, the latest."""
LEAST, BESIDE = 0.5, 0.65
"""Share of the question's words, by their rarity, that a sentence needs to be about the same; and share of what the
best one holds."""
NEARLY = 0.9
"""The same share within a year."""
OF_EACH = 4
"""Paragraphs of a year out of which the evidence is taken."""
EVERY = re.compile(r"(?<![学农阴阳公新旧])历年(?![龄限级])来?的?|历届的?|历次的?|逐年的?|各年(?:度|份)?的?")
SPAN = re.compile(r"从?((?:19|20)\d\d)年?(?:到|至|[-—–~～])((?:19|20)\d\d)年?(?:之?间|期间)?")
EACH = re.compile(r"每一?年(?:度|份)?的?|分别|怎么变的?|如何变化|变化")
SAYING = frozenset("表述 说法 提法 情况 变化".split())
NUMERAL = re.compile(r"[\d〇○零一二三四五六七八九十《》“”\s]+")


@dataclass(frozen=True)
class Years:
    """The years asked for, both ends included, and the question without them."""

    first: int
    last: int
    question: Question


def years_asked(question: Question) -> Years | None:
    """The years that a question goes through one by one; None for any other question.

    >>> from assistant.question import understand
    >>> years_asked(understand("历年新建了多少公里管网")).question.standalone
    '新建了多少公里管网'
    >>> years = years_asked(understand("2015年到2020年每年新建多少公里管网"))
    >>> years.first, years.last, years.question.standalone
    (2015, 2020, '新建多少公里管网')
    >>> years_asked(understand("2015年到2020年累计新建多少公里管网"))
    """
    text = question.standalone
    span = SPAN.search(text)
    if not EVERY.search(text) and not (span and EACH.search(text)):
        return None
    said = [EVERY, EACH, SPAN] if span else [EVERY]
    asked, standalone = (_without(said, t) for t in (question.asked, text))
    if not standalone:
        return None
    first, last = sorted(map(int, span.groups())) if span else (FIRST, LAST)
    return Years(first, last, replace(question, asked=asked or standalone, standalone=standalone, years=()))


def _without(said: Sequence[re.Pattern[str]], text: str) -> str:
    for pattern in said:
        text = pattern.sub("", text)
    return text.strip("，, ")


def of_each_year(years: Years, hits: Sequence[Hit], rarity: Rarity) -> tuple[tuple[Hit, ...], ...]:
    """The paragraphs of each year that say about as much of what is asked as the best does, the best years first.

    Where half of the years have a document of one series (a year's report has the title of the others but for the
    year), the others stay away: one place's figures are not another's. () if only one year is left.
    """
    whole = _of_words(rarity)
    told = [(hit, _told(hit, whole)) for hit in hits if years.first <= _year(hit) <= years.last]
    enough = max(LEAST, BESIDE * max((share for _, share in told), default=0.0))
    series: dict[str, dict[int, list[Hit]]] = defaultdict(lambda: defaultdict(list))
    every: dict[int, list[Hit]] = defaultdict(list)
    for hit, share in told:
        if share >= enough:
            for of in (every, series[NUMERAL.sub("", hit.entry.title)]):
                of[_year(hit)].append(hit)
    longest: Mapping[int, list[Hit]] = max(series.values(), key=len, default={})
    chosen = longest if 2 * len(longest) >= len(every) and len(longest) > 1 else every
    if len(chosen) < 2:
        return ()
    latest = sorted(chosen)[-MOST:]
    return tuple(sorted((tuple(chosen[y][:OF_EACH]) for y in latest), key=lambda part: -part[0].score))


def telling_most(weighed: Sequence[Evidence], rarity: Rarity) -> list[Evidence]:
    """Of a year's sentences, weighed, those that hold about as many of the question's words as the best does."""
    whole = _of_words(rarity)
    held = [(evidence, coverage(whole, evidence.hit, evidence.start, evidence.end)) for evidence in weighed]
    most = max((share for _, share in held), default=0.0)
    return [evidence for evidence, share in held if share >= NEARLY * most]


def _year(hit: Hit) -> int:
    """The year of a hit's document; 0 if it is not known."""
    return int(hit.entry.issued[:4]) if hit.entry.issued else 0


def _told(hit: Hit, rarity: Rarity) -> float:
    """How much of the words of what is asked a hit's best sentence holds, 0 to 1."""
    return max((coverage(rarity, hit, a, b) for a, b in sentence_spans(hit.paragraph.text)), default=0.0)


def _of_words(rarity: Rarity) -> Rarity:
    """Only the whole words of what is asked, each once: 残疾 and 疾人 say nothing beside 残疾人."""
    known = [word for word in rarity.words if word in rarity.terms and word not in SAYING]
    whole = [word for word in known if not any(word in other for other in known if other != word)]
    return replace(rarity, terms={word: rarity.words[word] for word in whole}) if whole else rarity
