"""The interfaces for programs in an application of FastAPI, and by themselves on standard input and output."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from mcp.server import Server

from assistant.api import chat, mcp, pages, routes
from assistant.api.gate import Gate
from assistant.api.health import HealthCheck
from assistant.api.pool import DRAFTS_AT_ONCE, DRAFTS_WAITING, Pool
from assistant.synthesis import ModelServer
from index import Library


def mount(
    app: FastAPI,
    open_library: Callable[[], Library],
    language: str = "zh",
    server: ModelServer | None = None,
    *,
    beyond: bool = False,
) -> None:
    """Put /api, /v1 and /mcp into an application whose lifespan is `lifespan`; `server` writes syntheses.

    `beyond` this machine names of hosts, and pages of other sites, are the application's own to refuse.
    """
    app.state.server = server
    app.state.language, app.state.health = language, HealthCheck(open_library)
    app.state.pool = Pool(open_library)
    app.state.drafts = Pool(open_library, DRAFTS_AT_ONCE, DRAFTS_WAITING)
    app.state.mcp = mcp.server(app.state.pool, app.state.drafts, language)
    app.include_router(pages.router)
    app.include_router(routes.router)
    app.include_router(chat.router)
    app.router.routes.extend(mcp.routes(app.state.mcp, beyond=beyond))
    app.include_router(_unknown(chat.ChatGate, "/v1"))
    app.include_router(_unknown(Gate, "/api"))


def _unknown(gate: type[APIRoute], prefix: str) -> APIRouter:
    """What answers below a prefix where there is no route; else the page's 404 would."""
    router = APIRouter(route_class=gate)
    router.add_api_route(
        prefix + "/{rest:path}", routes.unknown, methods=routes.EVERY, include_in_schema=False, response_model=None
    )
    return router


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """While the application runs, its MCP server does."""
    over: Server[Any] = app.state.mcp
    running: AbstractAsyncContextManager[None] = over.session_manager.run()
    async with running:
        yield


def serve_stdio(open_library: Callable[[], Library], language: str = "zh") -> None:
    """The MCP server on standard input and output, until the input ends."""
    mcp.run_stdio(mcp.server(Pool(open_library), Pool(open_library, DRAFTS_AT_ONCE, DRAFTS_WAITING), language))
