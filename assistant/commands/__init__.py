"""What each command of `youju` does: gets the parsed options, prints, returns the exit code."""

from assistant.commands.asking import ask
from assistant.commands.care import backup, rebuild, restore, verify
from assistant.commands.chat import chat
from assistant.commands.check import check_
from assistant.commands.documents import add, list_, read, remove, show
from assistant.commands.mcp import mcp
from assistant.commands.measuring import eval_
from assistant.commands.quoting import quote
from assistant.commands.wording import wording

__all__ = [
    "add",
    "ask",
    "backup",
    "chat",
    "check_",
    "eval_",
    "list_",
    "mcp",
    "quote",
    "read",
    "rebuild",
    "remove",
    "restore",
    "show",
    "verify",
    "wording",
]
