"""Disks that are full at every size."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from soak.table import Row

NAME = "disk full"
HERE = Path(__file__).parents[2]
PROMISE = "never a false success; the old generation goes on answering; with room again adding works"


def rows(scratch: Path) -> list[Row]:
    """A limit on the size of files, and, for root, a small file system."""
    limited = _run("--sizes", "64")
    found = [
        Row(
            PROMISE,
            f"adding and backing up with files limited to {limited['sizes']} sizes, {limited['refused']} too small to add",
            "0 false successes",
        )
    ]
    if os.geteuid() != 0:
        return [*found, Row(PROMISE, "a small tmpfs (only root can mount one)", "not run")]
    small = _run("--tmpfs", "--sizes", "32")
    return [
        *found,
        Row(PROMISE, f"a tmpfs of {small['sizes']} sizes, {small['refused']} too small to add", "0 false successes"),
    ]


def _run(*options: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "full_disk.py", *options], cwd=HERE, capture_output=True, text=True, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert not told["problems"], told["problems"][0]
    return told
