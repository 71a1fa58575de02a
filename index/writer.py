"""Changing a library: add, remove, rebuild, publish."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corpus import Document, Found, Reader, Reading, Refused, find_files
from corpus.names import INSIDE
from corpus.read import READER_VERSION
from corpus.segment import segmenter
from index import collocations
from index import generation as generations
from index.errors import DocumentUnknown
from index.findings import Finding, Findings
from index.intake import Intake
from index.judging import Tick, refresh
from index.layout import Layout
from index.store import Store

if TYPE_CHECKING:
    from index.library import Library

MANIFEST = "manifest"
"""The setting that holds the SHA-256 of the published generation's manifest."""

YOUNG = 10_000
"""New objects after which Python looks for unreachable ones while documents are added. By itself it looks after 700,
which takes an eighth of all the time that is not the model's."""

What = Literal["added", "updated", "unchanged", "duplicate", "refused"]


@dataclass(frozen=True)
class Outcome:
    """What became of one file or a part of it. `id` of its document; `code` and `detail` of a refusal."""

    name: str
    what: What
    id: str = ""
    code: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Progress:
    """How far adding is: files looked at, of all; passages stored or embedded, of those to be expected
    (an estimate until all files are read); seconds since it began; at last, documents judged, of how many.
    """

    files: int
    of_files: int
    passages: int
    expected: int
    seconds: float
    judged: int = 0
    to_judge: int = 0


Report = Callable[[Progress], None]
_Ready = Mapping[int, Finding]
"""What the documents are judged to be; the indexes of their texts lie in the draft folder."""


@contextmanager
def _seldom_collected() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(YOUNG, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Writer:
    """Held by the one process that writes; see Library.writing."""

    def __init__(self, store: Store, layout: Layout, library: Library) -> None:
        self._store = store
        self._layout = layout
        self._intake = Intake(store, library, self._load)
        self._began = time.monotonic()

    @property
    def _next(self) -> int:
        return self._store.generation + 1

    def add(self, paths: Sequence[Path], report: Report = lambda progress: None) -> Iterator[Outcome]:
        """Read files and folders into the library and publish. An outcome for each document, as it is known.

        What was added before and has not changed costs one look at its bytes.
        """
        found = list(find_files(paths))
        try:
            with _seldom_collected():
                with Reader() as reader:
                    reader.start()
                    segmenter()  # takes a while to load, and the child is not there yet
                    for number, file in enumerate(found, 1):
                        tick = partial(self._tell, report, number, len(found))
                        for outcome in self._outcomes(file, reader):
                            yield outcome
                            if self._intake.full:
                                self._intake.turn(tick)
                            tick()
                tick = partial(self._tell, report, len(found), len(found))
                ahead: list[_Ready] = []
                self._intake.close(tick, lambda: ahead.append(self._ready_ahead(lambda done, of: tick())))
        except BaseException:
            generations.discard(self._layout)
            raise
        finally:
            self._intake.stop()
        tick()
        whole = self._progress(len(found), len(found))
        self.publish(
            lambda done, of: report(replace(whole, seconds=time.monotonic() - self._began, judged=done, to_judge=of)),
            *ahead,
        )

    def remove(self, ids: Sequence[str]) -> list[str]:
        """Take documents out, everywhere, and publish; the full ids. Raises DocumentUnknown."""
        entries = []
        for id in ids:
            entry = self._store.find(id, self._store.generation)
            if entry is None:
                raise DocumentUnknown(id=id)
            entries.append(entry)
        with self._store.transaction():
            for entry in entries:
                self._store.retire("sources", "document = ?", (entry.row,), self._next)
            self._store.retire_orphans(self._next)
        self.publish()
        return [entry.id for entry in entries]

    def rebuild(self, tick: Tick = lambda done, of: None) -> None:
        """Derive the indexes and judge the documents again, as a new generation: who reads the old one is not disturbed.

        `tick` is told how many documents of how many are judged, from the first on once more for those in doubt.
        """
        if self._store.generation:
            self._publish(self._ready(tick, anew=True))

    def derive(self) -> None:
        """Derive the indexes again, as a new generation, out of what is stored and judged already."""
        if self._store.generation:
            self._publish(self._ready())

    def move_sources(self, folder: str, to: str) -> None:
        """The files that were read in one folder lie in another from now on; to be followed by `derive`."""
        with self._store.transaction():
            self._store.move_sources(folder, to)

    def publish(self, tick: Tick = lambda done, of: None, ready: _Ready | None = None) -> int:
        """Make all that was written visible to readers, at once; the new generation's number.

        Nothing happens when nothing changed. `ready` is what was made ready since the last change.
        """
        number = self._next
        changed = self._store.connection.execute(
            "SELECT EXISTS (SELECT 1 FROM documents WHERE added = :n OR gone = :n)"
            " OR EXISTS (SELECT 1 FROM sources WHERE added = :n OR gone = :n)",
            {"n": number},
        ).fetchone()[0]
        return self._publish(self._ready(tick) if ready is None else ready) if changed else self._store.generation

    def _ready(self, tick: Tick = lambda done, of: None, *, anew: bool = False) -> _Ready:
        """Judge the documents and derive what needs no vectors."""
        number = self._next
        before = None if anew else collocations.load(self._layout.collocations(self._store.generation))
        counts, found = refresh(Findings(self._store), number, self._intake.texts, before, anew=anew, tick=tick)
        generations.derive_texts(self._store, self._layout, number, counts)
        return found

    def _ready_ahead(self, tick: Tick) -> _Ready:
        """The same while the last vectors are still in the making."""
        ready = self._ready(tick)
        self._store.seal_ahead(self._next)
        return ready

    def _publish(self, ready: _Ready) -> int:
        number = self._next
        manifest = generations.derive(self._store, self._layout, number, int(self._store.setting("dimension")))
        with self._store.transaction():
            self._store.set_setting("generation", str(number))
            self._store.set_setting(MANIFEST, manifest)
            Findings(self._store).replace(ready)
            self._store.purge()
            self._store.seal(number)
        generations.clean(self._layout, number)
        return number

    def _load(self, row: int) -> Document:
        """A document of the generation to come, or one that goes with it."""
        going = self._store.gone(row)
        return self._store.document(row, self._store.generation if going else self._next)

    def _outcomes(self, file: Found | tuple[str, Refused], reader: Reader) -> Iterator[Outcome]:
        """What becomes of a file and of all that is in it; what is in it no longer is gone."""
        if not isinstance(file, Found):
            yield Outcome(file[0], "refused", code=file[1].code, detail=file[1].detail)
            return
        held = self._store.sources_of(str(file.path.absolute()))
        known = {origin: digest for origin, (digest, version) in held.items() if version == READER_VERSION}
        met: set[str] = set()
        refused: list[str] = []
        for reading in reader.read(file, known):
            met.add(reading.origin)
            refused += [reading.origin + INSIDE] if reading.refused else []
            yield self._take(reading)
        # What stands inside of something refused may well be there still.
        self._retire([origin for origin in held if origin not in met and not origin.startswith(tuple(refused))])

    def _retire(self, origins: Sequence[str]) -> None:
        if origins:
            with self._store.transaction():
                for origin in origins:
                    self._store.retire("sources", "origin = ?", (origin,), self._next)
                self._store.retire_orphans(self._next)

    def _take(self, reading: Reading) -> Outcome:
        if reading.refused:
            return Outcome(reading.name, "refused", code=reading.refused.code, detail=reading.refused.detail)
        document = reading.document
        if document is None:
            return Outcome(reading.name, "unchanged", id=self._id_at(reading.origin))
        if origins := self._intake.joins(document):
            known = reading.origin in origins or self._id_at(reading.origin) == document.id
            return Outcome(reading.name, "unchanged" if known else "duplicate", id=document.id)
        before = self._store.document_of_source(reading.origin)
        same = self._store.live_document(document.id)
        if same is not None and self._store.reader_of(same) >= READER_VERSION:
            with self._store.transaction():
                self._store.insert_source(document.source, same, READER_VERSION, self._next)
                self._store.retire_orphans(self._next)
            return Outcome(reading.name, "unchanged" if before == same else "duplicate", id=document.id)
        what: What = "added" if before is None and same is None else "updated"
        self._intake.put(document)
        return Outcome(reading.name, what, id=document.id)

    def _id_at(self, origin: str) -> str:
        row = self._store.document_of_source(origin)
        found = self._store.connection.execute("SELECT id FROM documents WHERE row = ?", (row,)).fetchone()
        return str(found[0]) if found else ""

    def _tell(self, report: Report, files: int, of_files: int) -> None:
        report(self._progress(files, of_files))

    def _progress(self, files: int, of_files: int) -> Progress:
        expected = round(self._intake.met * of_files / files) if files else 0
        return Progress(files, of_files, self._intake.embedded, expected, time.monotonic() - self._began)
