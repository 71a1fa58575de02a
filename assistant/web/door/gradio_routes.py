"""What of Gradio's own routes is served: what its page needs, for whom it was made, and nothing else.

Gradio brings pages of monitoring, of run history and of its API, a proxy, a route to files, deep links into the
state of a visit, and more to come with every version: so this is a list of what is open, not of what is shut.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI
from gradio.routes import App
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access import Visit
from assistant.messages import say
from assistant.web.body import again, body_up_to
from assistant.web.door.guard import VISIT

OPEN = re.compile(
    r"/(?:config/?|theme\.css|manifest\.json|robots\.txt|pwa_icon(?:/\d+)?|(?:assets|static|svelte)/[\w./~@-]+)?"
    r"|/gradio_api/(?:info/?|startup-events|theme\.css|queue/(?:join|data)|cancel|reset/?|upload|upload_progress"
    r"|heartbeat/\w+|file=(?:/|[A-Za-z]:).*[/\\][0-9a-f]{64}[/\\][^/\\]+\.docx)"
)
"""Paths within Gradio's application that answer; of files only the commented copy of a draft, which Gradio keeps under
the SHA-256 of its content: who knows that has the copy.
"""
UPLOAD = "/gradio_api/upload"
LARGEST_UPLOADS = 1_000_000_000
"""Bytes of all the files that are uploaded at once."""
LARGEST_EVENT = 4_000_000
"""Bytes of what an event of the page sends: text; files are uploaded before."""
MOST_VISITS = 20_000
SCRIPT = re.compile(rb"<script(?: [a-z-]+)?>(.*?)</script>", re.DOTALL)
"""The scripts that Gradio writes into its page; those with an address come under 'self'."""
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval' {scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'self'; form-action 'self'; object-src 'none'; frame-src 'none'; frame-ancestors 'none'"
)
"""Inline scripts run only if they are the page's own, by digest. Gradio makes functions of strings ('unsafe-eval':
the few lines of a page's events), sets styles by script and has them on its elements ('unsafe-inline' for styles).
"""


class TooMuch(Exception):
    """More comes in than is taken."""


class Owners:
    """Whose visit each of Gradio's session hashes is; the state of a chat hangs on it."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}
        self._guard = threading.Lock()

    def is_own(self, session: str, name: str) -> bool:
        """Whether a visit belongs to somebody, who has it from now on if nobody had it before."""
        with self._guard:
            owner = self._owners.setdefault(session, name)
            if len(self._owners) > MOST_VISITS:
                self._owners.pop(next(iter(self._owners)))
            return owner == name


class GradioRoutes:
    """Stands within each Gradio application, inside of its compression. `scripts` are the page's own inline ones."""

    def __init__(self, app: ASGIApp, scripts: Iterable[str] = (), language: str = "zh", largest: int = 0) -> None:
        self.app = app
        self.language, self.largest = language, largest
        self._owners = Owners()
        self._digests = [digest_source(script.encode()) for script in scripts]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what the page asks for."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        path = _within(scope)
        if not OPEN.fullmatch(path):
            return await PlainTextResponse(say("door.nothing", self.language), 404)(scope, receive, send)
        if path == UPLOAD:
            return await self._upload(scope, receive, send)
        if path == "/":
            return await self._page(scope, receive, send)
        if scope["method"] == "POST":
            body = await body_up_to(LARGEST_EVENT, receive)
            if body is None:
                return await self._too_large(scope, receive, send)
            receive = again(body, receive)
        else:
            body = b""
        if not self._is_own_visit(scope, path, body):
            refused = JSONResponse({"detail": say("door.not_yours", self.language)}, 403)
            return await refused(scope, receive, send)
        return await self.app(scope, receive, send)

    def _is_own_visit(self, scope: Scope, path: str, body: bytes) -> bool:
        visit = scope.get(VISIT)
        if not isinstance(visit, Visit) or not visit.account:
            return True
        return all(self._owners.is_own(session, visit.name) for session in _sessions(scope, path, body))

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Gradio counts the bytes of each file, this those of all; either is told in our words."""
        taken, told = 0, False
        if int(_digits(Headers(scope=scope).get("content-length"))) > LARGEST_UPLOADS:
            return await self._too_large(scope, receive, send)

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > LARGEST_UPLOADS:
                raise TooMuch
            return message

        async def in_our_words(message: Message) -> None:
            nonlocal told
            if message["type"] == "http.response.start" and message["status"] == 413:
                told = True
                await self._too_large(scope, receive, send)
            elif not told:
                await send(message)

        try:
            await self.app(scope, counted, in_our_words)
        except TooMuch:
            await self._too_large(scope, receive, send)

    async def _too_large(self, scope: Scope, receive: Receive, send: Send) -> None:
        sentence = say("door.upload", self.language, most=self.largest // 1_000_000, all=LARGEST_UPLOADS // 1_000_000)
        await PlainTextResponse(sentence, 413)(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The page itself, with the digests of the scripts in it."""
        start: Message = {}
        parts: list[bytes] = []

        async def collected(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                html = b"".join(parts)
                inline = [digest_source(script) for script in SCRIPT.findall(html)]
                policy = POLICY.format(scripts=" ".join([*inline, *self._digests]))
                MutableHeaders(scope=start)["Content-Security-Policy"] = policy
                await send(start)
                await send({"type": "http.response.body", "body": html})

        await self.app(scope, receive, collected)


def close_gradio(app: FastAPI, *, scripts: Iterable[str], language: str, largest: int) -> None:
    """Close every Gradio application that is mounted in `app` and still open, before it runs; refusals are in `language`."""
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, App) and not _is_closed(route.app):
            options: dict[str, Any] = {"scripts": tuple(scripts), "language": language, "largest": largest}
            route.app.user_middleware.append(Middleware(GradioRoutes, **options))  # the last is the innermost
            route.app.get_blocks().config["max_file_size"] = None  # the page asks the server, which says it in words


def _is_closed(app: App) -> bool:
    return any(middleware.cls is GradioRoutes for middleware in app.user_middleware)


def digest_source(script: bytes) -> str:
    """A script as a content security policy names it.

    >>> digest_source(b"alert(1)")
    "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def _within(scope: Scope) -> str:
    """The path within the application that is mounted."""
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    return path or "/"


def _sessions(scope: Scope, path: str, body: bytes) -> list[str]:
    """The session hashes that a request names."""
    if path.startswith("/gradio_api/heartbeat/"):
        return [path.rpartition("/")[2]]
    if scope["method"] == "POST":
        try:
            told = json.loads(body)
        except (ValueError, RecursionError):
            return []
        named = told.get("session_hash") if isinstance(told, dict) else None
        return [named] if isinstance(named, str) else []
    return parse_qs(scope.get("query_string", b"").decode("latin-1")).get("session_hash", [])


def _digits(text: str | None) -> str:
    return text if text and text.isascii() and text.isdigit() else "0"
