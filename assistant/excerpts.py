"""摘录本: wordings that somebody collects with their sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from assistant.citation import WARNINGS, Citation
from assistant.messages import say
from index import DocumentUnknown, Library

MOST = 200
"""Excerpts that are kept; a browser keeps some megabytes for a page."""
LONGEST = 4000
"""Characters of one that are read back from a browser."""
ID = re.compile(r"([0-9a-f]{6,64}):(\d{1,7}):(\d{1,7})-(\d{1,7})")


@dataclass(frozen=True)
class Excerpt:
    """Words of a source by the id of their citation. `warnings` are flags of the document; `gone` says that the
    library has it no more, so that nobody can check the words.
    """

    id: str
    text: str
    printed: str
    warnings: tuple[str, ...] = ()
    gone: bool = False

    def to_dict(self) -> dict[str, object]:
        """As the browser keeps it."""
        return {"id": self.id, "text": self.text, "printed": self.printed, "warnings": list(self.warnings)}


def read_excerpts(kept: object) -> tuple[Excerpt, ...]:
    """What a browser kept, without whatever is none: it may be of another version, or anybody's."""
    items = kept if isinstance(kept, list) else []
    return tuple(e for item in items[:MOST] if isinstance(item, Mapping) and (e := _read(item)))


def _read(item: Mapping[str, object]) -> Excerpt | None:
    id, text, printed, warnings = (item.get(key) for key in ("id", "text", "printed", "warnings"))
    if not (isinstance(id, str) and ID.fullmatch(id) and isinstance(text, str) and isinstance(printed, str)):
        return None
    told = tuple(flag for flag in WARNINGS if isinstance(warnings, list) and flag in warnings)
    return Excerpt(id, text[:LONGEST], printed[:LONGEST], told)


def cited(library: Library, id: str) -> Citation | None:
    """The citation that an id with characters names; None if it names none. Raises DocumentUnknown, IndexingError."""
    found = ID.fullmatch(id)
    if not found:
        return None
    document, number, start, stop = found.group(1), *map(int, found.groups()[1:])
    paragraphs = library.document(document).paragraphs
    paragraph = paragraphs[number - 1] if 1 <= number <= len(paragraphs) else None
    if paragraph is None or not start < stop <= len(paragraph.text):
        return None
    return Citation(1, library.entry(document), paragraph, ((start, stop),), 1.0)


def excerpt_of(library: Library, id: str) -> Excerpt | None:
    """The words that a citation's id names; None if it names none. Raises DocumentUnknown, IndexingError."""
    citation = cited(library, id)
    if citation is None:
        return None
    [(start, stop)] = citation.evidence
    told = tuple(flag for flag in WARNINGS if flag in citation.entry.quality)
    return Excerpt(id, citation.paragraph.text[start:stop], citation.printed, told)


def settled(library: Library, excerpts: Iterable[Excerpt]) -> list[Excerpt]:
    """The same with the words that the library has now; what it has no more is marked as gone."""
    return [_settled(library, excerpt) for excerpt in excerpts]


def _settled(library: Library, excerpt: Excerpt) -> Excerpt:
    try:
        return excerpt_of(library, excerpt.id) or replace(excerpt, gone=True)
    except DocumentUnknown:
        return replace(excerpt, gone=True)


def notes(excerpt: Excerpt, language: str) -> list[str]:
    """What whoever uses an excerpt has to know."""
    gone = [say("excerpt.gone", language)] if excerpt.gone else []
    return gone + [say(f"quality.{flag}", language) for flag in excerpt.warnings]
