"""Asking the same again within another range: year, kind, issuer, place; and what lies outside of the present one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from assistant.answer import Answer
from assistant.citation import Citation
from assistant.messages import say
from assistant.references import Catalogue
from assistant.telling import outside_line, scope_words
from assistant.web.asked import ask_button
from assistant.web.links import document_link, shortened, source_link
from index import Entry, Library

OFFERED = {"year": 3, "kind": 2, "issuer": 1}
"""Values out of the hits that are one click away, of each."""
MENU = ("year", "kind", "issuer", "region")
MOST = 300
"""Values of a filter that the menu lists, the commonest."""


def held_to(answer: Answer) -> dict[str, Any]:
    """The filters that a question was asked with, without what it names itself."""
    return {name: answer.filters[name] for name in scope_words(answer.filters)}


def narrow_html(answer: Answer, language: str = "zh") -> str:
    """Values that the hits have, each asking again for its documents alone; a menu of all that the library has."""
    held = held_to(answer)
    of = len(answer.hits)
    chips = "".join(
        ask_button(
            scope_words({name: value})[name],
            answer.understood,
            {**held, name: value},
            say("scope.count", language, count=count, of=of),
            count,
        )
        for name, value, count in narrower(answer)
    )
    only = f"<span>{escape(say('scope.only', language))}</span>{chips}" if chips else ""
    filters = escape(json.dumps(held, ensure_ascii=False))
    return (
        f'<div class="yj-narrow">{only}<details class="yj-menu" data-question="{escape(answer.understood)}"'
        f' data-filters="{filters}"><summary class="yj-chip">{escape(say("scope.other", language))}</summary>'
        f'<div class="yj-scopes"></div></details></div>'
    )


def narrower(answer: Answer) -> Iterator[tuple[str, Any, int]]:
    """Name, value and number of hits of each filter that would leave some hits and not all."""
    held = held_to(answer)
    for name, most in OFFERED.items():
        counts = Counter(value for hit in answer.hits if (value := _value(hit.entry, name)))
        telling = [(value, n) for value, n in counts.most_common() if n < len(answer.hits) and name not in held]
        for value, n in telling[:most]:
            yield name, value, n


def _value(entry: Entry, name: str) -> Any:
    return (int(entry.issued[:4]) if entry.issued else None) if name == "year" else getattr(entry, name)


def outside_html(answer: Answer, language: str = "zh") -> str:
    """Which sources lie outside of the filters, and a button that asks without these."""
    told = outside_line(answer, language)
    if not told:
        return ""
    links = "；".join(_of_one(list(group)) for _, group in groupby(answer.outside, key=lambda c: c.entry.row))
    scope = "、".join(map(shortened, scope_words(answer.filters).values()))
    lead = say("outside.lead", language, scope=scope, count=len(answer.outside))
    button = ask_button(say("scope.all", language), answer.understood, {})
    return f'<div class="yj-outside"><p>{escape(lead)}{links}</p>{button}</div>'


def _of_one(citations: Sequence[Citation]) -> str:
    """A link for each of one document's citations: the first in full, of the others the paragraph."""
    first, *others = citations
    links = (
        f'<a href="{document_link(c)}" target="_blank" rel="noopener">{escape(say("paragraph", "zh", n=c.paragraph.number))}</a>'
        for c in others
    )
    return "、".join([source_link(first), *links])


def menu_html(library: Library, language: str = "zh") -> str:
    """What a library offers to be held to, with the number of its documents. Raises IndexingError."""
    entries, places = library.read(
        lambda snapshot: (
            [card.entry for card in Catalogue.of(snapshot).cards.values()],
            [card.place for card in Catalogue.of(snapshot).cards.values()],
        )
    )
    values: dict[str, Iterable[Any]] = {name: [_value(entry, name) for entry in entries] for name in MENU[:3]}
    selects = "".join(_select(name, {**values, "region": places}[name], language) for name in MENU)
    go = escape(say("scope.go", language))
    return f'<form>{selects}<button type="submit" class="yj-chip yj-main">{go}</button></form>'


def _select(name: str, values: Iterable[Any], language: str) -> str:
    counts = Counter(value for value in values if value).most_common(MOST)
    if name == "year":
        counts.sort(reverse=True)
    options = "".join(
        f'<option value="{escape(str(value))}">{escape(scope_words({name: value})[name])}（{n}）</option>'
        for value, n in counts
    )
    label, anything = escape(say(f"scope.{name}", language)), escape(say("scope.any", language))
    return f'<label>{label}<select name="{name}"><option value="">{anything}</option>{options}</select></label>'
