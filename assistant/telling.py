"""What an answer says of its search: what it was held to, what it preferred, why it found nothing."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.messages import say

NAMES = 2
"""Documents named in a line."""


def search_lines(answer: Answer, language: str) -> list[str]:
    """One line for what the question itself held the search to, one for what it made likely, one for what
    its abbreviations stand for; none without."""
    lines = []
    documents = [*answer.filters.get("document", ())]
    if documents:
        lines.append(say("held", language, text=_listed(documents)))
    likely = [word for name, value in answer.likely.items() if name != "expanded" for word in _words(name, value)]
    if likely:
        lines.append(say("leaned", language, text=_listed(likely)))
    if expanded := answer.likely.get("expanded"):
        lines.append(say("expanded", language, text="，".join(f"{said}（{full}）" for said, full in expanded.items())))
    return lines


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


def _listed(names: tuple[str, ...] | list[str]) -> str:
    more = "等" if len(names) > NAMES + 1 else ""
    return "、".join(names[: NAMES + 1] if len(names) <= NAMES + 1 else names[:NAMES]) + more
