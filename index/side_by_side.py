"""Two searches at once: FAISS and tantivy let go of the interpreter while they work."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")

_POOL = ThreadPoolExecutor(4, "side-by-side")


def side_by_side(one: Callable[[], S], other: Callable[[], T]) -> tuple[S, T]:
    """What both give. The first has a thread of its own, unless all are busy: then it comes after the other, here.

    >>> side_by_side(lambda: 1, lambda: 2)
    (1, 2)
    """
    try:
        begun = _POOL.submit(one)
    except RuntimeError:  # the program ends, and no thread begins any more
        second = other()
        return one(), second
    try:
        second = other()
    finally:
        waits = begun.cancel()
        if not waits:
            wait([begun])  # also after an error: what it works on may be closed next
    return one() if waits else begun.result(), second
