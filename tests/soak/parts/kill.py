"""SIGKILL at steps of every operation, and at system calls inside of SQLite's commits."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from killing import OPERATIONS, check, forked, prepare, run_points, stand_in, state

from soak.table import Row

NAME = "kill"
POINTS = 225
CALLS = {"pwrite64": 12, "fsync": 12, "fdatasync": 6, "unlink": 4, "rename": 2, "write": 12, "ftruncate": 2}
"""System calls, and at how many of each the process is killed."""
ONCE = """
import sys
from pathlib import Path
from killing import OPERATIONS, stand_in
stand_in()
OPERATIONS[sys.argv[1]][1](Path(sys.argv[2]))
"""


def rows(scratch: Path) -> list[Row]:
    """Both kinds of points."""
    stand_in()
    found = []
    for point in run_points(POINTS):
        found.append(point)
        print(f"  {len(found)} {point.operation} {point.step}/{point.of} {point.error or 'well'}", flush=True)
    broken = [point for point in found if point.error]
    assert not broken, broken[0]
    operations = ", ".join(OPERATIONS)
    result = [
        Row(
            "nothing acknowledged is lost, no half document, verify is clean, the next command works, "
            "SQLite, vectors and words agree",
            f"killed at {len(found)} steps of {operations}",
            f"{len(found)} of {len(found)} points",
        )
    ]
    if shutil.which("strace") is None:
        return [*result, Row("the same inside of commits", "strace is not installed", "not run")]
    killed, points = _in_system_calls(scratch)
    return [
        *result,
        Row(
            "the same inside of commits",
            f"killed at {killed} system calls of add (strace)",
            f"{points} of {points} points",
        ),
    ]


def _in_system_calls(scratch: Path) -> tuple[int, int]:
    base, trial = scratch / "base", scratch / "trial"
    base.mkdir()
    assert not forked(lambda: str(prepare(base))).error
    before = forked(lambda: state(base / "library")).value
    shutil.copytree(base, trial)
    _run(trial, [])
    done = forked(lambda: state(trial / "library")).value
    killed = points = 0
    for call, count in CALLS.items():
        for number in range(1, count + 1):
            shutil.rmtree(trial)
            shutil.copytree(base, trial)
            killed += _run(trial, ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
                                   "-e", f"inject={call}:signal=KILL:when={number}"])  # fmt: skip
            told = forked(lambda: check("add", trial, [before, done]))
            assert not told.error, f"{call} {number}: {told.error}"
            points += 1
    return killed, points


def _run(trial: Path, under: list[str]) -> bool:
    """Add; whether the process was killed."""
    command = [*under, sys.executable, "-c", ONCE, "add", str(trial)]
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode != 0
