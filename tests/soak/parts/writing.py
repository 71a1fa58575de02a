"""The page, the command line and a program write at the same time."""

from __future__ import annotations

from pathlib import Path

from assistant.compose import sample_folder
from index import Library
from soak.service import SECONDS, warm
from soak.table import Row
from soak.writers import lost, write_all

NAME = "writing"


def rows(scratch: Path) -> list[Row]:
    """Over the sample library, which is a user's own here."""
    library = Library.open(scratch / "library", create=True)
    with library.writing() as first:
        list(first.add([sample_folder()]))
    with warm(scratch / "library") as address:
        written = write_all(library, address, scratch / "files", SECONDS)
    assert not written.skipped, written.skipped[:3]
    gone = lost(library, written)
    assert not gone, gone[:3]
    problems = library.verify()
    assert not problems, problems
    busy = ", ".join(f"{who} {count}" for who, count in written.busy.items())
    return [
        Row("three write at once: nothing acknowledged is lost, nothing silently skipped, verify is clean", f"page, `youju add` and `Library.writing`, {SECONDS} s", f"{len(written.there)} documents acknowledged and there; told that it is busy and tried again: {sum(written.busy.values())} times ({busy})"),
    ]  # fmt: skip
