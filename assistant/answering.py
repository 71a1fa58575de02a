"""From one question to its Answer: what is found, the evidence out of it, and whether that carries an answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace

from assistant.answer import Answer, Sentence
from assistant.citation import Citation, in_title_marks
from assistant.confidence import confidence
from assistant.each import Each, each_asked, telling_most
from assistant.evidence import Evidence, Rarity, rarity_of, select, weigh_sentences
from assistant.items import place_of, with_items
from assistant.listed import Place, cited, listed
from assistant.points import ARTICLE, point_in
from assistant.question import Question, understand
from assistant.remembered import with_source
from assistant.rerank import LOOKED_AT, behind_its_lead, close_call, cross, rerank
from assistant.retrieve import Retrieved, at_point, in_turn, is_keywords, retrieve, retrieve_each
from assistant.series import list_told, with_series
from assistant.support import Support, of_the_years, support
from assistant.twins import Shown, shown
from assistant.wording.headings import bare_heading
from corpus.mentions.figures import find_figures
from index import Filters, FoundPassage, Hit, Snapshot

HITS = 10
"""Paragraphs that an Answer lists unless told otherwise."""
WHOLE_POINT = 400
"""Characters of a paragraph that is given whole when one of its sentences is the point asked for."""
SENTENCES = 4
"""Pieces of evidence that an answer is made of, at the most."""


def answer_one(
    snapshot: Snapshot,
    question: Question,
    filters: Filters,
    k: int,
    plain: bool,
    told: Collection[Place] = (),
    among: Collection[int] = (),
) -> Answer:
    """The answer to one question, without paragraphs that were `told` before; out of documents (rows) `among` which it is
    asked, if any are given.
    """
    found, chosen, held = examine(snapshot, question, filters, max(k, HITS), plain=plain, told=told, among=among)
    hits = found.recall.hits
    judged = confidence(held.features)
    related = judged.related or found.reference.rows is not None  # who names a document of the library means it
    quoted = found.quotation
    stated = found.each is not None and found.each.which  # each of its sentences has what is asked for in it
    sure = bool(found.point and not quoted) or stated or (related and judged.supported)
    weak = "" if sure else held.fallback if related else "far"
    reason = "" if quoted and quoted.verdict == "verbatim" else held.reason or weak
    citations = [] if reason else cited(chosen, found)
    return Answer(
        question=question.asked,
        understood=question.standalone,
        filters={name: value for name, value in asdict(filters).items() if value} | dict(found.reference.filters),
        likely=dict(found.reference.likely) | _expanded(snapshot, question, plain),
        verdict="not_found" if reason else "answered",
        sentences=tuple(s for citation in citations for s in _sentences(citation, found, snapshot)),
        citations=tuple(citations),
        hits=listed(found, [] if reason else chosen, _masked(chosen) if reason == "masked" else [], k),
        suggestions=suggestions_of(hits) if reason else (),
        reason=reason,
        confidence=0.0 if reason and held.reason else judged.value,
        quotation=quoted,
        missing=_missing(found, citations, snapshot, filters)
        or held.missing
        or (held.weakest if reason == "particular" else ()),
        nearest=held.nearest,
        by=found.each.by if found.each and not reason else "",
        aside=question.aside,
    )


def examine(
    snapshot: Snapshot,
    question: Question,
    filters: Filters,
    count: int,
    *,
    plain: bool = False,
    told: Collection[Place] = (),
    among: Collection[int] = (),
) -> tuple[Retrieved, list[Evidence], Support]:
    """What was found for a question, the evidence out of it, and how far that carries an answer; all without
    paragraphs that were `told` before, and out of documents (rows) `among` which it is asked, if any are given.
    What goes through years or places tells all at once.
    """
    each = None if plain or question.point else each_asked(question)
    if each and (examined := _examined_each(snapshot, each, filters)):
        return examined
    rarity = rarity_of(question, snapshot, {} if plain else snapshot.meant(question.standalone))
    count = max(count, LOOKED_AT) + len(told)
    found = retrieve(snapshot, question, filters, count, plain=plain, among=among)
    if question.point:
        found = _point_told(snapshot, question, filters, found)
    found = with_source(snapshot, question.asked, _reranked(found, question, rarity, snapshot), filters)
    if found.checking and not found.quotation and is_keywords(question):
        found = retrieve(snapshot, question, filters, count, held_out=False)
        found = _reranked(found, question, rarity, snapshot)
    return _examined(snapshot, question, found.beyond(told), rarity, told)


def _point_told(snapshot: Snapshot, question: Question, filters: Filters, found: Retrieved) -> Retrieved:
    """第二点 of an answer: of the list that it gave, or of one near; where none is, that sentence of the answer, with its
    paragraph if that is short; no point if the question before has no answer.
    """
    before = understand(question.base)
    told = answer_one(snapshot, before, filters, HITS, plain=False)
    articles = bool(ARTICLE.search(question.asked))  # 第二点 is no 第二条 of a law
    given = list_told(snapshot, told.citations, articles=articles) if not told.by else None
    if given:
        point = point_in(given[1], question.point)
        pointed = at_point(snapshot, question, given[0], point, filters, LOOKED_AT) if point else None
        return replace(found, recall=pointed[0], parts=(), point=pointed[1]) if pointed else replace(found, point=None)
    if found.point and not told.by and told.verdict == "answered":
        return found
    at = question.point - 1 if question.point > 0 else question.point
    if told.verdict != "answered" or not -len(told.sentences) <= at < len(told.sentences):
        return replace(found, point=None)
    cited = told.citations[told.sentences[at].citation - 1]
    text = told.sentences[at].text
    start = cited.paragraph.text.index(text)
    span = (0, len(cited.paragraph.text)) if len(cited.paragraph.text) <= WHOLE_POINT else (start, start + len(text))
    hit = Hit(cited.entry, cited.paragraph, (FoundPassage(*span, 1.0),), cited.score, 1.0, 0.0)
    others = (
        h for h in found.recall.hits if (h.entry.row, h.paragraph.number) != (hit.entry.row, hit.paragraph.number)
    )
    return replace(found, recall=replace(found.recall, hits=(hit, *others)), parts=(), point=span)


def _examined_each(
    snapshot: Snapshot, each: Each, filters: Filters
) -> tuple[Retrieved, list[Evidence], Support] | None:
    """The same for a question over the years or the places; None if it has to be taken as any other."""
    rarity = rarity_of(each.question, snapshot, snapshot.meant(each.question.standalone))
    found = retrieve_each(snapshot, each, filters, rarity)
    if found is None:
        return None
    examined = _examined(snapshot, each.question, _reranked(found, each.question, rarity, snapshot), rarity)
    return examined[0], _in_order(each, examined[1], snapshot), examined[2]


def _examined(
    snapshot: Snapshot, question: Question, found: Retrieved, rarity: Rarity, before: Collection[Place] = ()
) -> tuple[Retrieved, list[Evidence], Support]:
    """Paragraphs found, the evidence out of them, and how far that carries an answer."""
    groups = _groups(found, snapshot.representatives())
    found = replace(found, twins=_twins(groups))
    chosen = evidence_of(question, _once_each(found, groups), rarity)
    if found.point or found.parts:
        return found, chosen, support(question, found, chosen, rarity, snapshot)
    chosen = with_items(snapshot, chosen)
    series = with_series(snapshot, question, chosen)
    chosen, series = ([e for e in pieces if place_of(e) not in before] for pieces in (chosen, series))
    return found, series, support(question, found, chosen, rarity, snapshot)


def _expanded(snapshot: Snapshot, question: Question, plain: bool) -> dict[str, dict[str, str]]:
    """The abbreviations that were asked for in full, too, and the other way round."""
    meant = {} if plain else snapshot.meant(question.standalone)
    told = {_written(said): _written(full.replace(",", "、")) for said, full in meant.items()}
    return {"expanded": told} if told else {}


def _written(folded: str) -> str:
    """GDP for gdp."""
    return folded.upper() if folded.isascii() else folded


def _reranked(found: Retrieved, question: Question, rarity: Rarity, snapshot: Snapshot) -> Retrieved:
    """A point that was asked for, and the turns of things compared, keep their places."""
    most = LOOKED_AT // max(1, len(found.parts))  # a cross-encoder takes its time

    def again(hits: Sequence[Hit]) -> tuple[Hit, ...]:
        ordered = rerank(question, hits, rarity)
        if snapshot.crosses:
            ordered = cross(question, ordered, snapshot.crossed, most)
        elif not found.parts and not question.part:  # of several questions none may take long
            ordered = close_call(question, ordered, snapshot.relevance)
        return behind_its_lead(ordered)

    if found.point:
        return found
    if found.parts:
        parts = tuple(map(again, found.parts))
        return replace(found, parts=parts, recall=replace(found.recall, hits=in_turn(parts)))
    return replace(found, recall=replace(found.recall, hits=again(found.recall.hits)))


def _groups(found: Retrieved, families: Mapping[int, int]) -> list[tuple[Shown, ...]]:
    """The hits, of each thing compared by itself, with near-same paragraphs taken together."""
    lists = found.parts or (found.recall.hits,)
    return [shown(hits, families, found.lift, worded=found.checking) for hits in lists] if not found.point else []


def _twins(groups: Sequence[Sequence[Shown]]) -> dict[tuple[int, int], tuple[Hit, ...]]:
    """For each paragraph that has twins the others of them."""
    every = [(group.hit, *group.twins) for groups_ in groups for group in groups_ if group.twins]
    return {
        (hit.entry.row, hit.paragraph.number): tuple(other for other in hits if other is not hit)
        for hits in every
        for hit in hits
    }


def _once_each(found: Retrieved, groups: Sequence[Sequence[Shown]]) -> Retrieved:
    """What an answer is made of: each paragraph once; things compared keep one each, also where they agree."""
    if not groups:
        return found
    hits = [tuple(group.hit for group in groups_) for groups_ in groups]
    recall = replace(found.recall, hits=in_turn(hits) if found.parts else hits[0])
    return replace(found, recall=recall, parts=tuple(hits) if found.parts else ())


def evidence_of(question: Question, found: Retrieved, rarity: Rarity) -> list[Evidence]:
    """The pieces of evidence: the point asked for, the best of each thing compared, or the best of all."""
    hits = found.recall.hits
    if found.point:
        start, stop = found.point
        heading = hits[0].paragraph.role == "heading"
        below = [h for h in hits[1:2] if heading and h.paragraph.number == hits[0].paragraph.number + 1]
        return [Evidence(hits[0], start, stop, 1.0), *(Evidence(h, 0, len(h.paragraph.text), 0.5) for h in below)]
    if found.parts:
        weighed = (weigh_sentences(question, part, rarity) for part in found.parts)
        best = (select(telling_most(w, rarity) if found.each else w, 1) for w in weighed)
        return list({(e.hit.entry.row, e.hit.paragraph.number, e.start): e for part in best for e in part}.values())
    return select(weigh_sentences(question, of_the_years(question, hits), rarity), SENTENCES)


def _missing(found: Retrieved, citations: Sequence[Citation], snapshot: Snapshot, filters: Filters) -> tuple[str, ...]:
    """The years or places that were asked for one by one and of which nothing is cited; of places whose documents lie
    outside of the filters nothing can be said.
    """
    each = found.each
    told = [each.of(snapshot, citation.entry) for citation in citations] if each else []
    left = each.without(snapshot, told) if each and told else ()
    if not each or not filters or not left or each.by == "year":
        return left
    within = {*snapshot.rows(filters)}
    documents = each.documents(snapshot)
    return tuple(name for name in left if within.intersection(documents[name]))


def _in_order(each: Each, chosen: Sequence[Evidence], snapshot: Snapshot) -> list[Evidence]:
    """The oldest first, or as places are listed."""
    return sorted(chosen, key=lambda evidence: each.position(each.of(snapshot, evidence.hit.entry)))


def _masked(chosen: Sequence[Evidence]) -> list[Evidence]:
    """The pieces of evidence that hold a figure that was taken out."""
    return [e for e in chosen if any(figure.type == "masked" for figure in find_figures(1, e.text))]


def _sentences(citation: Citation, found: Retrieved, snapshot: Snapshot) -> list[Sentence]:
    of = found.each.of(snapshot, citation.entry) if found.each else ""
    return [Sentence(citation.paragraph.text[a:b], citation.n, of) for a, b in citation.evidence]


def suggestions_of(hits: Sequence[Hit | Citation]) -> tuple[str, ...]:
    """The headings nearest to what was asked, as questions that the library can answer."""
    nearest = []
    for hit in hits[:6]:
        topic = bare_heading(hit.paragraph.heading_path[-1]) if hit.paragraph.heading_path else ""
        title = in_title_marks(hit.entry.title)
        nearest.append(f"{title}关于“{topic}”怎么说？" if topic else f"{title}主要讲了什么？")
    return tuple(dict.fromkeys(nearest))[:3]
