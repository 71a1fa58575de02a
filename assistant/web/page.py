"""The page in Gradio: its head, its look, and a tab for each thing that one does here, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import gradio as gr

from assistant.messages import explain, say
from assistant.synthesis import ModelServer
from assistant.web.chat import chat_tab
from assistant.web.checking import checking_tab
from assistant.web.collecting import excerpts_part
from assistant.web.door import visit_of
from assistant.web.door.login import account_html
from assistant.web.library import library_tab
from assistant.web.quoting import quoting_tab
from assistant.web.shell import static as static
from assistant.web.shell import top_html
from assistant.web.wording import wording_tab
from index import IndexingError, Library

FONTS = ["-apple-system", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif"]
TABS = (wording_tab, quoting_tab, checking_tab, library_tab)
"""What the page offers besides the chat, in its order."""

THREADS = 80
"""Events of a page that run at the same time, in threads of its own: the groups of events have bounds of their own,
and whoever watches files being added sleeps in one."""
KEPT = (600, 3600)
"""Every so many seconds, files that were uploaded or made for download are deleted that are as old as the second."""


def theme() -> gr.themes.Base:
    """Calm greys with the red of a document's head; the system's fonts, nothing from outside."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.red,
        neutral_hue=gr.themes.colors.stone,
        font=FONTS,
        font_mono=["Consolas", "monospace"],
        radius_size=gr.themes.sizes.radius_sm,
    )


def build(open_library: Callable[[], Library], language: str = "zh", server: ModelServer | None = None) -> gr.Blocks:
    """The page. The library is opened when the first visitor comes, so that building costs nothing; `server` writes
    syntheses in the chat.
    """
    with gr.Blocks(title=say("web.title", language), analytics_enabled=False, delete_cache=KEPT) as page:
        head = gr.HTML(top_html("", language), elem_id="yj-head")
        with gr.Tabs(elem_id="yj-tabs"):
            chat_tab(open_library, page, language, server)
            for tab in TABS:
                tab(open_library, language)
        excerpts_part(open_library, page, language)

        def greet(request: gr.Request) -> str:
            return top_html(_counts(open_library, language), language) + account_html(visit_of(request), language)

        page.load(
            greet,
            None,
            head,
            show_progress="hidden",
            api_visibility="private",
        )
    page.max_threads = page._queue.max_thread_count = THREADS
    return page


def _counts(open_library: Callable[[], Library], language: str) -> str:
    try:
        return escape(say("web.library", language, **open_library().counts()))
    except IndexingError as error:
        return escape(explain(error, language))
