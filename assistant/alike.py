"""More like this: paragraphs of other documents that are near a piece of evidence."""

from __future__ import annotations

from assistant.citation import Citation
from index import DocumentUnknown, Hit, Library, Snapshot

SHOWN = 5
LOOKED_AT = 40
"""Paragraphs found, of which those of the document itself are left out."""


def alike(library: Library, place: str) -> tuple[str, tuple[Citation, ...]]:
    """The words at a citation's id, and the nearest paragraphs of other documents, one of each.

    Raises DocumentUnknown.
    """
    id, _, rest = place.partition(":")
    number, _, span = rest.partition(":")
    start, _, stop = span.partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) < 9 for part in (number, start, stop)):
        raise DocumentUnknown(id=place)
    document = library.document(id)
    text = next((p.text for p in document.paragraphs if p.number == int(number)), "")[int(start) : int(stop)]

    def found(snapshot: Snapshot) -> list[Hit]:
        return list(snapshot.search(text, LOOKED_AT, literal=True).hits) if text.strip() else []

    others = {hit.entry.id: hit for hit in reversed(library.read(found)) if hit.entry.id != document.id}
    best = sorted(others.values(), key=lambda hit: -hit.score)[:SHOWN]
    cited = (
        Citation(n, h.entry, h.paragraph, ((h.passages[0].start, h.passages[0].stop),), h.score)
        for n, h in enumerate(best, 1)
    )
    return text, tuple(cited)
