"""The order in which things reach the disk, as the system sees it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from killing import forked, prepare, stand_in

from soak.parts.kill import ONCE
from soak.table import Row

NAME = "order"
PROMISE = "contents are synced before the name, the folder after it, the journal's folder after its end"
CALL = re.compile(
    r'(?P<name>\w+)\((?:AT_FDCWD[^,]*, )?(?:\d+<(?P<open>[^>]*)>|"(?P<path>[^"]*)"(?:, (?:AT_FDCWD[^,]*, )?"(?P<to>[^"]*)")?)'
)


def rows(scratch: Path) -> list[Row]:
    """With strace, where it is."""
    if shutil.which("strace") is None:
        return [Row(PROMISE, "strace is not installed", "not run")]
    stand_in()
    base = scratch / "base"
    base.mkdir()
    assert not forked(lambda: str(prepare(base))).error
    log = scratch / "log"
    calls = "trace=write,pwrite64,fsync,fdatasync,rename,unlink"
    command = [
        "strace",
        "-f",
        "-y",
        "-s",
        "0",
        "-o",
        str(log),
        "-e",
        calls,
        sys.executable,
        "-c",
        ONCE,
        "hand over",
        str(base),
    ]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    names, commits = ordered(log.read_text(errors="replace"), str(base / "library"))
    assert names, "nothing was renamed"
    assert commits, "nothing was committed"
    return [Row(PROMISE, f"strace of handing a file over: {names} names given, {commits} commits", "in order")]


def ordered(log: str, root: str) -> tuple[int, int]:
    """How many names were given and transactions committed, each in its order. Raises AssertionError."""
    dirty: set[str] = set()
    due: set[str] = set()
    names = commits = 0
    for line in log.splitlines():
        found = CALL.search(line)
        if not found or "= -1" in line:
            continue
        name, path = found["name"], found["open"] or found["path"] or ""
        if not path.startswith(root):
            continue
        if name in ("write", "pwrite64"):
            assert path.endswith(("library.db", "-journal", ".lock")) or not due, f"{due} not synced before {path}"
            dirty.add(path)
        elif name in ("fsync", "fdatasync"):
            dirty.discard(path)
            due.discard(path)
        elif name == "rename" and "/generations/" in path:
            unsynced = {p for p in dirty if p.startswith(path) and not p.endswith(".lock")}
            assert not unsynced, f"{unsynced} not synced before it got its name"
            due.add(str(Path(found["to"]).parent))
            names += 1
        elif name == "unlink" and path.endswith("library.db-journal"):
            assert not [p for p in dirty if p.endswith("library.db")], "the journal went before the database was synced"
            due.add(root)
            commits += 1
    assert not due, f"{due} never synced"
    return names, commits
