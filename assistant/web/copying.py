"""The button that copies a text."""

from __future__ import annotations

from html import escape

from assistant.messages import say


def copy_button(text: str, label: str, language: str, hint: str = "") -> str:
    """A button that copies a text; `hint` tells which form of it."""
    done = escape(say("web.copied", language))
    title = f' title="{escape(hint)}"' if hint else ""
    return f'<button type="button" data-copy="{escape(text)}" data-done="{done}"{title}>{escape(label)}</button>'
