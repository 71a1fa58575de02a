"""核稿: a draft in, what the library says of each place of it out, also as comments in the draft."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html import escape
from pathlib import Path
from threading import Event
from typing import Any

import gradio as gr

from assistant.draft import Checked, Draft, check, comments_of, read_draft, write_comments
from assistant.errors import NotDraft
from assistant.export import FORMS, file_of, report_sheet
from assistant.messages import say
from assistant.web.outcome import LIGHT, QUIET_DRAFT, note_html, outcome
from assistant.web.render_draft import checked_html, progress_html
from assistant.web.render_export import report_exports
from index import Library

LOOKED_AT = 0.3
"""Seconds between two looks at how far a check has come."""


class Stopped(BaseException):
    """Nobody waits for the report any more. No Exception, so that none who handles errors takes it for one."""


@dataclass(frozen=True)
class Report:
    """A draft that was checked: the HTML, and the commented copy if it is a Word document."""

    html: str
    commented: Path | None = None


def checking_tab(open_library: Callable[[], Library], language: str) -> None:
    """核稿: its parts and what they do, laid out where it is called."""
    with gr.Tab(say("web.tab.check", language), id="check", elem_id="yj-tab-check"):
        with gr.Column(elem_classes="yj-form"):
            gr.HTML(_invitation(language), padding=False)
            file = gr.File(show_label=False, label=say("web.check.file", language), height=112, elem_id="yj-draft")
            box = gr.Textbox(
                label=say("web.check.paste", language),
                placeholder=say("web.check.placeholder", language),
                lines=4,
                max_lines=12,
                elem_id="yj-pasted",
                elem_classes="yj-box",
            )
            with gr.Row(elem_classes="yj-line"):
                go = gr.Button(
                    say("web.check.go", language), variant="primary", elem_id="yj-check", elem_classes="yj-go", scale=0
                )
                stop = gr.Button(say("web.check.stop", language), visible=False, elem_id="yj-stop", scale=0)
                save = gr.DownloadButton(say("web.check.save", language), visible=False, elem_id="yj-save", scale=0)
        result = gr.HTML(note_html("web.check.hint", language), elem_id="yj-check-result")

        def run(path: str | None, pasted: str) -> Iterator[tuple[Any, ...]]:
            yield from checks(open_library, path, pasted, language)

        running = go.click(run, [file, box], [result, file, stop, save], **QUIET_DRAFT)
        stop.click(
            lambda: (note_html("web.check.stopped", language), None, gr.update(visible=False)),
            None,
            [result, file, stop],
            cancels=[running],
            **LIGHT,
        )


def _invitation(language: str) -> str:
    named, kinds = say("web.check.file", language), say("web.check.kinds", language)
    return f'<p class="yj-invitation"><b>{escape(named)}</b>{escape(kinds)}</p>'


def checks(
    open_library: Callable[[], Library], path: str | None, pasted: str, language: str
) -> Iterator[tuple[Any, ...]]:
    """What is shown while a draft is checked, and then its report. An upload is deleted as soon as it was checked."""
    hidden = gr.update(visible=False)
    if not path and not pasted.strip():
        yield note_html("web.check.empty", language), gr.skip(), hidden, hidden
        return
    with _drafted(path, pasted, language) as (draft, folder):
        for step in _watched(lambda tick: _report(open_library, draft, folder, tick, language)):
            if isinstance(step, Report):
                given = gr.update(visible=True, value=step.commented) if step.commented else hidden
                yield step.html, None, hidden, given
            else:
                yield progress_html(step, language), gr.skip(), gr.update(visible=True), hidden


@contextmanager
def _drafted(path: str | None, pasted: str, language: str) -> Iterator[tuple[Path, Path]]:
    """The draft as a file, and a folder for what is made of it. Neither is there afterwards."""
    with tempfile.TemporaryDirectory(prefix="youju-") as name:
        folder = Path(name)
        draft = Path(path) if path else folder / f"{say('web.check.pasted', language)}.txt"
        if not path:
            draft.write_text(pasted, encoding="utf-8", errors="replace")
        try:
            yield draft, folder
        finally:
            draft.unlink(missing_ok=True)
            with suppress(OSError):  # the folder of its own that Gradio gave an upload
                draft.parent.rmdir()


def _report(
    open_library: Callable[[], Library], path: Path, folder: Path, tick: Callable[[int, int], None], language: str
) -> Report:
    made: list[Path] = []

    def work() -> str:
        draft = _read(path)
        checked = check(open_library(), draft, tick)
        if draft.word:
            made.append(_commented(draft, checked, folder, language))
        sheet = report_sheet(checked, len(draft.paragraphs), language)
        files = [file_of(sheet, form) for form in FORMS]
        return report_exports(files, language) + checked_html(checked, len(draft.paragraphs), language)

    html = outcome(work, language, path.name)
    return Report(html, made[0] if made else None)


def _read(path: Path) -> Draft:
    """The draft; an error names it as the reader knows it, without the folder that it was uploaded to."""
    try:
        return read_draft(path)
    except NotDraft as error:
        raise NotDraft(path=path.name) from error


def _commented(draft: Draft, checked: Checked, folder: Path, language: str) -> Path:
    out = folder / f"{draft.path.stem}-{say('web.check.commented', language)}.docx"
    write_comments(draft, comments_of(checked, language), out)
    return out


def _watched(work: Callable[[Callable[[int, int], None]], Report]) -> Iterator[float | Report]:
    """How far some work has come, 0 to 1, then what it gives. The work ends when nobody waits for it any more."""
    stopped, share = Event(), [0.0]

    def tick(done: int, of: int) -> None:
        share[0] = done / of if of else 1.0
        if stopped.is_set():
            raise Stopped

    with ThreadPoolExecutor(1) as pool:
        try:
            future = pool.submit(work, tick)
            yield 0.0
            while not wait([future], LOOKED_AT).done:
                yield share[0]
            yield future.result()
        finally:
            stopped.set()
