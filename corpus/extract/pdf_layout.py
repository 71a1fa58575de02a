"""From pages of spans to the extracted text: heads off, columns in order, tables by rows, paragraphs joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.extract.extracted import Extracted
from corpus.extract.pdf_columns import flows
from corpus.extract.pdf_heads import without_running_heads
from corpus.extract.pdf_paragraphs import headings, paragraphs
from corpus.extract.pdf_tables import aligned, row_text, with_table_rows
from corpus.extract.printed import Page, Row, Span, rows_of


def laid_out(pages: Sequence[Page], *, flags: tuple[str, ...] = (), sizes_vary: bool = False) -> Extracted:
    """The text of these pages, a paragraph or table row a line, and which lines are surely headings."""
    kept = [with_table_rows(page) for page in without_running_heads(pages, scanned=sizes_vary)]
    blocks = paragraphs(reading_order(kept), sizes_vary=sizes_vary)
    offsets, at = [], 0
    for block in blocks:
        offsets.append(at)
        at += len(block.text) + 1
    marked = () if sizes_vary else tuple((offsets[i], level) for i, level in headings(blocks))
    return Extracted("\n".join(block.text for block in blocks), whole_lines=True, flags=flags, headings=marked)


def reading_order(pages: Sequence[Page]) -> list[list[Row]]:
    """The rows of all pages, column after column."""
    parted = [flows(page.spans) for page in pages]
    gutters = Counter(x for _, found in parted for x in found)
    known = [x for x, _ in gutters.most_common(3)]
    order: list[list[Row]] = []
    for page, (columns, found) in zip(pages, parted, strict=True):
        if known and not found:
            columns, found = flows(page.spans, known)
        for column in columns:
            across = any(span.left < x < span.right for span in column for x in found)
            edges = _extent(page.spans) if across else None
            order.append(_rows(column, edges))
    return [rows for rows in order if rows]


def _extent(spans: Sequence[Span]) -> tuple[float, float]:
    return min(span.left for span in spans), max(span.right for span in spans)


def _rows(column: Sequence[Span], edges: tuple[float, float] | None) -> list[Row]:
    """The rows of a column; those of a table have tabs between their cells."""
    rows = rows_of(column)
    return [_row(spans, edges, tabular) for spans, tabular in zip(rows, aligned(rows), strict=True)]


def _row(spans: list[Span], edges: tuple[float, float] | None, tabular: bool) -> Row:
    """Spans side by side as one row; `edges` are those of its column if they are known."""
    first = spans[0]
    text = "\t".join(span.text for span in spans) if tabular else row_text(spans)
    size, heavy = max(s.size for s in spans), all(s.heavy for s in spans)
    whole = tabular or any(s.whole for s in spans)
    return Row(text, first.left, spans[-1].right, first.baseline, size, first.font, heavy, whole, edges=edges)
