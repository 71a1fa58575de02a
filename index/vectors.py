"""The dense index: FAISS over the vectors of passages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors

Ids = NDArray[np.int64]
SAMPLE = 500
"""Passages, evenly spread, whose cosines say what is usual."""


class VectorIndex:
    """Inner products of unit vectors, exact, under the ids of passages in ascending order."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self.ids: Ids = faiss.vector_to_array(index.id_map)
        flat: Any = faiss.downcast_index(index.index)
        size = flat.ntotal * flat.d
        self._rows: Vectors = (
            faiss.rev_swig_ptr(flat.get_xb(), size).reshape(flat.ntotal, flat.d)
            if size
            else np.zeros((0, flat.d), np.float32)
        )

    @classmethod
    def build(cls, ids: Ids, vectors: Vectors, dimension: int) -> VectorIndex:
        """`ids` ascending; `vectors` (n, dimension)."""
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        if len(ids):
            index.add_with_ids(np.ascontiguousarray(vectors), ids)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Read what `save` wrote; the caller has checked the file's digest."""
        return cls(faiss.read_index(str(path)))

    def save(self, path: Path) -> None:
        """Write to a file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return len(self.ids)

    def search(self, query: Vectors, count: int, among: Ids | None = None) -> dict[int, float]:
        """The passages nearest to a query, best first, with their cosines. `among` restricts them."""
        parameters: Any = None
        if among is not None:
            parameters = _restricted(among)
        scores, ids = self._index.search(query[None, :], min(count, len(self)) or 1, params=parameters)
        return {int(i): float(s) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0}

    def scores(self, query: Vectors, ids: Sequence[int]) -> list[float]:
        """The cosine of a query with each of these passages."""
        rows = np.searchsorted(self.ids, np.asarray(ids, np.int64))
        result: list[float] = (self._rows[rows] @ query).tolist()
        return result

    def best_of(self, query: Vectors, ids: Ids, count: int) -> dict[int, float]:
        """The nearest of a few passages; without the scan over all that `search` makes."""
        scores = self._rows[np.searchsorted(self.ids, ids)] @ query
        best = np.argsort(-scores, kind="stable")[:count]
        return {int(ids[i]): float(scores[i]) for i in best}

    def outlying(self, query: Vectors, cosine: float) -> float:
        """How many standard deviations a cosine lies above those of a sample of all passages."""
        if not len(self):
            return 0.0
        sample = self._rows[:: max(1, len(self) // SAMPLE)] @ query
        spread = float(sample.std())
        return (cosine - float(sample.mean())) / spread if spread else 0.0


def _restricted(among: Ids) -> Any:
    selector = faiss.IDSelectorBatch(among)
    make: Any = faiss.SearchParameters  # its stub does not know the selector
    return make(sel=selector)
