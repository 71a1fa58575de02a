"""The child process that parses untrusted files: `python -m corpus.worker`.

It reads requests {"path", "name", "known", "skip"} from standard input, a JSON object a line, and writes
for each the readings of `read_file` as they come, a line each, then {"end": true}.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from corpus.read import read_file

LIMIT_MEMORY = 2_000_000_000
"""Bytes of address space; a bomb runs into this wall instead of the machine's."""


def answers(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the parent gets for one request."""
    for reading in read_file(Path(request["path"]), request["name"], request["known"], set(request["skip"])):
        yield reading.to_dict()
    yield {"end": True}


def main() -> None:
    """Serve requests until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_MEMORY, LIMIT_MEMORY))
    replies = _replies()
    for line in sys.stdin:
        for answer in answers(json.loads(line)):
            replies.write(json.dumps(answer, ensure_ascii=True) + "\n")
            replies.flush()


def _replies() -> TextIO:
    """Standard output for replies alone: a parser that prints must not be taken for one."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return replies


if __name__ == "__main__":
    main()
