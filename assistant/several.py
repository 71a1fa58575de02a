"""Several questions asked in one: each is answered by itself, and the answers stand one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.answer import Answer, Sentence
from assistant.asking import own_words
from assistant.citation import Citation, Span

MOST = 3
"""Questions that are asked in one."""
SHORTEST = 4
"""Characters of one of them."""
SENTENCES = 3
"""Sentences that each is answered with, at the most."""
SURE = 0.3
"""Confidence of an answer that may stand beside the others, unless it comes out of a document that the first one cites."""
SAME = 0.5
"""Share of its words that one of two questions has from the other if both ask the same."""
HELD = re.compile(r"“[^”]*”|\"[^\"]*\"|《[^》]*》|[（(].*?[）)]")
END = re.compile(r"[?？;；,，。!！/\s]+")
INTERROGATIVE = re.compile(
    r"什么|多少|哪|怎么|怎样|如何|是否|能否|可否|能不能|可不可以|有没有|是不是|要不要|谁|何时|何地|为何|为啥|几[个条项年天次种类点级步家月号日]|(?:周|星期)几|多[久大高长远]|[吗么呢]$|啥|咋"
)
POLITE = re.compile(r"谢|麻烦|拜托|急")
# 谁最高, 各多少公里: asked of all that was named before.
OF_ALL = re.compile(r"^(?:各|分别|(?:谁|哪[一个]?[个省市县家年])(?:最|更|比))")


def questions_in(asked: str) -> tuple[str, ...]:
    """The questions that are asked in one, two or three; none, if it is one.

    What stands before the first word of asking belongs to the first, what stands behind the last to the last.

    >>> questions_in("社保卡怎么申领？密码怎么设置？")
    ('社保卡怎么申领', '密码怎么设置')
    >>> questions_in("对困难企业，有哪些补贴"), questions_in("北京、上海的目标是多少，谁最高")
    ((), ())
    """
    hidden = HELD.sub(lambda found: "■" * len(found.group()), asked)
    ends = [*END.finditer(hidden), None]
    found: list[str] = []
    start = at = 0
    for end in ends:
        stop = end.start() if end else len(asked)
        if INTERROGATIVE.search(hidden[at:stop]):
            found.append(asked[start:stop].strip())
            start = end.end() if end else stop
        at = end.end() if end else stop
    if found and asked[start:].strip() and not POLITE.search(asked[start:]):
        found[-1] = f"{found[-1]}，{asked[start:].strip()}"
    apart = 1 < len(found) <= MOST and all(len(part) >= SHORTEST for part in found)
    return tuple(found) if apart and not any(map(OF_ALL.match, found)) and not _same(found) else ()


def _same(parts: Sequence[str]) -> bool:
    """Whether one says what another says in other words: 双重劳动关系是否合法."""
    words = [set(own_words(part)) for part in parts]
    pairs = ((a, b) for i, a in enumerate(words) for b in words[:i] if a and b)
    return any(len(a & b) >= SAME * min(len(a), len(b)) and len(a & b) > 1 for a, b in pairs)


def answered_each(parts: Sequence[str], answer: Callable[[str, Sequence[str]], Answer]) -> list[Answer]:
    """The answers, each question asked behind those before it; none, if one of them has no sure answer by itself."""
    found: list[Answer] = []
    for i, part in enumerate(parts):
        told = answer(part, parts[:i])
        cited = {c.entry.row for c in told.citations}
        near = bool(found) and bool(cited & {c.entry.row for c in found[0].citations})
        if told.verdict != "answered" or told.by or told.quotation or not (told.confidence >= SURE or near):
            return []
        found.append(told)
    return found


@dataclass
class _Told:
    """A sentence by its span, and the questions that it answers."""

    citation: Citation
    span: Span
    of: list[str] = field(default_factory=list)


def together(whole: Answer, parts: Sequence[str], answers: Sequence[Answer]) -> Answer:
    """One answer out of those of the parts, and that of the `whole`, which stands where one sentence answers all of them
    best. No sentence is given twice: under which it comes first, there it stands.
    """
    every = [_pieces(part, answer) for part, answer in zip(parts, answers, strict=True)]
    firsts: list[_Told] = []
    for pieces in every:
        _put(firsts, pieces[0])
    if len(firsts) == 1:
        return whole
    told: list[_Told] = []
    for part, pieces in zip(parts, every, strict=True):
        told += [one for one in firsts if one.of[0] == part]
        for one in pieces[1:]:
            told += [] if any(_overlap(one, other) for other in (*firsts, *told)) else [one]
    places = list(dict.fromkeys(_place(t.citation) for t in told))
    spans = {place: tuple(sorted(t.span for t in told if _place(t.citation) == place)) for place in places}
    first = {_place(t.citation): t.citation for t in reversed(told)}
    citations = tuple(replace(first[p], n=n, evidence=spans[p]) for n, p in enumerate(places, 1))
    sentences = tuple(
        Sentence(t.citation.paragraph.text[slice(*t.span)], places.index(_place(t.citation)) + 1, "；".join(t.of))
        for t in told
    )
    return replace(
        answers[0],
        question=whole.question,
        understood=whole.question,
        filters=_joined(answer.filters for answer in answers),
        likely=_joined(answer.likely for answer in answers),
        sentences=sentences,
        citations=citations,
        hits=_hits(whole, citations, answers),
        confidence=min(answer.confidence for answer in answers),
        by="question",
    )


def _pieces(part: str, answer: Answer) -> list[_Told]:
    found = []
    for sentence in answer.sentences[:SENTENCES]:
        citation = answer.citations[sentence.citation - 1]
        span = next(s for s in citation.evidence if citation.paragraph.text[slice(*s)] == sentence.text)
        found.append(_Told(citation, span, [part]))
    return found


def _put(told: list[_Told], one: _Told) -> None:
    """Behind the others, or into one that it shares characters with."""
    same = next((other for other in told if _overlap(one, other)), None)
    if same is None:
        told.append(one)
        return
    (a, b), (c, d) = same.span, one.span
    same.span = min(a, c), max(b, d)
    same.of += one.of


def _overlap(one: _Told, other: _Told) -> bool:
    (a, b), (c, d) = one.span, other.span
    return _place(one.citation) == _place(other.citation) and a < d and c < b


def _place(citation: Citation) -> tuple[int, int]:
    return citation.entry.row, citation.paragraph.number


def _hits(whole: Answer, citations: Sequence[Citation], answers: Sequence[Answer]) -> tuple[Citation, ...]:
    """Those of all that was asked, the last ones given up for what is cited and not among them."""
    there = {_place(hit) for hit in whole.hits}
    cited = {_place(citation) for citation in citations}
    found = {_place(hit): hit for answer in answers for hit in answer.hits}
    more = [found[place] for place in map(_place, citations) if place not in there and place in found]
    count = len(whole.hits)
    kept = sorted(range(count), key=lambda i: (_place(whole.hits[i]) not in cited, i))[: max(0, count - len(more))]
    return (*(whole.hits[i] for i in sorted(kept)), *more)[:count]


def _joined(told: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What some of them were held to or led by, each once."""
    joined: dict[str, Any] = {}
    for name, value in (item for one in told for item in one.items()):
        before = joined.get(name)
        if isinstance(value, list) and isinstance(before, list):
            joined[name] = list(dict.fromkeys([*before, *value]))
        elif isinstance(value, dict) and isinstance(before, dict):
            joined[name] = before | value
        else:
            joined.setdefault(name, value)
    return joined
