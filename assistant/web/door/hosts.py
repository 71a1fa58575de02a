"""Under which names the server answers, and whose word on the visitor's address it takes."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.messages import say

HERE = ("127.0.0.1", "localhost", "::1")
FORWARDED = (b"forwarded", b"x-forwarded-", b"x-gradio-", b"x-real-ip")
"""Headers out of which Gradio would make its links; a proxy's, if one is named, were taken before this."""


class Hosts:
    """Refuses a Host that is neither one of `names` nor the very address at which the connection came in.

    A page that points its own name at this machine (DNS rebinding) always sends that name.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str] = (), language: str = "zh") -> None:
        self.app = app
        self.names = frozenset(name.lower() for name in (*HERE, *names))
        self.language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on without what anybody could have forged."""
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        if scope["type"] != "http":
            return await send({"type": "websocket.close", "code": 1008})  # nothing here speaks over web sockets
        host = host_of(Headers(scope=scope).get("host", ""))
        if host not in self.names and host != (scope.get("server") or ("",))[0]:
            refused = PlainTextResponse(say("door.host", self.language, host=host[:100]), 400)
            return await refused(scope, receive, send)
        headers = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(FORWARDED)]
        return await self.app({**scope, "headers": headers}, receive, send)


def host_of(header: str) -> str:
    """A Host without its port.

    >>> host_of("LocalHost:7860"), host_of("[::1]:7860"), host_of("192.0.2.7")
    ('localhost', '::1', '192.0.2.7')
    """
    header = header.strip().lower()
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.rpartition(":")[0] if header.rpartition(":")[2].isdigit() and ":" in header else header
