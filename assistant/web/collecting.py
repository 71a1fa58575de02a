"""摘录本 on the page: what its buttons say is done to the excerpts that the browser keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from assistant.excerpts import MOST, Excerpt, excerpt_of, read_excerpts, settled
from assistant.export import FORMS, collected_sheet, file_of
from assistant.messages import explain, say
from assistant.web.outcome import LIGHT, QUIET
from assistant.web.render_excerpts import excerpts_html, held_html
from assistant.web.render_export import saved
from index import IndexingError, Library

KEPT_AS = "youju-excerpts"
"""Where the browser keeps them. The same for every start of the program, so that they are there tomorrow."""
AT_ONE_TIME = 40
"""Citations that one button may keep."""


def excerpts_part(open_library: Callable[[], Library], page: gr.Blocks, language: str) -> None:
    """The excerpts, laid out where it is called: outside of all tabs, since Gradio makes a tab's parts only when it is
    first opened and loses what was sent to them before. Buttons of results write what is to be done into a hidden box
    and press the hidden button beside it.
    """
    kept = gr.BrowserState([], storage_key=KEPT_AS, secret=KEPT_AS)
    with gr.Accordion(_label([], language), open=False, elem_id="yj-excerpts") as fold:
        shown = gr.HTML(excerpts_html([], language), elem_id="yj-basket")
    held = gr.HTML(held_html([]), elem_id="yj-held", visible="hidden")  # a closed fold has nothing in it
    asked = gr.Textbox(elem_id="yj-do", visible="hidden", show_label=False)
    go = gr.Button(elem_id="yj-do-go", visible="hidden")
    file = gr.Textbox(elem_id="yj-file", visible="hidden", show_label=False)

    def do(command: str, now: object) -> tuple[Any, ...]:
        return done(open_library, command, now, language)

    def show(now: object) -> tuple[Any, ...]:
        excerpts = read_excerpts(now)
        return excerpts_html(excerpts, language), held_html(excerpts), gr.update(label=_label(excerpts, language))

    outputs = [kept, shown, held, fold, file]
    go.click(do, [asked, kept], outputs, **QUIET).then(
        None, file, None, js="(file) => window.youjuSave(file)", api_visibility="private"
    )
    page.load(show, kept, [shown, held, fold], **LIGHT)


def _label(excerpts: Sequence[Excerpt], language: str) -> str:
    return say("excerpt.label", language, count=len(excerpts))


def done(open_library: Callable[[], Library], command: str, now: object, language: str) -> tuple[Any, ...]:
    """A command on the excerpts: what the browser is to keep, the HTML, their ids, the label, a file to save or ""."""
    what, *ids = command.split()[: AT_ONE_TIME + 1] or [""]
    excerpts, file, told = read_excerpts(now), "", ""
    try:
        if what == "keep":
            excerpts, told = _with(open_library(), excerpts, ids, language)
        elif what == "drop":
            excerpts = tuple(e for e in excerpts if e.id not in ids)
        elif what == "clear":
            excerpts = ()
        elif what in FORMS:
            file = _file(open_library(), what, excerpts, language)
    except IndexingError as error:
        told = explain(error, language)
    html = excerpts_html(excerpts, language, told)
    label = gr.update(label=_label(excerpts, language), **({"open": True} if told else {}))  # so that it is read
    return [e.to_dict() for e in excerpts], html, held_html(excerpts), label, file


def _with(
    library: Library, excerpts: tuple[Excerpt, ...], ids: Sequence[str], language: str
) -> tuple[tuple[Excerpt, ...], str]:
    known = {e.id for e in excerpts}
    found = [excerpt_of(library, id) for id in dict.fromkeys(ids) if id not in known]
    more = [excerpt for excerpt in found if excerpt]
    if len(excerpts) + len(more) > MOST:
        return excerpts, say("excerpt.full", language, most=MOST)
    return (*excerpts, *more), ""


def _file(library: Library, form: str, excerpts: Sequence[Excerpt], language: str) -> str:
    """A file for the browser to save: nothing of it stays here."""
    return saved(file_of(collected_sheet(library, settled(library, excerpts), language), form))
