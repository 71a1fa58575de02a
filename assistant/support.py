"""Whether the evidence states what was asked. Similarity can't tell; the particulars can."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.evidence import Evidence, Rarity
from assistant.figures import best_figure
from assistant.followup import POINT, numeral
from assistant.question import CONDITION, Question
from assistant.references import Card, Catalogue, Named
from assistant.references.named import read_years
from assistant.required import lacking, untold_rate
from assistant.retrieve import Retrieved
from assistant.stated import EXPLAINED, states
from assistant.unrelated import Scale, is_small_talk
from corpus.facts.places import FULL, LEVELS
from corpus.normal import fold
from index import Hit, Snapshot

NEAR = 4
"""Hits whose paragraphs are looked at beside those that the evidence was taken from."""
RAREST = 3
"""Words of the question that a reason names."""
FEW = 500
"""Passages under which a library knows so few words that one it lacks says less and less."""
LONG_RUN = 12
"""Characters that stand alike in question and evidence from which on more of them say nothing more."""
STRETCH = 0.7
"""Share of the rarest word's rarity from which on a word that is nowhere in the evidence is named."""

LAW = re.compile(
    r"《(?P<name>[^《》]{1,40}(?:法|法典|条例|办法|规定|细则|规则|规程))》|(?P<said>[\u4e00-\u9fff]{3,24}?(?:条例|管理办法|管理规定|实施细则))"
    r"(?=第[一二三四五六七八九十百千零\d]+条|(?:是)?(?:怎么|如何)规定|(?:中|里|里面)?(?:有(?:什么|哪些)|的|对[^,.?]{1,24}(?:有(?:什么|哪些)|怎么|如何))规定)"
)
ARTICLE = re.compile(r"[中里的]{0,2}(?P<number>第[一二三四五六七八九十百千零\d]+条)")
"""An article right behind the name of its law."""
# Who asks what a term is or says: 什么是"无接触点餐", "三优先"是什么, "九个必须"具体是哪九条.
TERM = re.compile(
    r'(?:什么(?:是|叫)|何为|[怎如][么何]理解)"(?P<a>[^"]{2,14})"'
    r'|"(?P<b>[^"]{2,14})"[^,.?"]{0,8}?(?:是|指|涵盖|包括|包含|具体|分别|有|为)[^,.?"]{0,6}(?:什么|哪|何|啥)'
)
GENERIC = re.compile(r"(?:实施|暂行|试行|管理|监督|保护|促进){0,4}(?:条例|办法|规定|细则)$")
CORE = 2
"""Characters of what a law is about that have to be told of, at the least: 养犬 of 广州市养犬管理条例."""


@dataclass(frozen=True)
class Support:
    """How far the evidence carries an answer.

    `features` are what the confidence is reckoned from; `reason` a code if something that must be
    there is missing for certain, else ""; `missing` names what, in the asker's words; `weakest` are
    the rare words of the question that stand nowhere in the evidence.
    """

    features: Mapping[str, float]
    reason: str = ""
    missing: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    weakest: tuple[str, ...] = ()
    fallback: str = field(default="particular")


def support(
    question: Question, found: Retrieved, chosen: Sequence[Evidence], rarity: Rarity, snapshot: Snapshot
) -> Support:
    """Hold what was asked against the evidence chosen and what stands around it."""
    hits = list({id(e.hit): e.hit for e in chosen}.values())
    if not hits or is_small_talk(question.standalone):
        return Support({}, "nothing" if not hits else "far")
    catalogue = Catalogue.of(snapshot)
    around = [_around(hit, catalogue) for hit in found.recall.hits[:NEAR]]
    context = " ".join(_around(hit, catalogue) for hit in hits)
    near = " ".join(
        [context, *(fold(p.text) for p in snapshot.neighbours(hits[0].entry.row, hits[0].paragraph.number))]
    )
    evidence = fold(" ".join(e.text for e in chosen))
    absent = absences(question, found.named, near)
    weakest = _weakest(rarity, rarity.read(near))
    stated, fit, masked = _stated(question, evidence, fold(hits[0].paragraph.text), rarity)
    features = {
        **_coverages(rarity, evidence, context, around),
        "gap": weakest[0][1] if weakest else 0.0,
        "unknown": rarity.unknown_share * min(1.0, snapshot.size() / FEW),
        "near": max(-2.0, min(Scale.of(snapshot).distance(found.recall.nearest), 10.0)) / 5,
        "outlying": min(found.recall.outlying, 12.0) / 10,
        "lead": _lead(found.recall.hits),
        "run": _run(fold(question.standalone), evidence) / LONG_RUN,
        "lexical": min(hits[0].bm25 / max(rarity.total, 1.0), 3.0),
        "unstated": float(bool(question.wants) and not stated),
        "figure": float(question.wants == "figure"),
        "untold": float(untold_rate(question, hits)),
        "fit": fit,
        **{name: float(bool(what)) for name, what in absent.items()},
        "named": float(found.reference.rows is not None),
        "stranger": _stranger(found, hits[0], catalogue),
        "length": min(len(rarity.words), 12) / 10,
    }
    words = tuple(word for word, share in weakest if share >= STRETCH)[:RAREST]
    elsewhere = _elsewhere(absent["no_place"], catalogue.cards.get(hits[0].entry.row))
    unknown_law = _unknown_law(fold(question.standalone), found, around)
    unexplained = question.leans and question.wants == "reason" and not EXPLAINED.search(evidence)
    lack = lacking(question, evidence, hits, rarity)
    untimely = _untimely(found.named.years, hits, catalogue)
    reason, missing, nearest = _certain(question, found, absent, near, lack, untimely, masked, elsewhere, unknown_law)
    reason = reason or ("reason" if unexplained else "")
    words = words or tuple(word for word, _ in weakest[:1]) or (question.standalone[:20],)
    fallback = question.wants if question.wants and not stated else "particular"
    return Support(features, reason, missing, nearest, words, fallback)


def _run(text: str, evidence: str) -> int:
    """Length of the longest run of characters that two texts share, up to LONG_RUN: long where one quotes the other.

    >>> _run("原文是跳起来才能摘到桃子吗", "只有跳起来才能摘到桃子")
    9
    """
    best = 0
    for start in range(len(text)):
        while best < LONG_RUN and start + best < len(text) and text[start : start + best + 1] in evidence:
            best += 1
    return best


def of_the_years(question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """The paragraphs about the years that a question names; all, if it names none or none is about them."""
    about = [hit for hit in hits if _about_year(question.years, hit)]
    return about if question.years and about else list(hits)


def _about_year(years: Sequence[int], hit: Hit) -> bool:
    """The paragraph or its title names the year, or the document is of it or reports on the year before."""
    told = fold(f"{hit.entry.title} {' '.join(hit.paragraph.heading_path)} {hit.paragraph.text}")
    issued = int(hit.entry.issued[:4]) if hit.entry.issued else 0
    return any(_has_year(year, told) or issued in (year, year + 1) for year in years)


def _untimely(years: Sequence[int], hits: Sequence[Hit], catalogue: Catalogue) -> tuple[str, ...]:
    """The years asked for, if none of the paragraphs is of any: each says that it is of others, in its title. A yearly
    report tells of the year before, too.
    """

    def is_of(year: int, hit: Hit) -> bool:
        card = catalogue.cards.get(hit.entry.row)
        titled = read_years(fold(hit.entry.title))
        if not titled or _has_year(year, fold(" ".join([*hit.paragraph.heading_path, hit.paragraph.text]))):
            return True
        return year in titled or (card is not None and card.is_report and year + 1 in titled)

    return tuple(f"{year}年" for year in years) if years and not any(is_of(y, h) for y in years for h in hits) else ()


def absences(question: Question, named: Named, near: str) -> dict[str, tuple[str, ...]]:
    """The particulars of the question that a folded text does not hold, by kind."""
    text = fold(question.standalone)
    conditions = ["".join(m.groups()) for m in CONDITION.finditer(text)]
    return {
        "no_place": tuple(p for p in named.places if p not in near),
        "no_ordinal": tuple(o for o in named.ordinals if not _has_ordinal(o, near)),
        "no_level": tuple(x for x in named.levels if x not in near),
        "no_title": tuple(t for t in named.titles if t not in near),
        "no_quote": tuple(q for q in named.quoted if q not in near),
        "no_condition": tuple(c for c in conditions if not _has_amount(c, near)),
        "no_year": tuple(f"{y}年" for y in named.years if not _has_year(y, near)),
    }


def _has_amount(amount: str, near: str) -> bool:
    """Whether an amount stands in a text, in digits or Chinese, with 周岁 for 岁."""
    bare = re.sub(r"周?岁|元|人以上|年以上|个月", "", amount)
    return bool(re.search(rf"(?<![\d.]){re.escape(bare)}(?![\d.])", near))


def _has_ordinal(ordinal: str, near: str) -> bool:
    """第3批 also stands there as 第三批 and as 三批."""
    number, unit = numeral(ordinal[1:-1]), ordinal[-1]
    said = re.findall(rf"{'第' if unit == '次' else '第?'}([一二三四五六七八九十\d]{{1,4}}){unit}", near)
    return ordinal in near or (number > 0 and any(numeral(n) == number for n in said))


def _has_year(year: int, near: str) -> bool:
    """2023, 23年 or 二〇二三年 with any of the signs for nought."""
    digits = str(year)
    spoken = "".join("[〇○零]" if d == "0" else "一二三四五六七八九"[int(d) - 1] for d in digits)
    return digits in near or f"{digits[2:]}年" in near or bool(re.search(f"{spoken}年", near))


def _is_told(name: str, near: str) -> bool:
    """Whether a text names a number or document, whatever words of the question stand before it."""
    name = fold(name)
    mark = re.search(r"\[|第?(?<!\d)\d+号", name)
    starts = range(max(mark.start() - 1, 1) if mark else 1)
    return any(name[start:] in near for start in starts)


def _around(hit: Hit, catalogue: Catalogue) -> str:
    """A paragraph with its headings and what its document says of itself, folded."""
    card = catalogue.cards.get(hit.entry.row)
    about = f"{card.text} {card.place} {card.entry.number or ''} {_years_of(card)}" if card else ""
    return f"{fold(hit.paragraph.text)} {fold(' '.join(hit.paragraph.heading_path))} {fold(about)}"


def level_of(place: str) -> str:
    """省 or 市 for a place that is listed by its short name; 县 for any other.

    >>> level_of("四川"), level_of("广州"), level_of("天河")
    ('省', '市', '县')
    """
    return LEVELS[FULL[place]] if place in FULL else "县"


def _unknown_law(text: str, found: Retrieved, around: Sequence[str]) -> str:
    """The law or rules whose provisions a folded question asks for, if no document is it and nothing near speaks of
    it: of an article the paragraph has to name both. Articles of another law would look like the answer.
    """
    if found.reference.rows is not None or found.parts:
        return ""
    for asked in LAW.finditer(text):
        name, article = asked["name"] or asked["said"], ARTICLE.match(text, asked.end())
        bare = name.removeprefix("中华人民共和国")
        core = bare if asked["name"] else GENERIC.sub("", bare)[-CORE:]
        wanted = (core, article["number"]) if article else (core,)
        if not any(all(part in told for part in wanted) for told in around):
            return name
    return ""


def _years_of(card: Card) -> str:
    """The years that a document can be about: its own, and the one before its issue."""
    issued = int(card.entry.issued[:4]) if card.entry.issued else 0
    return " ".join(str(year) for year in (card.year, issued, issued - 1) if year > 0)


def _elsewhere(places: Sequence[str], card: Card | None) -> bool:
    """Whether a document is of another place than the one asked for: of the same level, and that is stated."""
    return card is not None and bool(card.place) and any(level_of(place) == card.level for place in places)


def _coverages(rarity: Rarity, evidence: str, context: str, around: Sequence[str]) -> dict[str, float]:
    return {
        "sentence": rarity.share_in(evidence),
        "context": rarity.share_in(context),
        "best": max(map(rarity.share_in, around), default=0.0),
    }


def _weakest(rarity: Rarity, near: str) -> list[tuple[str, float]]:
    """The question's words that a text does not hold, but for those that ask (几部, 第几), with their share of the rarest
    one's rarity. A rate is there with what it is of: 优良率 with 优良.
    """
    top = max(rarity.words.values(), default=0.0)
    forms = {word: word.removesuffix("率") if len(word) > 2 else word for word in rarity.words}
    gone = [(w, rarity.words[w] / top) for w, form in forms.items() if top and form not in near and "几" not in w]
    return sorted(gone, key=lambda pair: -pair[1])


def _stated(question: Question, evidence: str, paragraph: str, rarity: Rarity) -> tuple[bool, float, bool]:
    """Whether the evidence states the kind of particular asked for; how well the best figure fits; whether it is masked."""
    if question.wants != "figure":
        return states(question.wants, "", evidence), 0.0, False
    figure, fit = best_figure(evidence, question.unit, rarity.terms)
    if figure is None:
        figure, fit = best_figure(paragraph, question.unit, rarity.terms)
    if figure is None:
        return False, 0.0, False
    return not figure.masked, fit, figure.masked


def _lead(hits: Sequence[Hit]) -> float:
    """How far the first hit stands before the four after it."""
    rest = [hit.score for hit in hits[1:5]]
    return min(hits[0].score - sum(rest) / len(rest), 3.0) if rest else 0.0


def _stranger(found: Retrieved, hit: Hit, catalogue: Catalogue) -> float:
    """How little of the loose name in the question the evidence's document bears; 0 if none is named."""
    phrases = found.named.phrases
    if not phrases or found.reference.rows is not None:
        return 0.0
    return 1.0 - max(catalogue.coverage(phrase).get(hit.entry.row, 0.0) for phrase in phrases)


def _certain(
    question: Question,
    found: Retrieved,
    absent: Mapping[str, tuple[str, ...]],
    near: str,
    lack: tuple[str, str],
    untimely: tuple[str, ...],
    masked: bool,
    elsewhere: bool,
    unknown_law: str,
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What rules an answer out by itself: reason, what is missing, what there is instead."""
    if unknown_law and not found.quotation:
        return "document", (f"《{unknown_law}》",), ()
    if found.checking:
        return "", (), ()
    if question.point and not found.point and (said := POINT.search(question.asked)):
        return "ordinal", (said.group(),), ()
    missing = found.reference.missing
    if missing and not _is_told(missing.name, near):
        return missing.what, (missing.name,), missing.nearest
    if elsewhere and not found.parts:
        return "place", absent["no_place"], ()
    if absent["no_ordinal"] and not question.leans:
        return "ordinal", absent["no_ordinal"], ()
    if absent["no_year"] and len(absent["no_year"]) == len(found.named.years):
        return "year", absent["no_year"], ()
    if untimely and not found.parts:
        return "year", untimely, ()
    if masked:
        return "masked", (), ()
    reason, what = lack
    if reason and not found.parts:
        return reason, (what,) if what else (), ()
    terms = [found["a"] or found["b"] for found in TERM.finditer(fold(question.standalone))]
    untold = tuple(term for term in terms if term in absent["no_quote"])
    return ("particular", untold, ()) if untold else ("", (), ())
