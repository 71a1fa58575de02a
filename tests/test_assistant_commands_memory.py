"""The service gives memory back: threads that are gone leave less behind than they would."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assistant.commands.memory import ARENAS

ONCE = """
import ctypes, sys, threading
from assistant.commands.memory import give_memory_back
if sys.argv[1] == "back":
    assert give_memory_back()
gate = threading.Barrier(8)
def work():
    kept = [bytes(700) for _ in range(20_000)]
    gate.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
for t in threads: t.start()
for t in threads: t.join()
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's allocator is Linux's")
def test_threads_allocate_from_fewer_places() -> None:
    def places(how: str) -> int:
        told = subprocess.run([sys.executable, "-c", ONCE, how], capture_output=True, check=True)
        return told.stdout.count(b"<heap nr=")

    assert places("back") <= ARENAS < places("as it is")
