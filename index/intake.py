"""Documents on their way into the store: while one batch is embedded, the next is read and the last one stored."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus import Document
from corpus.read import READER_VERSION
from index.embedding import Embedding
from index.encoder import Vectors
from index.passages import Passage, cut_passages
from index.store import NewPassage, Store
from index.tokens import terms

if TYPE_CHECKING:
    from index.library import Library

BATCH = 512
"""New passages that are embedded and committed at a time: what a crash can cost is the work on two such batches."""

EMBEDDING = 2
"""Raised when a model's vectors of a text become other ones; 2 came with those of sentences."""


@dataclass
class _Batch:
    """Documents with their passages; `embedding` once it has begun, `before` the passages that needed none;
    `rows` are made while the model works.
    """

    documents: list[tuple[Document, list[Passage]]] = field(default_factory=list)
    embedding: Embedding | None = None
    before: int = 0
    rows: list[list[NewPassage]] = field(default_factory=list)

    @property
    def passages(self) -> int:
        return sum(len(passages) for _, passages in self.documents)


class Intake:
    """What a writer puts documents into. What is stored is stored in one transaction for each batch.

    `met` is the number of passages that were put in.
    """

    def __init__(self, store: Store, library: Library) -> None:
        self._store = store
        self._library = library
        self._filling = _Batch()
        self._running: _Batch | None = None
        self._stored = 0
        self.met = 0

    @property
    def embedded(self) -> int:
        """The passages that have their vector."""
        running = self._running
        return self._stored + (running.before + running.embedding.done if running and running.embedding else 0)

    @property
    def full(self) -> bool:
        """Whether it is time for `turn`."""
        return self._filling.passages >= BATCH

    def holds(self, id: str) -> bool:
        """Whether a document is on its way."""
        batches = [self._filling, *([self._running] if self._running else [])]
        return any(document.id == id for batch in batches for document, _ in batch.documents)

    def put(self, document: Document) -> None:
        """Take a document in; it is stored at one of the next turns."""
        passages = cut_passages(document)
        self.met += len(passages)
        self._filling.documents.append((document, passages))

    def turn(self, tick: Callable[[], None] = lambda: None) -> None:
        """Have what was put in embedded, and store what was embedded meanwhile; `tick` is called while waiting."""
        ended = self._running
        vectors = ended.embedding.result(tick) if ended and ended.embedding else []
        self._running = self._begun(self._filling, ended) if self._filling.documents else None
        self._filling = _Batch()
        if ended:
            self._stored += ended.passages
            self._keep(ended, vectors)
        if self._running:
            self._running.rows = [list(self._rows(passages)) for _, passages in self._running.documents]
        tick()

    def drain(self, tick: Callable[[], None] = lambda: None) -> None:
        """Store all that is on its way."""
        while self._running or self._filling.documents:
            self.turn(tick)

    def stop(self) -> None:
        """Forget what is not stored."""
        if self._running and self._running.embedding:
            self._running.embedding.stop()
        self._running = None
        self._filling = _Batch()

    def _begun(self, batch: _Batch, ended: _Batch | None) -> _Batch:
        """Embed the texts that were never embedded before, nor just now."""
        texts = {self._key(p): p for _, passages in batch.documents for p in passages}
        known = self._store.known_vectors(list(texts)) | (ended.embedding.keys if ended and ended.embedding else set())
        new = {key: passage for key, passage in texts.items() if key not in known}
        embedding = None
        if new or not self._store.setting("dimension"):
            embedding = Embedding(self._library.encoder, new)
        return _Batch(batch.documents, embedding, batch.passages - len(new))

    def _keep(self, batch: _Batch, vectors: Sequence[tuple[list[bytes], list[Vectors]]]) -> None:
        number = self._store.generation + 1
        with self._store.transaction():
            if not self._store.setting("dimension"):
                self._store.set_setting("model", self._library.model)
                self._store.set_setting("dimension", str(self._library.encoder.dimension))
            for keys, group in vectors:
                self._store.insert_vectors(keys, group)
            for (document, _), passages in zip(batch.documents, batch.rows, strict=True):
                same = self._store.live_document(document.id)
                row = self._store.insert_document(document, number)
                self._store.insert_source(document.source, row, READER_VERSION, number)
                if same is not None:
                    self._store.supersede(same, row, number)
                self._store.insert_passages(row, passages)
            self._store.retire_orphans(number)

    def _rows(self, passages: Iterable[Passage]) -> Iterator[NewPassage]:
        contexts: dict[str, str] = {}
        for p in passages:
            if p.context not in contexts:
                contexts[p.context] = " ".join(terms(p.context))
            words = f"{contexts[p.context]} {' '.join(terms(p.text))}"
            yield NewPassage(p.paragraph, p.start, p.stop, p.role, words, self._key(p))

    def _key(self, passage: Passage) -> bytes:
        return hashlib.sha256(f"{self._library.model}\0{EMBEDDING}\0{passage.embedded}".encode()).digest()[:16]
