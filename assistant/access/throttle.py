"""So many tries a minute for each name and each address, in bounded memory."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable

from assistant.access.errors import TooManyTries

MOST_TRIES = 10
MINUTE = 60.0
MOST_KEYS = 10_000


class Throttle:
    """Counts tries within the last minute; `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = MOST_TRIES) -> None:
        self._clock, self._most = clock, most
        self._tries: dict[str, deque[float]] = {}
        self._guard = threading.Lock()

    def enter(self, keys: Iterable[str]) -> None:
        """One more try under each of these keys. Raises TooManyTries, which then does not count as one."""
        keys = list(keys)
        with self._guard:
            now = self._clock()
            if len(self._tries) + len(keys) > MOST_KEYS:
                self._tries = {key: tries for key, tries in self._tries.items() if now - tries[-1] < MINUTE}
            for key in keys:
                self._refuse_too_many(key, now)
            for key in keys:
                self._tries.setdefault(key, deque(maxlen=self._most)).append(now)

    def _refuse_too_many(self, key: str, now: float) -> None:
        tries = self._tries.get(key)
        if tries is None:
            if len(self._tries) >= MOST_KEYS:  # whoever floods it must not make it forget
                raise TooManyTries(seconds=str(math.ceil(MINUTE)))
        elif len(tries) == self._most and now - tries[0] < MINUTE:
            raise TooManyTries(seconds=str(max(1, math.ceil(MINUTE - (now - tries[0])))))


def network_of(address: str) -> str:
    """What one person can have many of counts as one: of IPv6 the first 64 bits.

    >>> network_of("192.0.2.7"), network_of("2001:db8::1:2"), network_of("::ffff:192.0.2.7"), network_of("?")
    ('192.0.2.7', '2001:db8::/64', '192.0.2.7', '?')
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
