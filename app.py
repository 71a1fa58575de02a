"""The web chat: `python app.py`, or `gradio app.py` for the page alone."""

from __future__ import annotations

from assistant.compose import ChatLibrary
from assistant.settings import Settings
from assistant.web.page import build
from assistant.web.server import serve

settings = Settings.from_environment()


library = ChatLibrary(settings)


demo = build(library, settings.language, settings.server)

if __name__ == "__main__":
    serve(library, settings, page=demo)
