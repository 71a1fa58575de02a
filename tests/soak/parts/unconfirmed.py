"""A disk that does not confirm writes: every fsync of an operation fails in turn, at the system call."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from killing import check, forked, opened, prepare, stand_in, state

from soak.parts.kill import ONCE
from soak.table import Row

NAME = "unconfirmed"
PROMISE = "an fsync that fails is an error, and the library is read-only until it is verified"
MOST = 60


def rows(scratch: Path) -> list[Row]:
    """With strace, where it is."""
    if shutil.which("strace") is None:
        return [Row(PROMISE, "strace is not installed", "not run")]
    stand_in()
    base, trial = scratch / "base", scratch / "trial"
    base.mkdir()
    assert not forked(lambda: str(prepare(base))).error
    before = forked(lambda: state(base / "library")).value
    shutil.copytree(base, trial)
    _run(trial, "fsync", MOST * 100)
    done = forked(lambda: state(trial / "library")).value
    failed = halted = 0
    for call in ("fsync", "fdatasync"):
        for number in range(1, MOST):
            shutil.rmtree(trial)
            shutil.copytree(base, trial)
            if not _run(trial, call, number):
                break  # there are no more of them
            failed += 1
            halted += (trial / "library" / "read-only").exists()
            told = forked(lambda: _checked(trial, [before, done]))
            assert not told.error, f"{call} {number}: {told.error}"
    assert failed
    assert halted == failed, f"{failed - halted} of {failed} did not make it read-only"
    return [Row(PROMISE, f"each of the {failed} fsyncs of adding fails in turn (strace)", f"{halted} of {failed}")]


def _checked(trial: Path, allowed: list[dict[str, str]]) -> None:
    assert opened(trial / "library").verify() == []
    check("add", trial, allowed)


def _run(trial: Path, call: str, number: int) -> bool:
    """Add; whether it failed."""
    inject = [
        "strace",
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:error=EIO:when={number}",
    ]
    done = subprocess.run(
        [*inject, sys.executable, "-c", ONCE, "add", str(trial)], check=False, stderr=subprocess.DEVNULL
    )
    return done.returncode != 0
