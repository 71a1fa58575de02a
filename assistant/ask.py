"""From a question in its chat to an Answer: what it means there, whether it asks several things, or more of the same."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.answering import HITS, answer_one, suggestions_of
from assistant.asking import ASKS, GENERAL, own_characters, own_words
from assistant.citation import Citation
from assistant.followup import is_short, names_little, subject_of, turn_before
from assistant.listed import Place, told_in
from assistant.more import asks_more
from assistant.question import PLAIN, Question, clean, going_on, understand, without
from assistant.several import answered_each, questions_in, together
from corpus.normal import fold
from index import Filters, Library, Snapshot

WEAK = 0.3
"""Confidence under which a question may have meant to go on from the one before."""
TOO_WEAK = 0.2
"""Confidence under which what is found besides the answer is no more of it."""
TOPIC = 3
"""Characters of a word that is a matter of its own: 赤字率, and not 材料."""


def ask(
    library: Library,
    asked: str,
    *,
    history: Sequence[str] = (),
    filters: Filters | None = None,
    k: int = HITS,
    plain: bool = False,
) -> Answer:
    """Answer a question out of one published state of the library.

    `history` are the earlier questions of the same chat, oldest first; `k` how many hits the
    Answer lists; `plain`, or （不限定） behind the question, searches everywhere, whatever document,
    place or year the question names. With filters, what would be cited without them is told in `outside`.
    Raises IndexingError.
    """
    began = time.perf_counter()
    typed = clean(asked)
    if asked.rstrip().endswith(PLAIN):  # and not （不限定2023年）, which leaves that alone aside
        asked, plain = typed, True
    asked, history, times = turn_before(asked, history)
    question = understand(asked, history)
    held = filters or Filters()

    def answered(snapshot: Snapshot) -> Answer:
        taken, answer = _told(snapshot, question, held, k, plain)
        if not plain:
            answer = _several(snapshot, question, history, held, k, answer)
        if times and answer.verdict == "answered":
            return replace(_more(snapshot, taken, held, k, plain, answer, times), more=times)
        if answer.reason == "ordinal" and asks_more(typed, ""):  # behind the last point
            return replace(answer, reason="more", missing=())
        return replace(answer, outside=_outside(snapshot, taken, held, answer, plain)) if held else answer

    answer = library.read(answered)
    return replace(answer, question=typed, took_ms=1000 * (time.perf_counter() - began))


def _told(snapshot: Snapshot, question: Question, filters: Filters, k: int, plain: bool) -> tuple[Question, Answer]:
    """The answer, and what the question was taken to ask in its chat."""
    answer = answer_one(snapshot, question, filters, k, plain)
    return (question, answer) if plain else _in_chat(snapshot, question, filters, k, answer)


def _several(
    snapshot: Snapshot, question: Question, history: Sequence[str], filters: Filters, k: int, whole: Answer
) -> Answer:
    """The answers to several questions that are asked in one; that of the whole, if one of them has no sure answer."""
    parts = questions_in(question.asked) if not (question.point or whole.by or whole.quotation) else ()

    def answered(part: str, before: Sequence[str]) -> Answer:
        asked = without(part, question.aside) if question.aside else part
        one = replace(understand(asked, [*history, *before]), part=True)
        return _told(snapshot, one, filters, k, plain=False)[1]

    def mentioned(part: str) -> bool:
        return _tells(snapshot, whole.citations, _telling(snapshot, part))

    answers = answered_each(parts, whole, answered, mentioned)
    return together(whole, parts, answers) if answers else whole


def _more(
    snapshot: Snapshot, question: Question, filters: Filters, k: int, plain: bool, answer: Answer, times: int
) -> Answer:
    """What the library says more, behind what the answer cites and what it said each time before; an answer of each year
    or place has told all.
    """
    told: set[Place] = set()
    for _ in range(times):
        told |= told_in(answer.citations)
        whole = answer.by in ("year", "place")
        answer = answer if whole else answer_one(snapshot, question, filters, k, plain, told)
        if whole or answer.verdict == "not_found" or answer.confidence < TOO_WEAK:
            nothing = replace(answer, verdict="not_found", sentences=(), citations=(), by="", missing=(), nearest=())
            return replace(nothing, reason="more", suggestions=())
    return answer


def _in_chat(
    snapshot: Snapshot, question: Question, filters: Filters, k: int, answer: Answer
) -> tuple[Question, Answer]:
    """A question behind others, and its answer: what is short or names nothing may go on from the one before (租金,
    什么时候公示) or not (怎么减肥); it does where the documents that answer that one speak of what is asked now.
    """
    asked, needed = question.asked, _telling(snapshot, question.asked)
    joined = going_on(question)
    if question.base and question.leans and is_short(asked):
        asks = own_words(asked) or needed or ASKS.search(asked)
        if asks and (answer.by or _tells(snapshot, answer.citations, needed or own_words(asked))):
            return question, answer
        joined, question = question if asks else None, understand(asked)
        answer = answer_one(snapshot, question, filters, k, plain=False)
    own = [subject_of(asked), *(word for word in own_words(asked) if word not in GENERAL)]
    own = [*filter(None, own)]
    weak = answer.confidence < WEAK or bool(answer.reason) or not own or (len(own) == 1 and len(own[0]) < TOPIC)
    if not joined or not weak or answer.by or answer.quotation:
        return question, answer
    before = answer_one(snapshot, understand(joined.base), filters, HITS, plain=False)
    rows = {citation.entry.row for citation in before.citations}
    for among, least in ((rows, TOO_WEAK), ((), WEAK)):  # by its own words, which may say too little
        there = answer_one(snapshot, joined, filters, k, plain=False, among=among) if rows else before
        same = [citation for citation in there.citations if citation.entry.row in rows]
        sure = not there.by and (needed or there.confidence >= least)
        if same and sure and not (among and subject_of(asked)) and _tells(snapshot, same, needed):
            return joined, there
    cited = {citation.entry.row for citation in answer.citations}
    elsewhere = rows and cited and not rows & cited
    little = not own or (answer.confidence < WEAK and names_little(asked) and all(len(word) < TOPIC for word in own))
    if elsewhere and little:
        refused = replace(answer, verdict="not_found", reason="far", sentences=(), citations=())
        return question, replace(refused, suggestions=answer.suggestions or suggestions_of(answer.hits))
    return question, answer


def _tells(snapshot: Snapshot, citations: Sequence[Citation], needed: Sequence[str]) -> bool:
    """Whether all words stand in what is cited, as they are or in full."""
    said, meant = _said(citations), snapshot.meant("，".join(needed))
    return all(any(form in said for form in (word, *meant.get(word, word).split(","))) for word in needed)


def _telling(snapshot: Snapshot, asked: str) -> list[str]:
    """What has to stand in an answer to a question that may go on from another: its rarest own word but for those that
    are asked of any matter (材料); without words of its own, its characters.
    """
    own = own_words(asked)
    counts = snapshot.rarity([word for word in own if word not in GENERAL])
    return [min(counts, key=counts.__getitem__)] if counts else [] if own else own_characters(asked)


def _said(citations: Sequence[Citation]) -> str:
    """What is cited, with titles and headings, folded."""
    return fold(" ".join(" ".join([c.entry.title, *c.paragraph.heading_path, c.paragraph.text]) for c in citations))


def _outside(
    snapshot: Snapshot, question: Question, filters: Filters, answer: Answer, plain: bool
) -> tuple[Citation, ...]:
    """What the answer without filters would cite, and lies outside of them; not what this one says just as well."""
    inside = {*snapshot.rows(filters)}
    told = {(c.entry.row, c.paragraph.number) for c in answer.citations}
    everywhere = answer_one(snapshot, question, Filters(), HITS, plain)
    others = (c for c in everywhere.citations if not everywhere.by and c.entry.row not in inside)
    return tuple(replace(c, n=0) for c in others if not told & {(t.entry.row, t.paragraph.number) for t in c.twins})
