"""Reading in a child process, so that no file can harm the program that asked."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from types import TracebackType

from corpus.document import Document
from corpus.errors import Refused
from corpus.folder import Found

SECONDS = 30.0
"""Time for one file; a real document takes a thousandth of it. Text recognition asks for more, page by page."""


class Reader:
    """Reads files one after another in a child process with limits on memory and time.

    A child that hangs or dies costs its file a refusal, and the next file gets a new child.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, found: Found) -> Document:
        """The document in a file. Raises Refused."""
        child = self._running()
        try:
            assert child.stdin
            child.stdin.write(json.dumps({"path": str(found.path), "name": found.name}) + "\n")
            child.stdin.flush()
            reply = _reply(child, self._seconds)
            while '"needs"' in reply[:10]:
                reply = _reply(child, json.loads(reply)["needs"])
        except BrokenPipeError:
            reply = ""
        if not reply:
            self.close()
            raise Refused("limits")
        answer = json.loads(reply)
        if "refused" in answer:
            raise Refused(answer["refused"], answer["detail"])
        return Document.from_dict(answer["document"])

    def close(self) -> None:
        """End the child process."""
        if self._child:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def _running(self) -> subprocess.Popen[str]:
        if self._child is None or self._child.poll() is not None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "corpus.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        return self._child


def _reply(child: subprocess.Popen[str], seconds: float) -> str:
    """The next line that the child writes, or nothing if it dies or takes longer than this."""
    assert child.stdout
    timer = threading.Timer(seconds, child.kill)
    timer.start()
    try:
        return child.stdout.readline()
    finally:
        timer.cancel()
