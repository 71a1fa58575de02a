"""Asking the server: one request, within a deadline that holds for all of it, and nothing of it in any log."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import ssl
import threading
from concurrent.futures import Future
from typing import Any

import httpx

from assistant.synthesis.errors import ServerFailed
from assistant.synthesis.events import Events, written
from assistant.synthesis.records import Failure
from assistant.synthesis.server import ModelServer

Messages = list[dict[str, str]]

AT_ONCE = 4
"""Requests at the same time, so that a slow server never keeps the questions of others waiting."""
MOST_BYTES = 1 << 20
"""Of a reply, events and all."""
MOST_CHARACTERS = 8000
"""Of what the model writes."""
MOST_TOKENS = 1200
"""Asked for; with those that a model thinks in."""

_turns = threading.BoundedSemaphore(AT_ONCE)
_asking: contextvars.ContextVar[bool] = contextvars.ContextVar("asking", default=False)


def _quiet(record: logging.LogRecord) -> bool:
    """Leaves out what httpx logs of our requests: what a server says there could be the key itself."""
    return not _asking.get()


for _name in ("httpx", "httpcore.connection", "httpcore.http11", "httpcore.proxy"):
    logging.getLogger(_name).addFilter(_quiet)


def complete(server: ModelServer, messages: Messages) -> str:
    """What the model answers to some messages, in `server.seconds` at the most. Raises ServerFailed.

    The work is done in a thread of its own: looking a host's name up can't be broken off, but it can be left behind.
    """
    if not _turns.acquire(blocking=False):
        raise ServerFailed("busy")
    done: Future[str | ServerFailed] = Future()
    threading.Thread(target=_work, args=(server, messages, done), daemon=True).start()
    try:
        reply = done.result(server.seconds)
    except TimeoutError:
        raise ServerFailed("slow") from None
    if isinstance(reply, ServerFailed):
        raise reply
    return reply


def _work(server: ModelServer, messages: Messages, done: Future[str | ServerFailed]) -> None:
    """Hands on a text or a code: an error raised here would take along what stands around it, the key as well."""
    _asking.set(True)
    try:
        done.set_result(asyncio.run(_within(server, messages)))
    except Exception as error:  # noqa: BLE001  whatever a server makes of the protocol
        done.set_result(ServerFailed(_code(error)))
    finally:
        _turns.release()


def _code(error: Exception) -> Failure:
    """What went wrong.

    >>> _code(TimeoutError()), _code(httpx.ConnectError("no")), _code(ServerFailed("large")), _code(ValueError())
    ('slow', 'unreachable', 'large', 'nonsense')
    """
    if isinstance(error, ServerFailed):
        return error.code
    if isinstance(error, TimeoutError):
        return "slow"
    return "unreachable" if isinstance(error, httpx.TransportError | OSError) else "nonsense"


async def _within(server: ModelServer, messages: Messages) -> str:
    async with asyncio.timeout(server.seconds), _client(server) as client:
        return await _reply(client, server, messages)


def _client(server: ModelServer) -> httpx.AsyncClient:
    """No proxy, no password file out of the environment, no other host than the one that was set."""
    secure: Any = ssl.create_default_context() if server.url.startswith("https") else False
    return httpx.AsyncClient(verify=secure, trust_env=False, follow_redirects=False, timeout=None)


async def _reply(client: httpx.AsyncClient, server: ModelServer, messages: Messages) -> str:
    headers = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
    if server.key:
        headers["Authorization"] = f"Bearer {server.key}"
    body = {"model": server.model, "messages": messages, "stream": True, "temperature": 0, "max_tokens": MOST_TOKENS}
    async with client.stream("POST", server.completions, json=body, headers=headers) as response:
        _refuse(response)
        if response.headers.get("content-type", "").startswith("application/json"):
            return _short(written(await _whole(response), "message"))
        return await _streamed(response)


def _refuse(response: httpx.Response) -> None:
    """Raises ServerFailed for anything but a plain reply."""
    status = response.status_code
    if 300 <= status < 400:
        raise ServerFailed("redirect")
    if status in (401, 403):
        raise ServerFailed("key")
    if status != 200:
        raise ServerFailed("status")
    if response.headers.get("content-encoding", "identity") != "identity":
        raise ServerFailed("nonsense")  # nobody asked for it, and it can expand to anything


async def _whole(response: httpx.Response) -> bytes:
    body = bytearray()
    async for data in response.aiter_raw():
        body += data
        if len(body) > MOST_BYTES:
            raise ServerFailed("large")
    return bytes(body)


async def _streamed(response: httpx.Response) -> str:
    events, size = Events(), 0
    async for data in response.aiter_raw():
        size += len(data)
        if size > MOST_BYTES:
            raise ServerFailed("large")
        events.take(data)
        _short(events.text)
        if events.done:
            break
    return events.end()


def _short(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise ServerFailed("large")
    return text
