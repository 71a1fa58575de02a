"""参考文献: the documents that are cited, numbered in the order in which they are cited first.

GB/T 7714-2015, 10.1 (顺序编码制): marks stand raised in brackets; a document that is cited more than once keeps
its number, and where in it the words stand is said behind the bracket instead of in the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.citation import Citation
from assistant.citing import doubts, reference
from assistant.export.sheet import Block, block
from assistant.messages import say


class References:
    """The numbers of documents, out of all citations in their order."""

    def __init__(self, citations: Sequence[Citation]) -> None:
        self._places: dict[str, list[Citation]] = {}
        for citation in citations:
            self._places.setdefault(citation.entry.id, []).append(citation)
        self._numbers = {id_: n for n, id_ in enumerate(self._places, 1)}

    def mark(self, citation: Citation, language: str = "zh") -> str:
        """[1], or with the paragraph if others of the document are cited, too."""
        where = say("paragraph", language, n=citation.paragraph.number) if self._many(citation) else ""
        return self.number(citation) + where

    def number(self, citation: Citation) -> str:
        """[1], for words that say themselves where they stand."""
        return f"[{self._numbers[citation.entry.id]}]"

    def blocks(self, language: str) -> Iterator[Block]:
        """The list, under its heading; nothing if nothing is cited. Doubtful texts are named at its end, too."""
        firsts = [places[0] for places in self._places.values()]
        if not firsts:
            return
        yield block("label", say("export.references", language), gap=1)
        for citation in firsts:
            told = reference(citation.entry, None if self._many(citation) else citation.paragraph.number)
            yield block("reference", f"{self.number(citation)} {told}{doubts(citation.entry, language)}")
        if any(doubts(citation.entry) for citation in firsts):
            yield block("remark", say("export.doubtful", language))

    def _many(self, citation: Citation) -> bool:
        return len({place.paragraph.number for place in self._places[citation.entry.id]}) > 1
