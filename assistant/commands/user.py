"""youju user: accounts, their tokens, and the log of what was done."""

from __future__ import annotations

import getpass
import json
import sys
from argparse import Namespace

from assistant.access import Account, Accounts, Audit
from assistant.access.accounts import fit_name, known_as
from assistant.access.errors import AccountExists, AccountUnknown, BadPassword
from assistant.access.passwords import LEAST, MOST
from assistant.commands.printing import print_json
from assistant.commands.recording import record
from assistant.messages import say
from assistant.settings import Settings


def add(options: Namespace, settings: Settings) -> int:
    """youju user add NAME"""
    accounts = Accounts(settings.access)
    if accounts.get(fit_name(options.name)):
        raise AccountExists(name=options.name)  # before a password is asked for
    account = accounts.add(options.name, _password(options, settings.language), options.role)
    record(settings, "account added", account=account.name, role=account.role)
    _tell(options, _account(account), _told("user.added", account, settings.language))
    if not any(each.role == "librarian" for each in accounts.all().values()):
        print(say("user.first", settings.language, name=account.name), file=sys.stderr)
    return 0


def list_(options: Namespace, settings: Settings) -> int:
    """youju user list"""
    accounts = Accounts(settings.access).all().values()
    lines = [f"{a.name}  {say(f'role.{a.role}', settings.language)}  {a.made}" for a in accounts]
    _tell(options, [_account(a) for a in accounts], "\n".join(lines) or say("user.none", settings.language))
    return 0


def remove(options: Namespace, settings: Settings) -> int:
    """youju user remove NAME"""
    Accounts(settings.access).remove(options.name)
    record(settings, "account removed", account=known_as(options.name))
    _tell(options, {"removed": options.name}, say("user.removed", settings.language, name=options.name))
    return 0


def password(options: Namespace, settings: Settings) -> int:
    """youju user password NAME"""
    accounts = Accounts(settings.access)
    if accounts.get(options.name) is None:
        raise AccountUnknown(name=options.name)  # before a password is asked for
    accounts.set_password(options.name, _password(options, settings.language))
    record(settings, "password changed", account=known_as(options.name))
    _tell(options, {"changed": options.name}, say("user.changed", settings.language, name=options.name))
    return 0


def role(options: Namespace, settings: Settings) -> int:
    """youju user role NAME ROLE"""
    accounts = Accounts(settings.access)
    accounts.set_role(options.name, options.role)
    record(settings, "role changed", account=known_as(options.name), role=options.role)
    account = accounts.all()[known_as(options.name)]
    _tell(options, _account(account), _told("user.role", account, settings.language))
    return 0


def add_token(options: Namespace, settings: Settings) -> int:
    """youju user token add NAME"""
    token, words = Accounts(settings.access).add_token(options.name, options.label)
    name = known_as(options.name)
    record(settings, "token added", account=name, token=token.id)
    if options.json:
        print_json({"id": token.id, "name": name, "token": words})
    else:
        print(say("user.token", settings.language, id=token.id, name=name), file=sys.stderr)
        print(words)
    return 0


def list_tokens(options: Namespace, settings: Settings) -> int:
    """youju user token list"""
    accounts = Accounts(settings.access).all().values()
    shapes = [{"id": t.id, "name": a.name, "label": t.label, "made": t.made} for a in accounts for t in a.tokens]
    lines = ["  ".join(filter(None, shape.values())) for shape in shapes]
    _tell(options, shapes, "\n".join(lines) or say("user.no_tokens", settings.language))
    return 0


def revoke(options: Namespace, settings: Settings) -> int:
    """youju user token revoke ID"""
    name = Accounts(settings.access).revoke(options.id)
    record(settings, "token revoked", account=name, token=options.id)
    told = say("user.revoked", settings.language, name=name, id=options.id)
    _tell(options, {"revoked": options.id, "name": name}, told)
    return 0


def audit(options: Namespace, settings: Settings) -> int:
    """youju user audit"""
    log = Audit(settings.access)
    lines, problems = list(log.lines()), log.problems()
    if options.json:
        print_json({"lines": lines, "problems": problems})
        return 1 if problems else 0
    for line in lines:
        about = {key: value for key, value in line.items() if key not in ("at", "who", "from", "what", "before")}
        told = (line.get("at", ""), line.get("who") or "?", line.get("from") or "-", line.get("what", ""))
        print("  ".join((*map(str, told), json.dumps(about, ensure_ascii=False))))
    if problems:
        print(say("audit.problems", settings.language, lines="、".join(map(str, problems[:20]))), file=sys.stderr)
        return 1
    print(say("audit.whole", settings.language, count=len(lines)))
    return 0


def _password(options: Namespace, language: str) -> str:
    """Typed twice without being shown, or the first line of standard input. Raises BadPassword."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    once, again = getpass.getpass(say("user.password", language)), getpass.getpass(say("user.again", language))
    if once != again:
        raise BadPassword(least=str(LEAST), most=str(MOST))
    return once


def _account(account: Account) -> dict[str, object]:
    """What may be shown of an account: no hash, no stamp."""
    return {"name": account.name, "role": account.role, "made": account.made, "tokens": len(account.tokens)}


def _told(key: str, account: Account, language: str) -> str:
    return say(key, language, name=account.name, role=say(f"role.{account.role}", language))


def _tell(options: Namespace, shape: object, told: str) -> None:
    print_json(shape) if options.json else print(told)
