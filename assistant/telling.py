"""What an answer says of its search: what it was held to, what it preferred, why it found nothing."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.messages import say

NAMES = 2
"""Documents named in a line."""


def search_lines(answer: Answer, language: str) -> list[str]:
    """One line for what the question itself held the search to, one for what it made likely; none without."""
    lines = []
    documents = [*answer.filters.get("document", ())]
    if documents:
        lines.append(say("held", language, text=_listed(documents)))
    likely = [word for value in answer.likely.values() for word in ([value] if isinstance(value, str) else value)]
    if likely:
        lines.append(say("leaned", language, text=_listed([str(word) for word in likely])))
    return lines


def why(answer: Answer, language: str) -> str:
    """Why nothing was found, and what there is instead."""
    told = say(f"why.{answer.reason}", language, missing="、".join(answer.missing))
    return told + (say("why.nearest", language, nearest=_listed(answer.nearest)) if answer.nearest else "")


def _listed(names: tuple[str, ...] | list[str]) -> str:
    more = "等" if len(names) > NAMES + 1 else ""
    return "、".join(names[: NAMES + 1] if len(names) <= NAMES + 1 else names[:NAMES]) + more
