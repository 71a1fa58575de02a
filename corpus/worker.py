"""The child process that parses untrusted files: `python -m corpus.worker`.

It reads requests {"path", "name", "known", "skip"} from standard input, a JSON object a line, and writes
for each the readings of `read_file` as they come, a line each, then {"end": true}. In between stand any
number of {"needs": seconds}, each asking for so much time until the next line.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from corpus import patience
from corpus.read import read_file

LIMIT_MEMORY = 1_000_000_000
"""Bytes of address space; a bomb runs into this wall instead of the machine's."""
MOST_MEMORY = 4_000_000_000
"""Up to where text recognition, and nothing else, may move that wall."""


def answers(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the parent gets for one request."""
    for reading in read_file(Path(request["path"]), request["name"], request["known"], set(request["skip"])):
        yield reading.to_dict()
    yield {"end": True}


def main() -> None:
    """Serve requests until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_MEMORY, MOST_MEMORY))
    replies = _replies()

    def send(reply: dict[str, Any]) -> None:
        replies.write(json.dumps(reply, ensure_ascii=False) + "\n")
        replies.flush()

    patience.listener.set(lambda seconds: send({"needs": seconds}))
    for line in sys.stdin:
        for answer in answers(json.loads(line)):
            send(answer)


def _replies() -> TextIO:
    """Standard output for replies alone: a parser that prints must not be taken for one."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", errors="surrogatepass")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return replies


if __name__ == "__main__":
    main()
