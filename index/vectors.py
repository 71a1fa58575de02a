"""The dense index: FAISS over the vectors of passages, as the half floats that the database keeps.

An inverted file: k-means puts the vectors into cells, and the cells nearest to a question are compared.
Up to WHOLE vectors there is one cell, so all are compared, exactly. The file is mapped and not read, so
that the system holds in memory what is used. Eight bits a number would take half the space, but are no
faster here and lose two of a hundred of the ten nearest, however many cells are compared.

A question is compared in one thread: a machine that does anything else makes FAISS and BLAS wait longer
for their threads than the work itself takes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors

Ids = NDArray[np.int64]
Halves = NDArray[np.float16]

WHOLE = 50_000
"""Vectors up to which each is compared: 3 ms, less than what the model needs for the question."""
CELLS = 2.0
"""Cells as a multiple of the square root of the number of vectors."""
COMPARED = 128
"""Cells that are compared: of the ten nearest 98 in 100 are found and more, see docs/architecture.md."""
TRAINED, ROUNDS = 40, 6
"""Vectors for each cell that k-means sees, and its rounds: more of either gain nothing."""
FEW = 5_000
"""Vectors that are fetched and compared one by one rather than searched for."""
FETCHED = 1_000
"""Vectors that are fetched at a time: FAISS does not start threads for so few."""
BLOCK = 50_000
"""Vectors at a time that are widened to 32 bits while an index is built."""
SAMPLE = 500
"""Vectors, evenly spread, whose cosines say what is usual: at least so many, and less than twice as many."""


class VectorIndex:
    """Cosines of unit vectors under the ids of passages, ascending; a passage may have several vectors."""

    def __init__(self, index: Any) -> None:
        self._mapped = index  # owns what the next line points to
        self._index: Any = faiss.downcast_index(index.index)
        self.ids: Ids = faiss.vector_to_array(index.id_map)
        self.dimension = int(index.d)

    @classmethod
    def build(cls, ids: Ids, vectors: Halves, dimension: int) -> VectorIndex:
        """`ids` ascending; `vectors` (n, dimension). The same ones always give the same index."""
        cells = _cells(vectors, dimension)
        index = faiss.IndexIDMap(cells)
        for start in range(0, len(ids), BLOCK):
            part = slice(start, start + BLOCK)
            index.add_with_ids(np.ascontiguousarray(vectors[part], np.float32), ids[part])
        cells.make_direct_map(True)  # for fetching single vectors
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Open what `save` wrote; the caller has checked the file's digest. Raises RuntimeError."""
        found = cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP))
        lists = faiss.downcast_InvertedLists(found._index.invlists)
        lists.prefetch_nthread = 0  # threads that read ahead cost more than they save
        return found

    def save(self, path: Path) -> None:
        """Write to a file, through Python: FAISS itself does not notice that the disk was full at the end."""
        with path.open("wb") as file:
            faiss.write_index(self._mapped, faiss.PyCallbackIOWriter(file.write))

    def __len__(self) -> int:
        return len(self.ids)

    def search(self, query: Vectors, count: int, among: Ids | None = None) -> dict[int, float]:
        """The passages of the `count` nearest vectors, best first, with their cosines.

        `among` restricts the passages; the fewer it leaves, the larger the share of them that is compared.
        """
        rows = None if among is None else self._rows(among)[0]
        if not len(self) or (rows is not None and not len(rows)):
            return {}
        if rows is not None and len(rows) <= FEW:
            scores = self._cosines(query, rows)
            order = np.argsort(-scores, kind="stable")[:count]
            return self._best(scores[order], rows[order])
        scores, found = self._index.search(query[None, :], min(count, len(self)), params=self._parameters(rows))
        return self._best(scores[0], found[0])

    def scores(self, query: Vectors, ids: Sequence[int]) -> list[float]:
        """The cosine of a query with each of these passages, with the nearest vector of each; all must be there."""
        if not len(ids):
            return []
        rows, starts = self._rows(np.asarray(ids, np.int64))
        result: list[float] = np.maximum.reduceat(self._cosines(query, rows), starts).tolist()
        return result

    def outlying(self, query: Vectors, cosine: float) -> float:
        """How many standard deviations a cosine lies above those of a sample of all vectors."""
        if not len(self):
            return 0.0
        sample = np.einsum("ij,j->i", self._sample, query)
        spread = float(sample.std())
        return (cosine - float(sample.mean())) / spread if spread else 0.0

    @cached_property
    def _sample(self) -> Vectors:
        """SAMPLE vectors and more, under two megabytes."""
        return self._vectors(np.arange(0, len(self), max(1, len(self) // SAMPLE)))

    def _cosines(self, query: Vectors, rows: Ids) -> Vectors:
        found: Vectors = np.einsum("ij,j->i", self._vectors(rows), query)
        return found

    def _vectors(self, rows: Ids) -> Vectors:
        return np.concatenate(
            [self._index.reconstruct_batch(rows[i : i + FETCHED]) for i in range(0, len(rows), FETCHED)]
        )

    def _rows(self, ids: Ids) -> tuple[Ids, Ids]:
        """The places of these passages' vectors, and where in this list each passage begins."""
        first = np.searchsorted(self.ids, ids, "left")
        counts = np.searchsorted(self.ids, ids, "right") - first
        starts = np.cumsum(counts) - counts
        return np.repeat(first - starts, counts) + np.arange(counts.sum()), starts

    def _best(self, scores: Vectors, rows: Ids) -> dict[int, float]:
        best: dict[int, float] = {}
        for score, row in zip(scores.tolist(), rows.tolist(), strict=True):
            if row >= 0:
                best.setdefault(int(self.ids[row]), score)
        return best

    def _parameters(self, rows: Ids | None) -> Any:
        if rows is None:
            return faiss.SearchParametersIVF(nprobe=min(self._index.nlist, COMPARED))
        wanted = math.ceil(COMPARED * len(self) / len(rows))
        allowed = np.zeros(len(self), np.bool_)
        allowed[rows] = True
        selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
        return faiss.SearchParametersIVF(nprobe=min(self._index.nlist, wanted), sel=selector)


def _cells(vectors: Halves, dimension: int) -> Any:
    """An empty inverted file, trained on vectors taken at even distances, so that every document has its say."""
    count = math.ceil(CELLS * math.sqrt(len(vectors))) if len(vectors) > WHOLE else 1
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension), dimension, count,
        faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT, False,
    )  # fmt: skip
    if count == 1:  # of one cell the middle is of no matter
        index.quantizer.add(np.zeros((1, dimension), np.float32))
        index.is_trained = True
        return index
    index.cp.niter, index.cp.spherical = ROUNDS, True
    step = max(1, len(vectors) // (TRAINED * count))
    index.train(np.ascontiguousarray(vectors[::step], np.float32))
    return index
