"""The first page: at the one address / for every visitor, in the visitor's language."""

from __future__ import annotations

import gzip
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.language import TAGS, language_of
from assistant.web.shell import shell_html, style_html

PATHS = {"zh": "", "en": "/en"}
"""Where Gradio's page of each language is mounted; what it calls for itself lies below."""
MARK = b"window.gradio_config"
OPENING = '<html\n\tlang="en"'
ELSEWHERE = re.compile(r'<meta\s+(?:property="og|name="twitter):[^>]*>\s*')
"""For sharing Gradio's own site."""


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
        await self.app(inner, receive, _replacing(send, language, _packs(scope)))


def dressed(html: str, language: str) -> str:
    """Gradio's page with the language that its text is in, and something to see until its scripts have built it.

    Raises ValueError if it is no page of Gradio's as we know it.
    """
    html = ELSEWHERE.sub("", html)
    head, found, body = html.partition("</head>")
    before, there, after = body.partition("<gradio-app")
    if not found or not there or OPENING not in head:
        raise ValueError("Gradio's page has another form now")
    head = head.replace(OPENING, f'<html lang="{TAGS[language]}" class="yj-waiting"', 1)
    return f"{head}{style_html()}{found}{before}{shell_html(language)}{there}{after}"


def _replacing(send: Send, language: str, packs: bool) -> Send:
    """A `send` that holds Gradio's page back and sends ours for it; all else goes through."""
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
            page = dressed(body.decode(), language).encode() if MARK in body else bytes(body)
            page = gzip.compress(page, 4) if packs else page
            headers = MutableHeaders(scope=start)
            headers.update({"Content-Length": str(len(page))})
            headers.update({"Content-Encoding": "gzip"} if packs else {})
            headers.add_vary_header("Cookie, Accept-Language, Accept-Encoding")
            await send(start)
            await send({"type": "http.response.body", "body": page})

    return replacing


def _is_page(start: Message) -> bool:
    kind = MutableHeaders(scope=start).get("content-type", "")
    return start["status"] == 200 and kind.startswith("text/html")


def _packs(scope: Scope) -> bool:
    return "gzip" in Headers(scope=scope).get("accept-encoding", "")
