"""The one place that decides who comes in: nothing is served to nobody but the log-in page."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, cookie_parser
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access import Entrance, Visit
from assistant.access.errors import AccessError, LogInNeeded, NotAllowed
from assistant.access.visit import machine_user
from assistant.messages import explain, say
from assistant.web.language import language_in

ANYBODY = frozenset(
    {("GET", "/login"), ("POST", "/login"), ("POST", "/logout"), ("GET", "/youju/login.css"), ("GET", "/favicon.ico")}
)
"""The log-in page and what it is made of."""
LIBRARIAN = frozenset({"/api/health"})
"""Paths for librarians; what the page's events may do, the events ask `visit_of`."""
PROGRAMS = ("/api", "/v1", "/mcp")
SAFE = ("GET", "HEAD", "OPTIONS")
VISIT = "youju.visit"
COOKIE = "youju"


class Guard:
    """Finds out who asks, refuses who may not, and leaves the visit with the request.

    Without an `entrance` everybody is the user of this machine; `origin` is the address at which people reach a
    server behind a proxy.
    """

    def __init__(self, app: ASGIApp, entrance: Entrance | None, origin: str = "") -> None:
        self.app = app
        self.entrance, self.origin = entrance, origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it here."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        try:
            visit = self._visit(scope)
            refused = self._refusal(scope, visit)
        except AccessError as error:
            visit, refused = None, self._told(scope, error, 503)
        if refused is not None:
            return await refused(scope, receive, send)
        return await self.app({**scope, VISIT: visit}, receive, send)

    def _visit(self, scope: Scope) -> Visit | None:
        client = scope.get("client")
        address, via = client[0] if client else "", "api" if is_for_programs(scope["path"]) else "web"
        if self.entrance is None:
            return Visit(machine_user(), "librarian", address, via)
        if self.entrance.is_open:
            return self.entrance.without_account(address, via)
        token = token_of(scope)
        if token is not None:
            return self.entrance.by_token(token, address, via)
        id = session_of(scope, is_secure(scope, self.origin))
        return self.entrance.by_session(id, address, via) if id else None

    def _refusal(self, scope: Scope, visit: Visit | None) -> Response | None:
        path: str = scope["path"]
        by_program = is_for_programs(path) and (token_of(scope) is not None or not (visit and visit.account))
        if scope["method"] not in SAFE and not by_program and not is_same_origin(scope, self.origin):
            return self._told(scope, None, 403)
        if visit is None and (scope["method"], path) not in ANYBODY:
            return self._to_log_in(scope)
        if visit and visit.role != "librarian" and path.rstrip("/") in LIBRARIAN:
            visit.record("refused", wish=path)
            return self._told(scope, NotAllowed(name=visit.name), 403)
        return None

    def _to_log_in(self, scope: Scope) -> Response:
        headers = Headers(scope=scope)
        path: str = scope["path"]
        if scope["method"] == "GET" and "text/html" in headers.get("accept", "") and not is_for_programs(path):
            query = scope.get("query_string", b"").decode("latin-1")
            wanted = quote(path) + (f"?{query}" if query else "")
            return RedirectResponse("/login" if path == "/" else f"/login?next={quote(wanted, safe='')}", 303)
        return self._told(scope, LogInNeeded(), 401)

    def _told(self, scope: Scope, error: AccessError | None, status: int) -> Response:
        """A refusal as whoever asks can read it: OpenAI's shape, Gradio's, or plain."""
        language = language_in(scope)
        told = explain(error, language) if error else say("door.origin", language)
        headers = {"WWW-Authenticate": "Bearer"} if status == 401 and is_for_programs(scope["path"]) else None
        if scope["path"].startswith("/v1"):
            code = {401: "invalid_api_key", 403: "forbidden"}.get(status)
            fault = {"message": told, "type": "invalid_request_error", "param": None, "code": code}
            return JSONResponse({"error": fault}, status, headers)
        if is_for_programs(scope["path"]):
            return JSONResponse({"error": told}, status, headers)
        if "/gradio_api/" in scope["path"]:
            return JSONResponse({"detail": told}, status)
        return PlainTextResponse(told, status)


def visit_of(request: HTTPConnection | Any) -> Visit:
    """Who makes a request, FastAPI's or that of an event of the page; a reader without name where nobody knows."""
    scope = getattr(getattr(request, "request", request), "scope", None) or {}
    visit = scope.get(VISIT)
    return visit if isinstance(visit, Visit) else Visit("", "reader")


def is_for_programs(path: str) -> bool:
    """Whether a path belongs to an interface for programs.

    >>> is_for_programs("/api/ask"), is_for_programs("/mcp"), is_for_programs("/apiary")
    (True, True, False)
    """
    return any(path == prefix or path.startswith(prefix + "/") for prefix in PROGRAMS)


def token_of(scope: Scope) -> str | None:
    """The token that a program sends."""
    kind, _, words = Headers(scope=scope).get("authorization", "").partition(" ")
    return words.strip() if kind.lower() == "bearer" and is_for_programs(scope["path"]) else None


def session_of(scope: Scope, secure: bool) -> str | None:
    """The session's id that a browser sends."""
    return cookie_parser(Headers(scope=scope).get("cookie", "")).get(cookie_name(secure))


def cookie_name(secure: bool) -> str:
    """Under https browsers hold `__Host-` to: from this host, for this host, encrypted."""
    return f"__Host-{COOKIE}" if secure else COOKIE


def is_secure(scope: Scope, origin: str) -> bool:
    """Whether the visitor's connection is encrypted, here or by the proxy before."""
    return scope.get("scheme") == "https" or origin.startswith("https:")


def is_same_origin(scope: Scope, origin: str) -> bool:
    """Whether something is asked by our own page, or by no page at all."""
    headers = Headers(scope=scope)
    given = headers.get("origin")
    if given is None:
        return headers.get("sec-fetch-site", "none") in ("none", "same-origin")
    try:
        return given == origin or urlsplit(given).netloc.lower() == headers.get("host", "").lower() != ""
    except ValueError:
        return False
