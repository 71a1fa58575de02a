"""youju chat: the web page."""

from __future__ import annotations

from argparse import Namespace

from assistant.compose import ChatLibrary
from assistant.settings import Settings


def chat(options: Namespace, settings: Settings) -> int:
    """youju chat"""
    from assistant.web.server import serve

    serve(ChatLibrary(settings), settings, port=options.port)
    return 0
