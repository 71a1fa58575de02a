"""Serving: the chat page, the documents that citations open, the page's own files."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import gradio as gr
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assistant.api import lifespan, mount
from assistant.feedback import Feedback, keep
from assistant.messages import say
from assistant.originals import give, is_there
from assistant.settings import LANGUAGES, Settings
from assistant.synthesis import ModelServer
from assistant.web.assets import Assets
from assistant.web.document import Original, document_html, message_html
from assistant.web.exporting import export_routes, to_save
from assistant.web.front import PATHS, FrontPage
from assistant.web.language import Language, Languages
from assistant.web.language import router as languages
from assistant.web.outcome import outcome
from assistant.web.page import build, static, theme
from assistant.web.scope import menu_html
from index import DocumentUnknown, Library

HOST = "127.0.0.1"
STYLES = ("top.css", "page.css", "library.css", "chat.css", "synthesis.css", "reach.css")
SCRIPTS = (
    "page.js", "library.js", "asking.js", "marks.js", "gone.js", "history.js", "export.js", "synthesis.js",
    "reach.js",
)  # fmt: skip
PORTS = 50
"""Ports tried from the one asked for."""
LARGEST_UPLOAD = 64_000_000
"""Bytes of a file that is uploaded; readers hold to the same."""
LONGEST_FEEDBACK = 60_000
"""Bytes: a chat's questions, and a reason."""
MOST_FILES = 20
"""Source files that a document's page offers."""
DOCUMENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
)


def application(
    open_library: Callable[[], Library],
    page: gr.Blocks | None = None,
    language: str | None = None,
    server: ModelServer | None = None,
) -> FastAPI:
    """The web application: documents under /document, programs under /api, /v1 and /mcp, the chat at /.

    `language` is that of whoever hasn't chosen one, None for what the browser asks; `page` the chat in it, if there is one;
    `server` writes syntheses.
    """
    first = language or "zh"
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    app = FastAPI(title=say("web.title", first), lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost", "testserver"])
    app.mount("/youju", StaticFiles(directory=Path(__file__).parent / "static"))

    @app.get("/document/{id}", response_class=HTMLResponse, include_in_schema=False)
    def document(id: str, language: Language, at: str = "", removed: bool = False) -> HTMLResponse:
        try:
            library = open_library()
            found = library.document(id), library.entry(id)
            files = [Original(source.name, is_there(source)) for source in library.sources(id)[:MOST_FILES]]
            html = document_html(*found, at, language, removed=removed, originals=files)
        except DocumentUnknown:
            return _document(message_html(say("web.unknown", language), language), 404)
        return _document(html)

    @app.get("/original/{id}/{n}", include_in_schema=False)
    def original_file(id: str, n: int, language: Language) -> Response:
        try:
            sources = open_library().sources(id)
        except DocumentUnknown:
            return _document(message_html(say("web.unknown", language), language), 404)
        given = give(sources[n]) if 0 <= n < len(sources) else None
        if given is None:
            return _document(message_html(say("document.changed", language), language), 404)
        name, data = given
        return Response(data, media_type="application/octet-stream", headers=to_save(name))

    @app.post("/feedback", include_in_schema=False)
    async def feedback(request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).netloc != request.headers.get("host"):
            return Response(status_code=403)
        said = _feedback(await request.body()) if request.headers.get("content-type") == "application/json" else None
        if said is None:
            return Response(status_code=400)
        await run_in_threadpool(lambda: keep(open_library(), said))
        return Response(status_code=204)

    @app.get("/scopes", response_class=HTMLResponse, include_in_schema=False)
    def scopes(language: Language) -> HTMLResponse:
        return HTMLResponse(outcome(lambda: menu_html(open_library(), language), language))

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        return Response(static("icon.svg"), media_type="image/svg+xml")

    @app.middleware("http")
    async def guard(request: Request, call_next: Callable) -> Response:  # type: ignore[type-arg]
        response: Response = await call_next(request)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    export_routes(app, open_library)
    mount(app, open_library, first, server)
    app.include_router(languages)
    app.add_middleware(FrontPage)
    app.add_middleware(Languages, fixed=language)
    app.add_middleware(Assets)
    for each in sorted(LANGUAGES, key=lambda each: len(PATHS[each]), reverse=True):
        _mount_chat(app, page if page and each == first else build(open_library, each, server), PATHS[each])
    return app


def _mount_chat(app: FastAPI, page: gr.Blocks, path: str) -> None:
    """The chat in one language."""
    gr.mount_gradio_app(
        app,
        page,
        path=path,
        server_name=HOST,
        footer_links=[],
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size=LARGEST_UPLOAD,
        theme=theme(),
        css="".join(map(static, STYLES)),
        head=f"<script>{''.join(map(static, SCRIPTS))}</script>",
    )


def _feedback(body: bytes) -> Feedback | None:
    """What was said, None if it means nothing."""
    if len(body) > LONGEST_FEEDBACK:
        return None
    try:
        return TypeAdapter(Feedback).validate_json(body)
    except ValidationError:
        return None


def _document(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status, headers={"Content-Security-Policy": DOCUMENT_POLICY})


def serve(
    open_library: Callable[[], Library], settings: Settings, *, port: int = 7860, page: gr.Blocks | None = None
) -> None:
    """Serve the page over a library, on this machine only, until stopped."""
    library = open_library()
    threading.Thread(target=lambda: library.encoder.query("有据"), daemon=True).start()  # ready for the first question
    app = application(open_library, page, settings.page_language, settings.server)
    listening = _listen(port)
    address = f"http://{HOST}:{listening.getsockname()[1]}"
    print(say("web.address", settings.language, address=address), flush=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2))
    server.run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    """The first free port from the one asked for; any free one if all are taken."""
    for candidate in [*range(port, min(port + PORTS, 65536)), 0]:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, candidate))
            listening.listen()  # who comes between the address on screen and the first answer waits instead of failing
            return listening
        except OSError:
            listening.close()
    raise OSError("no free port")
