"""From pages of spans to the extracted text: heads off, columns in order, tables by rows, paragraphs joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.extract.extracted import Extracted
from corpus.extract.pdf_columns import flows
from corpus.extract.pdf_heads import without_running_heads
from corpus.extract.pdf_paragraphs import Block, headings, paragraphs
from corpus.extract.printed import Page, Row, Span, is_chinese, rows_of


def laid_out(pages: Sequence[Page], *, flags: tuple[str, ...] = (), sizes_vary: bool = False) -> Extracted:
    """The text of these pages, a paragraph or table row a line, and which lines are surely headings."""
    kept = without_running_heads(pages)
    blocks = paragraphs(reading_order(kept), sizes_vary=sizes_vary)
    offsets, at = [], 0
    for block in blocks:
        offsets.append(at)
        at += len(block.text) + 1
    marked = () if sizes_vary else tuple((offsets[i], level) for i, level in headings(blocks))
    return Extracted(
        "\n".join(block.text for block in blocks), whole_lines=True, flags=flags, headings=marked
    )


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
            order.append([_row(spans, edges) for spans in rows_of(column)])
    return [rows for rows in order if rows]


def _extent(spans: Sequence[Span]) -> tuple[float, float]:
    return min(span.left for span in spans), max(span.right for span in spans)


def _row(spans: list[Span], edges: tuple[float, float] | None = None) -> Row:
    """Spans side by side as one row; `edges` are those of its column if they are known."""
    text = spans[0].text
    for before, span in zip(spans, spans[1:], strict=False):
        text += _between(before, span) + span.text
    first = spans[0]
    size, heavy = max(s.size for s in spans), all(s.heavy for s in spans)
    return Row(text, first.left, spans[-1].right, first.baseline, size, first.font, heavy, edges=edges)


def _between(before: Span, after: Span) -> str:
    gap = (after.left - before.right) / after.size
    narrow = 0.9 if is_chinese(before.text[-1]) or is_chinese(after.text[0]) else 0.15
    return " " if gap > narrow else ""
