"""An event that comes while the page's stream is being closed: its answer is not lost.

The script of Gradio's page opens one stream for the answers to all its events, and the service closes it when none is
left. An event that is sent before the script has heard of the closing is answered into a stream that nobody reads:
whoever presses a button just when something else is done waits for ever. So the service answers such an event a little
later, when the script knows that it has to open a stream.
"""

from __future__ import annotations

import asyncio
import time

from starlette.types import Message, Send

HEARD = 0.25
"""Seconds after which a page has heard that its stream is closed."""
CLOSING = b'"close_stream"'


class Streams:
    """When the streams of the sessions were closed."""

    def __init__(self) -> None:
        self._closed: dict[str, float] = {}

    def watched(self, session: str, send: Send) -> Send:
        """`send` for a session's stream."""

        async def sent(message: Message) -> None:
            if CLOSING in message.get("body", b""):
                self._forget()
                self._closed.pop(session, None)  # a key that is there already would keep its place
                self._closed[session] = time.monotonic()
            await send(message)

        return sent

    def held(self, session: str, send: Send) -> Send:
        """`send` for the answer to a session's event."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                await asyncio.sleep(max(0.0, self._closed.get(session, 0.0) + HEARD - time.monotonic()))
            await send(message)

        return sent

    def _forget(self) -> None:
        """What no event is held for any more; the latest stand last."""
        over = time.monotonic() - HEARD
        while self._closed and self._closed[oldest := next(iter(self._closed))] < over:
            del self._closed[oldest]
