"""The button that puts words into the excerpts, and out of them again. It carries ids: the words come from the library."""

from __future__ import annotations

from html import escape

from assistant.messages import say


def keep_button(ids: str, language: str) -> str:
    """A button that puts the words of these citations into the excerpts; the page's script shows what is in them."""
    done, out = escape(say("web.keep.done", language)), escape(say("web.keep.out", language))
    label = escape(say("web.keep", language))
    return (
        f'<button type="button" data-do="keep {escape(ids)}" data-keep="{escape(ids)}" data-done="{done}"'
        f' data-out="{out}">{label}</button>'
    )
