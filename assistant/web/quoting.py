"""核引文: a quotation in, its source and every difference out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

import gradio as gr

from assistant.errors import TooLong
from assistant.messages import say
from assistant.quotation import quote
from assistant.web.outcome import QUIET, note_html, outcome
from assistant.web.render_quotation import quotation_html
from index import Library


def quoting_tab(open_library: Callable[[], Library], language: str) -> None:
    """核引文: its parts and what they do, laid out where it is called."""
    with gr.Tab(say("web.tab.quote", language), id="quote", elem_id="yj-tab-quote"):
        with gr.Column(elem_classes="yj-form"):
            box = gr.Textbox(
                label=say("web.quote.label", language),
                placeholder=say("web.quote.placeholder", language),
                lines=4,
                max_lines=14,
                elem_id="yj-quotation",
                elem_classes="yj-box",
            )
            go = gr.Button(say("web.quote.go", language), variant="primary", elem_id="yj-quote", elem_classes="yj-go")
        result = gr.HTML(note_html("web.quote.hint", language), elem_id="yj-quote-result")

        def look_up(typed: str) -> Iterator[str]:
            yield note_html("web.quote.searching", language)
            yield looked_up(open_library, typed, language)

        gr.on([box.submit, go.click], look_up, box, result, **QUIET)


def looked_up(open_library: Callable[[], Library], typed: str, language: str) -> str:
    """What a quotation gives, as HTML: also if it is empty, too long, or the library can't be read."""
    if not typed.strip():
        return note_html("web.quote.empty", language)

    def work() -> str:
        try:
            return quotation_html(quote(open_library(), typed.strip()), language)
        except TooLong as error:  # the command line says another thing to do
            told = escape(say("web.quote.long", language, **error.fields))
            return f'<p class="yj-error" role="alert">{told}</p>'

    return outcome(work, language)
