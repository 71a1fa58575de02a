"""Accounts, sessions, tries, and the log of what was done."""

from __future__ import annotations

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.access import Accounts, Audit, Entrance
from assistant.access import throttle as throttling
from assistant.access.accounts import digest_of
from assistant.access.errors import (
    AccountExists,
    AccountsDamaged,
    AccountUnknown,
    AuditFailed,
    BadName,
    BadPassword,
    LogInFailed,
    TokenUnknown,
    TooManyTries,
)
from assistant.access.passwords import Passwords
from assistant.access.sessions import IDLE, LONGEST, Sessions
from assistant.access.throttle import MINUTE, Throttle

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "清风徐来 1082 水波"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(tmp_path / "access", Passwords(CHEAP))


@pytest.fixture
def entrance(accounts: Accounts) -> Entrance:
    clock = Clock()
    return Entrance(accounts, Audit(accounts.path.parent), True, Sessions(clock), Throttle(clock))


def test_an_account_is_known_by_its_name_and_password_however_they_are_typed(accounts: Accounts) -> None:
    accounts.add("Li.Ming", PASSWORD, "librarian")
    again = Accounts(accounts.path.parent, Passwords(CHEAP))
    found = again.verified(" \uff2cI.ming ", PASSWORD.replace("1", "\uff11"))
    assert found and (found.name, found.role) == ("li.ming", "librarian")
    assert again.verified("li.ming", PASSWORD + "x") is None
    assert again.verified("nobody", PASSWORD) is None
    with pytest.raises(AccountExists):
        accounts.add("LI.MING", PASSWORD, "reader")


def test_nothing_secret_stands_in_the_file_and_only_its_owner_reads_it(accounts: Accounts) -> None:
    accounts.add("资料员", PASSWORD, "reader")
    _, words = accounts.add_token("资料员", "插件")
    kept = accounts.path.read_text("utf-8")
    assert PASSWORD not in kept and words.split("_", 2)[2] not in kept and "$argon2id$" in kept
    if os.name != "nt":
        assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(accounts.path.parent.stat().st_mode) == 0o700


def test_passwords_are_hashed_as_the_rfc_has_it_unless_told() -> None:
    hashed = Passwords()._hasher
    assert (hashed.memory_cost, hashed.time_cost, hashed.parallelism, hashed.type.name) == (65536, 3, 4, "ID")


@pytest.mark.parametrize("password", ["", "short", "a" * 257])
def test_a_password_has_its_length(accounts: Accounts, password: str) -> None:
    with pytest.raises(BadPassword):
        accounts.add("a", password, "reader")


@pytest.mark.parametrize("name", ["", " ", "a b", "a/b", "..\n", "a" * 33, "<b>", "a\u202eb", "\ud800"])
def test_a_name_is_one_word(accounts: Accounts, name: str) -> None:
    with pytest.raises(BadName):
        accounts.add(name, PASSWORD, "reader")


def test_a_name_that_nobody_has_is_hashed_too(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts.add("li", PASSWORD, "reader")
    verified: list[str] = []
    monkeypatch.setattr(
        PasswordHasher,
        "verify",
        lambda self, kept, password: verified.append(kept[:30]) or False,  # type: ignore[func-returns-value]
    )
    accounts.verified("nobody", PASSWORD)
    accounts.verified("li", PASSWORD)
    assert len(verified) == 2 and verified[0].split("$")[1:4] == verified[1].split("$")[1:4]


def test_what_another_process_changes_is_seen(accounts: Accounts) -> None:
    accounts.add("li", PASSWORD, "reader")
    other = Accounts(accounts.path.parent, Passwords(CHEAP))
    assert other.get("li")
    accounts.set_role("li", "librarian")
    assert other.all()["li"].role == "librarian"
    accounts.remove("li")
    assert other.all() == {}
    for change in (lambda: other.remove("li"), lambda: other.set_role("li", "reader"), lambda: other.add_token("li")):
        with pytest.raises(AccountUnknown):
            change()


def test_many_changes_at_once_are_all_kept(accounts: Accounts) -> None:
    def add(n: int) -> None:
        Accounts(accounts.path.parent, Passwords(CHEAP)).add(f"user{n}", PASSWORD, "reader")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))
    assert len(accounts.all()) == 24


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"accounts": [{"name": "a"}]}', "\x00", '{"accounts": 3}'])
def test_damaged_accounts_let_nobody_in(accounts: Accounts, content: str) -> None:
    accounts.add("li", PASSWORD, "reader")
    accounts.path.write_text(content)
    with pytest.raises(AccountsDamaged):
        accounts.all()
    with pytest.raises(AccountsDamaged):
        _ = Entrance(accounts, Audit(accounts.path.parent)).is_open


def test_a_token_counts_until_it_is_revoked(accounts: Accounts) -> None:
    accounts.add("li", PASSWORD, "reader")
    token, words = accounts.add_token("li")
    other, _ = accounts.add_token("li")
    found = accounts.of_token(words)
    assert found and found.name == "li"
    for wrong in (words[:-1], words.replace(token.id, other.id), "", "_", "__", words + "\ud800"):
        assert accounts.of_token(wrong) is None
    assert accounts.revoke(token.id) == "li"
    assert accounts.of_token(words) is None
    with pytest.raises(TokenUnknown):
        accounts.revoke(token.id)
    assert [t.id for t in accounts.all()["li"].tokens] == [other.id]


def test_a_session_ends_when_it_is_idle_when_it_is_old_and_when_its_account_changes(accounts: Accounts) -> None:
    clock = Clock()
    sessions = Sessions(clock)
    account = accounts.add("li", PASSWORD, "reader")
    id = sessions.begin(account)
    assert len(id) >= 43 and id not in repr(vars(sessions)) and digest_of(id) in repr(vars(sessions))
    clock.now += IDLE - 1
    assert sessions.of(id, accounts.all())
    clock.now += IDLE
    assert sessions.of(id, accounts.all()) is None

    id, began = sessions.begin(account), clock.now
    while clock.now - began < LONGEST - IDLE / 2:
        assert sessions.of(id, accounts.all())
        clock.now += IDLE / 2
    clock.now = began + LONGEST
    assert sessions.of(id, accounts.all()) is None

    for change in (lambda: accounts.set_password("li", PASSWORD + "2"), lambda: accounts.set_role("li", "librarian")):
        id = sessions.begin(accounts.all()["li"])
        assert sessions.of(id, accounts.all())
        change()
        assert sessions.of(id, accounts.all()) is None
    id = sessions.begin(accounts.all()["li"])
    accounts.remove("li")
    assert sessions.of(id, accounts.all()) is None


def test_sessions_are_bounded(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.access.sessions.MOST", 3)
    clock = Clock()
    sessions, account = Sessions(clock), accounts.add("li", PASSWORD, "reader")
    ids = []
    for _ in range(5):
        clock.now += 1
        ids.append(sessions.begin(account))
    assert [bool(sessions.of(id, accounts.all())) for id in ids] == [False, False, True, True, True]


def test_ten_tries_a_minute_for_a_name_and_for_an_address(entrance: Entrance) -> None:
    entrance.accounts.add("li", PASSWORD, "reader")
    for n in range(10):
        with pytest.raises(LogInFailed):
            entrance.log_in("li", "wrong", f"192.0.2.{n}")
    with pytest.raises(TooManyTries) as told:
        entrance.log_in("LI", PASSWORD, "192.0.2.99")
    assert told.value.fields["seconds"] == "60"
    for n in range(10):
        with pytest.raises(LogInFailed):
            entrance.log_in(f"name{n}", "wrong", f"2001:db8::{n}")
    with pytest.raises(TooManyTries):
        entrance.log_in("name99", "wrong", "2001:db8::99")
    entrance.throttle._clock.now += MINUTE  # type: ignore[attr-defined]
    assert entrance.log_in("li", PASSWORD, "192.0.2.99")


def test_a_flood_of_names_neither_fills_the_memory_nor_makes_tries_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "MOST_KEYS", 100)
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(10):
        throttle.enter(["li"])
    for n in range(99):
        throttle.enter([f"flood{n}"])
    for n in range(1000):
        with pytest.raises(TooManyTries):
            throttle.enter([f"more{n}"])
    with pytest.raises(TooManyTries):
        throttle.enter(["li"])
    assert len(throttle._tries) == 100
    clock.now += MINUTE
    throttle.enter(["li"])
    assert len(throttle._tries) == 1


def test_the_log_of_log_ins_has_no_password_and_no_name_that_nobody_has(entrance: Entrance) -> None:
    entrance.accounts.add("li", PASSWORD, "reader")
    entrance.log_in("li", PASSWORD, "192.0.2.1")
    for name, password in (("li", "the wrong one"), ("my password by mistake", "x"), ("li\n{}", "y")):
        with pytest.raises(LogInFailed):
            entrance.log_in(name, password, "192.0.2.1")
    kept = entrance.audit.path.read_text("utf-8")
    told = [(line["what"], line["who"]) for line in entrance.audit.lines()]
    assert told == [("log-in", "li"), ("log-in failed", "li"), ("log-in failed", ""), ("log-in failed", "")]
    assert not any(secret in kept for secret in (PASSWORD, "wrong", "mistake", "argon2"))


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    audit = Audit(tmp_path)
    for n in range(6):
        audit.record("remove", who="资料员", address="192.0.2.1", via="web", ids=(f"{n:012x}",))
    assert audit.problems() == []
    return audit


def changed(lines: list[bytes], n: int) -> list[bytes]:
    return [line.replace("资料员".encode(), b"zhang") if i == n else line for i, line in enumerate(lines)]


@pytest.mark.parametrize("n", range(6))
def test_every_change_to_the_log_is_seen(audit: Audit, n: int) -> None:
    lines = audit.path.read_bytes().splitlines(keepends=True)
    forged = json.dumps(json.loads(lines[n]) | {"who": "zhang"}).encode() + b"\n"
    for other in (
        changed(lines, n),
        lines[:n] + lines[n + 1 :],
        lines[:n],
        [*lines[:n], lines[n], *lines[n:]],
        [*lines[:n], forged],
        [*lines[:n], lines[n][: len(lines[n]) // 2], *lines[n + 1 :]],
        [*lines[:n], b"{}\n", *lines[n:]],
    ):
        audit.path.write_bytes(b"".join(other))
        assert audit.problems(), other
    audit.path.unlink()
    assert audit.problems() == [1]


def test_a_line_whose_writing_was_cut_short_is_told_and_the_next_is_whole(audit: Audit) -> None:
    with audit.path.open("ab") as file:
        file.write(b'{"at": "2026')
    audit.record("rebuild", who="li", address="", via="command")
    assert list(audit.lines())[-1]["what"] == "rebuild"
    assert audit.problems() == [7]


def test_many_writers_make_one_chain(tmp_path: Path) -> None:
    def write(n: int) -> None:
        for m in range(5):
            Audit(tmp_path).record("add", who=f"u{n}", address="", via="web", ids=(f"{m}",))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    assert len(list(Audit(tmp_path).lines())) == 30 and Audit(tmp_path).problems() == []


def test_a_log_that_can_not_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AuditFailed):
        Audit(tmp_path / "file").record("add", who="li", address="", via="web")


def test_a_line_is_appended_and_on_the_disk_before_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    synced: list[int] = []
    real_open, real_sync = os.open, os.fsync

    def noted(path: object, flags: int, *rest: object, **more: object) -> int:
        number = real_open(path, flags, *rest, **more)  # type: ignore[arg-type]
        if str(path).endswith("audit.jsonl"):
            assert flags & os.O_APPEND
            opened.append(number)
        return number

    monkeypatch.setattr(os, "open", noted)
    monkeypatch.setattr(os, "fsync", lambda number: (synced.append(number), real_sync(number))[1])
    Audit(tmp_path).record("add", who="li", address="", via="web")
    assert opened and opened[0] in synced
