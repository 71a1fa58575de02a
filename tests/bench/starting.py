"""From the start of a process to its first answer, with and without the library in the file cache, and its memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CHILD = """
import json, sys, time
from pathlib import Path
from assistant.ask import ask
from assistant.web.page import build
from assistant.web.server import application
from index import Library
library = Library.open(Path(sys.argv[1]))
application(lambda: library, build(lambda: library))
questions = json.loads(sys.stdin.readline())
ask(library, questions[0])
print(flush=True)
for question in questions[1:]:
    ask(library, question)
status = dict(line.split(":", 1) for line in open("/proc/self/status") if ":" in line)
print(json.dumps({k: int(status[k].split()[0]) / 1024 for k in ("VmRSS", "RssAnon", "RssFile")}))
"""


@dataclass(frozen=True)
class Start:
    """Seconds to the first answer of the web app; resident MB after all questions: in all, own, of mapped files."""

    seconds: float
    resident: float
    own: float
    mapped: float


def start(root: Path, questions: list[str], *, cold: bool) -> Start:
    """Start the web app's parts in a new process and ask. Linux only."""
    import time

    if cold:
        _forget(root)
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin and child.stdout
        child.stdin.write(json.dumps(questions) + "\n")
        child.stdin.flush()
        child.stdout.readline()
        seconds = time.perf_counter() - began
        memory = json.loads(child.stdout.readline())
    return Start(seconds, memory["VmRSS"], memory["RssAnon"], memory["RssFile"])


def _forget(root: Path) -> None:
    """Take the library's files out of the system's file cache; Python's own stay."""
    for path in root.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def remember(root: Path) -> None:
    """Read the library's files once, so that the system has them in its file cache, as far as its memory goes."""
    for path in root.rglob("*"):
        if path.is_file():
            with path.open("rb", buffering=0) as file:
                while file.read(1 << 24):
                    pass


def on_disk(root: Path) -> float:
    """MB of a folder."""
    return sum(p.stat().st_size for p in root.rglob("*") if p.is_file()) / 1e6
