"""Reading in a child process, so that no file can harm the program that asked."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

from corpus.errors import Refused
from corpus.folder import Found
from corpus.reading import Reading

SECONDS = 30.0
"""Time for one document; a real one takes a thousandth of it. Text recognition asks for more, page by page."""
LOOK = 0.2
"""Seconds between two looks at the clock."""
MOST_DEATHS = 3
"""Children that one file may cost; after that the rest of it is given up."""
COMMAND = (sys.executable, "-m", "corpus.worker")


class _Clock:
    """Kills a child that takes longer than it was given. One thread for all that the child is asked: one for each
    request costs as much as the request.
    """

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self._due = math.inf
        self._stopped = threading.Event()
        threading.Thread(target=self._watch, args=(child,), name="reader's clock", daemon=True).start()

    def set(self, seconds: float) -> None:
        """The child has so many seconds from now on."""
        self._due = time.monotonic() + seconds

    @property
    def late(self) -> bool:
        """Whether that time is over."""
        return time.monotonic() > self._due

    def stop(self) -> None:
        """The child is gone."""
        self._stopped.set()

    def _watch(self, child: subprocess.Popen[str]) -> None:
        while not self._stopped.wait(LOOK):
            if self.late:
                child.kill()
                return


class Reader:
    """Reads files one after another in a child process with limits on memory and time.

    A child that hangs or dies costs the part that it was reading a refusal; a new child goes on behind it.
    Each child has a temporary folder that goes with it; a program that it started ends with it.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[str] | None = None
        self._clock: _Clock | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the child ahead of the first file: that takes it half a second."""
        self._running()

    def read(self, found: Found, known: Mapping[str, str] | None = None) -> Iterator[Reading]:
        """The readings of a file, one for each document in it; `known` as in `read_file`.

        The last of a file that killed too many children is the file's own refusal.
        """
        given: dict[str, str] = {}  # what this file has given already, by origin, with its digest
        fatal: list[str] = []
        while len(fatal) < MOST_DEATHS:
            begun = Reading(found.name, str(found.path.absolute()))
            for reading in self._replies(found, {**(known or {}), **given}, fatal):
                if reading is None:
                    return
                if reading.begun:
                    begun = reading
                elif reading.origin not in given:
                    given[reading.origin] = reading.document.source.sha256 if reading.document else reading.unchanged
                    yield reading
            fatal.append(begun.origin)
            yield Reading(begun.name, begun.origin, refused=Refused("limits"))
            if begun.origin == str(found.path.absolute()):
                return
        yield Reading(found.name, str(found.path.absolute()), refused=Refused("limits"))

    def _replies(self, found: Found, known: Mapping[str, str], skip: list[str]) -> Iterator[Reading | None]:
        """What a child says of a file; None when it has said all, nothing more when it hangs or dies."""
        child = self._running()
        ask = {"path": str(found.path), "name": found.name, "known": known, "skip": skip}
        ended = False
        try:
            reply = self._exchange(child, self._seconds, json.dumps(ask) + "\n")
            while reply:
                data: dict[str, Any] = json.loads(reply)
                ended = "end" in data
                if "needs" not in data:
                    yield None if ended else Reading.from_dict(data)
                reply = "" if ended else self._exchange(child, data.get("needs", self._seconds))
        finally:
            if not ended:  # dead, hanging, or asked by somebody who stopped listening
                self.close()

    def _exchange(self, child: subprocess.Popen[str], seconds: float, request: str = "") -> str:
        """The next line of the child within the time; empty if it hangs or dies."""
        assert child.stdin and child.stdout and self._clock
        self._clock.set(seconds)
        try:
            child.stdin.write(request)
            child.stdin.flush()
            reply = child.stdout.readline()
            return reply if reply.endswith("\n") and not self._clock.late else ""
        except BrokenPipeError:
            return ""
        finally:
            self._clock.set(math.inf)

    def close(self) -> None:
        """End the child process."""
        if self._clock:
            self._clock.stop()
            self._clock = None
        if self._child:
            self._child.kill()
            self._child.communicate()
            self._child = None
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    def _running(self) -> subprocess.Popen[str]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._folder = tempfile.TemporaryDirectory(prefix="youju-reader-", ignore_cleanup_errors=True)
            self._child = subprocess.Popen(
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                errors="surrogatepass",
                env={**os.environ, "TMPDIR": self._folder.name},
            )
            self._clock = _Clock(self._child)
        return self._child
