"""Work on the library, a bounded number of pieces at the same time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread

from assistant.api.errors import Crowded
from index import Library

T = TypeVar("T")
AT_ONCE = 16
"""Requests of programs worked on at the same time; one at a time makes fifty of them wait for seconds."""
DRAFTS_AT_ONCE = 2
"""Drafts checked at the same time; one keeps a core busy for seconds."""
WAITING, DRAFTS_WAITING = 32, 4
"""Requests that may wait for their turn; questions do so for about a second, drafts for half a minute."""
COME_AGAIN = 3
"""Seconds after which it is worth while to ask again."""


class Pool:
    """Runs work in threads, so that the event loop stays free; who comes when all are busy waits in turn, up to `waiting` of them."""

    def __init__(self, open_library: Callable[[], Library], at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._open_library = open_library
        self._limiter = anyio.CapacityLimiter(at_once)
        self._most = at_once + waiting
        self._inside = 0

    async def run(self, work: Callable[[Library], T]) -> T:
        """What `work` makes of the library; raises what it raises, and Crowded."""
        if self._inside >= self._most:
            raise Crowded
        self._inside += 1
        try:
            return await anyio.to_thread.run_sync(lambda: work(self._open_library()), limiter=self._limiter)
        finally:
            self._inside -= 1
