"""The language of a visitor: as chosen here before, as set for the program, as the browser asks; Chinese when in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.messages import say
from assistant.settings import LANGUAGES

COOKIE = "youju_language"
KEPT = 365 * 24 * 3600
"""Seconds for which a choice is remembered."""
TAGS = {"zh": "zh-CN", "en": "en"}
"""As in <html lang>, BCP 47."""

router = APIRouter()


def chosen(cookie: str | None, fixed: str | None, accept: str) -> str:
    """The language of a request: its cookie's, else the program's if one is set, else what Accept-Language prefers.

    >>> chosen("en", "zh", "zh-CN"), chosen(None, "en", "zh-CN"), chosen("fr", None, "en-GB,en;q=0.8")
    ('en', 'en', 'en')
    """
    if cookie in LANGUAGES:
        return cookie
    return fixed or preferred(accept)


def preferred(accept: str) -> str:
    """English for who asks for it first and reads no Chinese; Chinese for all others (RFC 9110, 12.5.4).

    >>> preferred("en-US,en;q=0.9"), preferred("fr,en;q=0.9"), preferred("en,zh-CN;q=0.8"), preferred("")
    ('en', 'zh', 'zh', 'zh')
    """
    tags = [tag for _, tag in sorted(_weighed(accept), key=lambda each: -each[0])]
    return "en" if tags and tags[0] == "en" and "zh" not in tags else "zh"


def _weighed(accept: str) -> Iterator[tuple[float, str]]:
    for part in accept.split(",")[:50]:
        tag, _, weight = part.partition(";q=")
        try:
            q = float(weight or 1)
        except ValueError:
            continue
        if q > 0 and tag.strip():
            yield q, tag.strip().lower().partition("-")[0]


def language_of(request: HTTPConnection) -> str:
    """The language that `Languages` found for a request; without it, the application's own."""
    found: str = getattr(request.state, "language", request.app.state.language)
    return found


def language_in(scope: Scope) -> str:
    """The language that `Languages` found, for those who see a request before the application does."""
    found: str = scope.get("state", {}).get("language", "zh")
    return found


Language = Annotated[str, Depends(language_of)]


class Languages:
    """Every request goes on with its language in its state; `fixed` is the language set for the program, if any."""

    def __init__(self, app: ASGIApp, fixed: str | None = None) -> None:
        self.app = app
        self.fixed = fixed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] in ("http", "websocket"):
            asked = HTTPConnection(scope)
            accept = asked.headers.get("accept-language", "")
            asked.state.language = chosen(asked.cookies.get(COOKIE), self.fixed, accept)
        await self.app(scope, receive, send)


@router.get("/language/{language}", include_in_schema=False)
def choose(language: str, request: Request) -> Response:
    """Remember a language, and back to where the visitor was."""
    answer = RedirectResponse(_before(request), 303)
    if language in LANGUAGES:
        answer.set_cookie(COOKIE, language, max_age=KEPT, httponly=True, samesite="lax")
    return answer


def _before(request: Request) -> str:
    """The page of ours that led here, the first one if another site or none did."""
    came = urlsplit(request.headers.get("referer", ""))
    if came.netloc != request.headers.get("host") or came.path.startswith(("//", "/language/")):
        return "/"
    return came.path + (f"?{came.query}" if came.query else "")


def switch_html(language: str) -> str:
    """中文 / English: the one that is shown is marked, the other one is a link."""
    links = " / ".join(_choice(each, each == language) for each in LANGUAGES)
    return f'<span class="yj-languages" role="group" aria-label="{escape(say("language", language))}">{links}</span>'


def _choice(language: str, shown: bool) -> str:
    mark = ' aria-current="true"' if shown else ""
    tag = f'lang="{TAGS[language]}" hreflang="{TAGS[language]}"'
    return f'<a href="/language/{language}" {tag}{mark}>{escape(say("language.name", language))}</a>'
