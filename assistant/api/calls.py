"""What programs can call, over whichever protocol: a request in, JSON and a short text out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from assistant.about import entry_dict
from assistant.answer import Answer
from assistant.api.cited_text import (
    answer_blocks,
    document_blocks,
    list_blocks,
    quotation_blocks,
    synthesis_blocks,
    wording_blocks,
)
from assistant.api.errors import BadRequest, ParagraphUnknown
from assistant.api.requests import AskRequest, ListRequest, QuoteRequest, ShowRequest, WordingRequest
from assistant.ask import ask as ask_library
from assistant.citation import Citation
from assistant.messages import say
from assistant.quotation import quote as look_up
from assistant.synthesis import ModelServer
from assistant.synthesis.synthesise import synthesise
from assistant.wording import wording as find_wording
from corpus import Document
from index import Library


@dataclass(frozen=True)
class Reply:
    """What a call gives: `data` as docs/architecture.md has it, and the same told in blocks of text."""

    data: dict[str, Any]
    blocks: list[str]

    @property
    def text(self) -> str:
        """The blocks in a row."""
        return "\n\n".join(self.blocks)


def ask(library: Library, request: AskRequest, language: str, server: ModelServer | None = None) -> Reply:
    """One Answer, with a synthesis if a server is given. Raises IndexingError."""
    answer = synthesise(library, answer_to(library, request), server)
    return Reply(answer.to_dict(), [*answer_blocks(answer, language), *synthesis_blocks(answer, language)])


def answer_to(library: Library, request: AskRequest) -> Answer:
    """The Answer itself, without a synthesis. Raises IndexingError."""
    return ask_library(
        library,
        request.question,
        history=request.history,
        filters=request.filters.filters(),
        k=request.k,
        plain=request.plain,
    )


def quote(library: Library, request: QuoteRequest, language: str) -> Reply:
    """The source of a quotation. Raises IndexingError."""
    found = look_up(library, request.quotation, filters=request.filters.filters(), k=request.k)
    return Reply(found.to_dict(), quotation_blocks(found, language))


def wording(library: Library, request: WordingRequest, language: str) -> Reply:
    """Precedent wording. Raises BadRequest, BadPattern, IndexingError."""
    if not request.query.strip() and not request.place and request.mode != "headings":
        raise BadRequest(field="query", detail=say("wrong.missing", language))
    found = find_wording(library, request.query, wish=request.wish(), filters=request.filters.filters(), k=request.k)
    return Reply(found.to_dict(), wording_blocks(found, language))


def list_documents(library: Library, request: ListRequest, language: str) -> Reply:
    """The documents that pass the filters, in the order of the library. Raises IndexingError."""
    entries = library.entries(request.filters())
    shown = entries[request.offset : request.offset + request.limit]
    data = {"total": len(entries), "documents": [entry_dict(entry) for entry in shown]}
    return Reply(data, list_blocks(shown, len(entries), language))


def show_document(library: Library, request: ShowRequest, language: str) -> Reply:
    """A document: what it states of itself, its headings, some of its paragraphs or all. Raises DocumentUnknown."""
    entry, document = library.entry(request.id), library.document(request.id)
    stop = request.start + request.count
    family = [member.id for member in library.about(entry.id).family]
    data = entry_dict(entry) | {
        "family": family,
        "facts": [asdict(fact) for fact in document.facts],
        "outline": _outline(document),
        "total": len(document.paragraphs),
        "paragraphs": [
            {"number": p.number, "role": p.role, "text": p.text, "heading_path": list(p.heading_path)}
            for p in document.paragraphs[request.start - 1 : stop - 1]
        ],
    }
    return Reply(data, document_blocks(document, request.start, stop, language))


def _outline(document: Document) -> list[dict[str, Any]]:
    return [
        {"paragraph": p.number, "level": len(p.heading_path) + 1, "text": p.text}
        for p in document.paragraphs
        if p.role == "heading"
    ]


def show_paragraph(library: Library, id: str, n: int) -> dict[str, Any]:
    """A paragraph as a hit has it. Raises DocumentUnknown, ParagraphUnknown."""
    entry, document = library.entry(id), library.document(id)
    if not 1 <= n <= len(document.paragraphs):
        raise ParagraphUnknown(id=entry.id, n=str(n))
    return Citation(0, entry, document.paragraphs[n - 1], (), 0.0).to_dict()
