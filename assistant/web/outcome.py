"""What every tab does with its work: run it, and say in one sentence what went wrong."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from html import escape
from typing import Any

from assistant.errors import AssistantError
from assistant.messages import MESSAGES, explain, say
from corpus import Refused
from index import IndexingError

WORK, DRAFTS = "work", "drafts"
"""Groups of events that take turns."""
AT_ONCE = min(16, max(4, 2 * (os.cpu_count() or 1)))
"""Questions answered at the same time, two a core: one at a time makes fifty users wait for seconds, with more the
service answers no sooner, and whatever else it does waits for its turn among them."""
DRAFTS_AT_ONCE = 2
"""Drafts checked at the same time; one keeps a core busy for seconds."""
LIGHT: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}
"""How an event runs that costs nothing: at once, without Gradio's own progress, not as an API."""
QUIET = LIGHT | {"concurrency_limit": AT_ONCE, "concurrency_id": WORK}
"""How the page's events run: so many at a time, the others in turn, and who comes when too many wait is told so."""
QUIET_DRAFT = LIGHT | {"concurrency_limit": DRAFTS_AT_ONCE, "concurrency_id": DRAFTS}
"""The same for drafts."""

logger = logging.getLogger(__name__)


def outcome(work: Callable[[], str], language: str, file: str = "") -> str:
    """The HTML that some work gives, or of its error, by the name of the file that it was about."""
    try:
        return work()
    except Exception as error:
        if not isinstance(error, IndexingError | AssistantError | Refused):
            logger.exception("work of the page failed")
        return error_html(error, language, file if isinstance(error, Refused) else "")


def error_html(error: Exception, language: str, file: str = "") -> str:
    """An error in one sentence."""
    here = f"web.{type(error).__name__}"  # where the remedy is on the page and not on the command line
    if isinstance(error, IndexingError | AssistantError) and here in MESSAGES:
        told = say(here, language, **error.fields)
    else:
        told = explain(error, language)
    named = f"{file}{say('colon', language)}" if file else ""
    return f'<p class="yj-error" role="alert">{escape(named + told)}</p>'


def note_html(key: str, language: str) -> str:
    """A soft line: what to do here, or that something is under way."""
    return f'<p class="yj-hint" role="status">{escape(say(key, language))}</p>'
