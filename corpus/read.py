"""The whole way from a file's bytes to a Document, step by step."""

from __future__ import annotations

import hashlib
from pathlib import Path

from corpus.breaks import mend_breaks
from corpus.clutter import strip_clutter
from corpus.document import Document, Source
from corpus.errors import Refused
from corpus.extract import extract
from corpus.lines import split_lines
from corpus.mentions import find_mentions
from corpus.metadata import read_metadata
from corpus.structure import structure
from corpus.text_quality import quality_flags

READER_VERSION = 2
"""Raised when reading gives other text or structure, so that files added before are read again."""
LIMIT_BYTES = 64_000_000
"""A larger file is refused: no official document has the size of a film."""
FEWEST_CHINESE = 12
"""Characters that a text must have to be a document at all."""


def read_document(path: Path, name: str | None = None) -> Document:
    """Read one file.

    `name` is how people know it; the file name unless given. Raises Refused.
    """
    data = read_bytes(path)
    name = name or path.name
    media_type, extracted = extract(path.name, data)
    lines = split_lines(extracted.text)
    if not lines:
        raise Refused("empty")
    lines, removed = strip_clutter(lines)
    lines, lost = mend_breaks(lines, whole_lines=extracted.whole_lines)
    paragraphs = structure(lines, (extracted.facts.get("title", ""), path.stem), extracted.headings)
    body = "".join(p.text for p in paragraphs if p.role != "title")
    if sum("\u3400" <= c < "\ua000" for c in body) < FEWEST_CHINESE and sum(map(str.isalpha, body)) < 40:
        raise Refused("no_body")
    metadata = read_metadata(paragraphs, extracted.facts, name)
    return Document(
        source=Source(name, str(path.absolute()), hashlib.sha256(data).hexdigest(), media_type),
        title=metadata.title,
        kind=metadata.kind,
        issuer=metadata.issuer,
        number=metadata.number,
        issued=metadata.issued,
        quality=quality_flags(body) + extracted.flags + (("unbroken",) if lost else ()),
        paragraphs=tuple(paragraphs),
        removed=tuple(removed),
        facts=metadata.facts,
        mentions=find_mentions(paragraphs),
    )


def read_bytes(path: Path) -> bytes:
    """The content of a file within the limit. Raises Refused: missing, unreadable, too_large."""
    try:
        if path.stat().st_size > LIMIT_BYTES:
            raise Refused("too_large", f"{LIMIT_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused("missing") from None
    except OSError as error:
        raise Refused("unreadable", error.strerror or "") from error
