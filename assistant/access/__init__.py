"""Who may do what: accounts, sessions, tokens, and the log of what was done. Nothing here knows of the web."""

from assistant.access.accounts import Account, Accounts, Token
from assistant.access.audit import Audit
from assistant.access.entrance import Entrance
from assistant.access.roles import Role
from assistant.access.visit import Visit

__all__ = ["Account", "Accounts", "Audit", "Entrance", "Role", "Token", "Visit"]
