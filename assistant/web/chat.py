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
from assistant.web.history import history_html
from assistant.web.outcome import QUIET, outcome
from assistant.web.render import answer_html, like_html
from assistant.web.synthesising import Syntheses, synthesis_parts
from index import Library

# What a newcomer may ask of the sample library.
EXAMPLES = (
    "推诿扯皮的问题怎么批评？",
    "今年教育上计划新增多少个学位？",
    "老人去社区食堂吃饭，政府每餐补助多少？",
    "同一家企业一年最多检查几次？",
    "企业的同志给走过场的检查起了个什么名字？",
    "什么时候是森林防火期？",
    "“无会日”是怎么规定的？",
    "科技“揭榜挂帅”给了多少财政支持？",
    "安全生产大检查中哪个县整改进度最慢？",
    "老旧小区加装电梯难在哪里？",
)
ON_THE_PAGE = 6
"""Examples shown on the empty page; more would need scrolling on a phone."""
LONGEST_QUESTION = 5000
MOST_TURNS = 50
"""Questions of a chat that are asked again when it is opened."""

Messages = list[dict[str, Any]]


def chat_tab(open_library: Callable[[], Library], language: str, server: ModelServer | None = None) -> None:
    """问答: its parts and what they do, laid out where it is called; `server` writes syntheses."""
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
            examples=[{"text": example} for example in EXAMPLES[:ON_THE_PAGE]],
            placeholder=f"### {say('web.examples', language)}",
        )
        with gr.Row(elem_id="yj-ask"):
            new = gr.Button(say("web.new", language), size="sm", elem_id="yj-new", scale=0, min_width=76)
            gr.Button(say("history", language), size="sm", elem_id="yj-history-open", scale=0, min_width=64)
            box = gr.Textbox(
                show_label=False,
                label=say("web.send", language),
                placeholder=say("web.placeholder", language),
                container=False,
                lines=1,
                max_lines=6,
                max_length=LONGEST_QUESTION,
                elem_id="yj-question",
                scale=8,
                autofocus=True,
            )
            send = gr.Button(say("web.send", language), variant="primary", elem_id="yj-send", scale=1, min_width=80)

        gr.HTML(history_html(language), padding=False)
        like = gr.Textbox(elem_id="yj-like", elem_classes="yj-hidden", show_label=False, label="like")
        reopen = gr.Textbox(elem_id="yj-reopen", elem_classes="yj-hidden", show_label=False, label="reopen")
        if server:
            synthesis_parts(syntheses)

        def answer(question: str, earlier: Messages) -> Iterator[tuple[Any, Messages, Any]]:
            yield from _turn(open_library, question, earlier, language, syntheses)

        def example(earlier: Messages, chosen: gr.SelectData) -> Iterator[tuple[Any, Messages, Any]]:
            yield from _turn(open_library, str(chosen.value["text"]), earlier, language, syntheses)

        def like_this(place: str, earlier: Messages) -> Iterator[tuple[Any, Messages, Any]]:
            yield from _alike(open_library, place.partition("|")[2], earlier, language)

        def again(asked: str) -> Iterator[tuple[Any, Messages, Any]]:
            yield from _again(open_library, asked.partition("|")[2], language)

        outputs = [chat, messages, box]
        gr.on([box.submit, send.click], answer, [box, messages], outputs, **QUIET)
        chat.example_select(example, [messages], outputs, **QUIET)
        like.change(like_this, [like, messages], outputs, **QUIET)
        reopen.change(again, [reopen], outputs, **QUIET)
        new.click(lambda: ([], []), None, [chat, messages], **QUIET)


def _turn(
    open_library: Callable[[], Library],
    question: str,
    earlier: Messages,
    language: str,
    syntheses: Syntheses | None = None,
) -> Iterator[tuple[Any, Messages, Any]]:
    """One question: shown at once, then its answer below it, with a place for what `syntheses` will make of it."""
    question = question.strip()[:LONGEST_QUESTION]
    if not question:
        yield _shown(earlier), earlier, ""
        return
    asked = [m["text"] for m in earlier if m["role"] == "user" and not m.get("like")]
    messages = [*earlier, {"role": "user", "text": question}]
    searching = f'<p class="yj-searching">{escape(say("web.searching", language))}</p>'
    yield _shown([*messages, {"role": "assistant", "html": searching}]), messages, ""
    number = len(earlier) + 1

    def answered() -> str:
        answer = ask(open_library(), question, history=asked)
        place = syntheses.place(answer, number) if syntheses else ""
        return place + answer_html(answer, number, language, asked)

    html = outcome(answered, language)
    messages = [*messages, {"role": "assistant", "html": html}]
    yield _shown(messages), messages, gr.skip()  # the next question may already be half typed


def _alike(
    open_library: Callable[[], Library], place: str, earlier: Messages, language: str
) -> Iterator[tuple[Any, Messages, Any]]:
    """Like paragraphs of other documents, shown as a turn of the chat that no later question leans on."""
    lead = say("like", language)

    def html() -> str:
        nonlocal lead
        text, found = alike(open_library(), place)
        lead = say("like.asked", language, text=text)
        return like_html(found, len(earlier) + 1, language)

    shown = outcome(html, language)
    messages = [*earlier, {"role": "user", "text": lead, "like": True}, {"role": "assistant", "html": shown}]
    yield _shown(messages), messages, gr.skip()


def _again(open_library: Callable[[], Library], asked: str, language: str) -> Iterator[tuple[Any, Messages, Any]]:
    """A chat of before: its questions, answered out of the library as it is now."""
    try:
        questions = json.loads(asked)
    except ValueError:
        return
    messages: Messages = []
    for question in questions[:MOST_TURNS] if isinstance(questions, list) else ():
        if isinstance(question, str):
            *_, (_, messages, _) = _turn(open_library, question, messages, language)
    yield _shown(messages), messages, ""


def _shown(messages: Messages) -> list[dict[str, Any]]:
    """The chat's own rendering of text lets images and links of a question through; ours does not."""
    return [{"role": m["role"], "content": gr.HTML(m.get("html") or _asked(m))} for m in messages]


def _asked(message: dict[str, Any]) -> str:
    kind = "yj-asked yj-pointed" if message.get("like") else "yj-asked"
    return f'<p class="{kind}">{escape(message["text"])}</p>'
