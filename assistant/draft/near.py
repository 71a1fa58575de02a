"""Sentences of a draft that stand in the library but for a few characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from assistant.draft.claims import LONGEST, TITLE
from assistant.draft.copied import SHORTEST
from assistant.draft.findings import Finding
from assistant.draft.reading import DraftParagraph
from assistant.quotation import Framed, Quotation, look_up_framed
from corpus.normal import fold
from corpus.sentences import sentence_spans
from index import Snapshot

PUT_UP = 3
"""Passages that share most rare words with a sentence, which are compared with it."""
LIKELY = 75.0
"""Likeness (0 to 100) to one of them from which on a sentence is looked up."""
NEARLY = 0.8
"""Similarity (0 to 1) from which on it counts as copied with slips; what is less alike was written anew."""

CLAUSE, PAUSES = re.compile(r"[^，；：、。！？,;:!?]+[，；：、。！？,;:!?]*"), "，；：、,;:"
STRANGE = 0.7
"""Share of a clause's characters that the source has not got, from which on it is the writer's own."""

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
        if (rest := _without_own_end(text, found)) != text:  # the source's next words are no correction of it
            end, text = start + len(rest), rest
            if len(fold(text)) < SHORTEST:
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


def _without_own_end(text: str, found: Quotation) -> str:
    """A sentence without the clauses at its end of which its source has next to nothing: the writer goes on there."""
    if found.verdict != "differs" or not found.matches:
        return text
    best = found.matches[0]
    changed: set[int] = set()
    shift = -best.span[0]
    for edit in sorted(best.edits, key=lambda edit: edit.at):
        changed.update(range(edit.at + shift, edit.at + shift + len(edit.query)))
        shift += len(edit.query) - len(edit.source)
    kept = len(text)
    for clause in reversed(list(CLAUSE.finditer(text))):
        letters = range(clause.start(), clause.end())
        if len(changed.intersection(letters)) <= STRANGE * len(letters):
            break
        kept = clause.start()
    return text[:kept].rstrip(PAUSES) if kept < len(text) else text


def _likeness(snapshot: Snapshot, text: str) -> float:
    """To the likest of the passages that its rare words put up: 0 to 100."""
    folded = fold(text)
    put_up = snapshot.worded(text, PUT_UP)
    return max((fuzz.partial_ratio(folded, fold(paragraph.text)) for _, paragraph in put_up), default=0.0)
