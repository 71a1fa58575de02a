"""Tables in text files: .csv and .tsv with any delimiter, .jsonl with an object a line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Literal

from corpus.errors import Refused
from corpus.extract.table import LONGEST_CELL, Limits, Row, Table
from corpus.extract.text import decode
from corpus.extract.xlsx import read_xlsx

DELIMITERS = ",\t;|"
# Records by which the delimiter is told.
SAMPLE_RECORDS = 40
SAMPLE_CHARACTERS = 100_000
# Excel's own first line that names the delimiter.
STATED = re.compile(r"sep=([,;|\t])\r?\n", re.I)
SURROGATE = re.compile("[\ud800-\udfff]")
# Put after the last line: if it does not come out as a record, a quotation mark was never closed.
END = "\x1eEND"


def read_csv(data: bytes) -> tuple[Table, ...]:
    """The table of a .csv or .tsv; quoted fields may hold line breaks. Raises Refused: not_text, limits, empty."""
    text = decode(data)[0].replace("\0", "")
    stated = STATED.match(text)
    if stated:
        text = text[stated.end() :]
    delimiter = stated.group(1) if stated else _delimiter(text)
    records = _records(text, delimiter, csv.QUOTE_MINIMAL)
    if records is None:
        records = _records(text, delimiter, csv.QUOTE_NONE)
    if records is None:
        raise Refused("limits")
    return (Table("", _filled(records, first=2 if stated else 1)),)


def _delimiter(text: str) -> str:
    """The one that cuts the most of the first records, and at least half, into the same number of fields."""

    def agreement(delimiter: str) -> tuple[int, int]:
        sample = io.StringIO(text[:SAMPLE_CHARACTERS], newline="")
        records = islice(csv.reader(sample, delimiter=delimiter), SAMPLE_RECORDS)
        widths = Counter(len(record) for record in records if record)
        width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        return (count, width) if width > 1 and 2 * count >= widths.total() else (0, 0)

    csv.field_size_limit(LONGEST_CELL)
    return max(DELIMITERS, key=agreement)


def _records(text: str, delimiter: str, quoting: Literal[0, 3]) -> list[list[str]] | None:
    """All records; None if a quotation mark swallowed the end, or a field is beyond the limit."""
    csv.field_size_limit(LONGEST_CELL)
    lines = io.StringIO(text + ("" if text.endswith(("\n", "\r")) else "\n") + END, newline="")
    limits = Limits()
    records = []
    try:
        for record in csv.reader(lines, delimiter=delimiter, quoting=quoting):
            limits.add(record)
            records.append(record)
    except csv.Error:  # of this lenient dialect the only one
        return None
    return records[:-1] if records[-1] == [END] else None


def _filled(records: Iterable[list[str]], first: int) -> list[Row]:
    rows = [Row(number, tuple(cell.strip() for cell in cells)) for number, cells in enumerate(records, first)]
    return [row for row in rows if any(row.cells)]


def read_jsonl(data: bytes) -> tuple[Table, ...]:
    """The table of a .jsonl: the keys of its objects are the first row, which bears the number 0.

    A line that is no object becomes a row that is refused.
    """
    text = decode(data)[0]
    limits = Limits()
    objects: list[tuple[int, Mapping[str, str] | Refused]] = []
    keys: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        values = _object(line)
        if not isinstance(values, Refused):
            keys.update(dict.fromkeys(values))
            limits.add((*keys,))
            limits.add((*values.values(),))
        objects.append((number, values))
    rows = [Row(0, tuple(keys))] if keys else []
    for number, values in objects:
        if isinstance(values, Refused):
            rows.append(Row(number, refused=values))
        elif any(values.values()):
            rows.append(Row(number, tuple(values.get(key, "") for key in keys)))
    return (Table("", rows),)


def _object(line: str) -> Mapping[str, str] | Refused:
    try:
        values = json.loads(line)
    except RecursionError:
        return Refused("limits")
    except ValueError as error:
        return Refused("damaged", type(error).__name__)
    if not isinstance(values, dict):
        return Refused("damaged", type(values).__name__)
    return {_plain(key).strip(): _value(value) for key, value in values.items()}


def _value(value: object) -> str:
    """Strings as they are, lists of strings a line each, everything else as JSON writes it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _plain(value).strip()
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return _plain("\n".join(value)).strip()
    return _plain(json.dumps(value, ensure_ascii=False))


def _plain(text: str) -> str:
    """JSON can escape half a character, which no file can hold."""
    return SURROGATE.sub("\ufffd", text)


TABLES: Mapping[str, tuple[str, Callable[[bytes], tuple[Table, ...]]]] = {
    ".csv": ("text/csv", read_csv),
    ".tsv": ("text/tab-separated-values", read_csv),
    ".jsonl": ("application/jsonl", read_jsonl),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", read_xlsx),
    ".xlsm": ("application/vnd.ms-excel.sheet.macroEnabled.12", read_xlsx),
}


def read_tables(ending: str, data: bytes) -> tuple[str, tuple[Table, ...]]:
    """The media type and the tables that hold anything. Raises Refused, `empty` when none does."""
    media_type, reader = TABLES[ending]
    tables = tuple(table for table in reader(data) if table.rows) if data else ()
    if not tables:
        raise Refused("empty")
    return media_type, tables
