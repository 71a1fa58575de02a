"""Serving: the chat page, the documents that citations open, the page's own files."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeGuard

import gradio as gr
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from gradio.routes import App
from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount

from assistant.access import Entrance
from assistant.access.errors import AccountsMissing
from assistant.api import lifespan, mount
from assistant.api.health import HealthCheck
from assistant.ask import ask
from assistant.errors import BadServing
from assistant.feedback import Feedback, keep
from assistant.messages import say
from assistant.originals import give, is_there
from assistant.serving import Serving
from assistant.settings import LANGUAGES, Settings
from assistant.synthesis import ModelServer
from assistant.web.admission import admit
from assistant.web.assets import Assets
from assistant.web.body import body_up_to
from assistant.web.document import Original, document_html, message_html, unknown_html
from assistant.web.door import Guard, Hosts, Shield, close_gradio, login_routes, visit_of
from assistant.web.exporting import export_routes, to_save
from assistant.web.front import PATHS, FrontPage
from assistant.web.language import Language, Languages
from assistant.web.language import router as languages
from assistant.web.outcome import outcome
from assistant.web.page import build, static, theme
from assistant.web.scope import menu_html
from assistant.web.sessions import keep_sessions_small
from index import DocumentUnknown, IndexingError, Library

STYLES = ("top.css", "page.css", "library.css", "chat.css", "synthesis.css", "reach.css")
SCRIPTS = (
    "page.js", "library.js", "asking.js", "marks.js", "gone.js", "history.js", "export.js", "synthesis.js",
    "reach.js", "upload.js",
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
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def application(
    open_library: Callable[[], Library],
    page: gr.Blocks | None = None,
    language: str | None = None,
    server: ModelServer | None = None,
    *,
    entrance: Entrance | None = None,
    serving: Serving = Serving(),  # noqa: B008  a frozen value
) -> FastAPI:
    """The web application: documents under /document, programs under /api, /v1 and /mcp, the chat at /.

    `language` is that of whoever hasn't chosen one, None for what the browser asks; `page` the chat in it, if there is one;
    `server` writes syntheses. Without an `entrance` whoever reaches it is the user of this machine, and nothing is logged.
    """
    first = language or "zh"
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    app = FastAPI(title=say("web.title", first), lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    # The last that is added is the first that a request meets.
    app.add_middleware(FrontPage)
    app.add_middleware(CORSMiddleware, allow_origins=())  # nobody; Gradio's own would reflect any origin
    app.add_middleware(Assets)
    app.add_middleware(Guard, entrance=entrance, origin=serving.root)
    app.add_middleware(Languages, fixed=language)
    app.add_middleware(Hosts, names=serving.hosts, language=first)
    app.add_middleware(Shield, language=first)
    app.include_router(login_routes(entrance, serving.root))
    app.mount("/youju", StaticFiles(directory=Path(__file__).parent / "static"))

    @app.get("/document/{id}", response_class=HTMLResponse, include_in_schema=False)
    def document(id: str, language: Language, at: str = "", removed: bool = False) -> HTMLResponse:
        try:
            library = open_library()
            found = library.document(id), library.entry(id)
            files = [Original(source.name, is_there(source)) for source in library.sources(id)[:MOST_FILES]]
            html = document_html(*found, at, language, removed=removed, originals=files)
        except DocumentUnknown:
            return _document(unknown_html(language), 404)
        return _document(html)

    @app.get("/original/{id}/{n}", include_in_schema=False)
    def original_file(request: Request, id: str, n: int, language: Language) -> Response:
        try:
            sources = open_library().sources(id)
        except DocumentUnknown:
            return _document(unknown_html(language), 404)
        given = give(sources[n]) if 0 <= n < len(sources) else None
        if given is None:
            return _document(message_html(say("document.changed", language), language), 404)
        name, data = given
        visit_of(request).record("download", (id,), n=n)
        return Response(data, media_type="application/octet-stream", headers=to_save(name))

    @app.post("/feedback", include_in_schema=False)
    async def feedback(request: Request) -> Response:
        body = await body_up_to(LONGEST_FEEDBACK, request.receive)
        said = _feedback(body or b"") if request.headers.get("content-type") == "application/json" else None
        if said is None:
            return Response(status_code=400)
        await run_in_threadpool(lambda: keep(open_library(), said))
        return Response(status_code=204)

    @app.get("/scopes", response_class=HTMLResponse, include_in_schema=False)
    def scopes(language: Language) -> HTMLResponse:
        return HTMLResponse(outcome(lambda: menu_html(open_library(), language), language))

    @app.get("/here", include_in_schema=False)
    async def here() -> dict[str, int]:
        """The page asks this to see whether the program is still there, and how much it holds by now."""
        check: HealthCheck = app.state.health
        try:
            return await check.tell()
        except IndexingError:
            return {}

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        return Response(static("icon.svg"), media_type="image/svg+xml")

    export_routes(app, open_library)
    mount(app, open_library, first, server, beyond=serving.beyond)
    app.include_router(languages)
    for each in sorted(LANGUAGES, key=lambda each: len(PATHS[each]), reverse=True):
        _mount_chat(app, page if page and each == first else build(open_library, each, server), each, serving)
    return app


def _mount_chat(app: FastAPI, page: gr.Blocks, language: str, serving: Serving) -> None:
    """The chat in one language."""
    script = "".join(map(static, SCRIPTS))
    gr.mount_gradio_app(
        app,
        page,
        path=PATHS[language],
        server_name=serving.host,
        root_path=f"{serving.root}{PATHS[language]}" if serving.root else None,
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size=LARGEST_UPLOAD,
        theme=theme(),
        css="".join(map(static, STYLES)),
        head=f"<script>{script}</script>",
    )
    close_gradio(app, scripts=[script], language=language, largest=LARGEST_UPLOAD)
    gradio = next(r.app for r in app.routes if isinstance(r, Mount) and _shows(r.app, page))
    admit(gradio, language)
    keep_sessions_small(gradio)


def _shows(app: object, page: gr.Blocks) -> TypeGuard[App]:
    return isinstance(app, App) and app.get_blocks() is page


def _feedback(body: bytes) -> Feedback | None:
    """What was said, None if it means nothing."""
    try:
        return TypeAdapter(Feedback).validate_json(body)
    except ValidationError:
        return None


def _document(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status, headers={"Content-Security-Policy": DOCUMENT_POLICY})


def serve(
    open_library: Callable[[], Library],
    settings: Settings,
    *,
    serving: Serving = Serving(),  # noqa: B008  a frozen value
    page: gr.Blocks | None = None,
) -> None:
    """Serve the page over a library until stopped. Raises AccountsMissing before others than this machine's users
    could come in.
    """
    entrance = Entrance.at(settings.access, beyond=serving.beyond)
    if serving.beyond and not entrance.accounts.all():
        raise AccountsMissing(host=serving.root or serving.host)
    library = open_library()
    threading.Thread(target=lambda: ask(library, "有据"), daemon=True).start()  # ready for the first question
    app = application(open_library, page, settings.page_language, settings.server, entrance=entrance, serving=serving)
    listening = _listen(serving.host, serving.port)
    print(say("web.address", settings.language, address=_address(serving, listening)), flush=True)
    if serving.is_plain:
        print(say("door.plain", settings.language), file=sys.stderr)
    uvicorn.Server(_configured(app, serving)).run(sockets=[listening])


def _configured(app: FastAPI, serving: Serving) -> uvicorn.Config:
    """Nobody's word on who a visitor is gets taken but that of the proxy that was named."""
    return uvicorn.Config(
        app,
        log_level="warning",
        timeout_graceful_shutdown=2,
        server_header=False,
        ws="none",
        proxy_headers=bool(serving.proxy),
        forwarded_allow_ips=serving.proxy or None,
        ssl_certfile=serving.certificate,
        ssl_keyfile=serving.key,
    )


def _address(serving: Serving, listening: socket.socket) -> str:
    scheme = "https" if serving.certificate else "http"
    host = f"[{serving.host}]" if ":" in serving.host else serving.host
    return serving.root or f"{scheme}://{host}:{listening.getsockname()[1]}"


def _listen(host: str, port: int) -> socket.socket:
    """The first free port from the one asked for; any free one if all are taken. Raises BadServing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in [*range(port, min(port + PORTS, 65536)), 0]:
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
            listening.listen()  # who comes between the address on screen and the first answer waits instead of failing
            return listening
        except OSError:
            listening.close()
    raise BadServing(option="--host", value=host)
