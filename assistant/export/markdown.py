"""A sheet as Markdown that every program reads: CommonMark, tables as GitHub has them, marks raised by <sup>."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.citing import escaped
from assistant.export.page import LOOKS
from assistant.export.sheet import Block, Run, Sheet
from assistant.export.word import UNWRITABLE

DEEPEST = 6
"""Levels of headings that Markdown has, the title's among them."""
HARD_BREAK = "\\\n"


def markdown_of(sheet: Sheet) -> str:
    """The text of a .md; what is doubtful stands before everything else."""
    parts = [f"> ※ {escaped(doubt)}" for doubt in sheet.doubts]
    for cells, group in groupby(sheet.blocks, key=lambda b: b.text.count("\t") + 1 if b.kind == "row" else 0):
        blocks = list(group)
        parts += [_table([block.text for block in blocks], cells)] if cells else map(_paragraph, blocks)
    return UNWRITABLE.sub("", "\n\n".join(parts)) + "\n"


def _paragraph(block: Block) -> str:
    """A heading, which has one line only, or a paragraph."""
    words = "".join(map(_words, block.runs)).strip()
    depth = 1 if block.kind == "title" else LOOKS[block.kind].level + 1 if LOOKS[block.kind].level else 0
    if depth or block.kind == "label":
        return f"{'#' * min(depth or 2, DEEPEST)} {words.replace(HARD_BREAK, ' ')}"
    return f"> {words}" if block.kind == "remark" else words


def _words(run: Run) -> str:
    text = HARD_BREAK.join(escaped(line.strip()) for line in run.text.splitlines() if line.strip())
    return f"<sup>{text}</sup>" if run.mark else text


def _table(rows: Sequence[str], cells: int) -> str:
    return "\n".join(_rows(rows, cells))


def _rows(rows: Sequence[str], cells: int) -> Iterator[str]:
    """The first row is the table's head: Markdown knows no table without."""
    for n, row in enumerate(rows):
        yield f"| {' | '.join(escaped(' '.join(cell.split())) for cell in row.split(chr(9)))} |"
        if not n:
            yield f"|{' --- |' * cells}"
