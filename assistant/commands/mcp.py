"""youju mcp: the library as tools for an assistant program."""

from __future__ import annotations

import threading
from argparse import Namespace
from functools import cache

from assistant.compose import open_library
from assistant.settings import Settings
from index import Library


def mcp(options: Namespace, settings: Settings) -> int:
    """youju mcp"""
    from assistant.api import serve_stdio

    guard = threading.Lock()

    @cache
    def opened() -> Library:
        return open_library(settings)

    def library() -> Library:
        """Opened with the first call, so that what is wrong with it is an answer and no server that won't start."""
        with guard:
            return opened()

    serve_stdio(library, settings.language)
    return 0
