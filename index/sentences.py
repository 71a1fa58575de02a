"""The vectors of sentences: not searched, but looked at once their passage was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors

Halves = NDArray[np.float16]
ROWS, STARTS, IDS = "vectors.f16", "starts.npy", "ids.npy"


class SentenceVectors:
    """Cosines of sentences by the passage they stand in. The file of vectors is mapped, not read."""

    def __init__(self, ids: NDArray[np.int64], starts: NDArray[np.int64], rows: Halves) -> None:
        self._ids, self._starts, self._rows = ids, starts, rows

    @classmethod
    def build(cls, folder: Path, vectors: Iterable[tuple[int, Halves]], dimension: int) -> SentenceVectors:
        """Write (passage id, (n, dimension)), ids ascending, into an empty folder."""
        folder.mkdir(parents=True)
        ids, starts = [], [0]
        with (folder / ROWS).open("wb") as file:
            for id, rows in vectors:
                ids.append(id)
                starts.append(starts[-1] + len(rows))
                file.write(rows.tobytes())
        np.save(folder / IDS, np.array(ids, np.int64))
        np.save(folder / STARTS, np.array(starts, np.int64))
        return cls.load(folder, dimension)

    @classmethod
    def load(cls, folder: Path, dimension: int) -> SentenceVectors:
        """Open what `build` wrote. Raises OSError, ValueError."""
        starts = np.load(folder / STARTS)
        shape = (int(starts[-1]), dimension)
        rows = np.memmap(folder / ROWS, np.float16, "r", shape=shape) if shape[0] else np.zeros(shape, np.float16)
        return cls(np.load(folder / IDS), starts, np.asarray(rows))

    def __len__(self) -> int:
        return len(self._ids)

    def cosines(self, query: Vectors, ids: Sequence[int]) -> list[list[float]]:
        """For each passage the cosine of a query with each of its sentences; empty where none are known."""
        first, behind = (np.searchsorted(self._ids, np.asarray(ids, np.int64), side) for side in ("left", "right"))
        spans = list(zip(self._starts[first].tolist(), self._starts[behind].tolist(), strict=True))
        rows = np.concatenate([self._rows[a:b] for a, b in spans]) if spans else self._rows[:0]
        found = (rows.astype(np.float32) @ query).tolist()
        cosines, at = [], 0
        for a, b in spans:
            cosines.append(found[at : at + b - a])
            at += b - a
        return cosines
