"""The state of a library, told at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anyio
import anyio.to_thread

from index import Library

AT_ONCE = 2
"""Looks at the same time."""


class HealthCheck:
    """Tells the published state; what it holds is counted once for each, since counting takes as long as asking."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open_library = open_library
        self._told: dict[str, Any] = {}
        self._limiter = anyio.CapacityLimiter(AT_ONCE)

    async def tell(self) -> dict[str, Any]:
        """The generation, and how many documents, paragraphs and passages it has. Raises IndexingError.

        It has threads of its own: all others may be busy with questions.
        """
        return await anyio.to_thread.run_sync(self._tell, limiter=self._limiter)

    def _tell(self) -> dict[str, Any]:
        library = self._open_library()
        told, generation = self._told, library.generation
        if told.get("generation") != generation:
            told = {"generation": generation, **library.counts()}
            self._told = told
        return told
