"""What can go wrong at the door.

AssistantError
└── AccessError
    ├── AccountsMissing    others are to be served, and nobody has an account
    ├── AccountsDamaged    the file of accounts can't be read
    ├── AccountUnknown     no account has this name
    ├── AccountExists      one has it already
    ├── BadName            what can't be the name of an account
    ├── BadPassword        too short or too long, or the two were not the same
    ├── TokenUnknown       no token has this id
    ├── LogInFailed        name and password do not go together
    ├── LogInNeeded        nobody is logged in
    ├── TooManyTries       wait
    ├── NotAllowed         this account may not do that
    └── AuditFailed        the log of what was done can't be written or read
"""

from __future__ import annotations

from assistant.errors import AssistantError


class AccessError(AssistantError):
    """Anything that goes wrong at the door."""


class AccountsMissing(AccessError):
    """`host`: where it was to be served."""


class AccountsDamaged(AccessError):
    """`path`: the file."""


class AccountUnknown(AccessError):
    """`name`: of the account."""


class AccountExists(AccessError):
    """`name`: of the account."""


class BadName(AccessError):
    """`name`: what was given; `most`: characters that a name may have."""


class BadPassword(AccessError):
    """`least`, `most`: characters that a password may have."""


class TokenUnknown(AccessError):
    """`id`: of the token."""


class LogInFailed(AccessError):
    """Without a word on which of the two is wrong."""


class LogInNeeded(AccessError):
    """Nobody is logged in, or no longer."""


class TooManyTries(AccessError):
    """`seconds`: to wait."""


class NotAllowed(AccessError):
    """`name`: of the account."""


class AuditFailed(AccessError):
    """`path`: the log; `detail`: what went wrong."""
