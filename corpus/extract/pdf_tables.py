"""Tables: cells between ruled lines, or columns of words that begin at the same places row after row."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.extract.printed import Page, Rule, Span, beside, joint, rows_of

# Lines closer than this many points are one line; ends this close touch.
SAME_LINE = 3.0
# A page with more lines, or a table with more cells, is a drawing.
MOST_LINES, MOST_CELLS = 600, 6_000
# So many rows with their words at the same places make a table without lines.
FEWEST_ALIGNED = 3
ALIGNED = 1.0


@dataclass(frozen=True)
class Grid:
    """Where the lines of a table are, from the left and from the bottom, and its lines."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]

    @property
    def columns(self) -> int:
        """How many cells stand side by side."""
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        """How many cells stand one above the other."""
        return len(self.ys) - 1


def with_table_rows(page: Page) -> Page:
    """The page with the spans inside each ruled table put together: a span a row, tabs between its cells."""
    spans = list(page.spans)
    for grid in grids(page.rules):
        inside = [s for s in spans if _place(grid, s) is not None]
        rows = _rows(grid, inside)
        if rows:
            gone = {id(s) for s in inside}
            spans = [s for s in spans if id(s) not in gone] + rows
    return replace(page, spans=tuple(spans))


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that these lines make: at least two cells side by side."""
    lines = [*_merged(rules, upright=True), *_merged(rules, upright=False)]
    if len(lines) > MOST_LINES:
        return []
    found = [_grid(group) for group in _touching(lines)]
    return [g for g in found if g.columns >= 2 and g.rows >= 1 and g.columns * g.rows <= MOST_CELLS]


def _upright(rule: Rule) -> bool:
    return rule.top - rule.bottom > rule.right - rule.left


def _merged(rules: Iterable[Rule], *, upright: bool) -> list[Rule]:
    """Lines drawn in pieces, cell by cell, as one line each."""
    strips: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    for rule in rules:
        if _upright(rule) is upright:
            at = (rule.left + rule.right) / 2 if upright else (rule.bottom + rule.top) / 2
            ends = (rule.bottom, rule.top) if upright else (rule.left, rule.right)
            strips[round(at / SAME_LINE)].append(ends)
    result: list[Rule] = []
    for strip, pieces in strips.items():
        at = strip * SAME_LINE
        for low, high in _united(pieces):
            result.append(Rule(at, low, at, high) if upright else Rule(low, at, high, at))
    return result


def _united(pieces: list[tuple[float, float]]) -> list[tuple[float, float]]:
    result: list[tuple[float, float]] = []
    for low, high in sorted(pieces):
        if result and low <= result[-1][1] + SAME_LINE:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return result


def _touching(lines: list[Rule]) -> list[list[Rule]]:
    """Lines grouped so that each touches another of its group."""
    groups: list[list[Rule]] = []
    for line in lines:
        near = [group for group in groups if any(_touch(line, other) for other in group)]
        groups = [group for group in groups if not any(group is n for n in near)]
        groups.append([line, *(other for group in near for other in group)])
    return groups


def _touch(a: Rule, b: Rule) -> bool:
    slack = SAME_LINE
    across = a.left <= b.right + slack and b.left <= a.right + slack
    return across and a.bottom <= b.top + slack and b.bottom <= a.top + slack


def _grid(lines: list[Rule]) -> Grid:
    upright = tuple(line for line in lines if _upright(line))
    level = tuple(line for line in lines if not _upright(line))
    xs = _distinct([*(r.left for r in upright), min(r.left for r in lines), max(r.right for r in lines)])
    ys = _distinct([*(r.bottom for r in level), min(r.bottom for r in lines), max(r.top for r in lines)])
    return Grid(xs, ys, upright, level)


def _distinct(values: list[float]) -> tuple[float, ...]:
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > 1.5 * SAME_LINE:
            result.append(value)
    return tuple(result)


def _place(grid: Grid, span: Span) -> tuple[int, int] | None:
    """Row from the top and column of a span; None outside the table."""
    y, x = span.baseline + 0.3 * span.size, span.middle
    if not (grid.xs[0] <= x <= grid.xs[-1] and grid.ys[0] <= y <= grid.ys[-1]):
        return None
    row = grid.rows - 1 - min(bisect_right(grid.ys, y) - 1, grid.rows - 1)
    return row, min(bisect_right(grid.xs, x) - 1, grid.columns - 1)


def _rows(grid: Grid, spans: list[Span]) -> list[Span]:
    """A span for each row of the table that begins a cell with words in it."""
    whole = _cells(grid)
    words: defaultdict[tuple[int, int], list[Span]] = defaultdict(list)
    for span in spans:
        place = _place(grid, span)
        assert place is not None
        words[whole[place]].append(span)
    if len(words) < 2 or not any(a != b for (_, a), (_, b) in pairwise(sorted(words))):
        return []
    rows: defaultdict[int, list[tuple[int, list[Span]]]] = defaultdict(list)
    for (row, column), held in words.items():
        rows[row].append((column, held))
    return [_row(grid, row, sorted(cells, key=lambda c: c[0])) for row, cells in sorted(rows.items())]


def _row(grid: Grid, row: int, cells: list[tuple[int, list[Span]]]) -> Span:
    first = cells[0][1][0]
    text = "\t".join(cell_text(held) for _, held in cells)
    top = grid.ys[grid.rows - row]
    return Span(text, grid.xs[0], grid.xs[-1], top - first.size, first.size, first.font, whole=True)


def _cells(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place the place where its cell begins: places that no line parts are one cell."""
    whole: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(grid.rows):
        for column in range(grid.columns):
            place = (row, column)
            if column and not _walled(grid, row, column):
                whole[place] = whole[row, column - 1]
            elif row and not _floored(grid, row, column):
                whole[place] = whole[row - 1, column]
            else:
                whole[place] = place
    return whole


def _walled(grid: Grid, row: int, column: int) -> bool:
    """Whether a line stands on the left of a place."""
    y = (grid.ys[grid.rows - row] + grid.ys[grid.rows - row - 1]) / 2
    x = grid.xs[column]
    return any(abs(r.left - x) <= 1.5 * SAME_LINE and r.bottom <= y <= r.top for r in grid.upright)


def _floored(grid: Grid, row: int, column: int) -> bool:
    """Whether a line lies on top of a place."""
    x = (grid.xs[column] + grid.xs[column + 1]) / 2
    y = grid.ys[grid.rows - row]
    return any(abs(r.bottom - y) <= 1.5 * SAME_LINE and r.left <= x <= r.right for r in grid.level)


def cell_text(spans: Iterable[Span]) -> str:
    """The words of one cell, its lines joined."""
    text = ""
    for row in rows_of(spans):
        line = row_text(row)
        text += joint(text, line) + line
    return text


def row_text(row: Sequence[Span]) -> str:
    """Spans side by side, a space where a gap shows."""
    text = row[0].text
    for before, span in pairwise(row):
        text += beside(before, span) + span.text
    return text


def aligned(rows: Sequence[Sequence[Span]]) -> list[bool]:
    """For each row, whether it belongs to a table without lines."""
    tabular = [False] * len(rows)
    start = 0
    for i in range(1, len(rows) + 1):
        if i < len(rows) and _continues(rows[i - 1], rows[i]):
            continue
        if i - start >= FEWEST_ALIGNED:
            tabular[start:i] = [True] * (i - start)
        start = i
    return tabular


def _continues(above: Sequence[Span], row: Sequence[Span]) -> bool:
    """Whether two rows, both with gaps, have their later words at the same places."""
    if len(above) < 2 or len(row) < 2 or len(above) != len(row):
        return False
    pairs = list(zip(above[1:], row[1:], strict=True))
    return all(
        min(abs(a.left - b.left), abs(a.right - b.right), abs(a.middle - b.middle)) < ALIGNED * b.size for a, b in pairs
    )
