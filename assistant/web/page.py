"""The chat page in Gradio."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from html import escape
from importlib import resources
from typing import Any

import gradio as gr

from assistant.ask import ask
from assistant.errors import AssistantError
from assistant.messages import explain, say
from assistant.settings import AT_ONCE
from assistant.web.render import answer_html
from index import IndexingError, Library

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
FONTS = ["-apple-system", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif"]

logger = logging.getLogger(__name__)

Messages = list[dict[str, Any]]


def theme() -> gr.themes.Base:
    """Calm greys with the red of a document's head; the system's fonts, nothing from outside."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.red,
        neutral_hue=gr.themes.colors.stone,
        font=FONTS,
        font_mono=["Consolas", "monospace"],
        radius_size=gr.themes.sizes.radius_sm,
    )


def static(name: str) -> str:
    """A file of the page: style or script."""
    return resources.files("assistant.web").joinpath("static", name).read_text("utf-8")


def build(open_library: Callable[[], Library], language: str = "zh") -> gr.Blocks:
    """The page. The library is opened when the first visitor comes, so that building costs nothing."""
    with gr.Blocks(title=say("web.title", language), analytics_enabled=False) as page:
        messages = gr.State([])
        with gr.Row(elem_id="yj-head"):
            head = gr.HTML(_head("", language), elem_id="yj-name")
            new = gr.Button(say("web.new", language), size="sm", elem_id="yj-new", scale=0, min_width=76)
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

        def answer(question: str, earlier: Messages) -> Iterator[tuple[Any, Messages, Any]]:
            yield from _turn(open_library, question, earlier, language)

        def example(earlier: Messages, chosen: gr.SelectData) -> Iterator[tuple[Any, Messages, Any]]:
            yield from _turn(open_library, str(chosen.value["text"]), earlier, language)

        outputs = [chat, messages, box]
        quiet: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": AT_ONCE, "api_visibility": "private"}
        gr.on([box.submit, send.click], answer, [box, messages], outputs, **quiet)
        chat.example_select(example, [messages], outputs, **quiet)
        new.click(lambda: ([], []), None, [chat, messages], **quiet)
        page.load(lambda: _head(_counts(open_library, language), language), None, head, **quiet)
    return page


def _turn(
    open_library: Callable[[], Library], question: str, earlier: Messages, language: str
) -> Iterator[tuple[Any, Messages, Any]]:
    """One question: shown at once, then its answer below it."""
    question = question.strip()[:LONGEST_QUESTION]
    if not question:
        yield _shown(earlier), earlier, ""
        return
    asked = [m["text"] for m in earlier if m["role"] == "user"]
    messages = [*earlier, {"role": "user", "text": question}]
    searching = f'<p class="yj-searching">{escape(say("web.searching", language))}</p>'
    yield _shown([*messages, {"role": "assistant", "html": searching}]), messages, ""
    try:
        html = answer_html(ask(open_library(), question, history=asked), len(asked) + 1, language)
    except Exception as error:
        if not isinstance(error, IndexingError | AssistantError):
            logger.exception("a question failed")
        html = f'<p class="yj-error">{escape(explain(error, language))}</p>'
    messages = [*messages, {"role": "assistant", "html": html}]
    yield _shown(messages), messages, gr.skip()  # the next question may already be half typed


def _shown(messages: Messages) -> list[dict[str, Any]]:
    """The chat's own rendering of text lets images and links of a question through; ours does not."""
    return [
        {"role": m["role"], "content": gr.HTML(m.get("html") or f'<p class="yj-asked">{escape(m["text"])}</p>')}
        for m in messages
    ]


def _head(counts: str, language: str) -> str:
    name, tagline = escape(say("web.title", language)), escape(say("web.tagline", language))
    return f'<h1>{name}</h1><p>{tagline}</p><p class="yj-counts">{counts}</p>'


def _counts(open_library: Callable[[], Library], language: str) -> str:
    try:
        return escape(say("web.library", language, **open_library().counts()))
    except IndexingError as error:
        return escape(explain(error, language))
