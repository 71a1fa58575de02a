"""In how many passages of its document a term stands: what tells one place in a document from the others."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

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
                size, found = _counted(words for _, _, words in group)
                documents.append(document)
                sizes.append(size)
                starts.append(starts[-1] + len(found))
                order = sorted(found)
                hashes.write(np.array(order, np.uint32).tobytes())
                counts.write(np.array([min(found[h], 65535) for h in order], np.uint16).tobytes())
        for name, values in (("documents", documents), ("sizes", sizes), ("starts", starts)):
            np.array(values, np.int64).tofile(folder / name)
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> Spread:
        """Open what `build` wrote. Raises OSError, ValueError."""
        kinds: dict[str, type[np.integer]] = {"hashes": np.uint32, "counts": np.uint16}
        return cls({name: _mapped(folder / name, kinds.get(name, np.int64)) for name in ARRAYS})

    def of(self, terms: Sequence[str]) -> Callable[[int], tuple[int, list[int]]]:
        """For some terms, what tells by a document's row: how many passages it has, and in how many each term stands."""
        wanted = np.array([_hash(term) for term in terms], np.uint32)
        arrays = self._arrays

        def counts(document: int) -> tuple[int, list[int]]:
            place = self._places[document]
            part = slice(int(arrays["starts"][place]), int(arrays["starts"][place + 1]))
            known = arrays["hashes"][part]
            if not len(known) or not len(wanted):
                return int(arrays["sizes"][place]), [0] * len(terms)
            at = np.minimum(known.searchsorted(wanted), len(known) - 1)
            found: list[int] = np.where(known[at] == wanted, arrays["counts"][part][at], 0).tolist()
            return int(arrays["sizes"][place]), found

        return counts


def _counted(passages: Iterable[str]) -> tuple[int, Counter[int]]:
    found: Counter[int] = Counter()
    size = 0
    for words in passages:
        size += 1
        found.update({_hash(term) for term in words.split()})
    return size, found


def _hash(term: str) -> int:
    return zlib.crc32(term.encode())


def _mapped(path: Path, kind: type[np.integer]) -> NDArray[np.integer]:
    return np.asarray(np.memmap(path, kind, "r")) if path.stat().st_size else np.zeros(0, kind)
