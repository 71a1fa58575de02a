"""Too many at once: who comes then is told so at once, instead of waiting for longer than anybody would.

Gradio lets everybody wait, or says in English that its queue is full. This stands before its queue, and what it
answers the page's script puts in the place where the answer would have come (`static/asking.js`).
"""

from __future__ import annotations

import json

import gradio as gr
from gradio.routes import App
from starlette.datastructures import QueryParams
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.pool import COME_AGAIN
from assistant.messages import say
from assistant.web.body import again, body_up_to
from assistant.web.outcome import DRAFTS, WORK
from assistant.web.streams import Streams

JOIN, STREAM = "/gradio_api/queue/join", "/gradio_api/queue/data"
MOST_WAITING = {WORK: 24, DRAFTS: 4}
"""Events that may wait for their turn, by the group they wait in: questions for about a second, drafts for half a
minute. Those of other groups cost next to nothing."""
BUSY = 429
"""What a page is answered. Of 503 Gradio's script says in words of its own that its queue is full."""
LARGEST = 4_000_000
"""Bytes of an event."""


class Admission:
    """Stands within a Gradio application, whose page is `page`."""

    def __init__(self, app: ASGIApp, page: gr.Blocks, language: str = "zh") -> None:
        self.app = app
        self._page, self._language = page, language
        self._streams = Streams()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "http" and scope["path"].endswith(STREAM):
            session = QueryParams(scope["query_string"]).get("session_hash", "")
            return await self._streams.stream(self.app, session, scope, receive, send)
        if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].endswith(JOIN):
            return await self.app(scope, receive, send)
        body = await body_up_to(LARGEST, receive)
        if body is None:
            return await Response(status_code=413)(scope, receive, send)
        event, session = _asked(body)
        if not self._is_full(event):
            return await self.app(scope, again(body, receive), self._streams.held(session, send))
        told = {"detail": say("busy", self._language)}
        return await JSONResponse(told, BUSY, {"Retry-After": str(COME_AGAIN)})(scope, receive, send)

    def _is_full(self, event: int | None) -> bool:
        """Whether as many wait as may, in the group of this event."""
        fn = self._page.fns.get(event)
        most = MOST_WAITING.get(fn.concurrency_id) if fn else None
        if most is None:
            return False
        group = self._page._queue.event_queue_per_concurrency_id.get(fn.concurrency_id)
        return (len(group.queue) if group else 0) >= most


def admit(app: App, language: str) -> None:
    """Put it before the queue of a Gradio application, before it runs."""
    app.user_middleware.append(Middleware(Admission, page=app.get_blocks(), language=language))


def _asked(body: bytes) -> tuple[int | None, str]:
    """The number of the event that is asked for, and the session that asks.

    >>> _asked(b'{"fn_index": 3, "session_hash": "a", "data": []}'), _asked(b"[]"), _asked(b"{")
    ((3, 'a'), (None, ''), (None, ''))
    """
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None, ""
    told = told if isinstance(told, dict) else {}
    number, session = told.get("fn_index"), told.get("session_hash")
    return (number if isinstance(number, int) else None), (session if isinstance(session, str) else "")
