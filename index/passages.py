"""Passages: what is embedded and looked up. Runs of sentences inside one paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from corpus import Document, Paragraph
from corpus.sentences import pieces_up_to

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


def cut_passages(document: Document) -> list[Passage]:
    """The passages of a document, in its order.

    A document with nothing but silent paragraphs is cut all the same, so that nothing is lost.
    """
    spoken = [p for p in document.paragraphs if p.role not in SILENT] or list(document.paragraphs)
    return [passage for p in spoken for passage in _cut(p, document.title)]


def _cut(paragraph: Paragraph, title: str) -> list[Passage]:
    above = paragraph.heading_path[-1:] if paragraph.heading_path else ()
    context = "\n".join([title[:CONTEXT], *(h[:CONTEXT] for h in above)])
    spans: list[tuple[int, int]] = []
    for start, stop in pieces_up_to(paragraph.text, LONGEST):
        if spans and stop - spans[-1][0] <= LONGEST:
            spans[-1] = (spans[-1][0], stop)
        else:
            spans.append((start, stop))
    return [Passage(paragraph.number, a, b, paragraph.role, context, paragraph.text[a:b]) for a, b in spans]
