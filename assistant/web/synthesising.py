"""综述 in the chat: its place above the cited sentences, kept while it is written, and what comes to stand there.

The place has its height from the beginning, so nothing jumps. The page's script (synthesis.js) asks for the text by a
token, once the answer stands there; neither the answer nor the next question waits for it.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from html import escape

import gradio as gr

from assistant.answer import Answer
from assistant.messages import say
from assistant.synthesis import ModelServer, Synthesis
from assistant.synthesis.client import AT_ONCE
from assistant.synthesis.synthesise import is_to_be_written, synthesise
from assistant.telling import synthesis_notes
from index import Library

MOST = 200
"""Answers kept whose synthesis nobody has asked for yet."""
REST = 60.0
"""Seconds after a failure in which no place is kept: a dead server would leave an empty one above each answer."""


class Syntheses:
    """The syntheses of one page."""

    def __init__(self, open_library: Callable[[], Library], server: ModelServer | None, language: str) -> None:
        self._open_library, self._server, self._language = open_library, server, language
        self._waiting: OrderedDict[str, tuple[Answer, int]] = OrderedDict()
        self._failed: tuple[float, Synthesis] | None = None
        self._guard = threading.Lock()

    def place(self, answer: Answer, turn: int) -> str:
        """What stands above an answer: a place with the token of its synthesis; nothing if no model is asked."""
        if not is_to_be_written(answer, self._server):
            return ""
        sources = f'<p class="yj-label">{escape(say("synthesis.sources", self._language))}</p>'
        if self._failed and time.monotonic() - self._failed[0] < REST:
            return f"{_notes(self._failed[1], self._language)}{sources}"
        token = secrets.token_urlsafe(18)
        with self._guard:
            self._waiting[token] = answer, turn
            while len(self._waiting) > MOST:
                self._waiting.popitem(last=False)
        writing = f'<p class="yj-note-soft">{escape(say("synthesis.writing", self._language))}</p>'
        return (
            f'<section class="yj-synthesis" data-write="{token}" tabindex="0" aria-live="polite"'
            f' aria-label="{escape(say("synthesis", self._language))}">{_lead(self._language)}{writing}</section>{sources}'
        )

    def written(self, token: str) -> str:
        """What belongs in the place of a token; empty if there is none."""
        with self._guard:
            answer, turn = self._waiting.pop(token, (None, 0))
        if answer is None:
            return ""
        made = synthesise(self._open_library(), answer, self._server).synthesis
        if made is None:
            return ""
        self._failed = (time.monotonic(), made) if made.failed not in ("", "empty", "busy") else None
        return f'<div data-written="{escape(token)}">{synthesis_html(made, turn, self._language)}</div>'


def synthesis_html(synthesis: Synthesis, turn: int, language: str = "zh") -> str:
    """The sentences of a synthesis with their marks, in the type of what is no quotation, and what was left out."""
    sentences = "".join(
        f"<p>{escape(sentence.text)}{''.join(_mark(n, turn, language) for n in sentence.citations)}</p>"
        for sentence in synthesis.sentences
    )
    return f"{_lead(language)}{sentences}{_notes(synthesis, language)}"


def _lead(language: str) -> str:
    return f'<p class="yj-label">{escape(say("synthesis", language))}</p>'


def _notes(synthesis: Synthesis, language: str) -> str:
    return "".join(f'<p class="yj-note-soft">{escape(note)}</p>' for note in synthesis_notes(synthesis, language))


def _mark(n: int, turn: int, language: str) -> str:
    label = escape(say("web.source", language, n=n))
    return f'<a class="yj-mark" href="#yj-{turn}-{n}" aria-label="{label}">[{n}]</a>'


def synthesis_parts(syntheses: Syntheses) -> None:
    """The hidden parts of the page through which its script asks for what belongs in a place."""
    wanted = gr.Textbox(elem_id="yj-write", elem_classes="yj-hidden", show_label=False, label="write")
    written = gr.HTML(elem_id="yj-written", elem_classes="yj-hidden")
    wanted.change(
        syntheses.written, wanted, written, show_progress="hidden", concurrency_limit=AT_ONCE, api_visibility="private"
    )
