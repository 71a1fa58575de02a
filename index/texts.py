"""The words of documents as judging needs them, cut once, however often they are counted and judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import overload

from corpus import Document
from corpus.segment import Token, document_tokens, document_words

Load = Callable[[int], Document]


@dataclass(frozen=True, eq=False)
class Words(Sequence[Token]):
    """The words of a document in their order. Where they stand is found out of the document when that is first asked
    for: of few, and the places of all would fill the memory.
    """

    words: tuple[str, ...]
    load: Callable[[], Document]

    @cached_property
    def _tokens(self) -> list[Token]:
        return document_tokens(self.load())

    def __len__(self) -> int:
        return len(self.words)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> list[Token]: ...
    def __getitem__(self, at: int | slice) -> Token | list[Token]:
        return self._tokens[at]


class Texts:
    """Documents by their rows, loaded when first needed, and their words."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self._known: dict[int, tuple[str, ...]] = {}

    def keep(self, row: int, words: tuple[str, ...]) -> None:
        """Take the words of a document that were cut before."""
        self._known[row] = words

    def of(self, row: int) -> Words:
        """The words of a document."""
        if row not in self._known:
            self._known[row] = document_words(self.load(row))
        return Words(self._known[row], partial(self.load, row))
