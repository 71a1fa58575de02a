"""In how many passages of its document a term stands: what tells one place in a document from the others."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MOST = 65535
"""What a count of 16 bits holds at the most."""
ARRAYS = ("documents", "sizes", "starts", "hashes", "counts")


class Spread:
    """Document frequencies within each document. Terms are known by a hash of 32 bits; files are mapped.

    Two terms of one document that share a hash, one pair in thousands, share a count.
    """

    def __init__(self, arrays: dict[str, NDArray[np.integer]]) -> None:
        self._arrays = arrays
        self._places = {int(row): place for place, row in enumerate(arrays["documents"])}

    @classmethod
    def build(cls, folder: Path, passages: Iterable[tuple[int, int, str]]) -> Spread:
        """Write those of (id, document row, terms parted by spaces), one document after another, into an empty folder."""
        folder.mkdir(parents=True)
        documents, sizes, starts = [], [], [0]
        with (folder / "hashes").open("wb") as hashes, (folder / "counts").open("wb") as counts:
            for document, group in groupby(passages, key=lambda passage: passage[1]):
                size, terms, found = _counted(words for _, _, words in group)
                documents.append(document)
                sizes.append(size)
                starts.append(starts[-1] + len(terms))
                hashes.write(terms.tobytes())
                counts.write(np.minimum(found, min(size, MOST)).astype(np.uint16).tobytes())
        for name, values in (("documents", documents), ("sizes", sizes), ("starts", starts)):
            np.array(values, np.int64).tofile(folder / name)
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> Spread:
        """Open what `build` wrote. Raises OSError, ValueError."""
        kinds: dict[str, type[np.integer]] = {"hashes": np.uint32, "counts": np.uint16}
        return cls({name: _mapped(folder / name, kinds.get(name, np.int64)) for name in ARRAYS})

    def of(self, terms: Sequence[str], documents: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many passages each document has (n), by its row, and in how many of them each term stands (n, terms)."""
        wanted = _hashes(terms)
        arrays = self._arrays
        places = np.array([self._places[document] for document in documents], np.int64)
        found: NDArray[np.int64] = np.zeros((len(documents), len(terms)), np.int64)
        starts, stops = arrays["starts"][places].tolist(), arrays["starts"][places + 1].tolist()
        for counts, start, stop in zip(found, starts, stops, strict=True):
            known = arrays["hashes"][start:stop]
            if len(known) and len(wanted):
                at = np.minimum(known.searchsorted(wanted), len(known) - 1)
                np.copyto(counts, arrays["counts"][start:stop][at], where=known[at] == wanted, casting="unsafe")
        sizes = np.asarray(arrays["sizes"][places], np.int64)
        return sizes, found


def _counted(passages: Iterable[str]) -> tuple[int, NDArray[np.uint32], NDArray[np.intp]]:
    """The number of passages, the hashes of their terms, ascending, and in how many each stands."""
    stands: list[str] = []
    size = 0
    for words in passages:
        size += 1
        stands += set(words.split())
    counts = Counter(stands)
    found, places = np.unique(_hashes(counts), return_inverse=True)
    return size, found, np.bincount(places, list(counts.values()), len(found)).astype(np.intp)


def _hashes(terms: Collection[str]) -> NDArray[np.uint32]:
    return np.fromiter(map(zlib.crc32, map(str.encode, terms)), np.uint32, len(terms))


def _mapped(path: Path, kind: type[np.integer]) -> NDArray[np.integer]:
    return np.asarray(np.memmap(path, kind, "r")) if path.stat().st_size else np.zeros(0, kind)
