"""Sessions: who has logged in, for how long. They live with the server and end with it."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from assistant.access.accounts import Account, digest_of

IDLE = 2 * 3600.0
"""Seconds without a request after which a session ends."""
LONGEST = 12 * 3600.0
"""Seconds after which it ends however busy it is: a working day."""
MOST = 10_000


@dataclass(frozen=True)
class Session:
    """`stamp` is that of the account when it began; times are the clock's."""

    name: str
    stamp: str
    began: float
    seen: float


class Sessions:
    """Kept by the digest of their ids: who reads the memory of the server finds no id to come in with."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sessions: dict[str, Session] = {}
        self._guard = threading.Lock()

    def begin(self, account: Account) -> str:
        """A new session's id: 256 random bits."""
        id, now = secrets.token_urlsafe(32), self._clock()
        with self._guard:
            if len(self._sessions) >= MOST:
                self._sessions = {key: s for key, s in self._sessions.items() if not self._is_over(s, now)}
            if len(self._sessions) >= MOST:
                self._sessions.pop(min(self._sessions, key=lambda key: self._sessions[key].seen))
            self._sessions[digest_of(id)] = Session(account.name, account.stamp, now, now)
        return id

    def of(self, id: str, accounts: Mapping[str, Account]) -> Account | None:
        """Whose session it is, which thereby goes on; None if it has ended."""
        key, now = digest_of(id), self._clock()
        with self._guard:
            session = self._sessions.get(key)
            if session is None:
                return None
            account = accounts.get(session.name)
            if account is None or account.stamp != session.stamp or self._is_over(session, now):
                del self._sessions[key]
                return None
            self._sessions[key] = replace(session, seen=now)
            return account

    def end(self, id: str) -> None:
        """Log out."""
        with self._guard:
            self._sessions.pop(digest_of(id), None)

    @staticmethod
    def _is_over(session: Session, now: float) -> bool:
        return now - session.seen >= IDLE or now - session.began >= LONGEST
