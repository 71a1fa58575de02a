"""A document of the library as a sheet: its paragraphs as they stand, each laid out by what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from assistant.citing import told_doubts
from assistant.export.sheet import Block, Run, Sheet, heading
from corpus import Document, Paragraph
from corpus.structure.head import NUMBER
from corpus.structure.tail import ATTACHMENT
from index import Entry

HEAD = ("title", "subtitle", "byline", "date", "note")
"""Roles that may stand above the text."""
EMPTY_RIGHT = 2
"""Characters left empty at the right of a signature (GB/T 9704-2012, 7.3.5.2)."""


def document_sheet(document: Document, entry: Entry, language: str = "zh") -> Sheet:
    """All of it; what is doubtful about its text stands on every page."""
    paragraphs = document.paragraphs
    head = next((i for i, p in enumerate(paragraphs) if p.role not in HEAD), len(paragraphs))
    if head == len(paragraphs):
        head = next((i for i, p in enumerate(paragraphs) if p.role != "title"), head)
    right = tail_indents(paragraphs[head:])
    kinds = [*(_head_kind(p) for p in paragraphs[:head]), *(_kind(p) for p in paragraphs[head:])]
    gaps = _gaps(kinds, head)
    blocks = (
        _block(kind, paragraph, gap, right.get(paragraph.number, 0))
        for kind, paragraph, gap in zip(kinds, paragraphs, gaps, strict=True)
    )
    return Sheet(document.title, tuple(blocks), tuple(told_doubts(entry, language)))


def _block(kind: str, paragraph: Paragraph, gap: int, right: int) -> Block:
    if kind == "heading":
        return heading(len(paragraph.heading_path) + 1, paragraph.text)
    return Block(kind, (Run(paragraph.text),), gap, right)


def _head_kind(paragraph: Paragraph) -> str:
    if "\t" in paragraph.text:
        return "row"
    if paragraph.role == "title":
        return "title"
    return "number" if NUMBER.match(paragraph.text) else "subtitle"


def _kind(paragraph: Paragraph) -> str:
    """Of a paragraph below the head."""
    if "\t" in paragraph.text:
        return "row"
    if paragraph.role == "attachment":
        return "annex" if ATTACHMENT.match(paragraph.text) else "attachment"
    known = {"title": "title", "subtitle": "subtitle", "salutation": "addressee", "heading": "heading"}
    return known.get(paragraph.role) or (paragraph.role if paragraph.role in ("signature", "date") else "body")


def _gaps(kinds: Sequence[str], head: int) -> Iterator[int]:
    """One empty line under the head, above the signature and above the list of attachments."""
    for i, kind in enumerate(kinds):
        begins = not i or kinds[i - 1] != kind
        signed = kind in ("signature", "date") and i and kinds[i - 1] not in ("signature", "date")
        yield int(bool((i == head and i) or (i > head and (signed or (kind == "attachment" and begins)))))


def tail_indents(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """Characters left empty at the right of signatures and dates, by paragraph.

    GB/T 9704-2012, 7.3.5.2: two at the right of the signature; the date begins two further right than it. If
    the date is longer, two at its right, and the signature moves to the left.
    """
    signed = [p for p in paragraphs if p.role == "signature"]
    dated = [p for p in paragraphs if p.role == "date"]
    wide, long = (max((characters(p.text) for p in part), default=0) for part in (signed, dated))
    if not signed or long > wide:
        beside = EMPTY_RIGHT * 2 + long - wide if signed else 0
        return {p.number: EMPTY_RIGHT for p in dated} | {p.number: beside for p in signed}
    return {p.number: EMPTY_RIGHT for p in signed} | {p.number: wide - long for p in dated}


def characters(text: str) -> int:
    """How wide a text is, in full characters: two letters or digits are one.

    >>> characters("2023年6月8日")
    6
    """
    return ceil(sum(0.5 if character.isascii() else 1 for character in text))
