"""youju chat: the web page."""

from __future__ import annotations

from argparse import Namespace

from assistant.compose import library_for_chat
from assistant.settings import Settings


def chat(options: Namespace, settings: Settings) -> int:
    """youju chat"""
    from assistant.web.server import serve

    serve(library_for_chat(settings), settings, port=options.port)
    return 0
