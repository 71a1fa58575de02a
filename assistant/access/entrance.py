"""The door: who comes in with which session, token or password."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assistant.access.accounts import Account, Accounts, known_as
from assistant.access.audit import Audit
from assistant.access.errors import LogInFailed
from assistant.access.sessions import Sessions
from assistant.access.throttle import Throttle, network_of
from assistant.access.visit import Visit, machine_user


@dataclass(frozen=True)
class Entrance:
    """`beyond` this machine: then nobody comes in without an account, whether or not there are any."""

    accounts: Accounts
    audit: Audit
    beyond: bool = False
    sessions: Sessions = field(default_factory=Sessions)
    throttle: Throttle = field(default_factory=Throttle)

    @classmethod
    def at(cls, folder: Path, *, beyond: bool = False) -> Entrance:
        """The door whose accounts and log lie in a folder."""
        return cls(Accounts(folder), Audit(folder), beyond)

    @property
    def is_open(self) -> bool:
        """Whether no accounts are asked for: this machine only, and nobody has one."""
        return not self.beyond and not self.accounts.all()

    def without_account(self, address: str, via: str) -> Visit:
        """Whoever works at this machine, as long as the door is open."""
        return Visit(machine_user(), "librarian", address, via, audit=self.audit)

    def by_session(self, id: str, address: str, via: str) -> Visit | None:
        """Who logged in under this id, if that still counts."""
        return self._visit(self.sessions.of(id, self.accounts.all()), address, via)

    def by_token(self, words: str, address: str, via: str) -> Visit | None:
        """Whose program this is."""
        return self._visit(self.accounts.of_token(words), address, via)

    def log_in(self, name: str, password: str, address: str) -> str:
        """A session's id. Raises TooManyTries, LogInFailed."""
        self.throttle.enter([f"name {known_as(name)[:64]}", f"address {network_of(address)}"])
        account = self.accounts.verified(name, password)
        if account is None:
            # A name that nobody has may be a password in the wrong box: it is not written down.
            known = self.accounts.get(name)
            self.audit.record("log-in failed", who=known.name if known else "", address=address, via="web")
            raise LogInFailed()
        self.audit.record("log-in", who=account.name, address=address, via="web")
        return self.sessions.begin(account)

    def _visit(self, account: Account | None, address: str, via: str) -> Visit | None:
        if account is None:
            return None
        return Visit(account.name, account.role, address, via, account=True, audit=self.audit)
