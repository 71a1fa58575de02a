"""A run of a draft that stands in the library, with the place to cite for it."""

from __future__ import annotations

from assistant.citation import Citation
from assistant.draft.copied import SHORTEST
from assistant.draft.findings import Finding
from assistant.draft.reading import DraftParagraph
from corpus.normal import fold
from index import Entry, Snapshot

# The last to be cited, the gravest first.
LESS_GOOD = ("rewritten", "anonymised", "truncated", "ocr", "mixed_encoding")
PLACES = 100
"""Places of a run that are looked at."""


def cite_run(snapshot: Snapshot, paragraph: DraftParagraph, start: int, end: int) -> Finding | None:
    """Characters of a paragraph as a run with its source; None if they are too few, or stand nowhere as a whole."""
    text = paragraph.text[start:end]
    if len(fold(text)) < SHORTEST:
        return None
    occurrences = []
    for occurrence in snapshot.text.find(text):
        occurrences.append(occurrence)
        if len(occurrences) == PLACES:
            break
    if not occurrences:
        return None
    entries = snapshot.entries(sorted({o.document for o in occurrences}))
    best = min(occurrences, key=lambda o: (_order(entries[o.document]), o))
    located = snapshot.located([best])[0]
    source, a, b = located.parts[0]
    citation = Citation(1, located.entry, source, ((a, b),), 1.0)
    return Finding(
        paragraph.number, start, end, text, "run", "verbatim", citation, located.text, places=len(occurrences)
    )


def _order(entry: Entry) -> tuple[int, str]:
    """A sound text first, then an early one."""
    flaw = next((len(LESS_GOOD) - n for n, flag in enumerate(LESS_GOOD) if flag in entry.quality), 0)
    return flaw, entry.issued or "9"
