"""From a query for wording to families of wordings: which way to search, and what is made of what was found."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from assistant.citation import Citation
from assistant.question import clean
from assistant.wording.concordance import counts, lines, occurrences, ordered, sentence_around
from assistant.wording.evolution import Course, course_of, evolution
from assistant.wording.families import fold_families
from assistant.wording.found import Family, Variant, Wordings
from assistant.wording.meaning import Wording, by_meaning
from assistant.wording.need import read_need, simplified
from assistant.wording.pattern import GAP, Pattern, has_slots, read_pattern
from assistant.wording.theme import sets_for
from corpus.normal import fold
from index import Filters, Library, Snapshot

K = 10
"""Families, and lines of a concordance, unless told otherwise."""
FOLDED = 30
"""Times as many sentences as families are wanted are folded into families."""
PHRASE = 30
"""Folded characters up to which a query that stands in the library is taken for a phrase."""
WHOLLY_QUOTED = re.compile(r"\s*[“\"「『]+([^“”\"「」『』]+)[”\"」』]+\s*")
PARTS = re.compile(r"[“\"「『]([^”\"」』]{2,200})[”\"」』]")
# What may stand beside a place and says nothing of a subject.
NOTHING_BUT = re.compile(
    r"讲话|发言|致辞|稿子?|报告|文章|领导|最后|第?一[段句]|那|这|怎么|如何|才|比较|有[劲力]|好|收尾|结尾|结束语|开头|开场白?|开篇|过渡|写|说|讲|的|里|[，。？?]"
)
# Looked for where only a place is given.
TYPICAL = {
    "opening": "今天我们召开这次会议，主要任务是",
    "transition": "在充分肯定成绩的同时，也要清醒地看到存在的问题和不足",
    "achievement": "一年来，各项工作取得明显成效",
    "problem": "工作中还存在一些问题和不足",
    "measure": "要采取有力措施，狠抓落实",
    "closing": "让我们团结一心、奋力拼搏，谱写新的篇章！",
}


@dataclass(frozen=True)
class Wish:
    """How to search: `mode` "" for whatever the query looks like; `place` of a document to hold to; the longest
    gap of a pattern; the order and count of a concordance, and whether all of it is wanted.
    """

    mode: str = ""
    place: str = ""
    gap: int = GAP
    sort: str | None = None
    count: str | None = None
    whole: bool = False
    courses: bool = False


def wording(
    library: Library, query: str, *, wish: Wish | None = None, filters: Filters | None = None, k: int = K
) -> Wordings:
    """Precedent wording for a query, out of one published state of the library.

    `k` is how many families, and lines of a concordance, are given. Raises IndexingError, BadPattern.
    """
    began = time.perf_counter()
    found = library.read(lambda snapshot: _wording(snapshot, query, wish or Wish(), filters or Filters(), k))
    return replace(found, took_ms=1000 * (time.perf_counter() - began))


def _wording(snapshot: Snapshot, query: str, wish: Wish, filters: Filters, k: int) -> Wordings:
    mode, sought = read_mode(snapshot, query, wish)
    if mode == "headings":
        return _headings(snapshot, query, filters, k)
    if mode == "meaning":
        return _meaning(snapshot, query, wish, filters, k)
    return _concordance(snapshot, query, sought, mode, wish, filters, k)


def read_mode(snapshot: Snapshot, query: str, wish: Wish) -> tuple[str, str | Pattern]:
    """The way to search, and the phrase or pattern to search for.

    Slots make a pattern, also in quotation marks within a request. A whole query in quotation marks is a phrase;
    so is a short one without words of asking that stands in the library as it is.
    """
    quoted = WHOLLY_QUOTED.fullmatch(query)
    phrase = quoted.group(1) if quoted else query
    if wish.mode == "pattern":
        return "pattern", read_pattern(phrase, wish.gap)
    if wish.mode or wish.place:
        return wish.mode or "meaning", phrase
    slotted = next((part for part in (*PARTS.findall(query), query) if has_slots(part)), None)
    if slotted is not None:
        return "pattern", read_pattern(slotted, wish.gap)
    return "phrase" if quoted or _is_phrase(snapshot, query) else "meaning", phrase


def _is_phrase(snapshot: Snapshot, query: str) -> bool:
    if not 1 < len(fold(query)) <= PHRASE:
        return False
    need = read_need(query)
    as_it_is = fold(need.meaning) == fold(simplified(query))
    return as_it_is and not need.place and next(snapshot.text.find(query), None) is not None


def _meaning(snapshot: Snapshot, query: str, wish: Wish, filters: Filters, k: int) -> Wordings:
    asked = clean(query) or TYPICAL.get(wish.place, "")
    need = read_need(asked)
    if not asked:
        return Wordings(query, "meaning", (), 0)
    held = wish.place
    if need.place and len(NOTHING_BUT.sub("", need.meaning)) < 2:  # 讲话最后一段怎么收尾 names a place and no subject
        held, need = need.place, read_need(TYPICAL[need.place])
    found = list(islice(by_meaning(snapshot, need, filters, held=held), FOLDED * k))
    folded = fold_families([wording.text for wording in found])
    families = [[found[i] for i in members] for members in folded]
    shown = _cited(snapshot, families[:k])
    courses = [_course(snapshot, family) for family in shown]
    dated = tuple(
        replace(family, count=course.total, first=course.first, last=course.last)
        for family, course in zip(shown, courses, strict=True)
    )
    place = held or need.place
    return Wordings(query, "meaning", dated, len(families), place, courses=tuple(courses) if wish.courses else ())


def _cited(snapshot: Snapshot, families: Sequence[Sequence[Wording]]) -> list[Family]:
    """Families with their citations, in each the best tier's wording first."""
    paragraphs = snapshot.paragraphs([(w.entry.row, w.paragraph) for family in families for w in family])
    cited, n = [], 0
    for family in families:
        own = []
        for w in sorted(family, key=lambda w: (w.tier, -w.score)):
            n += 1
            paragraph = paragraphs[w.entry.row, w.paragraph]
            own.append(Variant(Citation(n, w.entry, paragraph, ((w.start, w.stop),), w.score)))
        cited.append(replace(Family.of(own), score=max(w.score for w in family)))
    return cited


def _course(snapshot: Snapshot, family: Family) -> Course:
    """How often all wordings of a family stand in the library, year by year."""
    texts = dict.fromkeys(fold(v.text) for v in family.members)
    found = {(o.document, o.paragraph, o.start): o for text in texts for o in snapshot.text.find(text)}
    return course_of(snapshot, fold(family.head.text), list(found.values()))


def _shown(variants: Sequence[Variant]) -> Family:
    """A family that counts only the lines that are shown: of a phrase the concordance itself tells the rest."""
    years = sorted(v.citation.entry.issued[:4] for v in variants if v.citation.entry.issued)
    first, last = (years[0], years[-1]) if years else (None, None)
    return replace(Family.of(variants), count=len(variants), first=first, last=last)


def _concordance(
    snapshot: Snapshot, query: str, sought: str | Pattern, mode: str, wish: Wish, filters: Filters, k: int
) -> Wordings:
    found = occurrences(snapshot, sought, filters)
    shown = lines(snapshot, ordered(snapshot, found, wish.sort)[: None if wish.whole else k])
    spans = [sentence_around(line) for line in shown]
    texts = [line.citation.paragraph.text[a:b] for line, (a, b) in zip(shown, spans, strict=True)]
    cited = [Variant(replace(line.citation, evidence=(span,))) for line, span in zip(shown, spans, strict=True)]
    families = [_shown([cited[i] for i in members]) for members in fold_families(texts)]
    courses = evolution(snapshot, sought, filters) if wish.courses and isinstance(sought, str) else []
    if wish.courses and isinstance(sought, Pattern):
        courses = [course_of(snapshot, query, found)]
    by = counts(snapshot, found, wish.count) if wish.count else {}
    return Wordings(query, mode, tuple(families), len(found), "", tuple(shown), by, tuple(courses))


def _headings(snapshot: Snapshot, query: str, filters: Filters, k: int) -> Wordings:
    ranked = sets_for(snapshot, clean(query), filters)
    entries = snapshot.entries(sorted({s.document for s, _ in ranked[:k]}))
    families, n = [], 0
    for found, score in ranked[:k]:
        own = []
        for paragraph in found.headings:
            n += 1
            span = (0, len(paragraph.text))
            own.append(Variant(Citation(n, entries[found.document], paragraph, (span,), score)))
        families.append(Family(own[0], tuple(own[1:]), score, len(own), patterns=found.patterns, length=found.length))
    return Wordings(query, "headings", tuple(families), len(ranked))
