"""What is asked in the chat: a question and the range of documents it is held to, as the page shows and keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from html import escape
from typing import Any

from assistant.batch import read_filters
from assistant.messages import say
from assistant.question import understand
from assistant.telling import scope_words
from index import Filters

LONGEST = 5000
"""Characters of a question."""
FOLDED, BEGINNING = 300, 120
"""Characters from which on a question is folded, and how many of it are shown then."""
STAGES = ("understanding", "searching", "writing")


@dataclass(frozen=True)
class Asking:
    """A question, and what its reader holds it to."""

    question: str
    filters: Filters = field(default_factory=Filters)

    @property
    def held(self) -> dict[str, Any]:
        """The filters that are set."""
        return {name: value for name, value in asdict(self.filters).items() if value is not None}

    @property
    def kept(self) -> str | dict[str, Any]:
        """As the browser keeps it: the bare question if it is held to nothing."""
        return {"question": self.question, "filters": self.held} if self.filters else self.question


def read_asking(said: object) -> Asking | None:
    """What a browser says that was asked; None if it means nothing.

    >>> read_asking({"question": "有什么要求", "filters": {"year": 2023}}).held
    {'year': 2023}
    >>> read_asking({"question": "有什么要求", "filters": {"colour": "red"}}), read_asking("  "), read_asking(3)
    (None, None, None)
    """
    given = {"question": said} if isinstance(said, str) else said
    if not isinstance(given, dict) or not isinstance(given.get("question"), str):
        return None
    question = _whole(given["question"]).strip()[:LONGEST]
    filters = given.get("filters") or {}
    if not question or not isinstance(filters, dict):
        return None
    try:
        held = read_filters({_whole(str(k)): _whole(v) if isinstance(v, str) else v for k, v in filters.items()})
    except (TypeError, ValueError):
        return None
    return Asking(question, held)


def _whole(text: str) -> str:
    """Without halves of characters, which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def asked_html(asking: Asking, language: str = "zh") -> str:
    """A question as the chat shows it, a very long one folded, and under it what it is held to."""
    kept = escape(json.dumps(asking.kept, ensure_ascii=False))
    text = asking.question
    if len(text) <= FOLDED:
        return f'<p class="yj-asked" data-asked="{kept}">{escape(text)}</p>{_scope(asking, language)}'
    whole = escape(say("asked.whole", language, count=len(text)))
    note = escape(say("asked.long", language))
    return (
        f'<details class="yj-asked" data-asked="{kept}"><summary>{escape(text[:BEGINNING])}…'
        f'<span class="yj-more">{whole}</span></summary><p>{escape(text)}</p></details>'
        f'<p class="yj-hint">{note}</p>{_scope(asking, language)}'
    )


def _scope(asking: Asking, language: str) -> str:
    """Each filter as a chip that asks again without it."""
    words = scope_words(asking.held)
    if not words:
        return ""
    hint = say("scope.without", language)
    chips = "".join(
        ask_button(f"{word} ×", asking.question, {k: v for k, v in asking.held.items() if k != name}, hint)
        for name, word in words.items()
    )
    return f'<p class="yj-scope"><span>{escape(say("scope.only", language))}</span>{chips}</p>'


def ask_button(label: str, question: str, filters: Mapping[str, Any], hint: str = "", count: int = 0) -> str:
    """A button that asks a question within a range of documents."""
    held = escape(json.dumps(dict(filters), ensure_ascii=False))
    title = f' title="{escape(hint)}"' if hint else ""
    number = f" <small>{count}</small>" if count else ""
    return (
        f'<button type="button" class="yj-chip" data-ask="{escape(question)}" data-filters="{held}"{title}>'
        f"{escape(label)}{number}</button>"
    )


def stage_html(stage: str, language: str, understood: str = "") -> str:
    """How far asking is, in the place where the answer comes.

    >>> stage_html("searching", "zh").count("aria-current")
    1
    """
    steps = "".join(
        f"<span{' aria-current=step' if step == stage else ''}>{escape(say(f'stage.{step}', language))}</span>"
        for step in STAGES
    )
    told = f'<p class="yj-understood">{escape(understood)}</p>' if understood else ""
    return f'<div class="yj-searching" role="status"><p class="yj-stages">{steps}</p>{told}</div>'


def understood_as(asking: Asking, earlier: list[str], language: str) -> str:
    """How a follow-up was understood, as a line; "" for a question that reads by itself."""
    question = understand(asking.question, earlier)
    same = question.standalone == question.asked
    return "" if same else say("understood", language, text=question.standalone)
