"""The text of a completion, out of server-sent events or one JSON object."""

from __future__ import annotations

import json
from typing import Any

from assistant.synthesis.errors import ServerFailed

DATA, DONE = b"data:", b"[DONE]"


class Events:
    """Takes the bytes of a stream as they come; `text` is what the model has written so far."""

    def __init__(self) -> None:
        self.done = False
        self.text = ""
        self._rest = b""
        self._seen = False

    def take(self, data: bytes) -> None:
        """Some more bytes. Raises ServerFailed for what is no such event."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._line(line.strip())

    def end(self) -> str:
        """All of the text. Raises ServerFailed if there was no event at all."""
        self._line(self._rest.strip())
        if not self._seen:
            raise ServerFailed("nonsense")
        return self.text

    def _line(self, line: bytes) -> None:
        if self.done or not line.startswith(DATA):
            return  # comments, names and numbers of events, empty lines
        body = line[len(DATA) :].strip()
        self.done = body == DONE
        if not self.done:
            self.text += written(body, "delta")
            self._seen = True


def written(body: bytes, part: str) -> str:
    """The text in a chunk (`delta`) or a whole completion (`message`). Raises ServerFailed.

    >>> written(b'{"choices": [{"delta": {"content": "once"}}]}', "delta"), written(b'{"choices": []}', "delta")
    ('once', '')
    """
    try:
        choices = json.loads(body)["choices"]
        content: Any = choices[0][part].get("content") if choices else None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ServerFailed("nonsense") from None
    if content is not None and not isinstance(content, str):
        raise ServerFailed("nonsense")
    return content or ""
