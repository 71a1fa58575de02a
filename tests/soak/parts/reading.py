"""Readers ask while a writer replaces documents."""

from __future__ import annotations

from pathlib import Path

from assistant.compose import sample_folder
from index import Library
from soak.readers import READERS, read, read_while_written, write_round
from soak.service import SECONDS
from soak.table import Row

NAME = "reading"


def rows(scratch: Path) -> list[Row]:
    """Over the sample library and a few notices; the ratio of times is told, not held to."""
    library = Library.open(scratch / "library", create=True)
    write_round(scratch / "notices", 1)
    with library.writing() as writer:
        list(writer.add([sample_folder(), scratch / "notices"]))
    read(library, 5)
    idle = read(library, SECONDS / 4)
    busy, published = read_while_written(library, scratch / "notices", SECONDS)
    for told in (idle, busy):
        assert not told.errors, told.errors[:3]
        assert not told.mixed, told.mixed[:3]
    assert not library.verify()
    before, meanwhile = idle.percentile(0.95), busy.percentile(0.95)
    return [
        Row("readers and a writer at once: no error, each answer wholly from one state", f"{READERS} readers, {SECONDS} s, {published} publications", f"{len(busy.seconds)} answers, 0 errors, 0 mixed"),
        Row("p95 of a question while a writer adds ≤ twice that without", f"the same; {SECONDS / 4:.0f} s without", f"{before * 1000:.0f} ms → {meanwhile * 1000:.0f} ms ({meanwhile / before:.1f} times)"),
    ]  # fmt: skip
