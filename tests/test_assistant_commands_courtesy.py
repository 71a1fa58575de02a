"""A command that writes for minutes leaves the processor to whoever asks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NOTICE

from assistant.commands.courtesy import BEHIND

ONCE = """
import os, sys
from assistant.cli import main
code = main(["add", sys.argv[1], "--json"])
print(code, os.getpriority(os.PRIO_PROCESS, 0))
"""


@pytest.mark.skipif(not hasattr(os, "setpriority"), reason="no priorities of this kind here")
def test_adding_gives_way_to_questions(tmp_path: Path) -> None:
    (tmp_path / "供暖通知.txt").write_text(NOTICE, encoding="utf-8")
    environment = {**os.environ, "YOUJU_LIBRARY": str(tmp_path / "library")}
    told = subprocess.run(
        [sys.executable, "-c", ONCE, str(tmp_path / "供暖通知.txt")], env=environment, capture_output=True, check=True
    )
    code, niceness = told.stdout.split()[-2:]
    assert (int(code), int(niceness)) == (0, max(BEHIND, os.getpriority(os.PRIO_PROCESS, 0)))
