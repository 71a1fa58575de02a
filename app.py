"""The web chat: `python app.py`, or `gradio app.py` for the page alone."""

from __future__ import annotations

from functools import cache

from assistant.compose import library_for_chat
from assistant.settings import Settings
from assistant.web.page import build
from assistant.web.server import serve
from index import Library

settings = Settings.from_environment()


@cache
def library() -> Library:
    """The library of this process."""
    return library_for_chat(settings)


demo = build(library, settings.language)

if __name__ == "__main__":
    serve(library(), settings, page=demo)
