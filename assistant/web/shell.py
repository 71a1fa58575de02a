"""What is seen before Gradio stands: the head, the tabs and a question box that already takes a question."""

from __future__ import annotations

import json
from hashlib import sha256
from html import escape
from importlib import resources

from assistant.messages import say
from assistant.web.language import switch_html

LABELS = ("File upload", "Click to upload or drop files", "chatbot conversation", "More tabs")
"""Labels that Gradio translates into no language."""
TABS = ("ask", "wording", "quote", "check", "library")


def static(name: str) -> str:
    """A file of the page: style or script."""
    return resources.files("assistant.web").joinpath("static", name).read_text("utf-8")


def top_html(counts: str, language: str) -> str:
    """The head: the name, what it is, how much is in the library (HTML), the languages."""
    told = escape(say("web.library", language, documents="{documents}", paragraphs="{paragraphs}"))
    return (
        f'<div class="yj-top"><h1 class="yj-name">{escape(say("web.title", language))}</h1>'
        f'<p class="yj-tagline">{escape(say("web.tagline", language))}</p>'
        f'<p class="yj-counts" data-told="{told}">{counts}</p>'
        f"{switch_html(language)}</div>"
    )


def style_html() -> str:
    """The style of the shell, in the page itself: nothing is waited for before the first paint."""
    return f"<style>{static('top.css')}{static('shell.css')}</style>"


def shell_html(language: str) -> str:
    """The shell and its script, which takes it away when Gradio stands."""
    tabs = "".join(f"<span>{escape(say(f'web.tab.{tab}', language))}</span>" for tab in TABS)
    new, history, send, hint, late, old = (
        escape(say(key, language))
        for key in ("web.new", "history", "web.send", "web.placeholder", "shell.late", "shell.script")
    )
    return (
        f'<div id="yj-shell" class="yj-shell" data-labels="{escape(_labels(language))}"><div class="yj-shell-head">{top_html("", language)}</div>'
        f'<div class="yj-shell-tabs" aria-hidden="true">{tabs}</div>'
        f'<p class="yj-shell-late" role="status" hidden>{late}</p><noscript><p class="yj-shell-late">{old}</p></noscript>'
        f'<div class="yj-shell-ask"><span aria-hidden="true">{new}</span><span aria-hidden="true">{history}</span>'
        f'<textarea rows="1" autofocus autocomplete="off" maxlength="5000" aria-label="{hint}" placeholder="{hint}"></textarea>'
        f'<button type="button">{send}</button></div></div><script src="/youju/shell.js?v={_mark("shell.js")}"></script>'
    )


def _labels(language: str) -> str:
    return json.dumps({label: say(f"gradio.{label}", language) for label in LABELS})


def _mark(name: str) -> str:
    """So that a browser does not go on with the file of an earlier version."""
    return sha256(static(name).encode()).hexdigest()[:8]
