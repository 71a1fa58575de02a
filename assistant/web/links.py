"""The addresses of documents, and links to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from urllib.parse import quote

from assistant.citation import Citation
from index import Entry

LONGEST_NAME = 60
"""Characters of a title or issuer in a line; the whole is told when the line is pointed at."""


def document_link(citation: Citation, others: Sequence[Citation] = ()) -> str:
    """The address of the document, opened at the evidence; the other citations of it are marked there, too.

    It depends on the document's content alone, so it opens this very place after a restart or a rebuilding.
    """
    places = [citation, *(o for o in others if o.entry.id == citation.entry.id and o is not citation)]
    return f"/document/{quote(citation.entry.id)}?at={';'.join(map(_place, places))}#here"


def source_link(citation: Citation) -> str:
    """A citation in its printed form as a link to its place, a very long name shortened."""
    entry = citation.entry
    short = replace(entry, title=shortened(entry.title), issuer=shortened(entry.issuer or "") or None)
    brief = replace(citation, entry=short).printed
    whole = f' title="{escape(citation.printed)}"' if brief != citation.printed else ""
    return f'<a href="{document_link(citation)}" target="_blank" rel="noopener"{whole}>{escape(brief)}</a>'


def shortened(text: str, longest: int = LONGEST_NAME) -> str:
    """Its beginning if it is longer.

    >>> shortened("关于防汛工作的通知", 5), shortened("通知", 5)
    ('关于防汛工…', '通知')
    """
    return text if len(text) <= longest else f"{text[:longest]}…"


def title_of(entry: Entry, longest: int = LONGEST_NAME) -> str:
    """The attribute that tells a title in full where it is shown shortened, else nothing."""
    return f' title="{escape(entry.title)}"' if len(entry.title) > longest else ""


def _place(citation: Citation) -> str:
    return f"{citation.paragraph.number}:{','.join(f'{a}-{b}' for a, b in citation.evidence)}"
