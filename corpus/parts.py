"""What a file holds: itself, the members of an archive, the rows or sheets of a table."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import BinaryIO

from corpus.containers import MOST_NESTED, Budget, Member, zip_members
from corpus.errors import Refused
from corpus.extract import READERS, Extracted, extract, unknown_ending
from corpus.extract.rows import TABLES, read_tables
from corpus.extract.table import Row, Table
from corpus.files import LIMIT_ARCHIVE, open_file, read_within, stamp
from corpus.names import INSIDE, plain
from corpus.records import Columns, row_text, table_text, text_columns

ZIP = ".zip"


@dataclass(frozen=True)
class Part:
    """A file or something inside of one, not yet read.

    `name` and `origin` as in Source. `open` gives its bytes. The ending of `file` tells its format;
    off `known_as`, a name too, its metadata may be read. `extract` gives the media type and the text
    out of the bytes; it is None as long as the part may still turn out to hold others.
    """

    name: str
    origin: str
    open: Callable[[], BinaryIO]
    file: str
    known_as: str
    extract: Callable[[bytes], tuple[str, Extracted]] | None = None
    depth: int = 0

    def inside(self, name: str, open: Callable[[], BinaryIO]) -> Part:
        """A part of this part."""
        return Part(
            f"{self.name}{INSIDE}{plain(name)}", f"{self.origin}{INSIDE}{name}", open, name, name, depth=self.depth + 1
        )


def file_part(path: Path, name: str) -> Part:
    """A file on the disk."""
    return Part(name, str(path.absolute()), partial(open_file, path), path.name, name)


def refusal_of_ending(name: str) -> Refused | None:
    """Why a file of this ending is not read, or None.

    >>> refusal_of_ending("材料.zip"), str(refusal_of_ending("材料.rar"))
    (None, 'archive .rar')
    """
    ending = PurePath(name).suffix.lower()
    return None if ending in READERS or ending in TABLES or ending == ZIP else unknown_ending(name)


def parts_of(part: Part, budget: Budget) -> Iterator[Part]:
    """The parts that a part holds; itself, ready to be extracted, where it is one document.

    Raises Refused when it can't be opened as what it claims to be.
    """
    if refusal := refusal_of_ending(part.file):
        raise refusal
    ending = PurePath(part.file).suffix.lower()
    if ending == ZIP:
        return _members(part, budget)
    if ending in TABLES:
        return _records(part, ending)
    return iter([replace(part, extract=partial(extract, part.file))])


def _members(part: Part, budget: Budget) -> Iterator[Part]:
    if part.depth > MOST_NESTED:
        raise Refused("limits")
    with part.open() as file:
        before = stamp(file)
        if before[0] > LIMIT_ARCHIVE:
            raise Refused("too_large", f"{LIMIT_ARCHIVE // 1_000_000} MB")
        if not before[0]:
            raise Refused("empty")
        found = False
        for member in zip_members(file, budget):
            found = True
            yield part.inside(member.name, partial(_open_member, member))
        if stamp(file) != before:
            raise Refused("changed")
    if not found:
        raise Refused("empty")


def _open_member(member: Member) -> BinaryIO:
    return io.BytesIO(member.read())


def _records(part: Part, ending: str) -> Iterator[Part]:
    with part.open() as file:
        data = read_within(file)
    media_type, tables = read_tables(ending, data)
    for table in tables:
        if len(tables) == 1:
            yield from _rows(replace(part, open=partial(io.BytesIO, data)), table, media_type)
        else:
            content = table_text(table).text.encode()
            yield from _rows(part.inside(table.name, partial(io.BytesIO, content)), table, media_type)


def _rows(whole: Part, table: Table, media_type: str) -> Iterator[Part]:
    """A part for each row that is a document, or `whole` for the table."""
    columns = text_columns(table)
    if columns is None:
        yield replace(whole, extract=partial(_extract_table, table, media_type))
        return
    file = PurePath(whole.known_as)
    for row in table.rows[columns.below :]:
        content = json.dumps([row.cells, columns.facts, columns.text], ensure_ascii=False).encode()
        yield replace(
            whole.inside(f"row {row.number}", partial(io.BytesIO, content)),
            known_as=f"{file.stem} 第{row.number}行{file.suffix}",
            extract=partial(_extract_row, row, columns, media_type),
        )


def _extract_table(table: Table, media_type: str, data: bytes) -> tuple[str, Extracted]:
    return media_type, table_text(table)


def _extract_row(row: Row, columns: Columns, media_type: str, data: bytes) -> tuple[str, Extracted]:
    return media_type, row_text(row, columns)
