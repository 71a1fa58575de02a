"""A service that is asked for hours: its memory and its open files."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

from assistant.compose import sample_folder
from assistant.web.examples import EXAMPLES
from index import Library
from soak.crowd import Told, crowd
from soak.service import memory_of, open_files_of, process_of, warm
from soak.table import Row

NAME = "hours"
SECONDS = int(os.environ.get("SOAK_SECONDS", "7200"))
PEOPLE, READING = 20, (2.0, 10.0)
WARM = 0.2
"""The share of the time that counts as warming up."""
STEPS = 24


def rows(scratch: Path) -> list[Row]:
    """Over the sample library."""
    with Library.open(scratch / "library", create=True).writing() as writer:
        list(writer.add([sample_folder()]))
    began = time.monotonic()
    looks: list[tuple[float, int]] = []
    answers = 0
    with warm(scratch / "library") as address:
        process = process_of(address)
        for step in range(STEPS):
            told: Told = asyncio.run(crowd(address, PEOPLE, SECONDS / STEPS, READING, EXAMPLES))
            assert not told.errors, told.errors
            answers += len(told.seconds)
            looks.append((memory_of(process), open_files_of(process)))
            print(f"  {step}: {looks[-1][0]:.0f} MB, {looks[-1][1]} files, {answers} answers", flush=True)
    after = looks[int(WARM * STEPS) :]
    growth = (after[-1][0] / after[0][0] - 1) * 100
    how = f"{PEOPLE} people, {time.monotonic() - began:.0f} s, the first fifth to warm up"
    return [
        Row("memory grows by 5 % at most", how, f"{answers} answers; {after[0][0]:.0f} → {after[-1][0]:.0f} MB ({growth:+.1f} %)"),
        Row("open files stay as many", how, f"{after[0][1]} → {after[-1][1]}, at most {max(files for _, files in after)}"),
    ]  # fmt: skip
