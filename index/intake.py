"""Documents on their way into the store: while one batch is embedded, the next is read and the last one stored."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus import Document
from corpus.read import READER_VERSION
from corpus.segment import document_words
from index.embedding import Embedding
from index.encoder import Vectors
from index.passages import Passage, cut_passages
from index.store import NewPassage, Store
from index.texts import Load, Texts
from index.tokens import terms

if TYPE_CHECKING:
    from index.library import Library

FIRST = 64
"""New passages from which a model that has nothing to do is given them."""
BATCH = 2048
"""New passages that are embedded and committed at a time: what a crash can cost is the work on two such batches."""

EMBEDDING = 2
"""Raised when a model's vectors of a text become other ones; 2 came with those of sentences."""


Groups = Sequence[tuple[list[bytes], list[Vectors]]]
"""Vectors with the keys of their texts."""


@dataclass
class _Batch:
    """Documents with their passages, and `also` other files with the same texts; `origins` of the files by document id;
    `embedding` once it has begun, `before` the passages that needed none; `rows` and `words` are made while the model
    works.
    """

    documents: list[tuple[Document, list[Passage]]] = field(default_factory=list)
    also: list[Document] = field(default_factory=list)
    origins: dict[str, set[str]] = field(default_factory=dict)
    embedding: Embedding | None = None
    before: int = 0
    rows: list[list[NewPassage]] = field(default_factory=list)
    words: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def passages(self) -> int:
        return sum(len(passages) for _, passages in self.documents)

    def prepare(self, rows: Callable[[list[Passage]], Iterator[NewPassage]]) -> None:
        """Cut the texts into words, for the index and for what the others say of them."""
        for document, passages in self.documents:
            self.rows.append(list(rows(passages)))
            self.words.append(document_words(document))

    def vectors(self, tick: Callable[[], None]) -> Groups:
        """Wait for those that are new, in groups with the keys of their texts."""
        return self.embedding.result(tick) if self.embedding else []


class Intake:
    """What a writer puts documents into. What is stored is stored in one transaction for each batch, and for the last
    two together.

    `met` is the number of passages that were put in, `texts` are the words of the documents that were stored.
    """

    def __init__(self, store: Store, library: Library, load: Load) -> None:
        self._store = store
        self._library = library
        self._filling = _Batch()
        self._running: list[_Batch] = []
        self._stored = 0
        self.met = 0
        self.texts = Texts(load)

    @property
    def embedded(self) -> int:
        """The passages that have their vector."""
        running = (batch.before + (batch.embedding.done if batch.embedding else 0) for batch in self._running)
        return self._stored + sum(running)

    @property
    def full(self) -> bool:
        """Whether it is time for `turn`."""
        return self._filling.passages >= (BATCH if self._busy else min(FIRST, BATCH))

    @property
    def _busy(self) -> bool:
        return any(batch.embedding and not batch.embedding.ended for batch in self._running)

    def joins(self, document: Document) -> set[str]:
        """The files whose text it has and that are on their way, by origin: it is stored with them as one more."""
        for batch in (self._filling, *self._running):
            if origins := batch.origins.get(document.id):
                before = set(origins)
                origins.add(document.source.origin)
                batch.also.append(document)
                return before
        return set()

    def put(self, document: Document) -> None:
        """Take a document in; it is stored at one of the next turns."""
        passages = cut_passages(document)
        self.met += len(passages)
        self._filling.documents.append((document, passages))
        self._filling.origins[document.id] = {document.source.origin}

    def turn(self, tick: Callable[[], None] = lambda: None) -> None:
        """Have what was put in embedded, and store what was embedded meanwhile; `tick` is called while waiting."""
        before = len(self._running)
        self._begin()
        for ended in self._running[:before]:
            vectors = ended.vectors(tick)
            self._running.remove(ended)
            self._stored += ended.passages
            self._keep(ended, vectors)
        tick()

    def close(self, tick: Callable[[], None], meanwhile: Callable[[], None]) -> None:
        """Store all that is on its way. While the model works on it, `meanwhile` is done, which sees it stored; if
        anything fails there, or before the vectors have come, it is not.
        """
        self._begin()
        if not self._running:
            return
        with self._store.transaction():
            for batch in self._running:
                self._keep_texts(batch)
            meanwhile()
            for batch in self._running:
                self._keep_vectors(batch.vectors(tick))
        self._stored += sum(batch.passages for batch in self._running)
        self._running = []
        tick()

    def stop(self) -> None:
        """Forget what is not stored."""
        for batch in self._running:
            if batch.embedding:
                batch.embedding.stop()
        self._running = []
        self._filling = _Batch()

    def _begin(self) -> None:
        """Have the texts that were put in embedded, those that never were, nor are just now: then it begins when those
        are done; meanwhile they are made ready for the store.
        """
        batch, self._filling = self._filling, _Batch()
        if not batch.documents:
            return
        texts = {self._key(p): p for _, passages in batch.documents for p in passages}
        before = self._running[-1].embedding if self._running else None
        known = self._store.known_vectors(list(texts)) | (before.keys if before else set())
        new = {key: passage for key, passage in texts.items() if key not in known}
        if new or not self._store.setting("dimension"):
            batch.embedding = Embedding(self._library.encoder, new, before)
        batch.before = batch.passages - len(new)
        self._running.append(batch)
        batch.prepare(self._rows)

    def _keep(self, batch: _Batch, vectors: Groups) -> None:
        with self._store.transaction():
            self._keep_vectors(vectors)
            self._keep_texts(batch)

    def _keep_vectors(self, vectors: Groups) -> None:
        if not self._store.setting("dimension"):
            self._store.set_setting("model", self._library.model)
            self._store.set_setting("dimension", str(self._library.encoder.dimension))
        for keys, group in vectors:
            self._store.insert_vectors(keys, group)

    def _keep_texts(self, batch: _Batch) -> None:
        number = self._store.generation + 1
        rows: dict[str, int] = {}
        for (document, _), passages, words in zip(batch.documents, batch.rows, batch.words, strict=True):
            same = self._store.live_document(document.id)
            row = self._store.insert_document(document, number)
            self._store.insert_source(document.source, row, READER_VERSION, number)
            if same is not None:
                self._store.supersede(same, row, number)
            self._store.insert_passages(row, passages)
            self.texts.keep(row, words)
            rows[document.id] = row
        for document in batch.also:
            self._store.insert_source(document.source, rows[document.id], READER_VERSION, number)
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
