"""Passwords: kept as Argon2id hashes, the only place that knows the algorithm."""

from __future__ import annotations

import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.access.errors import BadPassword

LEAST, MOST = 10, 256
"""Characters of a password."""


class Passwords:
    """Hashes passwords and verifies them. Without parameters as RFC 9106 has it for little memory:
    Argon2id, 64 MiB, 3 passes, 4 lanes.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def hashed(self, password: str) -> str:
        """The hash to keep, with its salt and parameters. Raises BadPassword."""
        folded = _folded(password)
        if not LEAST <= len(folded) <= MOST:
            raise BadPassword(least=str(LEAST), most=str(MOST))
        return self._hasher.hash(folded)

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether a password is the one of this hash; without a hash it takes as long to say no."""
        try:
            self._hasher.verify(kept or self.of_nobody, _folded(password)[: MOST + 1])
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    @cached_property
    def of_nobody(self) -> str:
        """What is verified for a name that nobody has, so that time does not tell which names there are."""
        return self._hasher.hash("nobody has this")


def _folded(password: str) -> str:
    """The same password whichever way an input method composes its characters (NIST SP 800-63B, 5.1.1.2).

    >>> _folded("p\\uff41ss１２３４５６"), _folded(chr(0xD800))
    ('pass123456', '?')
    """
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode("utf-8"))
