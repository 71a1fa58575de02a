"""A bar that shows how far some work is."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from typing import Any

from tqdm import tqdm

ON_TERMINAL, IN_LOG = 0.1, 10.0
"""Seconds between two drawings: for somebody who looks on, and for a file, which keeps them all."""


class Bar(tqdm):  # type: ignore[type-arg]
    """tqdm on stderr, drawn as often as whoever reads it can use, whatever the work tells and how often."""

    def __init__(self, iterable: Iterable[Any] | None = None, **options: Any) -> None:
        self._every = ON_TERMINAL if sys.stderr.isatty() else IN_LOG
        self._drawn = 0.0
        super().__init__(iterable, mininterval=self._every, maxinterval=self._every, leave=False, **options)

    def told(self, done: int, of: int, words: str = "") -> None:
        """So much of so much is done."""
        self.total, self.n = max(of, done), done
        self.set_postfix_str(words, refresh=False)
        if not self.disable and time.monotonic() - self._drawn >= self._every:
            self._drawn = time.monotonic()
            self.refresh()
