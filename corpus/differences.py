"""Where two members of a family differ: which paragraphs, which characters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Indel

from corpus.document import Document
from corpus.families import Shingles, shingles
from corpus.normal import fold

COUNTERPART = 0.3
"""Share of a paragraph's shingles that its counterpart has at the least."""


@dataclass(frozen=True)
class Difference:
    """Where two members differ: paragraph numbers (0: it has no counterpart) and what stands in each."""

    a: int
    b: int
    edits: tuple[tuple[str, str], ...]


def differences(a: Document, b: Document) -> list[Difference]:
    """Which paragraphs differ between two documents, and in which characters; equal ones are left out.

    A paragraph's counterpart is the one with which it shares most shingles, wherever it stands.
    """
    of_a = [(p.number, p.text, np.unique(shingles(p.text))) for p in a.paragraphs]
    of_b = [(p.number, p.text, np.unique(shingles(p.text))) for p in b.paragraphs]
    folded = {fold(text) for _, text, _ in of_a} & {fold(text) for _, text, _ in of_b}
    left = [p for p in of_b if fold(p[1]) not in folded]
    found = []
    for number, text, own in of_a:
        if fold(text) in folded:
            continue
        other = max(left, key=lambda p: _share(own, p[2]), default=None)
        if other is None or _share(own, other[2]) < COUNTERPART:
            found.append(Difference(number, 0, ((text, ""),)))
        else:
            left.remove(other)
            found.append(Difference(number, other[0], edits(text, other[1])))
    return found + [Difference(0, number, (("", text),)) for number, text, _ in left]


def _share(a: Shingles, b: Shingles) -> float:
    smaller = min(len(a), len(b))
    return len(np.intersect1d(a, b, assume_unique=True)) / smaller if smaller else 0.0


def edits(a: str, b: str) -> tuple[tuple[str, str], ...]:
    """What turns one text into another: (taken out, put in), in order.

    >>> edits("整治排污口146个", "整治了排污口146处")
    (('', '了'), ('个', '处'))
    """
    found: list[tuple[int, int, str, str]] = []
    for step in Indel.opcodes(a, b):
        if step.tag == "equal":
            continue
        taken, put = a[step.src_start : step.src_end], b[step.dest_start : step.dest_end]
        if found and found[-1][:2] == (step.src_start, step.dest_start):
            _, _, taken_before, put_before = found.pop()
            taken, put = taken_before + taken, put_before + put
        found.append((step.src_end, step.dest_end, taken, put))
    return tuple((taken, put) for _, _, taken, put in found)
