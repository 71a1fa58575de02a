"""Passages: what is embedded and looked up. Runs of sentences inside one paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Document, Paragraph
from corpus.sentences import pieces_up_to, sentence_spans

LONGEST = 220
"""Characters of a passage: about 150 tokens of multilingual-e5, a place that a reader takes in at once."""
CONTEXT = 60
"""Characters of title and of the nearest heading that stand before a passage when it is embedded."""
SILENT = frozenset({"title", "subtitle", "salutation", "byline", "signature", "date"})
"""Roles that answer nothing by themselves; the title is part of every passage's context."""


@dataclass(frozen=True)
class Passage:
    """检索片段: paragraph.text[start:stop] of paragraph number `paragraph`.

    `context` is the title with the nearest heading; `text` the passage itself.
    """

    paragraph: int
    start: int
    stop: int
    role: str
    context: str
    text: str

    @property
    def embedded(self) -> str:
        """What the model sees."""
        return f"{self.context}\n{self.text}"

    @property
    def sentences(self) -> list[tuple[int, int]]:
        """(start, end) of each sentence in `text`."""
        return sentence_spans(self.text)


def cut_passages(document: Document) -> list[Passage]:
    """The passages of a document, in its order.

    A document with nothing but silent paragraphs is cut all the same, so that nothing is lost.
    """
    spoken = [p for p in document.paragraphs if p.role not in SILENT] or list(document.paragraphs)
    return [passage for p in spoken for passage in _cut(p, document.title)]


def context_of(title: str, heading_path: Sequence[str]) -> str:
    """What stands before a passage: the title and the nearest heading, a line each."""
    return "\n".join(line[:CONTEXT] for line in (title, *heading_path[-1:]))


def _cut(paragraph: Paragraph, title: str) -> list[Passage]:
    context = context_of(title, paragraph.heading_path)
    spans: list[tuple[int, int]] = []
    for start, stop in pieces_up_to(paragraph.text, LONGEST):
        if spans and stop - spans[-1][0] <= LONGEST:
            spans[-1] = (spans[-1][0], stop)
        else:
            spans.append((start, stop))
    return [Passage(paragraph.number, a, b, paragraph.role, context, paragraph.text[a:b]) for a, b in spans]
