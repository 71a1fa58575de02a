"""How much of a question's words a sentence holds, where one is wanted of each of many documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.evidence import Evidence, Rarity, coverage
from corpus.normal import fold
from corpus.sentences import sentence_spans
from index import Hit

LOOKED_AT = 400
"""Paragraphs found among which those of each are looked for."""
MOST = 60
"""Years or places of one answer."""
OF_EACH = 6
"""Paragraphs of a year or a place out of which the evidence is taken."""
LEAST, BESIDE = 0.5, 0.65
"""Share of the question's words, by their rarity, that a sentence needs to be about the same; and share of what the
best one holds."""
NEARLY = 0.9
"""The same share within a year or a place."""
RAREST = 0.5
"""Share of the rarest word's rarity from which a word has to stand in what says that it is so: 低空 of 发展低空经济."""
SPAN = re.compile("年均|十[一二三四五六七八九]五|五年")
ONE = re.compile(r"20\d\d年|今年")
SOME = 3
"""Paragraphs that say something word for word, from which others do not count."""
AIM = frozenset("目标 预期 计划 安排 打算".split())
AHEAD = re.compile("目标(?!任务)|预期|今年|力争|确保|以上|以内|左右|不低于|不少于|控制在|达到|同步")
BACK = re.compile('回顾|过去|去年|[一五]年来|[“"]十[三四]五[”"]|成绩|成就')
PAST = re.compile("回顾|过去|去年|[一五]年来|成绩|成就")
SAYING = frozenset("表述 说法 提法 情况 变化 提出 提到 强调".split())
DOING = frozenset("发展 推进 推动 加强 支持 促进 加快 实施 开展 培育 打造 建设 完善".split())
"""Words of doing something, which others say in other words: 培育壮大低空经济 is 发展低空经济."""


def telling(hits: Iterable[Hit], rarity: Rarity, which: str = "", *, mention: bool = False) -> list[Hit]:
    """The paragraphs with a sentence that says about as much of what is asked as the best of all does; of what is aimed
    at none that look back. If it is asked `which` say so, all rare words have to stand there, and others need not; of
    which `mention` it, those that do so word for word, if there are some.
    """
    whole = _of_words(rarity)
    aims = AIM.intersection(rarity.words)
    looked = [hit for hit in hits if not (aims and PAST.search(" ".join(hit.paragraph.heading_path)))]
    if which:
        named = {word: weight for word, weight in whole.terms.items() if word not in DOING} or whole.terms
        least = RAREST * max(named.values(), default=0.0)
        rare = replace(whole, terms={word: weight for word, weight in named.items() if weight >= least})
        return _as_asked(_enough(looked, rare, NEARLY), whole, rare, fold(which), mention)
    return _enough(looked, whole, BESIDE)


def _enough(hits: Iterable[Hit], rarity: Rarity, beside: float) -> list[Hit]:
    told = [(hit, _told(hit, rarity)) for hit in hits]
    enough = max(LEAST, beside * max((share for _, share in told), default=0.0))
    return [hit for hit, share in told if share >= enough]


def _as_asked(hits: Sequence[Hit], whole: Rarity, rare: Rarity, asked: str, mention: bool) -> list[Hit]:
    """Those that say together what is asked together, where some do: 低空经济, and not 低空 alone."""
    texts = [fold(hit.paragraph.text).replace('"', "") for hit in hits]
    named = whole.terms.keys() - DOING
    pairs = {a + b for a in named for b in named if a + b in asked and {a, b} & {*rare.terms}}
    usual = [pair for pair in pairs if sum(pair in text for text in texts) >= SOME]
    said = asked.replace('"', "")
    if mention and sum(said in text for text in texts) >= SOME:
        usual = [said]
    return [hit for hit, text in zip(hits, texts, strict=True) if all(each in text for each in usual)]


def telling_most(weighed: Sequence[Evidence], rarity: Rarity) -> list[Evidence]:
    """Of sentences of one year or place, weighed, those that hold about as many of the question's words as the best;
    of what is aimed at rather those that look ahead, and what speaks of several years only where nothing else does.
    """
    whole = _of_words(rarity)
    held = [(evidence, coverage(whole, evidence.hit, evidence.start, evidence.end)) for evidence in weighed]
    most = max((share for _, share in held), default=0.0)
    best = [evidence for evidence, share in held if share >= NEARLY * most]
    if AIM.intersection(rarity.words):
        best = [e for e, share in held if share >= BESIDE * most and _looks_ahead(e)] or best
    of_one = [evidence for evidence in best if not _goes_on_for_years(evidence)]
    return best if any(map(SPAN.search, rarity.words)) else of_one or best


def _looks_ahead(evidence: Evidence) -> bool:
    """Whether a sentence says what is to be, and does not stand where a report looks back."""
    return bool(AHEAD.search(evidence.text)) and not BACK.search(" ".join(evidence.hit.paragraph.heading_path))


def _goes_on_for_years(evidence: Evidence) -> bool:
    """Whether a sentence speaks of several years: by the nearest heading that says so or names a year, or by itself."""
    for heading in reversed(evidence.hit.paragraph.heading_path):
        if ONE.search(heading):
            return False
        if SPAN.search(heading):
            return True
    return bool(SPAN.search(evidence.text))


def _told(hit: Hit, rarity: Rarity) -> float:
    """How much of the words of what is asked a hit's best sentence holds, 0 to 1."""
    return max((coverage(rarity, hit, a, b) for a, b in sentence_spans(hit.paragraph.text)), default=0.0)


def _of_words(rarity: Rarity) -> Rarity:
    """Only the words of what is asked, each once: 残疾 and 疾人 say nothing beside 残疾人, and 粮食产量 nothing beside
    粮食 and 产量, which 粮食总产量 holds as well.
    """
    known = [word for word in rarity.words if word in rarity.terms and word not in SAYING | AIM]
    single = [word for word in known if word not in {a + b for a in known for b in known}]
    whole = [word for word in single if not any(word in other for other in single if other != word)]
    return replace(rarity, terms={word: rarity.words[word] for word in whole}) if whole else rarity
