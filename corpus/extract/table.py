"""What the readers of tables give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import Refused

MOST_ROWS = 200_000
MOST_CELLS = 2_000_000
LONGEST_CELL = 2_000_000
"""Characters of one cell: a long report fits, a file swallowed by one quotation mark does not."""


@dataclass(frozen=True)
class Row:
    """`number` as a spreadsheet counts, from 1; `cells` in their order, or why the row can't be read."""

    number: int
    cells: tuple[str, ...] = ()
    refused: Refused | None = None


@dataclass(frozen=True)
class Table:
    """The rows of one sheet that hold anything; `name` of the sheet, empty where a file is one table."""

    name: str
    rows: Sequence[Row]


class Limits:
    """Counts what a table holds."""

    def __init__(self) -> None:
        self._rows = 0
        self._cells = 0

    def add(self, cells: Sequence[str]) -> None:
        """Raises Refused("limits") for a table beyond all bounds."""
        self._rows += 1
        self._cells += len(cells)
        if self._rows > MOST_ROWS or self._cells > MOST_CELLS or any(len(c) > LONGEST_CELL for c in cells):
            raise Refused("limits")
