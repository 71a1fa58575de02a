"""What an answer says of its search: what it was held to, what it preferred, why it found nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from assistant.answer import Answer, Sentence
from assistant.citation import in_title_marks
from assistant.messages import say
from assistant.quotation import Attribution, Match, Unmet, Unstated
from assistant.synthesis import Dropped, Synthesis
from index import Filters

SCOPE = tuple(each.name for each in fields(Filters))
"""What one may hold a question to, in the order in which it is told."""
DROPS = 4
"""Reasons of dropped sentences that are told."""
UNNAMED = ("markup", "uncited", "long", "repeated", "quotation", "beside")
"""Reasons that name nothing."""
NAMES = 2
"""Documents named in a line."""
OF_EACH = 40
"""Years or places named in a line."""


def search_lines(answer: Answer, language: str) -> list[str]:
    """One line for what the question itself held the search to, one for what it made likely, one for what
    its abbreviations stand for; none without."""
    lines = [*_beyond_lines(answer, language), *_quotation_lines(answer, language)]
    documents = [*answer.filters.get("document", ())]
    if documents:
        lines.append(say("held", language, text=_listed(documents)))
    if likely := _likely(answer):
        lines.append(say("leaned", language, text=_listed(likely)))
    return [*lines, *_expanded_lines(answer, language), *_each_lines(answer, language)]


def limits(answer: Answer, language: str) -> list[str]:
    """Each single thing that the question itself held the search to, or made likely."""
    return [label for _, label in limited(answer, language)]


def limited(answer: Answer, language: str) -> list[tuple[str, str]]:
    """The same: what it is, as one leaves it aside (assistant.question.without), and how that is told."""
    held = ((name, say("held", language, text=name)) for name in answer.filters.get("document", ()))
    return [*held, *((word, say("leaned", language, text=word)) for word in _likely(answer))]


def beside_limits(answer: Answer, language: str) -> list[str]:
    """What else is told of the search: what it left out, the quotation looked up, what abbreviations stand for."""
    return [
        *_beyond_lines(answer, language),
        *_quotation_lines(answer, language),
        *_expanded_lines(answer, language),
        *_each_lines(answer, language),
    ]


def _likely(answer: Answer) -> list[str]:
    return [word for name, value in answer.likely.items() if name != "expanded" for word in _words(name, value)]


def _each_lines(answer: Answer, language: str) -> list[str]:
    """Whose years or places stand beside the sentences, and which have none."""
    if not answer.by:
        return []
    missing = [say(f"{answer.by}.missing", language, names=_listed(answer.missing, OF_EACH))] if answer.missing else []
    return [say(f"{answer.by}.note", language), *missing]


def _beyond_lines(answer: Answer, language: str) -> list[str]:
    return [say("beyond", language)] if answer.more else []


def _quotation_lines(answer: Answer, language: str) -> list[str]:
    if not answer.quotation:
        return []
    quotation = answer.quotation
    verdict = say(f"quote.{quotation.verdict}", language)
    return [verdict, *difference_lines(quotation.matches[0], quotation.attributions[0], language)]


def _expanded_lines(answer: Answer, language: str) -> list[str]:
    expanded = answer.likely.get("expanded")
    if not expanded:
        return []
    return [say("expanded", language, text="，".join(f"{said}（{full}）" for said, full in expanded.items()))]


def difference_lines(match: Match, attribution: Attribution, language: str) -> list[str]:
    """Whose words a quotation's source are, how they differ from what was typed, and what was wrongly said of them."""
    lines = [say("quote.quoted", language, by=attribution.by)] if attribution.by else []
    if match.reordered:
        lines.append(say("quote.reordered", language, words=match.words))
    elif match.edits:
        lead = say("quote.marks" if match.only_marks else "quote.wrong", language, count=match.wrong)
        edits = (say("quote.edit", language, source=e.source or "∅", typed=e.query or "∅") for e in match.edits)
        lines.append(lead + "；".join(edits))
    return [*lines, *claim_lines(attribution.unmet, attribution.unstated, language)]


def claim_lines(unmet: Iterable[Unmet], unstated: Iterable[Unstated], language: str) -> list[str]:
    """What was said of a quotation and does not hold for its source, or can't be told from it."""
    wrong = (say(f"quote.unmet.{u.what}", language, said=u.said, found=u.found) for u in unmet)
    return [*wrong, *(say(f"quote.unstated.{u.what}", language, said=u.said) for u in unstated)]


def scope_words(filters: Mapping[str, object]) -> dict[str, str]:
    """Each filter that a question was asked with, as one says it.

    >>> scope_words({"year": 2023, "kind": "讲话", "document": ["《…》"]})
    {'kind': '讲话', 'year': '2023年'}
    """
    held = {name: filters[name] for name in SCOPE if filters.get(name) is not None}
    return {name: f"{value}级" if name == "level" else _words(name, [value])[0] for name, value in held.items()}


def lead_of(answer: Answer, sentence: Sentence, language: str) -> str:
    """What stands before a sentence and is not of it: the year or place, in an answer that goes through them; the
    question, before the first sentence that answers it.
    """
    return say(f"{answer.by}.lead", language, of=sentence.of) if has_lead(answer, sentence) else ""


def has_lead(answer: Answer, sentence: Sentence) -> bool:
    """Whether it is told whose a sentence is: of those that answer one question only before the first."""
    again = answer.by == "question" and sentence is not next(s for s in answer.sentences if s.of == sentence.of)
    return bool(sentence.of) and not again


def outside_line(answer: Answer, language: str) -> str:
    """Which sources lie outside of the filters; "" if none would be cited."""
    if not answer.outside:
        return ""
    titles = dict.fromkeys(in_title_marks(c.entry.title) for c in answer.outside)
    scope = "、".join(scope_words(answer.filters).values())
    return say("outside", language, scope=scope, count=len(answer.outside), titles=_listed(list(titles)))


def why(answer: Answer, language: str) -> str:
    """Why nothing was found, and what there is instead."""
    told = say(f"why.{answer.reason}", language, missing="、".join(answer.missing))
    return told + (say("why.nearest", language, nearest=_listed(answer.nearest)) if answer.nearest else "")


def _words(name: str, value: str | Sequence[object]) -> list[str]:
    """What a filter holds to, as one says it.

    >>> _words("year", [2023]), _words("speaker", "江明")
    (['2023年'], ['江明'])
    """
    return [value] if isinstance(value, str) else [f"{word}年" if name == "year" else str(word) for word in value]


def _listed(names: tuple[str, ...] | list[str], most: int = NAMES) -> str:
    return "、".join(names[:most]) + "等" if len(names) > most + 1 else "、".join(names)


def synthesis_lines(synthesis: Synthesis, language: str) -> list[str]:
    """A synthesis as lines: each sentence with its marks, then what was left out; or why there is none."""
    sentences = [f"{s.text}{''.join(f'[{n}]' for n in s.citations)}" for s in synthesis.sentences]
    return [*sentences, *synthesis_notes(synthesis, language)]


def synthesis_notes(synthesis: Synthesis, language: str) -> list[str]:
    """What there is to say of a synthesis: that it failed, that nothing passed, how many sentences were dropped and why."""
    if synthesis.failed:
        return [say("synthesis.failed", language, why=say(f"synthesis.failed.{synthesis.failed}", language))]
    none = [] if synthesis.sentences else [say("synthesis.none", language)]
    if not synthesis.dropped:
        return none
    told = dict.fromkeys(_dropped(dropped, language) for dropped in synthesis.dropped)
    reasons = "；".join(list(told)[:DROPS]) + ("……" if len(told) > DROPS else "")
    return [*none, say("synthesis.dropped", language, count=len(synthesis.dropped), reasons=reasons)]


def _dropped(dropped: Dropped, language: str) -> str:
    """Why a sentence was dropped.

    >>> _dropped(Dropped("figure", "37亿元"), "zh"), _dropped(Dropped("figure"), "zh")
    ('所引段落没有“37亿元”', '所引段落没有这样说')
    """
    key = dropped.reason if dropped.what or dropped.reason in UNNAMED else "beside"
    return say(f"synthesis.dropped.{key}", language, what=dropped.what)
