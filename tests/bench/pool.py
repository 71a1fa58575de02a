"""What large libraries are made of: real passages, taken apart and put together again, and their vectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import Document, Paragraph, Source
from index.library import Library
from index.store import NewPassage
from index.tokens import terms

LENGTH = 40
"""Paragraphs of a made document."""
STEP, NOISE = 0.8, 0.004
"""How far a made vector lies from a real one, as a share of the way between neighbours, and what is random in it."""


@dataclass(frozen=True)
class Pool:
    """Pieces of text with their terms, and vectors (n, dimension) of passages in the order of their texts."""

    pieces: list[tuple[str, str]]
    vectors: NDArray[np.float32]
    model: str


def pool_of(library: Library, most: int = 20_000) -> Pool:
    """The first passages of a library as a pool."""
    store = library._store
    number = store.generation
    texts = [
        p.text for e in store.entries(number) for p in store.document(e.row, number).paragraphs if p.role == "body"
    ]
    halves = [part for text in texts[:most] for part in (text[: len(text) // 2], text[len(text) // 2 :]) if part]
    _, vectors = store.all_vectors(number, int(store.setting("dimension")))
    return Pool([(half, " ".join(terms(half))) for half in halves], vectors[:most].astype(np.float32), library.model)


def documents(
    pool: Pool, paragraphs: int, seed: int
) -> Iterator[tuple[Document, list[NewPassage], NDArray[np.float16]]]:
    """Made documents, each with its passages, one for each paragraph, and their vectors; no two texts alike."""
    random = np.random.default_rng(seed)
    for start in range(0, paragraphs, LENGTH):
        count = min(LENGTH, paragraphs - start)
        title = f"第{start // LENGTH}号汇编"
        chosen = [[pool.pieces[i] for i in pair] for pair in random.integers(0, len(pool.pieces), (count, 2))]
        texts = [f"{a}{b}〔{start + i}〕" for i, ((a, _), (b, _)) in enumerate(chosen)]
        name = f"{start // LENGTH % 100:02}/{start // LENGTH}.txt"
        made = Document(
            source=Source(name, f"/made/{name}", f"{start:064x}", "text/plain"),
            title=title,
            kind="法律",
            issuer=None,
            number=None,
            quality=(),
            issued=f"{2000 + start // LENGTH % 25}-01-01",
            paragraphs=tuple(Paragraph(i, "body", text, (), ()) for i, text in enumerate(texts, 1)),
        )
        passages = [
            NewPassage(i + 1, 0, len(texts[i]), "body", f"{a[1]} {b[1]} {start + i}", (start + i).to_bytes(16, "big"))
            for i, (a, b) in enumerate(chosen)
        ]
        yield made, passages, _vectors(pool.vectors, count, random)


def _vectors(real: NDArray[np.float32], count: int, random: np.random.Generator) -> NDArray[np.float16]:
    """Vectors beside real ones, moved as far as a passage lies from the next of its document: (count, 2, n), each
    passage's and that of its one sentence, which is the same."""
    at, other = random.integers(0, len(real) - 1, (2, count))
    made = real[at] + STEP * (real[other + 1] - real[other]) + random.normal(0, NOISE, (count, real.shape[1]))
    unit = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float16)
    return np.repeat(unit[:, None], 2, axis=1)


def write(root: Path, pool: Pool, paragraphs: int, seed: int = 1) -> Library:
    """A library of made documents, written straight through the store and published without judging them."""
    from corpus.collocations import Collocations
    from index import generation as generations

    library = Library.open(root, create=True)
    store, pending = library._store, documents(pool, paragraphs, seed)
    with library.writing():
        done = False
        while not done:
            with store.transaction():
                for _ in range(200):
                    if (next_one := next(pending, None)) is None:
                        done = True
                        break
                    document, passages, vectors = next_one
                    row = store.insert_document(document, 1)
                    store.insert_source(document.source, row, 1, 1)
                    store.insert_passages(row, passages)
                    store.insert_vectors([p.vector for p in passages], vectors)
        generations.derive_texts(store, library.layout, 1, Collocations.none())
        generations.derive(store, library.layout, 1, pool.vectors.shape[1])
        with store.transaction():
            for key, value in {"model": pool.model, "dimension": str(pool.vectors.shape[1]), "generation": "1"}.items():
                store.set_setting(key, value)
    library.close()
    return library
