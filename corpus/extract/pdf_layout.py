"""From pages of spans to the extracted text: heads off, columns in order, tables by rows, paragraphs joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.extract.extracted import Extracted
from corpus.extract.pdf_columns import flows
from corpus.extract.pdf_heads import body_size, without_running_heads
from corpus.extract.pdf_paragraphs import NOTE_MARK, headings, notes, paragraphs
from corpus.extract.pdf_tables import aligned, row_text, with_table_rows
from corpus.extract.printed import Page, Row, Span, rows_of

# Notes are set this much smaller than the text.
NOTE_SIZE = 0.92


def laid_out(pages: Sequence[Page], *, flags: tuple[str, ...] = (), sizes_vary: bool = False) -> Extracted:
    """The text of these pages, a paragraph or table row a line, and which lines are surely headings."""
    kept = without_running_heads([with_table_rows(page) for page in pages], scanned=sizes_vary)
    parted = parted_notes(kept)
    order = without_repeated_headers(reading_order([text for text, _ in parted]))
    blocks = paragraphs(order, sizes_vary=sizes_vary) + notes(reading_order([note for _, note in parted]))
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


def without_repeated_headers(flows: list[list[Row]]) -> list[list[Row]]:
    """The flows without the head row of a table where it is printed again on the next page."""
    heads: set[str] = set()
    kept: list[list[Row]] = []
    for flow in flows:
        again = bool(kept) and flow[0].whole and flow[0].text in heads
        heads.update(b.text for a, b in pairwise([None, *flow]) if b and b.whole and not (a and a.whole))
        kept.append(flow[1:] if again else flow)
    return [flow for flow in kept if flow]


def parted_notes(pages: Sequence[Page]) -> list[tuple[Page, Page]]:
    """For each page its text and its footnotes, which would stand between two halves of a sentence.

    Notes are the last rows of a page, set smaller than the text, the first of them with a mark.
    """
    body = body_size(pages)
    result: list[tuple[Page, Page]] = []
    for page in pages:
        rows = rows_of(page.spans)
        start = len(rows)
        while start and max(s.size for s in rows[start - 1] if s) < NOTE_SIZE * body and not rows[start - 1][0].whole:
            start -= 1
        marked = 0 < start < len(rows) and NOTE_MARK.match(rows[start][0].text)
        below = {id(span) for row in rows[start:] for span in row} if marked else set()
        result.append(
            (
                replace(page, spans=tuple(s for s in page.spans if id(s) not in below)),
                replace(page, spans=tuple(s for s in page.spans if id(s) in below)),
            )
        )
    return result


def _extent(spans: Sequence[Span]) -> tuple[float, float]:
    return min(span.left for span in spans), max(span.right for span in spans)


def _rows(column: Sequence[Span], edges: tuple[float, float] | None) -> list[Row]:
    """The rows of a column; those of a table have tabs between their cells."""
    rows: list[list[Span]] = []
    for row in rows_of(column):
        rows += [[span] for span in row if span.whole]
        rows += [loose] if (loose := [span for span in row if not span.whole]) else []
    return [_row(spans, edges, tabular) for spans, tabular in zip(rows, aligned(rows), strict=True)]


def _row(spans: list[Span], edges: tuple[float, float] | None, tabular: bool) -> Row:
    """Spans side by side as one row; `edges` are those of its column if they are known."""
    first = spans[0]
    text = "\t".join(span.text for span in spans) if tabular else row_text(spans)
    size, heavy = max(s.size for s in spans), all(s.heavy for s in spans)
    whole = tabular or any(s.whole for s in spans)
    return Row(text, first.left, spans[-1].right, first.baseline, size, first.font, heavy, whole, edges=edges)
