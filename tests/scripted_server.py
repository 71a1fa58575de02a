"""A server that speaks OpenAI's chat protocol on a free port, and says what it was told to: a stand-in for a model.

No model is at hand in tests, and none would misbehave on command. The protocol, the connections and the streams are real.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.synthesis import ModelServer

Answering = Callable[["Handler", dict[str, Any]], None]
KEY = "sk-very-secret-key-0123456789"


class Handler(BaseHTTPRequestHandler):
    """One request, answered as the server's script has it."""

    server: Scripted  # type: ignore[assignment]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append({"path": self.path, "key": self.headers.get("authorization"), **body})
        with suppress(OSError):  # whoever asked may have gone
            self.server.answer(self, body)

    def log_message(self, *args: Any) -> None:
        """Nothing."""

    def begin(self, kind: str = "text/event-stream", status: int = 200, **headers: str) -> None:
        self.send_response(status, headers.pop("reason", None))
        for name, value in {"content-type": kind, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def event(self, text: str) -> None:
        chunk = {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {"content": text}}]}
        self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()


class Scripted(ThreadingHTTPServer):
    """The server; `asked` are the requests it got."""

    daemon_threads = True

    def __init__(self, answer: Answering) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.asked: list[dict[str, Any]] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


@contextmanager
def scripted(answer: Answering) -> Iterator[Scripted]:
    """The running server; what still waits in it ends with it."""
    server = Scripted(answer)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()


def model(server: Scripted, seconds: float = 20.0) -> ModelServer:
    """As the settings would name it; as long a deadline as a busy machine needs, unless the test is about that."""
    return ModelServer(server.url, "qwen-test", KEY, seconds)


def saying(*texts: str) -> Answering:
    """Streams these texts, an event each."""

    def answer(handler: Handler, body: dict[str, Any]) -> None:
        assert body["stream"] is True and body["temperature"] == 0
        handler.begin()
        handler.wfile.write(b": a comment\n\nevent: message\n")
        for text in texts:
            handler.event(text)
        handler.wfile.write(b"data: [DONE]\n\n")

    return answer
