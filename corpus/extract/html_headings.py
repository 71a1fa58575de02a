"""The lines of a web page that it sets as headings."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.extract.html_lines import PageLine

# A longer line, or one that ends so, is text, though it may be set in bold.
LONGEST = 40
ENDS_TEXT = tuple("。；，、！：;,.:”")


def headings_of(lines: Sequence[PageLine], title: str) -> tuple[tuple[int, int], ...]:
    """Offset and level of the headings in the lines joined by line feeds, the document's title aside.

    Levels count from 1 over the kinds of heading that are there; a short line all in bold is the
    lowest kind. A page that is all bold, or where text never follows, has none.
    """
    kinds = [_kind(line, title) for line in lines]
    if sum(kind > 0 for kind in kinds) > 0.5 * len(lines):
        return ()
    levels = {kind: level for level, kind in enumerate(sorted({k for k in kinds if k}), 1)}
    found: list[tuple[int, int]] = []
    offset = 0
    last = max((i for i, kind in enumerate(kinds) if not kind), default=0)
    for i, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind and i < last:
            found.append((offset, levels[kind]))
        offset += len(line.text) + 1
    return tuple(found)


def _kind(line: PageLine, title: str) -> int:
    """1 to 6 as the page says, 7 for a bold line, 0 for text."""
    if len(line.text) > LONGEST or line.text.endswith(ENDS_TEXT) or "\t" in line.text:
        return 0
    if "".join(line.text.split()) == "".join(title.split()):
        return 0
    return line.level or (7 if line.bold else 0)
