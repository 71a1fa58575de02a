"""The log of who did what: lines that are only ever appended, each with the digest of the one before.

A line says when, who, from where, what, and to which documents by their ids: no titles, no questions, no secrets.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock

from assistant.access.errors import AuditFailed
from assistant.access.files import private_folder, write_private

What = Literal[
    "add", "remove", "rebuild", "verify", "backup", "restore", "download", "log-in", "log-in failed", "log-out",
    "refused", "account added", "account removed", "password changed", "role changed", "token added", "token revoked",
]  # fmt: skip
START = "0" * 64
"""What stands for the digest of the line before the first."""
MOST_IDS = 1000
"""Ids that one line names."""
TAIL = 1 << 20


class Audit:
    """The log in a folder. `head` beside it holds the digest of the last line, so that a lost end is seen, too."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "audit.jsonl"
        self._head = folder / "audit.head"

    def record(self, what: str, *, who: str, address: str, via: str, ids: tuple[str, ...] = (), **more: Any) -> None:
        """Append a line, and have it on the disk. Raises AuditFailed."""
        told: dict[str, Any] = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "who": who,
            "from": address,
            "via": via,
        }
        told |= {"what": what} | ({"ids": list(ids[:MOST_IDS]), "count": len(ids)} if ids else {}) | more
        try:
            private_folder(self.path.parent)
            with FileLock(self.path.with_suffix(".lock"), mode=0o600):
                self._append(told)
        except OSError as error:
            raise AuditFailed(path=str(self.path), detail=error.strerror or type(error).__name__) from error

    def _append(self, told: dict[str, Any]) -> None:
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT
        with os.fdopen(os.open(self.path, flags, 0o600), "r+b") as file:
            last, torn = _last(file)
            line = json.dumps(told | {"before": _digest(last) if last else START}, ensure_ascii=False)
            file.write(b"\n" * torn + line.encode("utf-8", "replace") + b"\n")
            file.flush()
            os.fsync(file.fileno())
        write_private(self._head, _digest(line.encode("utf-8", "replace")).encode())

    def lines(self) -> Iterator[dict[str, Any]]:
        """What was done, the first first; a line that is none is passed over. Raises AuditFailed."""
        for line in self._raw():
            try:
                yield json.loads(line)
            except ValueError:
                continue

    def problems(self) -> list[int]:
        """Numbers of lines (from 1) that were changed, or before which lines were taken away; one past the last
        if the end is missing. Raises AuditFailed.
        """
        found: list[int] = []
        before, digests = START, {START}
        raw = self._raw()
        for number, line in enumerate(raw, start=1):
            try:
                linked = json.loads(line)["before"] == before
            except (ValueError, KeyError, TypeError):
                linked = False
            if not linked:
                found.append(number)
            before = _digest(line)
            digests.add(before)
        head = self._head.read_text("ascii", "replace").strip() if self._head.exists() else START
        return found if head in digests and (raw or head == START) else [*found, len(raw) + 1]

    def _raw(self) -> list[bytes]:
        try:
            return self.path.read_bytes().splitlines() if self.path.exists() else []
        except OSError as error:
            raise AuditFailed(path=str(self.path), detail=error.strerror or type(error).__name__) from error


def _last(file: Any) -> tuple[bytes, bool]:
    """The last line without its end, and whether it has none since its writing was cut short."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - TAIL))
    tail: bytes = file.read()
    lines = tail.splitlines()
    return (lines[-1] if lines else b""), bool(tail) and not tail.endswith(b"\n")


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
