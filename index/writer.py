"""Changing a library: add, remove, rebuild, publish."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corpus import Document, Found, Reader, Reading, Refused, find_files
from corpus.names import INSIDE
from corpus.read import READER_VERSION
from index import collocations
from index import generation as generations
from index.errors import DocumentUnknown
from index.findings import Findings
from index.judging import Tick, refresh
from index.layout import Layout
from index.passages import Passage, cut_passages
from index.store import NewPassage, Store
from index.tokens import terms

if TYPE_CHECKING:
    from index.library import Library

CHUNK = 512
"""New passages that are embedded and committed at a time: what a crash can cost is the work on these."""

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


@dataclass
class _Pending:
    """Documents read but not yet embedded and stored."""

    documents: list[tuple[Document, list[Passage], What]] = field(default_factory=list)

    @property
    def passages(self) -> int:
        return sum(len(passages) for _, passages, _ in self.documents)

    def ids(self) -> set[str]:
        return {document.id for document, _, _ in self.documents}


class Writer:
    """Held by the one process that writes; see Library.writing."""

    def __init__(self, store: Store, layout: Layout, library: Library) -> None:
        self._store = store
        self._layout = layout
        self._library = library
        self._embedded = 0
        self._met = 0
        self._began = time.monotonic()

    @property
    def _next(self) -> int:
        return self._store.generation + 1

    def add(self, paths: Sequence[Path], report: Report = lambda progress: None) -> Iterator[Outcome]:
        """Read files and folders into the library and publish. An outcome for each document, as it is known.

        What was added before and has not changed costs one look at its bytes.
        """
        found = list(find_files(paths))
        pending = _Pending()
        with Reader() as reader:
            for number, file in enumerate(found, 1):
                for outcome in self._outcomes(file, reader, pending):
                    yield outcome
                    if pending.passages >= CHUNK:
                        self._flush(pending, lambda: report(self._progress(number, len(found))))  # noqa: B023
                    report(self._progress(number, len(found)))
        self._flush(pending, lambda: report(self._progress(len(found), len(found))))
        whole = self._progress(len(found), len(found))
        self.publish(
            lambda done, of: report(replace(whole, seconds=time.monotonic() - self._began, judged=done, to_judge=of))
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

    def rebuild(self) -> None:
        """Derive the indexes and judge the documents again, as a new generation: who reads the old one is not disturbed."""
        if self._store.generation:
            self._publish(anew=True)

    def derive(self) -> None:
        """Derive the indexes again, as a new generation, out of what is stored and judged already."""
        if self._store.generation:
            self._publish()

    def publish(self, tick: Tick = lambda done, of: None) -> int:
        """Make all that was written visible to readers, at once; the new generation's number.

        Nothing happens when nothing changed.
        """
        number = self._next
        changed = self._store.connection.execute(
            "SELECT EXISTS (SELECT 1 FROM documents WHERE added = :n OR gone = :n)"
            " OR EXISTS (SELECT 1 FROM sources WHERE added = :n OR gone = :n)",
            {"n": number},
        ).fetchone()[0]
        return self._publish(tick) if changed else self._store.generation

    def _publish(self, tick: Tick = lambda done, of: None, *, anew: bool = False) -> int:
        number = self._next
        before = None if anew else collocations.load(self._layout.collocations(self._store.generation))
        findings = Findings(self._store)
        counts, found = refresh(
            findings, number, lambda row: self._store.document(row, number), before, anew=anew, tick=tick
        )
        generations.derive(self._store, self._layout, number, int(self._store.setting("dimension")), counts)
        with self._store.transaction():
            self._store.set_setting("generation", str(number))
            findings.replace(found)
            self._store.purge()
        generations.clean(self._layout, number)
        return number

    def _outcomes(self, file: Found | tuple[str, Refused], reader: Reader, pending: _Pending) -> Iterator[Outcome]:
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
            yield self._take(reading, pending)
        # What stands inside of something refused may well be there still.
        self._retire([origin for origin in held if origin not in met and not origin.startswith(tuple(refused))])

    def _retire(self, origins: Sequence[str]) -> None:
        if origins:
            with self._store.transaction():
                for origin in origins:
                    self._store.retire("sources", "origin = ?", (origin,), self._next)
                self._store.retire_orphans(self._next)

    def _take(self, reading: Reading, pending: _Pending) -> Outcome:
        if reading.refused:
            return Outcome(reading.name, "refused", code=reading.refused.code, detail=reading.refused.detail)
        document = reading.document
        if document is None:
            return Outcome(reading.name, "unchanged", id=self._id_at(reading.origin))
        if document.id in pending.ids():
            self._flush(pending)
        before = self._store.document_of_source(reading.origin)
        same = self._store.live_document(document.id)
        if same is not None and self._store.reader_of(same) >= READER_VERSION:
            with self._store.transaction():
                self._store.insert_source(document.source, same, READER_VERSION, self._next)
                self._store.retire_orphans(self._next)
            return Outcome(reading.name, "unchanged" if before == same else "duplicate", id=document.id)
        what: What = "added" if before is None and same is None else "updated"
        passages = cut_passages(document)
        self._met += len(passages)
        pending.documents.append((document, passages, what))
        return Outcome(reading.name, what, id=document.id)

    def _id_at(self, origin: str) -> str:
        row = self._store.document_of_source(origin)
        found = self._store.connection.execute("SELECT id FROM documents WHERE row = ?", (row,)).fetchone()
        return str(found[0]) if found else ""

    def _flush(self, pending: _Pending, tick: Callable[[], None] = lambda: None) -> None:
        """Embed what is pending and store it, all in one transaction."""
        if not pending.documents:
            return
        keys = {self._key(p): p for _, passages, _ in pending.documents for p in passages}
        known = self._store.known_vectors(list(keys))
        new = [key for key in keys if key not in known]
        self._embedded += pending.passages - len(new)
        groups = []
        if new or not self._store.setting("dimension"):
            for indexes, vectors in self._library.encoder.passages([keys[key] for key in new]):
                groups.append(([new[i] for i in indexes], vectors))
                self._embedded += len(indexes)
                tick()
        with self._store.transaction():
            if not self._store.setting("dimension"):
                self._store.set_setting("model", self._library.model)
                self._store.set_setting("dimension", str(self._library.encoder.dimension))
            for group, vectors in groups:
                self._store.insert_vectors(group, vectors)
            for document, passages, _ in pending.documents:
                same = self._store.live_document(document.id)
                row = self._store.insert_document(document, self._next)
                self._store.insert_source(document.source, row, READER_VERSION, self._next)
                if same is not None:
                    self._store.supersede(same, row, self._next)
                self._store.insert_passages(row, self._new_passages(passages))
            self._store.retire_orphans(self._next)
        pending.documents.clear()

    def _new_passages(self, passages: Iterable[Passage]) -> Iterator[NewPassage]:
        contexts: dict[str, str] = {}
        for p in passages:
            if p.context not in contexts:
                contexts[p.context] = " ".join(terms(p.context))
            words = f"{contexts[p.context]} {' '.join(terms(p.text))}"
            yield NewPassage(p.paragraph, p.start, p.stop, p.role, words, self._key(p))

    def _key(self, passage: Passage) -> bytes:
        return hashlib.sha256(f"{self._library.model}\0{passage.embedded}".encode()).digest()[:16]

    def _progress(self, files: int, of_files: int) -> Progress:
        expected = round(self._met * of_files / files) if files else 0
        return Progress(files, of_files, self._embedded, expected, time.monotonic() - self._began)
