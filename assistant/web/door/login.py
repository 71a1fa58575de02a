"""Logging in and out: a page without script, and what its two buttons do."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import parse_qs

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.access import Entrance, Visit
from assistant.access.errors import AccessError, LogInFailed, TooManyTries
from assistant.messages import explain, say
from assistant.web.body import body_up_to
from assistant.web.door.guard import cookie_name, is_secure, session_of, visit_of
from assistant.web.language import TAGS, Language

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
LARGEST = 8_192
"""Bytes of a name, a password and where to go from here."""
AT_ONCE = 2
"""Passwords verified at the same time: each takes 64 MiB."""
STATUS: dict[type[AccessError], int] = {LogInFailed: 401, TooManyTries: 429}


def login_routes(entrance: Entrance | None, origin: str = "") -> APIRouter:
    """/login and /logout."""
    router = APIRouter(include_in_schema=False)
    verifying: list[CapacityLimiter] = []

    @router.get("/login")
    def page(request: Request, language: Language, next: str = "/") -> Response:
        if visit_of(request).name:
            return RedirectResponse(own_path(next), 303)
        return _page(own_path(next), language)

    @router.post("/login")
    async def log_in(request: Request, language: Language) -> Response:
        form = await _form(request)
        if form is None or entrance is None:
            return Response(status_code=413 if form is None else 404)
        name, password, to = form.get("name", ""), form.get("password", ""), own_path(form.get("next", "/"))
        address = request.client.host if request.client else ""
        if not verifying:
            verifying.append(CapacityLimiter(AT_ONCE))  # belongs to the event loop that runs
        try:
            id = await to_thread.run_sync(entrance.log_in, name, password, address, limiter=verifying[0])
        except AccessError as error:
            return _page(to, language, name=name, error=explain(error, language), status=STATUS.get(type(error), 503))
        before = session_of(request.scope, is_secure(request.scope, origin))
        if before:
            entrance.sessions.end(before)
        given = RedirectResponse(to, 303)
        given.set_cookie(value=id, **_cookie(request, origin))
        return given

    @router.post("/logout")
    def log_out(request: Request) -> Response:
        id = session_of(request.scope, is_secure(request.scope, origin))
        visit = visit_of(request)
        if entrance and id and visit.account:
            entrance.sessions.end(id)
            visit.record("log-out")
        gone = RedirectResponse("/login", 303)
        gone.delete_cookie(**_cookie(request, origin))
        return gone

    return router


def own_path(path: str) -> str:
    """Where to go after logging in: never to another site.

    >>> own_path("/document/3f2a?at=1"), own_path("//example.invalid"), own_path("https://example.invalid")
    ('/document/3f2a?at=1', '/', '/')
    """
    is_own = path.startswith("/") and not path.startswith(("//", "/\\", "/login")) and path.isprintable()
    return path if is_own and "\\" not in path else "/"


def account_html(visit: Visit, language: str) -> str:
    """In the head of the page: who is logged in, and the way out; nothing where there are no accounts."""
    if not visit.account:
        return ""
    who = escape(say("door.who", language, name=visit.name, role=say(f"role.{visit.role}", language)))
    return (
        f'<form class="yj-account" method="post" action="/logout" data-role="{visit.role}"><span>{who}</span>'
        f'<button type="submit" class="yj-chip">{escape(say("door.out", language))}</button></form>'
    )


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a form; None if it is larger than a log-in can be."""
    body = await body_up_to(LARGEST, request.receive)
    if body is None:
        return None
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
    return {name: values[0] for name, values in fields.items()}


def _cookie(request: Request, origin: str) -> dict[str, Any]:
    secure = is_secure(request.scope, origin)
    return {"key": cookie_name(secure), "httponly": True, "secure": secure, "samesite": "lax", "path": "/"}


def _page(to: str, language: str, *, name: str = "", error: str = "", status: int = 200) -> HTMLResponse:
    words = {key: escape(say(f"door.{key}", language)) for key in ("title", "name", "password", "go", "hint")}
    told = f'<p class="error" role="alert">{escape(error)}</p>' if error else ""
    focus = ("", " autofocus") if name else (" autofocus", "")
    html = (
        f'<!DOCTYPE html><html lang="{TAGS[language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{words['title']} · {escape(say('web.title', language))}</title>"
        '<link rel="icon" href="/favicon.ico"><link rel="stylesheet" href="/youju/login.css"></head><body><main>'
        f"<h1>{escape(say('web.title', language))}</h1><p class='tagline'>{escape(say('web.tagline', language))}</p>"
        f'{told}<form method="post" action="/login"><input type="hidden" name="next" value="{escape(to)}">'
        f'<label>{words["name"]}<input name="name" value="{escape(name[:64])}" maxlength="64" autocomplete="username"'
        f' autocapitalize="none" spellcheck="false" required{focus[0]}></label>'
        f'<label>{words["password"]}<input name="password" type="password" maxlength="256"'
        f' autocomplete="current-password" required{focus[1]}></label>'
        f'<button type="submit">{words["go"]}</button></form><p class="hint">{words["hint"]}</p></main></body></html>'
    )
    return HTMLResponse(html, status, headers={"Content-Security-Policy": POLICY})
