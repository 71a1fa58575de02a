"""The words of documents as judging needs them, cut once, however often they are counted and judged."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from corpus import Document
from corpus.segment import Token, cut_paragraphs

Load = Callable[[int], Document]


@dataclass(frozen=True, eq=False)
class Words(Sequence[Token]):
    """The words of a document in their order. `places` (n, 3) holds paragraph, start and end of each: token by token
    those of a large library would fill the memory.
    """

    words: tuple[str, ...]
    places: NDArray[np.int32]

    @classmethod
    def of(cls, document: Document) -> Words:
        """Those of all paragraphs, with a STOP around each."""
        words, *places = zip(*cut_paragraphs((p.number, p.text) for p in document.paragraphs), strict=True)
        return cls(tuple(map(sys.intern, words)), np.array(places, np.int32).T)

    def __len__(self) -> int:
        return len(self.words)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> list[Token]: ...
    def __getitem__(self, at: int | slice) -> Token | list[Token]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        return Token(self.words[at], *self.places[at].tolist())


class Texts:
    """Documents by their rows, loaded when first needed, and their words."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self._known: dict[int, Words] = {}

    def keep(self, row: int, words: Words) -> None:
        """Take the words of a document that were cut before."""
        self._known[row] = words

    def of(self, row: int) -> Words:
        """The words of a document."""
        if row not in self._known:
            self._known[row] = Words.of(self.load(row))
        return self._known[row]
