"""Accounts and their tokens: one small file that only its owner can read, written whole or not at all.

It lies apart from the library, whose folder may be shared, copied and backed up: a copy of the documents hands no
names and no hashes on.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from assistant.access.errors import (
    AccountExists,
    AccountsDamaged,
    AccountUnknown,
    BadName,
    TokenUnknown,
)
from assistant.access.files import private_folder, write_private
from assistant.access.passwords import Passwords
from assistant.access.roles import ROLES, Role

LONGEST_NAME = 32
NAME = re.compile(r"\w[\w.-]{0,31}")
"""Letters and digits of any script, so that people can be called by their names."""
SIGN = "youju"
"""What every token begins with, so that a search for leaked ones finds them."""


@dataclass(frozen=True)
class Token:
    """A key for a program: what stands in the file is only the digest of its secret.

    `id` names it to people, `label` says what it is for, `made` is the day.
    """

    id: str
    digest: str
    label: str
    made: str


@dataclass(frozen=True)
class Account:
    """Somebody. `stamp` changes with the password and the role, which ends what was begun under the former ones."""

    name: str
    role: Role
    password: str
    stamp: str
    made: str
    tokens: tuple[Token, ...] = ()


class Accounts:
    """The accounts in a folder; changes by another process are seen at once."""

    def __init__(self, folder: Path, passwords: Passwords | None = None) -> None:
        self.path = folder / "accounts.json"
        self.passwords = passwords or Passwords()
        self._seen: tuple[object, dict[str, Account]] | None = None

    def all(self) -> dict[str, Account]:
        """Every account by its name. Raises AccountsDamaged."""
        try:
            state = self.path.stat()
        except FileNotFoundError:
            return {}
        except OSError:
            raise AccountsDamaged(path=str(self.path)) from None
        sign = (state.st_ino, state.st_mtime_ns, state.st_size)
        seen = self._seen
        if seen is None or seen[0] != sign:
            seen = self._seen = (sign, self._read())
        return seen[1]

    def get(self, name: str) -> Account | None:
        """The account of a name, however it is typed. Raises AccountsDamaged."""
        return self.all().get(known_as(name))

    def verified(self, name: str, password: str) -> Account | None:
        """The account whose password this is; for an unknown name it takes as long to say None."""
        account = self.get(name)
        return account if self.passwords.fits(password, account.password if account else None) and account else None

    def add(self, name: str, password: str, role: Role) -> Account:
        """Raises BadName, BadPassword, AccountExists."""
        name = fit_name(name)
        account = Account(name, role, self.passwords.hashed(password), _stamp(), _today())

        def change(accounts: dict[str, Account]) -> dict[str, Account]:
            if name in accounts:
                raise AccountExists(name=name)
            return accounts | {name: account}

        self._change(change)
        return account

    def remove(self, name: str) -> None:
        """With its tokens; its sessions end. Raises AccountUnknown."""
        known = known_as(name)

        def change(accounts: dict[str, Account]) -> dict[str, Account]:
            gone = _there(accounts, known)
            return {name: account for name, account in accounts.items() if account is not gone}

        self._change(change)

    def set_password(self, name: str, password: str) -> None:
        """Its sessions end, its tokens stay. Raises AccountUnknown, BadPassword."""
        hashed = self.passwords.hashed(password)
        self._alter(name, lambda account: replace(account, password=hashed, stamp=_stamp()))

    def set_role(self, name: str, role: Role) -> None:
        """Its sessions end. Raises AccountUnknown."""
        self._alter(name, lambda account: replace(account, role=role, stamp=_stamp()))

    def add_token(self, name: str, label: str = "") -> tuple[Token, str]:
        """A new token, and the words that the program sends, which can't be shown again. Raises AccountUnknown."""
        secret = secrets.token_urlsafe(32)
        token = Token(secrets.token_hex(4), digest_of(secret), label[:60], _today())
        self._alter(name, lambda account: replace(account, tokens=(*account.tokens, token)))
        return token, f"{SIGN}_{token.id}_{secret}"

    def revoke(self, id: str) -> str:
        """Take a token back; whose it was. Raises TokenUnknown."""
        owner = next((a.name for a in self.all().values() if any(t.id == id for t in a.tokens)), None)
        if owner is None:
            raise TokenUnknown(id=id)
        self._alter(owner, lambda a: replace(a, tokens=tuple(t for t in a.tokens if t.id != id)))
        return owner

    def of_token(self, words: str) -> Account | None:
        """The account whose token this is."""
        _, _, rest = words.partition("_")
        id, _, secret = rest.partition("_")
        given = digest_of(secret)
        for account in self.all().values():
            for token in account.tokens:
                if token.id == id and hmac.compare_digest(token.digest, given):
                    return account
        return None

    def _alter(self, name: str, work: Callable[[Account], Account]) -> None:
        known = known_as(name)
        self._change(lambda accounts: accounts | {known: work(_there(accounts, known))})

    def _change(self, work: Callable[[dict[str, Account]], dict[str, Account]]) -> None:
        private_folder(self.path.parent)
        with FileLock(self.path.with_suffix(".lock"), mode=0o600):
            accounts = work(self.all())
            shape = {"version": 1, "accounts": [asdict(account) for account in accounts.values()]}
            write_private(self.path, json.dumps(shape, ensure_ascii=False, indent=1).encode())

    def _read(self) -> dict[str, Account]:
        try:
            shape = json.loads(self.path.read_bytes())
            accounts = [_account(each) for each in shape["accounts"]]
        except (OSError, ValueError, KeyError, TypeError):
            raise AccountsDamaged(path=str(self.path)) from None
        return {account.name: account for account in accounts}


def _account(shape: Mapping[str, Any]) -> Account:
    if shape["role"] not in ROLES:
        raise ValueError("role")
    return Account(**{**shape, "tokens": tuple(Token(**token) for token in shape["tokens"])})


def _there(accounts: Mapping[str, Account], name: str) -> Account:
    if name not in accounts:
        raise AccountUnknown(name=name)
    return accounts[name]


def known_as(name: str) -> str:
    """A name as accounts are kept by it.

    >>> known_as(" \\uff2c\\uff49.Ming "), known_as("资料员")
    ('li.ming', '资料员')
    """
    return unicodedata.normalize("NFKC", name).strip().casefold()


def fit_name(name: str) -> str:
    """The name under which an account is made. Raises BadName."""
    known = known_as(name)
    if not NAME.fullmatch(known):
        raise BadName(name=name[:LONGEST_NAME], most=str(LONGEST_NAME))
    return known


def digest_of(secret: str) -> str:
    """Of 256 random bits a plain digest is enough: there is nothing to guess."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _stamp() -> str:
    return secrets.token_hex(16)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
