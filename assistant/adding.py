"""Adding files with a progress bar."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.bar import Bar
from assistant.messages import say
from index import Library, Outcome, Progress


def add_with_bar(
    library: Library, paths: Sequence[Path], language: str, *, quiet: bool = False
) -> tuple[list[Outcome], float]:
    """What became of each file, and seconds. The bar on stderr counts passages, with rate and time left."""
    last = Progress(0, 0, 0, 0, 0.0)
    with Bar(desc=say("add.progress", language), disable=quiet, unit=say("add.unit", language)) as bar:

        def report(progress: Progress) -> None:
            nonlocal last
            last = progress
            if progress.to_judge:
                told = say("add.judged", language, done=progress.judged, of=progress.to_judge)
            else:
                told = say("add.files", language, files=progress.files, of=progress.of_files)
            bar.told(progress.passages, progress.expected, told)

        with library.writing() as writer:
            outcomes = list(writer.add(paths, report))
    return outcomes, last.seconds
