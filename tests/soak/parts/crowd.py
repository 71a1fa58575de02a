"""People at the page: as many as an office has, ten times as many, and an office again after those have gone."""

from __future__ import annotations

import asyncio
from pathlib import Path

from assistant.compose import sample_folder
from assistant.web.examples import EXAMPLES
from index import Library
from soak.crowd import Told, crowd, percentile
from soak.service import SECONDS, health_watched, warm
from soak.table import Row

NAME = "crowd"
PEOPLE, TIMES = 50, 10
READING = (10.0, 20.0)
"""Seconds that each reads between two questions."""
RECOVERED = 30


def rows(scratch: Path) -> list[Row]:
    """Over the sample library. Figures of time are told, not held to: they hang on what else the machine does."""
    with Library.open(scratch / "library", create=True).writing() as writer:
        list(writer.add([sample_folder()]))
    with warm(scratch / "library") as address:
        with health_watched(address) as calm:
            office = _asked(address, PEOPLE, SECONDS)
        with health_watched(address) as pressed:
            many = _asked(address, PEOPLE * TIMES, SECONDS / 2)
        after = _asked(address, PEOPLE, RECOVERED)
    assert not office.errors, office.errors
    assert not many.errors, many.errors
    assert not after.errors, after.errors
    how = f"reading {READING[0]:.0f} to {READING[1]:.0f} s between questions"
    return [
        Row("fifty people at the page: no error, p95 ≤ 1 s", f"{PEOPLE} people, {SECONDS} s, {how}; health check", f"{len(office.seconds)} answers, 0 errors, {_times(office)}; at most {max(calm):.2f} s"),
        Row("ten times as many: clean answers that it is busy", f"{PEOPLE * TIMES} people, {SECONDS / 2:.0f} s, {how}", f"{len(many.seconds)} answers, {_times(many)}; {len(many.busy)} told to come again, p95 {percentile(many.busy, 0.95):.2f} s; 0 errors"),
        Row("the health check answers within 1 s all the while", f"{len(pressed)} looks", f"p95 {percentile(pressed, 0.95):.2f} s, at most {max(pressed):.2f} s"),
        Row("normal answers within 30 s of the crowd's going", f"{PEOPLE} people, {RECOVERED} s at once after", f"{len(after.seconds)} answers, {_times(after)}; {len(after.busy)} told to come again"),
    ]  # fmt: skip


def _asked(address: str, people: int, seconds: float) -> Told:
    return asyncio.run(crowd(address, people, seconds, READING, EXAMPLES))


def _times(told: Told) -> str:
    return f"p50 {told.percentile(0.5):.2f} s, p95 {told.percentile(0.95):.2f} s"
