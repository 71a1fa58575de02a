"""Who asks comes before who writes."""

from __future__ import annotations

import os

BEHIND = 10
"""The niceness of a command that writes for minutes: of one core that both want it has a tenth."""


def give_way() -> None:
    """Leave the processor to processes that people wait for (POSIX; elsewhere nothing is done)."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, max(os.getpriority(os.PRIO_PROCESS, 0), BEHIND))
