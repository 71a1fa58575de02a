"""Where the chat is served, and to whom."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from assistant.errors import BadServing

THIS_MACHINE = "127.0.0.1"


@dataclass(frozen=True)
class Serving:
    """`host` to listen at; `names` under which people reach it besides; `root` the whole address of a proxy in front
    of it, without a path; `proxy` the address of the proxy whose word on visitors' addresses is taken; `certificate`
    and `key` for https.
    """

    host: str = THIS_MACHINE
    port: int = 7860
    names: tuple[str, ...] = ()
    root: str = ""
    proxy: str = ""
    certificate: Path | None = None
    key: Path | None = None

    def __post_init__(self) -> None:
        parts = urlsplit(self.root)
        if self.root and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query):
            raise BadServing(option="--root-path", value=self.root)
        if self.proxy and not _is_address(self.proxy):
            raise BadServing(option="--proxy", value=self.proxy)
        for option, file in (("--certfile", self.certificate), ("--keyfile", self.key)):
            if file and not file.is_file():
                raise BadServing(option=option, value=str(file))
        if self.key and not self.certificate:
            raise BadServing(option="--keyfile", value=str(self.key))

    @property
    def beyond(self) -> bool:
        """Whether others than the users of this machine are served.

        >>> Serving().beyond, Serving("0.0.0.0").beyond, Serving(root="https://youju.example").beyond
        (False, True, True)
        """
        return bool(self.names or self.root) or not is_this_machine(self.host)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Names that a request may ask for, besides this machine's own."""
        return tuple(filter(None, (self.host, *self.names, urlsplit(self.root).hostname)))

    @property
    def is_plain(self) -> bool:
        """Whether passwords cross a network unencrypted."""
        return not is_this_machine(self.host) and not self.certificate and not self.root.startswith("https:")


def is_this_machine(host: str) -> bool:
    """Whether only this machine can reach an address.

    >>> is_this_machine("127.0.0.1"), is_this_machine("localhost"), is_this_machine("::"), is_this_machine("10.0.0.7")
    (True, True, False, False)
    """
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
