"""What is being done to a library from the page: one thing at a time, in a thread of its own.

A visitor can go and come back meanwhile, and stop it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assistant.backups import place_for
from assistant.errors import AssistantError
from assistant.originals import forget, recover, settle, take_in
from index import Backup, DocumentUnknown, IndexingError, Library, Outcome, Progress, Writer, back_up

Doing = Literal["", "add", "remove", "rebuild", "verify", "backup"]
CLEANED = 100
"""Documents of which is told how much was cleaned away."""

logger = logging.getLogger(__name__)


class Stopped(Exception):
    """Somebody wanted no more."""


@dataclass(frozen=True)
class State:
    """What is being done, or was done last.

    `progress` of adding and rebuilding; `outcomes` of adding, `cleaned` by document how many pieces went; `removed` how many
    documents, and `ids` which; `problems` found by verifying; `backup` that was written; `error` that ended it;
    `stopping` from the wish to its end.
    """

    doing: Doing = ""
    running: bool = False
    stopping: bool = False
    progress: Progress | None = None
    outcomes: tuple[Outcome, ...] = ()
    cleaned: tuple[tuple[str, int], ...] = ()
    removed: int = 0
    ids: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    backup: Backup | None = None
    error: Exception | None = None


Done = Callable[[State], None]


class Work:
    """`library` opens the one that is changed; `done` of each piece of work is told how it ended."""

    def __init__(self, library: Callable[[], Library]) -> None:
        self._library = library
        self._guard = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.state = State()

    def add(self, files: Sequence[tuple[Path, str]], done: Done | None = None) -> bool:
        """Add files that were handed over, each with its owner's name for it; False if something else is being done."""
        return self._begin("add", lambda library: self._add(library, files), done)

    def remove(self, ids: Sequence[str], done: Done | None = None) -> bool:
        """Take documents out, with the files that the library keeps for them alone; False as for `add`."""
        return self._begin("remove", lambda library: self._remove(library, ids), done)

    def rebuild(self, done: Done | None = None) -> bool:
        """Derive the indexes again; False as for `add`."""
        return self._begin("rebuild", self._rebuild, done)

    def verify(self, done: Done | None = None) -> bool:
        """Look for damage; False as for `add`."""
        return self._begin("verify", lambda library: self._tell(problems=tuple(library.verify())), done)

    def backup(self, done: Done | None = None) -> bool:
        """Write a backup where backups lie; False as for `add`."""
        return self._begin(
            "backup", lambda library: self._tell(backup=back_up(library.layout, place_for(library.layout))), done
        )

    def stop(self) -> None:
        """End adding soon; what is stored by then stays."""
        self._stop.set()
        if self.state.running and self.state.doing == "add":
            self._tell(stopping=True)

    def wait(self, seconds: float | None = None) -> None:
        """Until it is done."""
        if self._thread:
            self._thread.join(seconds)

    def _begin(self, doing: Doing, work: Callable[[Library], None], done: Done | None) -> bool:
        with self._guard:
            if self.state.running:
                return False
            self._stop.clear()
            self.state = State(doing, running=True)
            self._thread = threading.Thread(target=self._run, args=(work, done), daemon=True)
            self._thread.start()
            return True

    def _run(self, work: Callable[[Library], None], done: Done | None) -> None:
        try:
            work(self._library())
        except Exception as error:
            if not isinstance(error, IndexingError | AssistantError):
                logger.exception("work on the library failed")
            self._tell(error=error)
        finally:
            self._end(done)

    def _end(self, done: Done | None) -> None:
        try:
            if done:
                done(self.state)
        except AssistantError as error:  # what was done can't be logged
            self._tell(error=error)
        finally:
            self._tell(running=False)

    def _tell(self, **news: object) -> None:
        self.state = replace(self.state, **news)  # type: ignore[arg-type]

    def _add(self, library: Library, files: Sequence[tuple[Path, str]]) -> None:
        with library.writing() as writer:
            recover(library)
            taken = take_in(library.layout, files)
            try:
                self._read(writer, taken)
            except Stopped:
                writer.publish()  # what was stored is not left for the next publication to bring to light
            finally:
                stored = tuple(o for o in self.state.outcomes if not o.id or _is_in(library, o.id))
                settle(library, taken, stored)
        added = [o.id for o in stored if o.what in ("added", "updated")][:CLEANED]
        self._tell(outcomes=stored, cleaned=tuple((id, len(library.document(id).removed)) for id in added))

    def _read(self, writer: Writer, taken: Sequence[Path]) -> None:
        def report(progress: Progress) -> None:
            self._tell(progress=progress)
            if self._stop.is_set() and not progress.to_judge:  # publishing has to come to its end
                raise Stopped

        for outcome in writer.add(taken, report):
            self._tell(outcomes=(*self.state.outcomes, outcome))

    def _remove(self, library: Library, ids: Sequence[str]) -> None:
        there = [id for id in ids if _is_in(library, id)]
        sources = [source for id in there for source in library.sources(id)]
        with library.writing() as writer:
            removed = writer.remove(there) if there else []
            forget(library, sources)
        self._tell(removed=len(removed), ids=tuple(removed))

    def _rebuild(self, library: Library) -> None:
        with library.writing() as writer:
            writer.rebuild(lambda done, of: self._tell(progress=Progress(0, 0, 0, 0, 0.0, done, of)))


def _is_in(library: Library, id: str) -> bool:
    try:
        library.entry(id)
    except DocumentUnknown:
        return False
    return True
