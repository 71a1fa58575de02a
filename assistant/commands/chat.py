"""youju chat: the web page."""

from __future__ import annotations

from argparse import Namespace

from assistant.commands.memory import give_memory_back
from assistant.compose import ChatLibrary
from assistant.serving import Serving
from assistant.settings import Settings


def chat(options: Namespace, settings: Settings) -> int:
    """youju chat"""
    give_memory_back()
    serving = Serving(
        options.host,
        options.port,
        tuple(options.allow_host),
        options.root_path.rstrip("/"),
        options.proxy,
        options.certfile,
        options.keyfile,
    )
    from assistant.web.server import serve

    serve(ChatLibrary(settings), settings, serving=serving)
    return 0
