"""What a command did, in the log of what was done."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from assistant.access import Audit, Visit
from assistant.access.audit import What
from assistant.access.errors import AuditFailed
from assistant.access.visit import machine_user
from assistant.messages import explain
from assistant.settings import Settings


def record(settings: Settings, what: What, ids: Sequence[str] = (), **more: Any) -> None:
    """Log it under the name of the machine's user. What is done is done: that it can't be logged is only told."""
    try:
        visit = Visit(machine_user(), "librarian", via="command", audit=Audit(settings.access))
        visit.record(what, tuple(ids), **more)
    except AuditFailed as error:
        print(explain(error, settings.language), file=sys.stderr)
