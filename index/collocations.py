"""The collocations of a library as a file that is derived, carried on and, when lost, counted again."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np

from corpus.collocations import Collocations, Pairs


def save(counts: Collocations, path: Path) -> None:
    """Write the counts, uncompressed: reading and writing them is most of what keeping them costs."""
    with path.open("wb") as file:
        np.savez(
            file,
            documents=np.array(sorted(counts.documents), np.int64),
            words=np.frombuffer("\n".join(counts.words).encode(), np.uint8),
            single=counts.single,
            next_keys=counts.next.keys,
            next_counts=counts.next.counts,
            over_one_keys=counts.over_one.keys,
            over_one_counts=counts.over_one.counts,
        )


def load(path: Path) -> Collocations | None:
    """What `save` wrote; None when it is not there or not whole, and is to be counted again."""
    try:
        with np.load(path, allow_pickle=False) as parts:
            words = parts["words"].tobytes().decode()
            return Collocations.of(
                frozenset(parts["documents"].tolist()),
                tuple(words.split("\n")) if words else (),
                parts["single"],
                Pairs(parts["next_keys"], parts["next_counts"]),
                Pairs(parts["over_one_keys"], parts["over_one_counts"]),
            )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
