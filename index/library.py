"""A library: one folder, read by many and written by one."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import filelock

from corpus import Document, Source
from corpus.rewritten import Suspicion
from index import generation as generations
from index.disk import is_file_of, make_folder, uncached
from index.encoder import DEFAULT_MODEL, Encoder, Loader, is_same_model, offline
from index.errors import DatabaseDamaged, DocumentUnknown, LibraryBusy, LibraryDamaged, LibraryMissing, ModelMismatch
from index.findings import Findings
from index.generation import Generation
from index.halt import halted, named_failures, refuse_if_halted, resume
from index.layout import Layout
from index.search import Snapshot
from index.store import Entry, Filters, Store
from index.store.failures import failure
from index.writer import MANIFEST, Writer

if TYPE_CHECKING:
    from index.cross_encoder import CrossEncoder

logger = logging.getLogger(__name__)

T = TypeVar("T")
RETRIES = 5
"""Times that a reader starts again when a writer publishes during its work."""


@dataclass(frozen=True)
class About:
    """What the other documents say of one.

    `score` of being machine-rewritten, None when it can't be told; `suspicions` when it counts as
    that; `family` of near-duplicates, the representative first, empty when it stands alone.
    """

    score: float | None
    suspicions: tuple[Suspicion, ...]
    family: tuple[Entry, ...]


class Library:
    """文库. Reading needs no lock: each question works on one published generation."""

    def __init__(
        self, layout: Layout, store: Store, model: str, load_encoder: Loader, reranker: str | None = None
    ) -> None:
        self.layout = layout
        self.model = model
        self.reranker = reranker
        self._store = store
        self._load_encoder = load_encoder
        self._encoder: Encoder | None = None
        self._cross_encoder: CrossEncoder | None = None
        self._current: Generation | None = None
        self._guard = threading.Lock()

    @classmethod
    def open(
        cls, root: Path, *, model: str | None = None, reranker: str | None = None, create: bool = False
    ) -> Library:
        """Open the library in a folder.

        `model` is a sentence-transformers model by name or path; the library's own if not given. `reranker`
        is a cross-encoder by name or path, none if not given; it is no part of the library and can be any.
        Raises LibraryMissing, LibraryTooNew, DatabaseDamaged, ModelMismatch, LibraryUnwritten.
        """
        layout = Layout(root)
        with named_failures(layout):
            if not layout.database.exists():
                if not create:
                    raise LibraryMissing(path=str(root))
                make_folder(root)
            store = Store(layout.database)
            store.migrate()
            remembered = store.setting("model")
        if model and remembered and not is_same_model(remembered, model):
            raise ModelMismatch(library=remembered, given=model)
        name = remembered or model or DEFAULT_MODEL
        return cls(layout, store, name, lambda: Encoder.load(name), reranker)

    @property
    def encoder(self) -> Encoder:
        """The model, loaded when first needed. Raises ModelMissing, ModelMismatch."""
        with self._guard:
            if self._encoder is None:
                encoder = self._load_encoder()
                dimension = self._store.setting("dimension")
                if dimension and int(dimension) != encoder.dimension:
                    raise ModelMismatch(
                        library=f"{self.model} ({dimension})", given=f"{encoder.name} ({encoder.dimension})"
                    )
                self._encoder = encoder
            return self._encoder

    @property
    def cross_encoder(self) -> CrossEncoder | None:
        """The cross-encoder, loaded when first needed; None if none was named. Raises ModelMissing."""
        with self._guard:
            if self._cross_encoder is None and self.reranker:
                offline()
                from index.cross_encoder import CrossEncoder  # takes seconds, and a gigabyte of memory

                self._cross_encoder = CrossEncoder.load(self.reranker)
            return self._cross_encoder

    @property
    def generation(self) -> int:
        """版本号 of the last published state."""
        return self._store.generation

    def snapshot(self) -> Snapshot:
        """The last published state. Raises LibraryMissing, LibraryDamaged."""
        return self._steadily(self._at)

    def read(self, work: Callable[[Snapshot], T]) -> T:
        """What `work` makes of one published state, wholly of that one."""
        return self._steadily(lambda number: work(self._at(number)))

    def _steadily(self, work: Callable[[int], T]) -> T:
        """What `work` makes of a generation's number.

        Nothing is locked: if a newer generation was published meanwhile, the work is done again. After
        a few times in vain a read transaction holds the next publication off.
        """
        with self._named():
            for _ in range(RETRIES):
                number = self._store.generation
                try:
                    result = work(number)
                except Exception:
                    if self._store.generation == number:
                        raise
                    continue
                if self._store.generation == number:
                    return result
            with self._store.reading():
                return work(self._store.generation)

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise failure(error, self.layout.root) from error

    def _at(self, number: int) -> Snapshot:
        with self._guard:
            if self._current is None or self._current.number != number:
                self._current = self._load(number)
            return Snapshot(self._current, self._store, self)

    def _load(self, number: int) -> Generation:
        if number == 0:
            raise LibraryMissing(path=str(self.layout.root))
        try:
            return generations.load(self.layout, number, self._store.setting(MANIFEST))
        except DatabaseDamaged:
            raise
        except LibraryDamaged as damage:
            if self._store.generation != number:
                raise
            logger.warning("%s: deriving the indexes again", damage)
        with self.writing() as writer:  # what is derived can always be derived again
            writer.derive()
        return generations.load(self.layout, self._store.generation, self._store.setting(MANIFEST))

    def entries(self, filters: Filters | None = None) -> list[Entry]:
        """The documents in the library."""
        return self._steadily(lambda number: self._store.entries(number, filters))

    def entry(self, id: str) -> Entry:
        """One document's entry by its id or the beginning of it. Raises DocumentUnknown."""
        found = self._steadily(lambda number: self._store.find(id, number))
        if found is None:
            raise DocumentUnknown(id=id)
        return found

    def document(self, id: str) -> Document:
        """A whole document. Raises DocumentUnknown."""

        def whole(number: int) -> Document:
            entry = self._store.find(id, number)
            if entry is None:
                raise DocumentUnknown(id=id)
            return self._store.document(entry.row, number)

        return self._steadily(whole)

    def sources(self, id: str) -> list[Source]:
        """The files that hold a document, the oldest first. Raises DocumentUnknown."""

        def held(number: int) -> list[Source]:
            entry = self._store.find(id, number)
            if entry is None:
                raise DocumentUnknown(id=id)
            return self._store.sources_of_document(entry.row, number)

        return self._steadily(held)

    def holds(self, origin: str) -> bool:
        """Whether a document came out of this file, or out of something inside of it."""
        return bool(self.digests_from(origin))

    def digests_from(self, origin: str) -> dict[str, str]:
        """SHA-256 of a file, and of what is inside of it, as they were last read, by origin; empty if nothing was."""
        with self._named():
            return {found: sha256 for found, (sha256, _) in self._store.sources_of(origin).items()}

    def about(self, id: str) -> About:
        """What the other documents say of one. Raises DocumentUnknown."""

        def told(number: int) -> About:
            entry = self._store.find(id, number)
            if entry is None:
                raise DocumentUnknown(id=id)
            findings = Findings(self._store)
            found = findings.one(entry.row)
            if found is None:
                return About(None, (), ())
            members = findings.family(found.representative)
            entries = self._store.entries_by_row(number, members)
            family = tuple(entries[row] for row in members) if len(members) > 1 else ()
            return About(found.score, found.suspicions, family)

        return self._steadily(told)

    def families(self, filters: Filters | None = None) -> list[list[Entry]]:
        """The families of near-duplicates with a member that passes the filters, each its representative first."""

        def grouped(number: int) -> list[list[Entry]]:
            findings = Findings(self._store)
            shown = {entry.row for entry in self._store.entries(number, filters)}
            entries = {entry.row: entry for entry in self._store.entries(number)}
            heads = [row for row in entries if (found := findings.one(row)) and found.representative == row]
            families = [findings.family(head) for head in heads]
            return [[entries[row] for row in f] for f in families if len(f) > 1 and shown & set(f)]

        return self._steadily(grouped)

    def counts(self) -> dict[str, int]:
        """Documents, paragraphs and passages of the published state."""
        return self._steadily(self._store.counts)

    def verify(self) -> list[str]:
        """What is wrong with the library; empty when all is well. One that turned read-only can then be written again."""
        waiting = halted(self.layout)
        if waiting:
            uncached(self.layout.root)
        problems = self.damage()
        if waiting and not problems:
            with named_failures(self.layout):
                resume(self.layout)
        return problems or self._steadily(self._lost)

    def damage(self) -> list[str]:
        """What is wrong with the database and what is derived from it."""
        return self._steadily(self._problems)

    def damage_to_database(self) -> list[str]:
        """What is wrong with the database."""
        return self._steadily(lambda number: self._store.check() or self._store.broken_seals(number))

    def _lost(self, number: int) -> list[str]:
        """The originals that are not as they were read."""
        folders = (self.layout.originals.absolute(), self.layout.replaced.absolute())
        return [
            f"originals/{Path(origin).name}: changed or missing"
            for origin, sha256 in self._store.single_files(number, folders[0])
            if not any(is_file_of(folder / Path(origin).name, sha256) for folder in folders)
        ]

    def _problems(self, number: int) -> list[str]:
        problems = self._store.check() or self._store.broken_seals(number)
        if problems or not number:
            return [f"library.db: {problem}" for problem in problems]
        digest = self._store.setting(MANIFEST)
        problems = generations.check(self.layout, number, digest)
        if problems:
            return problems
        derived = generations.load(self.layout, number, digest)
        counts = self._store.counts(number)
        sizes = {
            "vectors": (len(derived.vectors), counts["passages"]),
            "words": (len(derived.words), counts["passages"]),
            "documents": (len(derived.documents), counts["documents"]),
            "text": (len(derived.text), counts["paragraphs"]),
        }
        return [f"{name}: {found}, library.db: {stored}" for name, (found, stored) in sizes.items() if found != stored]

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """The one place to change the library.

        Raises LibraryBusy if another process is there, LibraryReadOnly, LibraryUnwritten.
        """
        refuse_if_halted(self.layout)
        lock = filelock.FileLock(self.layout.lock)
        with named_failures(self.layout):
            try:
                lock.acquire(timeout=0)
            except filelock.Timeout:
                raise LibraryBusy(path=str(self.layout.root)) from None
        try:
            with named_failures(self.layout):
                yield Writer(self._store, self.layout, self)
        finally:
            lock.release()

    def close(self) -> None:
        """Let go of files."""
        self._store.close()
        self._current = None
