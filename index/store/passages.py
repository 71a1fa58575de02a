"""Passages as rows, and the vectors of their texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.store.database import MANY, VISIBLE, Database


@dataclass(frozen=True)
class PassageRow:
    """A passage as it stands: `whole`[start:stop] is its text, `whole` that of its paragraph."""

    id: int
    document: int
    paragraph: int
    start: int
    stop: int
    role: str
    whole: str
    heading_path: tuple[str, ...]
    title: str

    @property
    def text(self) -> str:
        """The passage's own characters."""
        return self.whole[self.start : self.stop]


@dataclass(frozen=True)
class NewPassage:
    """A passage to be stored, with its terms and the key of its vector."""

    paragraph: int
    start: int
    stop: int
    role: str
    words: str
    vector: bytes


class Passages(Database):
    """Reads and writes them."""

    def insert_passages(self, document: int, passages: Iterable[NewPassage]) -> None:
        """Add the passages of a document."""
        self.connection.executemany(
            "INSERT INTO passages (document, paragraph, start, stop, role, words, vector) VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((document, p.paragraph, p.start, p.stop, p.role, p.words, p.vector) for p in passages),
        )

    def known_vectors(self, keys: Sequence[bytes]) -> set[bytes]:
        """Which of these texts were embedded before."""
        known: set[bytes] = set()
        for start in range(0, len(keys), MANY):
            part = keys[start : start + MANY]
            marks = ",".join("?" * len(part))
            known.update(k for (k,) in self.connection.execute(f"SELECT key FROM vectors WHERE key IN ({marks})", part))
        return known

    def insert_vectors(self, keys: Iterable[bytes], vectors: Iterable[Vectors]) -> None:
        """Keep the vectors of texts, (1 + n, dimension) each, as half floats: the error of a cosine stays under 0.001."""
        self.connection.executemany(
            "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
            ((key, rows.astype(np.float16).tobytes()) for key, rows in zip(keys, vectors, strict=True)),
        )

    def all_vectors(self, generation: int, dimension: int) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
        """Ids (n,) ascending and vectors (n, dimension) of all passages of a generation, as they are kept."""
        ids: list[int] = []
        buffer = bytearray()  # of a million passages this is most of a gigabyte, so there is only one of it
        for id, vector in self._vectors(generation, f"substr(vectors.vector, 1, {2 * dimension})"):
            ids.append(id)
            buffer += vector
        return np.asarray(ids, np.int64), np.frombuffer(buffer, np.float16).reshape(len(ids), dimension)

    def all_sentence_vectors(self, generation: int, dimension: int) -> Iterator[tuple[int, NDArray[np.float16]]]:
        """(passage id, vectors of its sentences (n, dimension)), in the order of the ids; n may be 0."""
        for id, rows in self._vectors(generation, f"substr(vectors.vector, {2 * dimension + 1})"):
            yield id, np.frombuffer(rows, np.float16).reshape(-1, dimension)

    def _vectors(self, generation: int, part: str) -> Iterator[tuple[int, bytes]]:
        yield from self.connection.execute(
            f"""SELECT passages.id, {part} FROM passages
                JOIN documents ON documents.row = passages.document AND {VISIBLE.format("documents")}
                JOIN vectors ON vectors.key = passages.vector ORDER BY passages.id""",
            {"g": generation},
        )

    def all_words(self, generation: int) -> Iterator[tuple[int, int, str]]:
        """(passage id, document row, terms) of all passages of a generation."""
        yield from self.connection.execute(
            f"""SELECT passages.id, passages.document, passages.words FROM passages
                JOIN documents ON documents.row = passages.document AND {VISIBLE.format("documents")}
                ORDER BY passages.id""",
            {"g": generation},
        )

    def passage_rows(self, ids: Sequence[int]) -> dict[int, PassageRow]:
        """These passages, each with its paragraph's text and what stands above it."""
        found: dict[int, PassageRow] = {}
        paths: dict[str, tuple[str, ...]] = {}  # many passages stand under one heading
        for start in range(0, len(ids), MANY):
            marks = ",".join(str(int(i)) for i in ids[start : start + MANY])
            rows = self.connection.execute(
                f"""SELECT p.id, p.document, p.paragraph, p.start, p.stop, p.role, paragraphs.text,
                           paragraphs.heading_path, documents.title
                    FROM passages AS p JOIN documents ON documents.row = p.document
                    JOIN paragraphs ON paragraphs.document = p.document AND paragraphs.number = p.paragraph
                    WHERE p.id IN ({marks})"""
            )
            for id, document, paragraph, a, b, role, whole, path, title in rows:
                if path not in paths:
                    paths[path] = tuple(json.loads(path))
                found[id] = PassageRow(id, document, paragraph, a, b, role, whole, paths[path], title)
        return found

    def passage_owners(self, generation: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Ids of all passages of a generation, ascending, and the row of the document of each."""
        rows = self.connection.execute(
            f"""SELECT passages.id, passages.document FROM passages
                JOIN documents ON documents.row = passages.document AND {VISIBLE.format("documents")}
                ORDER BY passages.id""",
            {"g": generation},
        )
        found = np.fromiter((number for row in rows for number in row), np.int64).reshape(-1, 2)
        return found[:, 0].copy(), found[:, 1].copy()

    def passages_at(self, places: Iterable[tuple[int, int]]) -> set[int]:
        """Ids of the passages of paragraphs, each given by its document's row and its number."""
        sought = "SELECT id FROM passages WHERE document = ? AND paragraph = ?"
        return {id for place in places for (id,) in self.connection.execute(sought, place)}

    def passage_ids(self, documents: Sequence[int]) -> NDArray[np.int64]:
        """Ids of all passages of these documents, ascending."""
        ids: list[int] = []
        for start in range(0, len(documents), MANY):
            marks = ",".join(str(int(d)) for d in documents[start : start + MANY])
            ids += [i for (i,) in self.connection.execute(f"SELECT id FROM passages WHERE document IN ({marks})")]
        return np.asarray(sorted(ids), np.int64)
