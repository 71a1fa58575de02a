"""The child process that parses untrusted files: `python -m corpus.worker`.

It reads requests {"path", "name"} from standard input, a JSON object a line, and writes for each
{"document": …} or {"refused": code, "detail": …}.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from corpus.errors import Refused
from corpus.read import read_document

LIMIT_MEMORY = 2_000_000_000
"""Bytes of address space; a bomb runs into this wall instead of the machine's."""


def answer(request: dict[str, str]) -> dict[str, object]:
    """What the parent gets for one request; any failure of a parser is a refusal."""
    try:
        return {"document": read_document(Path(request["path"]), request["name"]).to_dict()}
    except Refused as refused:
        return {"refused": refused.code, "detail": refused.detail}
    except (MemoryError, RecursionError):
        return {"refused": "limits", "detail": ""}
    except Exception as error:  # noqa: BLE001  a parser met something that its authors did not think of
        return {"refused": "damaged", "detail": type(error).__name__}


def main() -> None:
    """Serve requests until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_MEMORY, LIMIT_MEMORY))
    replies = sys.stdout
    sys.stdout = sys.stderr  # a parser that prints must not be taken for a reply
    for line in sys.stdin:
        reply = json.dumps(answer(json.loads(line)), ensure_ascii=True)
        replies.write(reply + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
