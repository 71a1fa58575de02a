"""Reading order: columns are read one after the other, what is printed over all of them where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

from corpus.extract.printed import Span, rows_of

# A column has this many rows at the least, is this many characters wide, and this share of its rows is
# full: the cells of a table are not.
FEWEST_ROWS = 3
NARROWEST = 9.0
FULL, FULL_ROWS = 0.85, 0.35
# A left edge where this many spans begin may be that of a column.
COMMON_EDGE = 3
SLACK = 0.3
MOST_EDGES = 24

Flow = list[Span]


def flows(spans: Sequence[Span], known: Sequence[float] = ()) -> tuple[list[Flow], list[float]]:
    """The spans in reading order, parted into columns, and where the gutters between the columns are.

    `known` are gutters of other pages, which hold where a page has too few rows to tell by itself.
    """
    rows = rows_of(spans)
    gutter = _gutter(rows) or _known(rows, known)
    if gutter is None:
        return [list(spans)], []
    order: list[Flow] = []
    found = {gutter}
    for across, zone in groupby(rows, key=lambda row: _crosses(row, gutter)):
        block = [span for row in zone for span in row]
        if across:
            order.append(block)
            continue
        for side in ([s for s in block if s.right <= gutter + SLACK * s.size], [s for s in block if s.left >= gutter]):
            if side:
                inner, more = flows(side)
                order.extend(inner)
                found.update(more)
    return order, sorted(found)


def _crosses(row: list[Span], x: float) -> bool:
    return any(s.left < x - SLACK * s.size and s.right > x + SLACK * s.size for s in row)


def _gutter(rows: list[list[Span]]) -> float | None:
    """Where the page is best parted in two, if it is: most rows in zones that no row crosses."""
    spans = [span for row in rows for span in row]
    if len(spans) < 2 * FEWEST_ROWS:
        return None
    edges = Counter(round(span.left) for span in spans)
    outer = min(span.left for span in spans)
    counts = {x: sum(edges[x + d] for d in (-1, 0, 1)) for x in edges if x > outer + 3}
    common = sorted((x for x in counts if counts[x] >= COMMON_EDGE), key=lambda x: -counts[x])[:MOST_EDGES]
    best: tuple[float, float] | None = None
    for x in sorted(common):
        at = x - 1.5
        score = _score(rows, at)
        if score and (best is None or score > best[0]):
            best = (score, at)
    return best[1] if best else None


def _score(rows: list[list[Span]], x: float) -> float:
    total = 0.0
    for across, zone in groupby(rows, key=lambda row: _crosses(row, x)):
        if across:
            continue
        block = [span for row in zone for span in row]
        left = [s for s in block if s.middle < x]
        right = [s for s in block if s.middle >= x]
        if _is_column(left) and _is_column(right) and max(s.right for s in left) < min(s.left for s in right) + 2:
            total += len(block)
    return total


def _is_column(spans: list[Span]) -> bool:
    rows = rows_of(spans)
    if len(rows) < FEWEST_ROWS:
        return False
    size = median(s.size for s in spans)
    width = max(s.right for s in spans) - min(s.left for s in spans)
    full = sum(max(s.right for s in row) - min(s.left for s in row) >= FULL * width for row in rows)
    return width >= NARROWEST * size and full >= FULL_ROWS * len(rows)


def _known(rows: list[list[Span]], known: Sequence[float]) -> float | None:
    """A gutter of other pages at which this one, too, has something on both sides."""
    for x in known:
        parted = [row for row in rows if not _crosses(row, x)]
        if any(a.right <= x + 2 and b.left >= x - 2 for row in parted for a, b in pairwise(row)):
            return x
    return None
