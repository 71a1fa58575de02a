"""Which server writes, and how it is reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

SECONDS = 8.0
"""Time for one synthesis, from connecting to the last word; the answer around it needs less than the rest of ten."""
LONGEST_WAIT = 60.0


@dataclass(frozen=True)
class ModelServer:
    """An OpenAI-compatible server: `url` up to and with /v1, the name of its model, the key if it wants one.

    The key is left out of `repr`, so that it stands in no log and no error.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS

    @property
    def completions(self) -> str:
        """Where chats are completed."""
        return f"{self.url.rstrip('/')}/chat/completions"


def is_address(url: str) -> bool:
    """Whether this can be a server's address: http or https, a host, and nothing secret in it.

    >>> is_address("http://127.0.0.1:11434/v1"), is_address("file:///etc"), is_address("https://me:pass@a.invalid/v1")
    (True, False, False)
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and " " not in url
    return (
        plain and parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0
        and parts.username is None and not parts.query and not parts.fragment
    )  # fmt: skip


def is_key(key: str) -> bool:
    """Whether a key can stand in a header: visible ASCII.

    >>> is_key("sk-1"), is_key("钥匙"), is_key("a\\nb")
    (True, False, False)
    """
    return all("!" <= c <= "~" for c in key)
