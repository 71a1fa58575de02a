"""文库: what is in it, adding, removing, its health."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from assistant.access import Visit
from assistant.access.errors import AccessError
from assistant.compose import ChatLibrary, is_sample
from assistant.messages import explain, say
from assistant.web.doing import doing_html
from assistant.web.door import visit_of
from assistant.web.outcome import error_html
from assistant.web.shelf import shelf_html
from assistant.web.view import FILTERS, View
from assistant.working import State, Work
from corpus.files import LIMIT_BYTES
from index import IndexingError, Library

FOR_READERS = frozenset({*FILTERS, "page", "all", "mark", "unmark"})
"""What may be done with the list by whoever may read it: it changes how it is shown and nothing else."""
EVERY = 0.4
"""Seconds between two looks at what is being done."""
AT_ONCE = 16

Shown = tuple[Any, Any, View]


def library_tab(open_library: Callable[[], Library], language: str) -> None:
    """文库: its parts and what they do, laid out where it is called."""
    work = open_library.work if isinstance(open_library, ChatLibrary) else Work(open_library)
    with gr.Tab(say("web.tab.library", language), id="library", elem_id="yj-tab-library") as tab:
        view = gr.State(View())
        gr.HTML(_invitation(language), padding=False)
        files = gr.File(
            show_label=False,
            label=say("shelf.add", language),
            file_count="multiple",
            elem_id="yj-files",
            height=112,
        )
        doing = gr.HTML("", elem_id="yj-doing", padding=False)
        shelf = gr.HTML(
            f'<p class="yj-empty">{escape(say("shelf.loading", language))}</p>', elem_id="yj-shelf", padding=False
        )
        gr.HTML(_health(language), elem_id="yj-health", padding=False)
        act = gr.Textbox(elem_id="yj-act", elem_classes="yj-hidden", show_label=False, label="act")

        show = partial(_show, open_library, work, language)
        quiet: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": AT_ONCE, "api_visibility": "private"}
        outputs = [doing, shelf, view]

        def follow(view: View, request: gr.Request) -> Iterator[Shown]:
            yield from _follow(work, partial(show, visit_of(request)), view)

        def on(action: str, view: View, request: gr.Request) -> Iterator[Shown]:
            yield from _act(work, partial(show, visit_of(request)), action, view, visit_of(request), language)

        def add(given: list[dict[str, Any]] | None, view: View, request: gr.Request) -> Iterator[tuple[Any, ...]]:
            yield from _add(work, partial(show, visit_of(request)), language, given, view, visit_of(request))

        tab.select(follow, [view], outputs, **quiet)
        act.change(on, [act, view], outputs, **quiet)
        files.upload(add, [files, view], [files, *outputs], preprocess=False, **quiet)


def _invitation(language: str) -> str:
    hint = say("shelf.add.hint", language, most=LIMIT_BYTES // 1_000_000)
    return f'<p class="yj-invitation"><b>{escape(say("shelf.add", language))}</b>{escape(hint)}</p>'


def _health(language: str) -> str:
    buttons = "".join(
        f'<button type="button" data-act="{what}:" title="{escape(say(f"shelf.{what}.hint", language))}">{escape(say(f"shelf.{what}", language))}</button>'
        for what in ("backup", "verify", "rebuild")
    )
    return f'<p class="yj-actions"><span class="yj-label">{escape(say("shelf.health", language))}</span>{buttons}</p>'


def _show(
    open_library: Callable[[], Library], work: Work, language: str, visit: Visit, view: View, *, shelf: bool = True
) -> Shown:
    """How things are now; without `shelf` only what is being done, which is no business of readers."""
    is_librarian = visit.role == "librarian"
    doing = doing_html(work.state, language) if is_librarian else ""
    if not shelf:
        return doing, gr.skip(), view
    try:
        library = open_library()
        families = library.families() if view.flag == "near-duplicate" else []
        fixed = is_sample(library)
        html = shelf_html(
            library.entries(), families, view, fixed=fixed, language=language, offers_removal=is_librarian and not fixed
        )
        html += f'<i hidden data-counts="{escape(say("web.library", language, **library.counts()))}"></i>'
    except IndexingError as error:
        html = f'<p class="yj-error">{escape(explain(error, language))}</p>'
    return doing, html, view


def _follow(work: Work, show: Callable[..., Shown], view: View) -> Iterator[Shown]:
    """How things are until nothing is being done; the list as it was before and after."""
    running = work.state.running
    yield show(view)
    while running:
        time.sleep(EVERY)
        running = work.state.running
        yield show(view, shelf=not running)


def _act(
    work: Work, show: Callable[..., Shown], action: str, view: View, visit: Visit, language: str
) -> Iterator[Shown]:
    """One of the buttons and choices on the page."""
    action = action.partition("|")[2]  # a number goes before it, so that the same can be done twice
    name = action.partition(":")[0]
    if name not in FOR_READERS:
        try:
            visit.must_be_librarian(name[:20])
        except AccessError as error:
            yield error_html(error, language), gr.skip(), view
            return
    if name == "stop":
        work.stop()
        yield show(view, shelf=False)  # who began it follows it to its end
        return
    done = partial(_record, visit)
    begin: dict[str, Callable[[], bool]] = {
        "remove": partial(work.remove, view.marked, done),
        "rebuild": partial(work.rebuild, done),
        "verify": partial(work.verify, done),
        "backup": partial(work.backup, done),
    }
    if name not in begin:
        yield show(view.after(action))
        return
    if begin[name]() and name == "remove":
        view = view.after("unmark:")
    yield from _follow(work, show, view)


def _add(
    work: Work, show: Callable[..., Shown], language: str, given: list[dict[str, Any]] | None, view: View, visit: Visit
) -> Iterator[tuple[Any, ...]]:
    """Files that were dropped or chosen."""
    files = uploaded(given or ())
    try:
        visit.must_be_librarian("add")
    except AccessError as error:
        for path, _ in files:
            path.unlink(missing_ok=True)
        yield None, error_html(error, language), gr.skip(), view
        return
    if files and not work.add(files, partial(_record, visit)):
        gr.Warning(say("doing.busy", language))
    for shown in _follow(work, show, view):
        yield None, *shown


def _record(visit: Visit, state: State) -> None:
    """Log what came of some work, under the name of who began it."""
    added = tuple(o.id for o in state.outcomes if o.what in ("added", "updated"))
    if state.doing:
        visit.record(state.doing, added or state.ids, **({"failed": type(state.error).__name__} if state.error else {}))


def uploaded(given: Sequence[dict[str, Any]]) -> list[tuple[Path, str]]:
    """Each file where Gradio has put it, with its owner's name; nothing that lies anywhere else is touched."""
    folder = Path(get_upload_folder()).resolve()
    files = ((Path(file["path"]).resolve(), file.get("orig_name") or Path(file["path"]).name) for file in given)
    return [(path, name) for path, name in files if path.is_relative_to(folder) and path.is_file()]
