"""Long work says so, and whoever waits for it waits longer."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

listener: ContextVar[Callable[[float], None] | None] = ContextVar("listener", default=None)
"""Who is told; the child process that reads files passes it on to its parent."""


def needs(seconds: float) -> None:
    """Tell whoever waits that the next step may take this long, counted from now.

    >>> told: list[float] = []
    >>> token = listener.set(told.append)
    >>> needs(60.0)
    >>> listener.reset(token)
    >>> told
    [60.0]
    """
    tell = listener.get()
    if tell:
        tell(seconds)
