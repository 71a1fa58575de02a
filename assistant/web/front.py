"""The first page: at the one address / for every visitor, in the visitor's language."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.language import TAGS, language_of

PATHS = {"zh": "", "en": "/en"}
"""Where Gradio's page of each language is mounted; what it calls for itself lies below."""


class FrontPage:
    """Gradio's page, taken from where that of the visitor's language is mounted, and made ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self.app(scope, receive, send)
            return
        language = language_of(Request(scope))
        path = PATHS[language] + "/"
        inner = {**scope, "path": path, "raw_path": path.encode()}
        await self.app(inner, receive, _replacing(send, lambda html: dressed(html, language)))


def dressed(html: str, language: str) -> str:
    """Gradio's page with the language that its text is in.

    >>> dressed('<!doctype html>\\n<html\\n\\tlang="en"\\n>', "zh")
    '<!doctype html>\\n<html\\n\\tlang="zh-CN"\\n>'
    """
    return html.replace('lang="en"', f'lang="{TAGS[language]}"', 1)


def _replacing(send: Send, replace: Callable[[str], str]) -> Send:
    """A `send` that holds a whole HTML page back and sends another one for it; all else goes through."""
    start: Message | None = None
    body = bytearray()

    async def replacing(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start" and _is_page(message):
            start = message
        elif start is None:
            await send(message)
        elif message.get("more_body"):
            body.extend(message.get("body", b""))
        else:
            body.extend(message.get("body", b""))
            page = replace(body.decode()).encode()
            headers = MutableHeaders(scope=start)
            headers.update({"Content-Length": str(len(page)), "Cache-Control": "no-cache"})
            headers.add_vary_header("Cookie, Accept-Language")
            await send(start)
            await send({"type": "http.response.body", "body": page})

    return replacing


def _is_page(start: Message) -> bool:
    kind = MutableHeaders(scope=start).get("content-type", "")
    return start["status"] == 200 and kind.startswith("text/html")
