"""What the other documents of a library say of one, as the command line shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.citation import WARNINGS, facts_of
from assistant.messages import say
from corpus import Document
from corpus.differences import differences
from index import About, Entry


def entry_line(entry: Entry, language: str) -> str:
    """A document in a list: id, date, kind, title, file, and what is doubtful about it."""
    about = [entry.id, entry.issued or "-", entry.kind or "-", entry.title, f"[{entry.names[0]}]"]
    return f"{'  '.join(about)}{warnings_of(entry, language)}"


def entry_dict(entry: Entry) -> dict[str, Any]:
    """A document in a list, for programs."""
    return facts_of(entry) | {"sources": list(entry.names)}


def warnings_of(entry: Entry, language: str) -> str:
    """What is doubtful about the text of a document, behind its name."""
    return "".join(f"  ※{say(f'quality.{flag}', language)}" for flag in WARNINGS if flag in entry.quality)


def about_lines(about: About, document: Document, language: str) -> Iterator[str]:
    """Its family, the document to cite first, and its suspicious words with their likely originals."""
    if about.family:
        yield say("show.family", language)
        yield from (f"  {entry_line(entry, language)}" for entry in about.family)
    if about.suspicions:
        yield say("show.rewritten", language, score=about.score, count=len(about.suspicions))
    for s in about.suspicions:
        text = document.paragraphs[s.paragraph - 1].text[s.start : s.end]
        yield f"  {say('paragraph', language, n=s.paragraph)} {s.start}-{s.end}  {text} → {' / '.join(s.likely)}"


def suspicions_of(about: About, document: Document) -> dict[str, Any]:
    """The score of being machine-rewritten and the suspicious spans, for programs."""
    spans = [
        {
            "paragraph": s.paragraph,
            "start": s.start,
            "end": s.end,
            "text": document.paragraphs[s.paragraph - 1].text[s.start : s.end],
            "likely": list(s.likely),
        }
        for s in about.suspicions
    ]
    return {"score": None if about.score is None else round(about.score, 4), "spans": spans}


def difference_lines(document: Document, other: Document, language: str) -> Iterator[str]:
    """Where another member of its family differs from a document, a line for each paragraph."""
    yield say("show.differences", language, id=other.id)
    for found in differences(document, other):
        where = say("difference.paragraphs", language, a=found.a or "-", b=found.b or "-")
        yield f"  {where}  {'  '.join(f'[-{taken}-]{{+{put}+}}' for taken, put in found.edits)}"
