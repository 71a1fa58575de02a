"""The options of `youju user`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from assistant.access.roles import ROLES
from assistant.commands import user

Command = Callable[..., argparse.ArgumentParser]


def add_user_commands(group: Any, command: Command) -> None:
    """youju user add, list, remove, password, role, token, audit."""
    told = "账号、令牌和操作记录 (accounts, tokens, the log of what was done)"
    example = "例 (example)：youju user add 资料员 --role librarian"
    top = group.add_parser("user", help=told, description=told, epilog=example)
    below = top.add_subparsers(title="命令 (commands)", required=True, metavar="COMMAND")
    add = command(
        below, "add", "设账号，密码在终端输入 (make an account)", "youju user add 资料员 --role librarian", user.add
    )
    _name(add)
    add.add_argument(
        "--role",
        choices=ROLES,
        default="reader",
        help="reader 只能查阅，librarian 可增删，默认 reader (what it may do)",
    )
    _from_stdin(add)
    command(below, "list", "列出账号 (list accounts)", "youju user list", user.list_)
    _name(command(below, "remove", "删除账号 (remove an account)", "youju user remove 资料员", user.remove))
    password = command(below, "password", "改密码 (change a password)", "youju user password 资料员", user.password)
    _name(password)
    _from_stdin(password)
    role = command(below, "role", "改角色 (change a role)", "youju user role 资料员 librarian", user.role)
    _name(role)
    role.add_argument("role", choices=ROLES)
    command(below, "audit", "查看并核验操作记录 (the log of what was done, checked)", "youju user audit", user.audit)

    token = below.add_parser("token", help="程序用的令牌 (tokens for programs)")
    tokens = token.add_subparsers(title="命令 (commands)", required=True, metavar="COMMAND")
    made = command(
        tokens,
        "add",
        "新令牌，只显示一次 (a new token)",
        "youju user token add 资料员 --label 办公插件",
        user.add_token,
    )
    _name(made)
    made.add_argument("--label", default="", metavar="TEXT", help="用途 (what it is for)")
    command(tokens, "list", "列出令牌 (list tokens)", "youju user token list", user.list_tokens)
    revoked = command(tokens, "revoke", "收回令牌 (take one back)", "youju user token revoke 3f2a91c0", user.revoke)
    revoked.add_argument("id", metavar="ID")


def _name(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME")


def _from_stdin(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--password-stdin", action="store_true", help="从标准输入读密码 (read the password from standard input)"
    )
