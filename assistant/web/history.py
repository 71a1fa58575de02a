"""The chats of before. The browser alone keeps them, and of each only its questions."""

from __future__ import annotations

from html import escape

from assistant.messages import say

WORDS = ("rename", "delete", "deleted", "undo", "none", "unmatched", "turns")


def history_html(language: str) -> str:
    """The dialog that lists them; history.js fills it, with these words.

    >>> 'id="yj-history"' in history_html("zh")
    True
    """
    words = "".join(f' data-{word}="{escape(say(f"history.{word}", language))}"' for word in WORDS)
    title, search = escape(say("history", language)), escape(say("history.search", language))
    return (
        f'<dialog id="yj-history" aria-label="{title}"{words}><header><b>{title}</b>'
        f'<input type="search" aria-label="{search}" placeholder="{search}">'
        f'<button type="button" class="yj-close" aria-label="{escape(say("history.close", language))}">×</button></header>'
        f'<ul></ul><p class="yj-note">{escape(say("history.note", language))}</p></dialog>'
    )
