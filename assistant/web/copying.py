"""The button that copies a text."""

from __future__ import annotations

from html import escape

from assistant.messages import say


def copy_button(text: str, label: str, language: str) -> str:
    """A button that copies a text."""
    done = escape(say("web.copied", language))
    return f'<button type="button" data-copy="{escape(text)}" data-done="{done}">{escape(label)}</button>'
