"""Who is asking, and from where: what a request or a command may do, and under whose name it is logged."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import Any

from assistant.access.audit import Audit, What
from assistant.access.errors import NotAllowed
from assistant.access.roles import Role


@dataclass(frozen=True)
class Visit:
    """`name` of the account, or of the machine's user where there are no accounts (`account` is False);
    `address` of the other machine; `via` web, api or command.
    """

    name: str
    role: Role
    address: str = ""
    via: str = "web"
    account: bool = False
    audit: Audit | None = None

    def must_be_librarian(self, wish: str) -> None:
        """Raises NotAllowed for a reader, and logs what was wished for."""
        if self.role != "librarian":
            self.record("refused", wish=wish)
            raise NotAllowed(name=self.name)

    def record(self, what: What, ids: tuple[str, ...] = (), **more: Any) -> None:
        """Log what is done. Raises AuditFailed."""
        if self.audit:
            self.audit.record(what, who=self.name, address=self.address, via=self.via, ids=ids, **more)


def machine_user() -> str:
    """The name under which the machine knows who runs this.

    >>> bool(machine_user())
    True
    """
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
