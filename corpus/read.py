"""The whole way from a file's bytes to its documents, step by step."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePath

from corpus.breaks import mend_breaks
from corpus.clutter import strip_clutter
from corpus.containers import Budget
from corpus.document import Document, Removed, Source
from corpus.errors import Refused, refused_by
from corpus.extract import Extracted
from corpus.facts import read_metadata
from corpus.files import read_within
from corpus.lines import hidden_characters, split_lines
from corpus.mentions import find_mentions
from corpus.names import INSIDE, is_fit, shown
from corpus.parts import ZIP, Part, file_part, parts_of
from corpus.reading import Reading
from corpus.structure import structure
from corpus.text_quality import quality_flags

READER_VERSION = 9
"""Raised when reading gives other text, structure or flags, so that files added before are read again."""
TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that make a text run in another direction than it is written."""
CHINESE = re.compile(r"(?:[\u3400-\u9fff][^\u3400-\u9fff]*){12}")
"""A text must have so many Chinese characters to be a document at all."""


def read_file(
    path: Path, name: str | None = None, known: Mapping[str, str] | None = None, skip: Collection[str] = ()
) -> Iterator[Reading]:
    """Read one file: a reading for each document in it, and before each a reading that is `begun` only.

    `name` is how people know it; the file name unless given. `known` holds SHA-256 digests by origin
    of what was read before; what still has its digest is `unchanged` and not read again. Parts whose
    origin is in `skip` are left alone. Nothing is raised: what goes wrong is a reading that is refused.
    """
    name = name or path.name
    part = file_part(path, name)
    if is_fit(name) and is_fit(part.origin):
        yield from _readings(part, known or {}, skip, Budget())
    else:
        yield Reading(shown(name), shown(part.origin), refused=Refused("name"))


def read_document(path: Path, name: str | None = None) -> Document:
    """The first document of a file, which in all but archives and tables is its only one. Raises Refused."""
    first = next(reading for reading in read_file(path, name) if not reading.begun)
    if first.refused:
        raise first.refused
    assert first.document
    return first.document


def extracted_text(origin: str) -> str:
    """The text that an origin gives before it is cleaned; origin as in Source. Raises Refused."""
    return _text_at(origin, _outermost(origin), Budget())


def _outermost(origin: str) -> Part:
    """The file on the disk that an origin leads into."""
    steps = origin.split(INSIDE)
    files = (Path(INSIDE.join(steps[:count])) for count in range(1, len(steps) + 1))
    file = next((path for path in files if path.is_file()), Path(origin))
    return file_part(file, file.name)


def _text_at(origin: str, part: Part, budget: Budget) -> str:
    for inner in parts_of(part, budget):
        if inner.extract and inner.origin == origin:
            with inner.open() as file:
                return inner.extract(read_within(file))[1].text
        if inner.extract is None and f"{origin}{INSIDE}".startswith(f"{inner.origin}{INSIDE}"):
            return _text_at(origin, inner, budget)
    raise Refused("missing")


def original(origin: str) -> tuple[str, bytes]:
    """The name and the bytes of a file, on the disk or inside of an archive; origin as in Source.

    Nothing but archives is opened on the way, so a row of a table is missing. Raises Refused.
    """
    return _bytes_at(origin, _outermost(origin), Budget())


def _bytes_at(origin: str, part: Part, budget: Budget) -> tuple[str, bytes]:
    if part.origin == origin:
        with part.open() as file:
            return PurePath(part.file).name, read_within(file)
    if PurePath(part.file).suffix.lower() == ZIP:
        for inner in parts_of(part, budget):
            if f"{origin}{INSIDE}".startswith(f"{inner.origin}{INSIDE}"):
                return _bytes_at(origin, inner, budget)
    raise Refused("missing")


def _readings(part: Part, known: Mapping[str, str], skip: Collection[str], budget: Budget) -> Iterator[Reading]:
    if part.origin in skip:
        return
    yield Reading(part.name, part.origin)
    try:
        for inner in parts_of(part, budget):
            if inner.extract is None:
                yield from _readings(inner, known, skip, budget)
            elif inner.origin not in skip:
                if inner.origin != part.origin:
                    yield Reading(inner.name, inner.origin)
                yield _reading(inner, known)
    except Exception as error:  # noqa: BLE001  a parser met something that its authors did not think of
        yield Reading(part.name, part.origin, refused=refused_by(error))


def _reading(part: Part, known: Mapping[str, str]) -> Reading:
    try:
        with part.open() as file:
            data = read_within(file)
        digest = hashlib.sha256(data).hexdigest()
        if known.get(part.origin) == digest:
            return Reading(part.name, part.origin, unchanged=digest)
        assert part.extract
        media_type, extracted = part.extract(data)
        source = Source(part.name, part.origin, digest, media_type)
        return Reading(part.name, part.origin, document=_document(source, extracted, part.known_as))
    except Exception as error:  # noqa: BLE001  as above; the other parts of the file are read all the same
        return Reading(part.name, part.origin, refused=refused_by(error))


def _document(source: Source, extracted: Extracted, known_as: str) -> Document:
    hidden = hidden_characters(extracted.text)
    lines = split_lines(extracted.text, clean=not hidden)
    if not lines:
        raise Refused("empty")
    one_line = len(lines) == 1
    lines, removed = (lines, []) if extracted.is_table else strip_clutter(lines)
    lines, lost = mend_breaks(lines, whole_lines=extracted.whole_lines, one_line=one_line)
    paragraphs = structure(lines, (extracted.facts.get("title", ""), PurePath(known_as).stem), extracted.headings)
    body = "".join(p.text for p in paragraphs if p.role != "title")
    if not CHINESE.search(body) and sum(map(str.isalpha, body)) < 40:
        raise Refused("no_body")
    metadata = read_metadata(paragraphs, extracted.facts, known_as)
    return Document(
        source=source,
        title=metadata.title,
        kind=metadata.kind,
        issuer=metadata.issuer,
        number=metadata.number,
        issued=metadata.issued,
        quality=quality_flags(body) + extracted.flags + _seen(hidden, removed, lost=lost),
        paragraphs=tuple(paragraphs),
        removed=(*hidden, *removed),
        facts=metadata.facts,
        mentions=find_mentions(paragraphs),
    )


def _seen(hidden: Iterable[Removed], removed: Iterable[Removed], *, lost: bool) -> tuple[str, ...]:
    """Flags of what cleaning met: lines run together, a site that shows a part only, a text turned round."""
    met = {
        "unbroken": lost,
        "truncated": any(r.step == "drop_preview_end" for r in removed),
        "turned": any(TURNED.search(r.text) for r in hidden),
    }
    return tuple(flag for flag, is_met in met.items() if is_met)
