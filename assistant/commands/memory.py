"""A service that runs for weeks gives back the memory that it no longer needs."""

from __future__ import annotations

import ctypes
import sys

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""Settings of glibc's allocator, by their numbers in malloc.h."""
ARENAS = 2
"""Places from which threads allocate; by default eight a core, each as large as it ever was."""
LARGE = 1 << 20
"""Bytes above which memory goes back to the system as soon as it is free."""


def give_memory_back() -> bool:
    """Tell the C library (glibc) so, before threads start; whether it has heard it. Elsewhere nothing is done."""
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    settings = ((M_ARENA_MAX, ARENAS), (M_MMAP_THRESHOLD, LARGE), (M_TRIM_THRESHOLD, LARGE))
    return mallopt is not None and all(mallopt(name, value) for name, value in settings)
