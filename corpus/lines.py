"""A line of extracted text that knows where each of its characters came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.document import Removed

# Zero-width, bidirectional and soft-hyphen characters, and controls: nobody sees them, searches stumble.
HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\x00-\x08\x0e-\x1f\x7f]+"
)
LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True)
class Line:
    """`text` with `pieces` as in Paragraph; `gap` says that an empty line stood before it."""

    text: str
    pieces: tuple[tuple[int, int], ...]
    gap: bool = False

    @property
    def at(self) -> int:
        """Offset of the first character in the extracted text."""
        return self.pieces[0][1]


def split_lines(text: str, *, clean: bool = False) -> list[Line]:
    """The non-empty lines of a text, outer white space and hidden characters taken off.

    `clean` says that it is known to have no hidden characters.

    >>> [line.text for line in split_lines("甲\\u200b乙\\n\\n\\u3000丙 ")]
    ['甲乙', '丙']
    """
    lines: list[Line] = []
    start, gap, hidden = 0, False, not clean and HIDDEN.search(text) is not None
    for end in [*(m.span() for m in LINE_END.finditer(text)), (len(text), len(text))]:
        line = _visible(text, start, end[0], gap, hidden)
        if line is None:
            gap = True
        else:
            lines.append(line)
            gap = False
        start = end[1]
    return lines


def hidden_characters(text: str) -> list[Removed]:
    """The hidden characters that `split_lines` leaves out, a run at a time.

    >>> [(r.at, r.step) for r in hidden_characters("甲\\u200b乙")]
    [(1, 'drop_hidden')]
    """
    return [Removed(found.group(), "drop_hidden", found.start()) for found in HIDDEN.finditer(text)]


def _visible(text: str, start: int, end: int, gap: bool, hidden: bool) -> Line | None:
    """The line from start to end; `hidden` says that the text has hidden characters somewhere."""
    if not hidden or HIDDEN.search(text, start, end) is None:
        whole = text[start:end]
        bare = whole.strip()
        return Line(bare, ((0, start + len(whole) - len(whole.lstrip())),), gap) if bare else None
    parts = [(m.start(), m.end()) for m in HIDDEN.finditer(text, start, end)]
    edges = [start, *(edge for part in parts for edge in part), end]
    seen = [Line(text[a:b], ((0, a),), gap) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    return trim(glue(*seen)) if seen else None


def cut(line: Line, start: int, end: int) -> Line:
    """The characters from start up to end, still mapped."""
    index = bisect_right(line.pieces, (start, float("inf"))) - 1
    pieces = [(0, line.pieces[index][1] + start - line.pieces[index][0])]
    pieces += [(a - start, b) for a, b in line.pieces[index + 1 :] if a < end]
    return Line(line.text[start:end], tuple(pieces), line.gap and start == 0)


def trim(line: Line) -> Line | None:
    """The line without outer white space, or None if nothing is left."""
    stripped = line.text.strip()
    if not stripped:
        return None
    start = len(line.text) - len(line.text.lstrip())
    return replace(cut(line, start, start + len(stripped)), gap=line.gap)


def glue(*lines: Line) -> Line:
    """The lines as one, with nothing between."""
    pieces: list[tuple[int, int]] = []
    length = 0
    for line in lines:
        pieces += [(a + length, b) for a, b in line.pieces]
        length += len(line.text)
    return Line("".join(line.text for line in lines), tuple(pieces), lines[0].gap)


def split_at(line: Line, positions: list[int]) -> list[Line]:
    """The line cut at these positions, outer white space of the parts taken off."""
    bounds = [0, *sorted({p for p in positions if 0 < p < len(line.text)}), len(line.text)]
    parts = [trim(cut(line, a, b)) for a, b in pairwise(bounds)]
    return [part for part in parts if part is not None]
