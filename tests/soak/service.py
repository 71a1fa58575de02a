"""A service that people ask: `youju chat` over a copy of a library, and what the system says of its process."""

from __future__ import annotations

import asyncio
import os
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from serving import served

from assistant.web.examples import EXAMPLES
from soak.crowd import crowd

SECONDS = int(os.environ.get("SOAK_SECONDS", "600"))
"""How long each part asks; two hours for the last one unless this is set."""
LOOKED = 0.5
"""Seconds between two looks at its health."""


@contextmanager
def warm(library: Path) -> Iterator[str]:
    """The address of the page, once it has answered a question."""
    with served(library) as address:
        asyncio.run(crowd(address, 2, 1, (0, 0.5), EXAMPLES))
        yield address


@contextmanager
def health_watched(address: str) -> Iterator[list[float]]:
    """Seconds of each answer of its health check meanwhile; one that failed counts as a minute."""
    seconds: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(LOOKED):
            started = time.monotonic()
            try:
                urllib.request.urlopen(f"{address}/api/health", timeout=30).read()
                seconds.append(time.monotonic() - started)
            except OSError:
                seconds.append(60.0)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seconds
    finally:
        over.set()
        thread.join()


def process_of(address: str) -> int:
    """The number of the process that listens there (Linux)."""
    wanted = f"0100007F:{int(address.rpartition(':')[2]):04X}"
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    inode = next(parts[9] for parts in map(str.split, lines) if parts[1] == wanted and parts[3] == "0A")
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if (
                str(link.readlink()) == f"socket:[{inode}]"
                and b"assistant.cli" in (link.parents[1] / "cmdline").read_bytes()
            ):
                return int(link.parts[2])
        except OSError:
            continue  # it has ended, or closed the file
    raise LookupError(address)


def memory_of(process: int) -> float:
    """Megabytes that are its own: what is mapped from files the system may take back."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("RssAnon")).split()[1]) / 1024


def open_files_of(process: int) -> int:
    """Its open file descriptors."""
    return len(os.listdir(f"/proc/{process}/fd"))
