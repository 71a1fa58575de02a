"""问答: the chat."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import gradio as gr

from assistant.alike import alike
from assistant.ask import ask
from assistant.messages import say
from assistant.synthesis import ModelServer
from assistant.web.asked import LONGEST, STAGES, Asking, asked_html, read_asking, stage_html, understood_as
from assistant.web.examples import Examples
from assistant.web.history import history_html
from assistant.web.outcome import LIGHT, QUIET, outcome
from assistant.web.render import answer_html, like_html
from assistant.web.synthesising import Syntheses, synthesis_parts
from corpus.files import LIMIT_BYTES
from index import IndexingError, Library

MOST_TURNS = 50
"""Questions of a chat that are asked again when it is opened."""

STAGE_WORDS = (*STAGES, "again", "like")
Messages = list[dict[str, Any]]
Shown = tuple[Any, Messages]


def chat_tab(
    open_library: Callable[[], Library], page: gr.Blocks, language: str, server: ModelServer | None = None
) -> None:
    """问答: its parts and what they do, laid out where it is called; `server` writes syntheses."""
    examples = Examples(open_library)
    syntheses = Syntheses(open_library, server, language)
    with gr.Tab(say("web.tab.ask", language), id="ask", elem_id="yj-tab-ask"):
        messages = gr.State([])
        chat = gr.Chatbot(
            show_label=False,
            label=say("web.title", language),
            elem_id="yj-chat",
            buttons=[],
            feedback_options=None,
            render_markdown=False,
            layout="panel",
            height=None,
            autoscroll=False,
            placeholder=f"### {say('web.examples', language)}",
        )
        with gr.Row(elem_id="yj-ask"):
            new = gr.Button(say("web.new", language), size="sm", elem_id="yj-new", scale=0, min_width=76)
            gr.Button(say("history", language), size="sm", elem_id="yj-history-open", scale=0, min_width=64)
            gr.Textbox(
                show_label=False,
                label=say("web.send", language),
                placeholder=say("web.placeholder", language),
                container=False,
                lines=1,
                max_lines=6,
                max_length=LONGEST,
                elem_id="yj-question",
                scale=8,
                autofocus=True,
            )
            gr.Button(say("web.send", language), variant="primary", elem_id="yj-send", scale=1, min_width=80)

        gr.HTML(history_html(language) + _words(language), padding=False)
        with gr.Column(elem_classes="yj-hidden"):
            again, like, reopen = (_hidden(name) for name in ("yj-again", "yj-like", "yj-reopen"))

        if server:
            synthesis_parts(syntheses)

        def answer(said: str, earlier: Messages) -> Iterator[Shown]:
            yield from _turn(open_library, _read(said), earlier, language, syntheses)

        def like_this(place: str, earlier: Messages) -> Iterator[Shown]:
            yield from _alike(open_library, place.partition("|")[2], earlier, language)

        def reopened(asked: str) -> Iterator[Shown]:
            yield from _again(open_library, asked.partition("|")[2], language)

        outputs = [chat, messages]
        again.change(answer, [again, messages], outputs, **QUIET)
        like.change(like_this, [like, messages], outputs, **QUIET)
        reopen.change(reopened, [reopen], outputs, **QUIET)
        new.click(lambda: ([], []), None, outputs, **LIGHT)
        page.load(lambda: _begin_with(examples), None, chat, **LIGHT)


def _begin_with(examples: Examples) -> Any:
    """The empty chat's examples; without a library there is nothing to ask, and the page's head says why."""
    try:
        return gr.update(examples=[{"text": example} for example in examples.now()])
    except IndexingError:
        return gr.skip()


def _hidden(name: str) -> gr.Textbox:
    """A box that the page's script writes to; a number before what it writes makes the same a change, too."""
    return gr.Textbox(elem_id=name, show_label=False, label=name)


def _words(language: str) -> str:
    """What the page's script shows by itself, in the reader's language."""
    stages = "".join(f' data-{stage}="{escape(say(f"stage.{stage}", language))}"' for stage in STAGE_WORDS)
    others = {
        "gone": "gone",
        "back": "gone.back",
        "card": "pop.card",
        "failed": "scope.failed",
        "busy": "busy",
        "retry": "busy.again",
    }
    said = "".join(f' data-{name}="{escape(say(key, language))}"' for name, key in others.items())
    large = escape(say("upload.large", language, names="{names}", most=LIMIT_BYTES // 1_000_000))
    return f'<i id="yj-words" hidden{stages}{said} data-largest="{LIMIT_BYTES}" data-too-large="{large}"></i>'


def _read(said: str) -> Asking | None:
    try:
        return read_asking(json.loads(said.partition("|")[2]))
    except (ValueError, RecursionError):
        return None


def _turn(
    open_library: Callable[[], Library],
    asking: Asking | None,
    earlier: Messages,
    language: str,
    syntheses: Syntheses | None = None,
) -> Iterator[Shown]:
    """One question: shown at once, then its answer below it, with a place for what `syntheses` will make of it."""
    if asking is None:
        yield _shown(earlier, language), earlier
        return
    asked = [m["text"] for m in earlier if m["role"] == "user" and not m.get("like")]
    messages = [*earlier, {"role": "user", "text": asking.question, "filters": asking.filters}]
    stage = stage_html("searching", language, understood_as(asking, asked, language))
    yield _shown([*messages, {"role": "assistant", "html": stage}], language), messages
    number = len(earlier) + 1

    def answered() -> str:
        answer = ask(open_library(), asking.question, history=asked, filters=asking.filters)
        place = syntheses.place(answer, number) if syntheses else ""
        return place + answer_html(answer, number, language, asked)

    html = outcome(answered, language)
    messages = [*messages, {"role": "assistant", "html": html}]
    yield _shown(messages, language), messages


def _alike(open_library: Callable[[], Library], place: str, earlier: Messages, language: str) -> Iterator[Shown]:
    """Like paragraphs of other documents, shown as a turn of the chat that no later question leans on."""
    lead = say("like", language)

    def html() -> str:
        nonlocal lead
        text, found = alike(open_library(), place)
        lead = say("like.asked", language, text=text)
        return like_html(found, len(earlier) + 1, language)

    shown = outcome(html, language)
    messages = [*earlier, {"role": "user", "text": lead, "like": True}, {"role": "assistant", "html": shown}]
    yield _shown(messages, language), messages


def _again(open_library: Callable[[], Library], asked: str, language: str) -> Iterator[Shown]:
    """A chat of before: its questions, answered out of the library as it is now."""
    try:
        questions = json.loads(asked)
    except (ValueError, RecursionError):
        return
    messages: Messages = []
    for said in questions[:MOST_TURNS] if isinstance(questions, list) else ():
        if asking := read_asking(said):
            *_, (_, messages) = _turn(open_library, asking, messages, language)
    yield _shown(messages, language), messages


def _shown(messages: Messages, language: str) -> list[dict[str, Any]]:
    """The chat's own rendering of text lets images and links of a question through; ours does not."""
    return [{"role": m["role"], "content": gr.HTML(m.get("html") or _asked(m, language))} for m in messages]


def _asked(message: dict[str, Any], language: str) -> str:
    if message.get("like"):
        return f'<p class="yj-asked yj-pointed">{escape(message["text"])}</p>'
    return asked_html(Asking(message["text"], message["filters"]), language)
