"""Several questions asked in one: each is answered by itself, and the answers stand one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.answer import Answer, Sentence
from assistant.asking import own_words
from assistant.citation import Citation, Span
from assistant.followup import names_little

MOST = 3
"""Questions that are asked in one."""
SHORTEST = 4
"""Characters of one of them."""
SURE = 0.3
"""Confidence of an answer that stands beside the others, unless it comes out of a document that the first one cites."""
CERTAIN = 0.6
"""Confidence of one out of another document."""
SAME = 0.5
"""Share of its words that one of two questions has from the other if both ask the same."""
HELD = re.compile(r"“[^”]*”|\"[^\"]*\"|《[^》]*》|[（(].*?[）)]")
END = re.compile(r"[?？;；,，。!！/\s]+")
INTERROGATIVE = re.compile(
    r"什么|多少|哪|怎么|怎样|如何|是否|能否|可否|能不能|可不可以|有没有|是不是|要不要|谁|何时|何地|为何|为啥|几[个条项年天次种类点级步家月号日]|(?:周|星期)几|多[久大高长远]|[吗么呢]$|啥|咋"
)
# 无论什么单位, 贷几次也行, 这几年, 对于怎样创建…，: these do not ask.
TELLING = re.compile(
    r"(?:无论|不管|不论|随便|哪怕|没有?什么)|(?:这|近|前|后|过去|十|好)几[年个天月]|(?:什么|谁|哪|几|怎么)[^,]{0,3}[也都]"
    r"|^(?:关于|对于?|就|围绕|针对)(?:怎么|怎样|如何|什么是)|知道|是否可以这样"
)
NUMBER = re.compile(r"^(?:[^,，;；?？]{0,20}[:：]\s*)?(?:[（(]?\d{1,2}[)）、.．]|[一二三][、.])\s*")
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
        clause = hidden[at:stop]
        if INTERROGATIVE.search(clause) and not TELLING.search(clause):
            found.append(NUMBER.sub("", asked[start:stop].strip()))
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


def answered_each(
    parts: Sequence[str],
    whole: Answer,
    answer: Callable[[str, Sequence[str]], Answer],
    mentions: Callable[[str], bool],
) -> dict[str, Answer]:
    """The answers by their questions, each asked behind those before it that have one. None at all, if one of them has
    no sure answer by itself and the `whole` may yet hold one: if that was refused, the others stand without it; else, and
    before any has one, only without what has no answer in any way, and nothing of which the `whole` `mentions`.

    The later ones are answered out of the documents that the first one or the `whole` cites; only out of the former, if
    a place, a year or a document is named: it is named for all of them.
    """
    found: dict[str, Answer] = {}
    first: set[int] = set()
    allowed: set[int] = set()
    for part in parts:
        told = answer(part, [*found])
        rows = [told.citations[sentence.citation - 1].entry.row for sentence in told.sentences]
        if not found:
            first, allowed = {*rows}, {*rows}
            allowed |= set() if _named(whole) else {c.entry.row for c in whole.citations}
        if not found and part != parts[0] and _leans(part, whole):
            return {}  # on what has no answer
        if _is_plain(told) and rows[0] in allowed and (told.confidence >= SURE or (found and rows[0] in first)):
            near = (s for s, row in zip(told.sentences, rows, strict=True) if row in allowed)
            found[part] = replace(told, sentences=tuple(near))
        elif found and (alone := _by_itself(part, told, whole, answer)):
            found[part] = alone
        elif whole.verdict == "not_found" and found:
            continue
        elif told.verdict == "answered" or mentions(part) or (found and answer(part, ()).verdict == "answered"):
            return {}
    return found


def _by_itself(
    part: str, behind: Answer, whole: Answer, answer: Callable[[str, Sequence[str]], Answer]
) -> Answer | None:
    """The answer to a question that names a matter of its own, of the place that the whole names; None if it is not
    certain, or a document or year is named for all. `behind` is that behind the others.
    """
    named = _named(whole)
    places = named.pop("place", [])
    if named or len(places) > 1 or names_little(part):
        return None
    place = places[0] if places and places[0] not in part else ""
    told = behind if not place and behind.understood == part else answer(f"{place}{part}", ())
    return told if _is_plain(told) and told.confidence >= CERTAIN else None


def _named(whole: Answer) -> dict[str, Any]:
    """The documents, places and years that are named for all of several questions."""
    return {name: value for name, value in {**whole.filters, **whole.likely}.items() if name != "expanded"}


def _leans(part: str, whole: Answer) -> bool:
    """Whether a question needs those before it: it says little by itself, or what is named stands in them."""
    every = (value if isinstance(value, list | tuple) else [value] for value in _named(whole).values())
    return names_little(part) or any(str(name) not in part for names in every for name in names)


def _is_plain(told: Answer) -> bool:
    return told.verdict == "answered" and not told.by and not told.quotation


@dataclass
class _Piece:
    """A sentence by its span, and the questions that it answers."""

    citation: Citation
    span: Span
    of: list[str] = field(default_factory=list)


def together(whole: Answer, parts: Sequence[str], answered: Mapping[str, Answer]) -> Answer:
    """One answer out of those of the parts, and that of the `whole`, which stands where one sentence answers all of them
    best. No sentence is given twice: under which it comes first, there it stands. Parts without an answer are missing.
    """
    every = [_pieces(part, answer) for part, answer in answered.items()]
    answers = [*answered.values()]
    firsts: list[_Piece] = []
    for pieces in every:
        _put(firsts, pieces[0])
    if len(firsts) == 1 and whole.verdict == "answered" and len(answered) == len(parts):
        return whole
    told: list[_Piece] = []
    for part, pieces in zip(answered, every, strict=True):
        told += [one for one in firsts if one.of[0] == part]
        for rank, one in enumerate(pieces[1:], 1):
            higher = [other for others in every for other in others[:rank]]
            told += [] if any(_overlap(one, other) for other in (*firsts, *told, *higher)) else [one]
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
        understood=whole.understood,
        filters=_joined(answer.filters for answer in answers),
        likely=_joined(answer.likely for answer in answers),
        sentences=sentences,
        citations=citations,
        hits=_hits(whole, citations),
        confidence=min(answer.confidence for answer in answers),
        by="question",
        missing=tuple(part for part in parts if part not in answered),
        aside=whole.aside,
    )


def _pieces(part: str, answer: Answer) -> list[_Piece]:
    found = []
    for sentence in answer.sentences:
        citation = answer.citations[sentence.citation - 1]
        span = next(s for s in citation.evidence if citation.paragraph.text[slice(*s)] == sentence.text)
        found.append(_Piece(citation, span, [part]))
    return found


def _put(told: list[_Piece], one: _Piece) -> None:
    """Behind the others, unless one of them shares characters with it: that answers both."""
    same = next((other for other in told if _overlap(one, other)), None)
    if same:
        same.of += one.of
    else:
        told.append(one)


def _overlap(one: _Piece, other: _Piece) -> bool:
    (a, b), (c, d) = one.span, other.span
    return _place(one.citation) == _place(other.citation) and a < d and c < b


def _place(citation: Citation) -> tuple[int, int]:
    return citation.entry.row, citation.paragraph.number


def _hits(whole: Answer, citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Those of all that was asked, the last ones given up for what is cited and not among them."""
    count = len(whole.hits)
    hits = {_place(hit): hit for hit in whole.hits}
    hits |= {_place(c): replace(c, n=0) for c in citations if _place(c) not in hits}
    cited = [_place(citation) for citation in citations]
    kept = {*[*cited, *(place for place in hits if place not in cited)][:count]}
    return tuple(hit for place, hit in hits.items() if place in kept)


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
