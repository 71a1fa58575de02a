"""Routes for programs: only what is small enough comes in, no page of another site, and failures go out as JSON."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.types import Message

from assistant.api.errors import OtherOrigin, TooLarge
from assistant.api.failures import headers_of, sentence_of, status_of, wrong
from assistant.web.language import language_of

MEGABYTE = 1 << 20
LARGEST = 2 * MEGABYTE
"""Bytes of a draft, and of any other request."""
AROUND = 64 << 10
"""Bytes that a form may have around its file."""
HERE = ("127.0.0.1", "localhost", "::1")

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Gate(APIRoute):
    """A route that is told of failures as {"error": sentence}."""

    def get_route_handler(self) -> Handler:
        """The route's own handler between the checks and the failures."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            language = language_of(request)
            try:
                refuse_other_origins(request)
                return await handle(await whole(request))
            except RequestValidationError as error:
                return self.told(wrong(error.errors()[0], language), language)
            except Exception as error:  # noqa: BLE001  programs get a sentence, whatever it was
                return self.told(error, language)

        return guarded

    @staticmethod
    def told(error: Exception, language: str) -> Response:
        """A failure as this protocol tells it."""
        return JSONResponse({"error": sentence_of(error, language)}, status_of(error), headers_of(error))


def refuse_other_origins(request: Request) -> None:
    """Nothing is done for pages of other sites, though a browser would keep the answer from them anyway."""
    origin = request.headers.get("origin")
    if origin and (origin == "null" or _is_elsewhere(origin, request.headers.get("host", ""))):
        raise OtherOrigin(origin=origin[:100])


def _is_elsewhere(origin: str, host: str = "") -> bool:
    """Whether an Origin is a web site that is neither on this machine nor the `host` that is asked.

    >>> _is_elsewhere("http://example.invalid"), _is_elsewhere("http://localhost:3000"), _is_elsewhere("app://chat")
    (True, False, False)
    """
    try:
        parts = urlsplit(origin)
        return parts.scheme in ("http", "https") and parts.hostname not in HERE and parts.netloc.lower() != host.lower()
    except ValueError:
        return True


async def whole(request: Request) -> Request:
    """The request with its body read. Raises TooLarge before more than that is kept."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > LARGEST + AROUND:
        raise _too_large()
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST + AROUND:
            raise _too_large()
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return await request.receive()
        sent = True
        return {"type": "http.request", "body": bytes(body), "more_body": False}

    return Request(request.scope, receive)


def _too_large() -> TooLarge:
    return TooLarge(field="HTTP", most=f"{LARGEST // MEGABYTE} MB")
