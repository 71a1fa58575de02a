"""Headers that every answer has, and one sentence instead of whatever went wrong."""

from __future__ import annotations

import logging

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.messages import say

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""What an answer has unless its route says otherwise: pages give a policy of their own."""
LASTING = ("/assets/", "/static/", "/youju/")
"""What browsers may keep: the program's own files, the same for everybody."""

logger = logging.getLogger(__name__)


class Shield:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, language: str = "zh") -> None:
        self.app = app
        self.language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and see to what comes back."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                if not scope["path"].startswith(LASTING):
                    headers.setdefault("Cache-Control", HEADERS["Cache-Control"])
                for name, value in HEADERS.items():
                    if name != "Cache-Control":
                        headers.setdefault(name, value)
            await send(message)

        try:
            return await self.app(scope, receive, with_headers)
        except Exception as error:
            logger.exception("a request failed")
            if begun:
                raise  # the server ends the connection, so that half an answer is not taken for a whole one
            told = PlainTextResponse(say("unexpected", self.language, detail=type(error).__name__), 500)
            return await told(scope, receive, with_headers)
