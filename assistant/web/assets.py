"""The files that Gradio's page is made of: packed once, kept by the browser, given without a detour through Gradio."""

from __future__ import annotations

import gzip
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gradio.routes import BUILD_PATH_LIB
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

PATH = re.compile(r"(?:/en)?/assets/([\w-]+-[\w-]{8,}\.(?:js|css))", re.ASCII)
"""A file whose name holds the hash of its content, so that a browser may keep it for ever."""
LARGEST_KEPT = 200
"""Files kept in memory; a page takes about eighty, 0.4 MB when packed."""


@dataclass(frozen=True)
class Asset:
    """A file, as it is and packed by gzip, which every browser reads also where there is no HTTPS."""

    kind: str
    whole: bytes
    packed: bytes


class Assets:
    """Answers for Gradio's hashed files; everything else goes on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        named = PATH.fullmatch(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        found = asset(named[1]) if named else None
        await (_response(found, Headers(scope=scope)) if found else self.app)(scope, receive, send)


@lru_cache(LARGEST_KEPT)
def asset(name: str) -> Asset | None:
    """A file of Gradio's build, None if there is none of that name."""
    path = Path(BUILD_PATH_LIB) / name
    if not path.is_file():
        return None
    whole = path.read_bytes()
    kind = "text/javascript" if name.endswith(".js") else mimetypes.types_map[".css"]
    return Asset(kind, whole, gzip.compress(whole, 6, mtime=0))


def _response(found: Asset, asked: Headers) -> Response:
    packed = "gzip" in asked.get("accept-encoding", "")
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    } | ({"Content-Encoding": "gzip"} if packed else {})
    return Response(found.packed if packed else found.whole, media_type=found.kind, headers=headers)
