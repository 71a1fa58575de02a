"""Workbooks (.xlsx): the visible sheets, each cell as the sheet shows it."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from typing import Any

from corpus.errors import Refused
from corpus.extract.table import Limits, Row, Table

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The stream in which Office keeps an encrypted workbook, as the names in an OLE2 file are written.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LIMIT_OPENED = 200_000_000
"""Bytes of all parts of a workbook, expanded."""
MOST_ROWS = 1_048_576
"""No sheet has more; a row that says it is number 10^40 would have as many empty ones put before it."""
MOST_RATIO = 200
RATIO_FROM = 20_000_000
# The places after the point, the thousands and the per cent sign of a number format.
PLACES = re.compile(r"0\.(0+)")
# Everything in a number format that is no digit, such as 万元 in quotes or a colour in brackets.
LITERAL = re.compile(r'"[^"]*"?|\[[^\]]*\]?|\\.|_.|\*.')


def read_xlsx(data: bytes) -> tuple[Table, ...]:
    """The tables of a workbook, a sheet each. Raises Refused: encrypted, old_table, damaged, limits."""
    if data.startswith(OLE2):
        raise Refused("encrypted") if ENCRYPTED in data else Refused("old_table", ".xls")
    import openpyxl  # with NumPy behind it a third of what this process takes to start, and few files need it

    _refuse_bomb(data)
    limits = Limits()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles that it does not keep
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            return tuple(Table(s.title, _rows(s, limits)) for s in book.worksheets if s.sheet_state == "visible")
        except Refused:
            raise
        except (MemoryError, RecursionError):
            raise
        except Exception as error:  # openpyxl lets any error of what it builds on through
            raise Refused("damaged", type(error).__name__) from error


def _refuse_bomb(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(entry.file_size for entry in package.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused("damaged", type(error).__name__) from error
    if size > LIMIT_OPENED or (size > RATIO_FROM and size > MOST_RATIO * len(data)):
        raise Refused("limits")


def _rows(sheet: Any, limits: Limits) -> list[Row]:
    sheet.reset_dimensions()  # what a sheet says of its size is often wrong
    rows = []
    for number, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS), 1):
        shown = _trimmed(cells)
        if shown:
            limits.add(shown)
            rows.append(Row(number, shown))
    return rows


def _trimmed(cells: Iterable[Any]) -> tuple[str, ...]:
    shown = [shown_value(cell.value, cell.number_format) if cell.value is not None else "" for cell in cells]
    while shown and not shown[-1]:
        shown.pop()
    return tuple(shown)


def shown_value(value: object, number_format: str) -> str:
    """A cell's value as its sheet shows it, for the number formats in everyday use.

    >>> shown_value(0.856, "0.0%"), shown_value(12345.5, "#,##0.00"), shown_value(3.0, "General")
    ('85.6%', '12,345.50', '3')
    >>> shown_value(datetime.datetime(2024, 3, 5), "yyyy-mm-dd"), shown_value(datetime.date(2024, 3, 5), '0"年"')
    ('2024-03-05', '2024年3月5日')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return f"{value.year}年{value.month}月{value.day}日" if "年" in number_format else value.isoformat()
    if isinstance(value, int | float):
        return _number(value, number_format or "General")
    return str(value).strip()


def _number(value: float, number_format: str) -> str:
    positive = LITERAL.sub("", number_format.split(";")[0])
    places = PLACES.search(positive)
    decimals = len(places.group(1)) if places else 0
    thousands = "," if "#,#" in positive else ""
    if positive.endswith("%"):
        return f"{value * 100:{thousands}.{decimals}f}%"
    if "0" in positive and "E" not in positive.upper():
        return f"{value:{thousands}.{decimals}f}"
    return str(value) if isinstance(value, int) else f"{value:.15g}"
