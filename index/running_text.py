"""The folded text of all documents in a row: where a phrase or a pattern stands, every time.

No index of it is kept. A scan with SIMD (stringzilla) takes a millisecond for six million characters, finds
phrases of any length, and can't miss one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import stringzilla
from numpy.typing import NDArray

from corpus.normal import fold
from index.slots import slot_matches

TEXT, PLACES = "text.utf8", "places.npy"
BREAK = "\n"
"""Between paragraphs. No folded text holds one, so nothing is found across it."""
# A paragraph that ends so is whole; with any other end its source broke the line in mid-sentence.
WHOLE = re.compile(r"""[.!?;:…'")\]》>]$""")
RUNS_ON = frozenset({"body", "opening", "closing"})
"""Roles of paragraphs that can go on in the next one."""


@dataclass(frozen=True, order=True)
class Occurrence:
    """Characters [start, stop) of the folded text of a paragraph, by its document's row and its number.

    `stop` lies behind the paragraph's end where the words go on in the next one.
    """

    document: int
    paragraph: int
    start: int
    stop: int


class RunningText:
    """Searched as a whole. `places` (n, 4) holds the offset in bytes and in characters at which each paragraph
    begins, the row of its document and its number. The file is mapped, not read.
    """

    def __init__(self, text: stringzilla.Str, places: NDArray[np.int64]) -> None:
        self._text = text
        self._bytes, self._characters, self._documents, self._numbers = np.ascontiguousarray(places.T)

    @classmethod
    def build(cls, folder: Path, paragraphs: Iterable[tuple[int, int, str, str]]) -> RunningText:
        """Write those of (document row, number, role, text), in their order, into an empty folder."""
        folder.mkdir(parents=True)
        places: list[tuple[int, int, int, int]] = []
        at = characters = 0
        before: tuple[int, str, str] | None = None
        with (folder / TEXT).open("wb") as file:
            for row, number, role, text in paragraphs:
                folded = fold(text)
                if before and not _runs_on(before, row, role):
                    at += file.write(BREAK.encode())
                    characters += len(BREAK)
                places.append((at, characters, row, number))
                at += file.write(folded.encode())
                characters += len(folded)
                before = (row, role, folded)
        np.save(folder / PLACES, np.array(places, np.int64).reshape(-1, 4))
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> RunningText:
        """Open what `build` wrote. Raises OSError, ValueError."""
        path = folder / TEXT
        text = stringzilla.Str(stringzilla.File(str(path))) if path.stat().st_size else stringzilla.Str("")
        return cls(text, np.load(folder / PLACES))

    def __len__(self) -> int:
        return len(self._numbers)

    def find(self, phrase: str) -> Iterator[Occurrence]:
        """Where a phrase stands, in the order of the documents; overlapping ones too.

        The phrase is folded; of nothing there is none.
        """
        wanted = fold(phrase)
        if not wanted:
            return
        sought = wanted.encode("utf-8", "replace")
        found, at = [], self._text.find(sought)
        while at >= 0:
            found.append(at)
            at = self._text.find(sought, at + 1)
        places = np.searchsorted(self._bytes, np.array(found, np.int64), "right") - 1
        begins, rows, numbers = (a[places].tolist() for a in (self._bytes, self._documents, self._numbers))
        for at, begin, row, number in zip(found, begins, rows, numbers, strict=True):
            start = len(bytes(self._text[begin:at]).decode())
            yield Occurrence(row, number, start, start + len(wanted))

    def count(self, phrase: str) -> int:
        """How often a phrase stands there; overlapping ones count."""
        wanted = fold(phrase).encode("utf-8", "replace")
        return int(self._text.count(wanted, allowoverlap=True)) if wanted else 0

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[Occurrence, re.Match[str]]]:
        """Where a pattern over folded text matches, left to right and without overlaps; empty matches are none."""
        starts = self._characters.tolist()
        for match in pattern.finditer(str(self._text)):
            if match.end() > match.start():
                place = bisect_right(starts, match.start()) - 1
                start, stop = (end - starts[place] for end in match.span())
                yield Occurrence(int(self._documents[place]), int(self._numbers[place]), start, stop), match

    def slots(self, parts: Sequence[str], gap: int) -> Iterator[Occurrence]:
        """Where folded parts follow each other with 1 to `gap` characters of one sentence between them.

        From left to right and without overlaps, each gap as short as it can be. Takes time in proportion to
        the text, whatever the parts are.
        """
        text = str(self._text)
        codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
        spans = slot_matches(codes, parts, gap)
        places = np.searchsorted(self._characters, np.array([a for a, _ in spans], np.int64), "right") - 1
        for (start, stop), place in zip(spans, places.tolist(), strict=True):
            begin = int(self._characters[place])
            yield Occurrence(int(self._documents[place]), int(self._numbers[place]), start - begin, stop - begin)

    def around(self, occurrence: Occurrence, width: int) -> tuple[str, str]:
        """Up to `width` folded characters before and after an occurrence, within its paragraph or those run on."""
        first = self._row(occurrence)
        begin = max(0, int(self._bytes[first]) - 4 * width)
        head = bytes(self._text[begin : int(self._bytes[first])]).decode("utf-8", "ignore")
        tail = bytes(self._text[int(self._bytes[first]) :][: 4 * (occurrence.stop + width)]).decode("utf-8", "ignore")
        left = (head + tail[: occurrence.start])[-width:].rpartition(BREAK)[2]
        right = tail[occurrence.stop : occurrence.stop + width].partition(BREAK)[0]
        return left, right

    def _row(self, occurrence: Occurrence) -> int:
        """The row of `places` that an occurrence begins in; rows stand in the order of documents and numbers."""
        first, behind = (np.searchsorted(self._documents, occurrence.document, side) for side in ("left", "right"))
        return int(first + np.searchsorted(self._numbers[first:behind], occurrence.paragraph))


def _runs_on(before: tuple[int, str, str], row: int, role: str) -> bool:
    """Whether a paragraph goes on in the one behind it, of this row and role."""
    own, own_role, text = before
    return own == row and {own_role, role} <= RUNS_ON and WHOLE.search(text) is None
