"""找提法: how others have put it, by meaning, phrase, pattern, place and as parallel headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from assistant.messages import say
from assistant.web.outcome import QUIET, note_html, outcome
from assistant.web.render_wording import Shown, wordings_html
from assistant.web.view import issuers_of
from assistant.wording import MODES, PLACES, Wish, Wordings, wording
from assistant.wording.concordance import COUNTS, SORTS
from index import Filters, IndexingError, Library

LONGEST = 500
"""Characters of a query."""
FAMILIES, LINES, MOST = 20, 100, 1000
"""Families and lines that are shown at first, and of either when everything is asked for."""
OFFERED = 300
"""Values of a filter that are offered, the commonest; others can be typed."""


@dataclass(frozen=True)
class Asked:
    """What the form says."""

    query: str
    mode: str
    place: str
    kind: str | None
    year: str | None
    issuer: str | None
    sort: str
    everything: bool = False

    @property
    def filters(self) -> Filters:
        """Which documents to look in; a year that is none holds to nothing."""
        digits = (self.year or "").strip().removesuffix("年")
        year = int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else None
        return Filters(kind=self.kind or None, year=year, issuer=self.issuer or None)

    @property
    def wish(self) -> Wish:
        """How to search."""
        mode = self.mode if self.mode in MODES else ""
        place = self.place if self.place in PLACES else ""
        return Wish(mode=mode, place=place, sort=self.sort if self.sort in SORTS else None, courses=True)


def wording_tab(open_library: Callable[[], Library], language: str) -> None:
    """找提法: its parts and what they do, laid out where it is called."""
    with gr.Tab(say("web.tab.wording", language), id="wording", elem_id="yj-tab-wording", render_children=True) as tab:
        with gr.Column(elem_classes="yj-form"):
            box, go = _query(language)
            mode, place = _ways(language)
            with gr.Accordion(say("web.wording.filters", language), open=False), gr.Row():
                kind, year, issuer = (_filter(name, language) for name in ("kind", "year", "issuer"))
        sorts = [(say(f"web.wording.sort.{name or 'best'}", language), name) for name in ("", *SORTS)]
        sort = gr.Radio(sorts, value="", label=say("web.wording.sort", language), visible=False, elem_id="yj-sort")
        result = gr.HTML(note_html("web.wording.hint", language), elem_id="yj-wording-result")
        more = gr.Button(say("web.wording.everything", language), visible=False, elem_id="yj-everything", size="sm")

        def search(*form: Any) -> Iterator[tuple[Any, ...]]:
            yield note_html("web.wording.searching", language), gr.skip(), gr.skip()
            yield found(open_library, Asked(*form), language)

        def everything(*form: Any) -> tuple[Any, ...]:
            return found(open_library, replace(Asked(*form), everything=True), language)

        form, outputs = [box, mode, place, kind, year, issuer, sort], [result, sort, more]
        gr.on([box.submit, go.click], search, form, outputs, **QUIET)
        sort.input(search, form, outputs, **QUIET)
        more.click(everything, form, outputs, **QUIET)
        tab.select(lambda: offered(open_library, language), None, [kind, year, issuer], **QUIET)


def _query(language: str) -> tuple[gr.Textbox, gr.Button]:
    with gr.Row(elem_classes="yj-line"):
        box = gr.Textbox(
            label=say("web.wording.label", language),
            placeholder=say("web.wording.placeholder", language),
            lines=1,
            max_lines=4,
            max_length=LONGEST,
            elem_id="yj-need",
            elem_classes="yj-box",
            scale=8,
        )
        go = gr.Button(
            say("web.wording.go", language), variant="primary", elem_id="yj-wording", elem_classes="yj-go", scale=0
        )
    return box, go


def _ways(language: str) -> tuple[gr.Radio, gr.Dropdown]:
    modes = [(say(f"web.wording.mode.{name or 'auto'}", language), name) for name in ("", *MODES)]
    places = [(say(f"web.wording.place.{name or 'any'}", language), name) for name in ("", *PLACES)]
    with gr.Row(elem_classes="yj-ways"):
        mode = gr.Radio(
            modes, value="", label=say("web.wording.mode", language), elem_id="yj-mode", scale=3, min_width=320
        )
        place = gr.Dropdown(places, value="", label=say("web.wording.place", language), elem_id="yj-place", scale=1)
    return mode, place


def _filter(name: str, language: str) -> gr.Dropdown:
    """Values come when the tab is opened; one may also type."""
    label = say(f"web.wording.by.{name}", language)
    return gr.Dropdown(
        [_any(language)], value="", label=label, allow_custom_value=True, elem_id=f"yj-{name}", min_width=120
    )


def _any(language: str) -> tuple[str, str]:
    return say("scope.any", language), ""


def offered(open_library: Callable[[], Library], language: str) -> tuple[Any, ...]:
    """The kinds, years and issuers of the library, to choose from; "" for all."""
    try:
        entries = open_library().entries()
    except IndexingError:
        return gr.skip(), gr.skip(), gr.skip()
    kinds = Counter(e.kind for e in entries if e.kind)
    issuers = Counter(issuer for e in entries if e.issuer for issuer in issuers_of(e))
    years = sorted({e.issued[:4] for e in entries if e.issued}, reverse=True)
    commonest = [[name for name, _ in counter.most_common(OFFERED)] for counter in (kinds, issuers)]
    return tuple(
        gr.update(choices=[_any(language), *((value, value) for value in values)])
        for values in (commonest[0], years, commonest[1])
    )


def found(open_library: Callable[[], Library], asked: Asked, language: str) -> tuple[Any, ...]:
    """What a form gives: the HTML, whether there are lines to sort, and whether there is more to show."""
    query = asked.query.strip()[:LONGEST]
    if not (query or asked.wish.place or asked.mode == "headings"):
        return note_html("web.wording.empty", language), gr.update(visible=False), gr.update(visible=False)
    shown: list[Wordings] = []

    def work() -> str:
        library = open_library()
        result = _searched(library, query, asked)
        shown.append(result)
        return wordings_html(Shown(result, _counts(library, query, asked, result), _unheld(asked, result)), language)

    html = outcome(work, language)
    lined = any(result.lines for result in shown)
    rest = any(not asked.everything and result.total > _count(result) for result in shown)
    return html, gr.update(visible=lined), gr.update(visible=rest)


def _searched(library: Library, query: str, asked: Asked) -> Wordings:
    """The first families or lines; a concordance has more lines than there are families."""
    wish, filters = asked.wish, asked.filters
    result = wording(library, query, wish=wish, filters=filters, k=MOST if asked.everything else FAMILIES)
    if asked.everything or not result.lines or result.total <= FAMILIES:
        return result
    return wording(library, query, wish=wish, filters=filters, k=LINES)


def _counts(library: Library, query: str, asked: Asked, result: Wordings) -> dict[str, dict[str, int]]:
    if not result.lines:
        return {}
    wishes = {by: Wish(asked.wish.mode, asked.wish.place, count=by) for by in COUNTS}
    return {by: wording(library, query, wish=w, filters=asked.filters, k=1).counts for by, w in wishes.items()}


def _unheld(asked: Asked, result: Wordings) -> bool:
    return bool(asked.wish.place) and result.mode != "meaning"


def _count(result: Wordings) -> int:
    return len(result.lines) or len(result.families)
