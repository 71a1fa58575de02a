"""The addresses of documents."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from assistant.citation import Citation


def document_link(citation: Citation, others: Sequence[Citation] = ()) -> str:
    """The address of the document, opened at the evidence; the other citations of it are marked there, too.

    It depends on the document's content alone, so it opens this very place after a restart or a rebuilding.
    """
    places = [citation, *(o for o in others if o.entry.id == citation.entry.id and o is not citation)]
    return f"/document/{quote(citation.entry.id)}?at={';'.join(map(_place, places))}#here"


def _place(citation: Citation) -> str:
    return f"{citation.paragraph.number}:{','.join(f'{a}-{b}' for a, b in citation.evidence)}"
