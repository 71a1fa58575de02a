"""The child process that parses untrusted files: `python -m corpus.worker`.

It reads requests {"path", "name"} from standard input, a JSON object a line, and writes for each
{"document": …} or {"refused": code, "detail": …}; before that, any number of {"needs": seconds}, each
asking for so much time from then on.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from corpus import patience
from corpus.errors import Refused
from corpus.read import read_document

LIMIT_MEMORY = 2_000_000_000
"""Bytes of address space; a bomb runs into this wall instead of the machine's."""
MOST_MEMORY = 4_000_000_000
"""Up to where text recognition, and nothing else, may move that wall."""


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
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_MEMORY, MOST_MEMORY))
    replies = sys.stdout
    sys.stdout = sys.stderr  # a parser that prints must not be taken for a reply

    def send(reply: dict[str, object]) -> None:
        replies.write(json.dumps(reply, ensure_ascii=True) + "\n")
        replies.flush()

    patience.listener.set(lambda seconds: send({"needs": seconds}))
    for line in sys.stdin:
        send(answer(json.loads(line)))


if __name__ == "__main__":
    main()
