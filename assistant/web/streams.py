"""An event that comes while the page's stream is being closed: its answer is not lost.

The script of Gradio's page opens one stream for the answers to all its events, and the service closes it when none is
left. An event that is sent before the script has heard of the closing is answered into a stream that nobody reads:
whoever presses a button just when something else is done waits for ever, and so does a page that is built slowly. Who
has heard leaves the stream, so it ends only then, and an event that comes meanwhile is answered only then: the script
knows that it has to open another.
"""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LATEST = 5.0
"""Seconds after which a stream ends that the page has not left."""
CLOSING = b'"close_stream"'


class Streams:
    """The sessions whose streams were closed and that have not heard of it yet."""

    def __init__(self) -> None:
        self._closing: dict[str, asyncio.Event] = {}

    async def stream(self, app: ASGIApp, session: str, scope: Scope, receive: Receive, send: Send) -> None:
        """A session's stream, as the application sends it, to the moment when the page has left it."""
        heard = asyncio.Event()

        async def sent(message: Message) -> None:
            if CLOSING in message.get("body", b""):
                self._closing[session] = heard
            elif self._closing.get(session) is heard and not message.get("more_body"):
                await _left(receive)
            await send(message)

        try:
            await app(scope, receive, sent)
        finally:
            heard.set()
            if self._closing.get(session) is heard:
                del self._closing[session]

    def held(self, session: str, send: Send) -> Send:
        """`send` for the answer to a session's event."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and session in self._closing:
                await self._closing[session].wait()
            await send(message)

        return sent


async def _left(receive: Receive) -> None:
    try:
        async with asyncio.timeout(LATEST):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        pass
