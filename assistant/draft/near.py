"""Sentences of a draft that stand in the library but for a few characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from assistant.draft.claims import LONGEST, TITLE
from assistant.draft.copied import SHORTEST
from assistant.draft.findings import Finding
from assistant.draft.reading import DraftParagraph
from assistant.quotation import Framed, look_up_framed
from corpus.normal import fold
from corpus.sentences import sentence_spans
from index import Snapshot

PUT_UP = 3
"""Passages that share most rare words with a sentence, which are compared with it."""
LIKELY = 75.0
"""Likeness (0 to 100) to one of them from which on a sentence is looked up."""
NEARLY = 0.8
"""Similarity (0 to 1) from which on it counts as copied with slips; what is less alike was written anew."""

Span = tuple[int, int]


def near_sentences(
    snapshot: Snapshot, paragraph: DraftParagraph, runs: Sequence[Span], taken: Sequence[Span]
) -> Iterator[Finding]:
    """The sentences that are nearly copied, but those that are wholly in a run, or in part taken already."""
    for start, end in sentence_spans(paragraph.text):
        text = paragraph.text[start:end]
        inside = any(a <= start and end - 1 <= b for a, b in runs)
        short = len(fold(TITLE.sub("", text))) < SHORTEST  # a title is bound to be the same
        if inside or short or end - start > LONGEST or any(a < end and start < b for a, b in taken):
            continue
        if _likeness(snapshot, text) < LIKELY:
            continue
        found = look_up_framed(snapshot, Framed(text), k=1)
        best = found.matches[0] if found.matches else None
        if found.verdict == "differs" and best and best.similarity >= NEARLY:
            yield Finding(
                paragraph.number,
                start,
                end,
                text,
                "run",
                "differs",
                best.citation,
                best.text[slice(*best.span)],
                best.edits,
                best.wrong,
                "marks" if best.only_marks else "",
                places=found.count,
                begin=best.span[0],
            )


def _likeness(snapshot: Snapshot, text: str) -> float:
    """To the likest of the passages that its rare words put up: 0 to 100."""
    folded = fold(text)
    put_up = snapshot.worded(text, PUT_UP)
    return max((fuzz.partial_ratio(folded, fold(paragraph.text)) for _, paragraph in put_up), default=0.0)
