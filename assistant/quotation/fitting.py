"""A quotation fitted into the paragraphs that may be its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice, pairwise
from types import MappingProxyType

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from assistant.quotation.alignment import LARGEST, Alignment, Change, align
from assistant.quotation.window import Part, Window
from corpus import Paragraph
from corpus.normal import fold, fold_closely
from corpus.sentences import sentence_spans
from index import Entry, Snapshot

LOOKED_AT, ALIGNED = 60, 8
"""Paragraphs that are looked at, and of them those that are aligned, the likest first."""
PIECES, PIECE, COMMON = 6, 5, 40
"""Pieces that words are cut into, characters of each at the least, and paragraphs in which one may stand."""
LONG, PARTS = 60, 6
"""Characters from which on a quotation's sentences are also looked for by themselves, and how many of them."""
IN_ORDER, MOVED = 0.7, 0.05
"""Similarity under which another order of the clauses is looked for, and what that takes off."""
MOVED_CLAUSE, MOSTLY = 6, 0.7
"""Characters of a clause that is told as moved, and the share of it that must be added where it is quoted."""
CLAUSE, SHORTEST_CLAUSE = re.compile(r"[^,;:、.!?]+"), 4
WORTH = 50.0
"""Likeness, 0 to 100, under which no paragraph that was found for a question can be the source of its words."""
STRANGE = 0.5
"""Share of a clause that is changed, from which on the source has not got it."""
OVERHANG = 6
"""Characters at an end of the quotation without any in the source, from which on they may stand in the next paragraph."""
TEXT = frozenset({"opening", "body", "closing"})
"""Roles of the paragraphs that a quotation can reach over."""
REACH = 4
"""Paragraphs before and behind that a quotation can reach into."""


@dataclass(frozen=True)
class Fit:
    """A quotation fitted into some paragraphs of a document; `similarity` is 1 for the same words, 0 for others.

    `reordered` says that the clauses stand in another order there.
    """

    entry: Entry
    window: Window
    alignment: Alignment
    similarity: float
    reordered: bool = False

    def foreign(self, close: str) -> float:
        """Share of a quotation's characters that stand in clauses of which the source has next to nothing.

        Two common clauses of different sentences put together are no sentence with mistakes in it.
        """
        if self.reordered:
            return 0.0
        changed = {i for c in self.alignment.changes for i in range(c.at, c.end)}
        clauses = [range(*m.span()) for m in CLAUSE.finditer(close) if len(m.group()) >= SHORTEST_CLAUSE]
        other = [clause for clause in clauses if len(changed.intersection(clause)) > STRANGE * len(clause)]
        return sum(map(len, other)) / max(1, len(close))

    @property
    def parts(self) -> list[Part]:
        """The words of the source, paragraph by paragraph."""
        return self.window.parts(self.alignment.start, self.alignment.stop)


def by_pieces(
    snapshot: Snapshot, words: str, rows: Collection[int] | None, *, spoken: bool = False
) -> list[tuple[Entry, Paragraph]]:
    """The paragraphs that hold a piece of the words as it is: with fewer mistakes than pieces, one is left whole.

    `spoken` leaves aside what is no passage (subtitles, salutations, bylines, dates), which saves most scans of the
    text for what is no quotation.
    """
    wanted = fold(words)
    count = max(1, min(PIECES, len(wanted) // PIECE))
    bounds = [len(wanted) * n // count for n in range(count + 1)]
    votes: Counter[tuple[int, int]] = Counter()
    for a, b in pairwise(bounds):
        if spoken and not snapshot.may_hold(wanted[a:b]):
            continue
        found = islice(snapshot.text.find(wanted[a:b]), COMMON + 1)
        places = {(o.document, o.paragraph) for o in found if rows is None or o.document in rows}
        if len(places) <= COMMON:
            votes.update(dict.fromkeys(places, b - a))
    best = [place for place, _ in votes.most_common(LOOKED_AT)]
    entries = snapshot.entries(sorted({row for row, _ in best}))
    return _likest(words, [(entries[place[0]], paragraph) for place, paragraph in snapshot.paragraphs(best).items()])


def by_search(snapshot: Snapshot, words: str, rows: Collection[int] | None) -> list[tuple[Entry, Paragraph]]:
    """The paragraphs that may mean the words, if they are remembered badly."""
    sought = [words]
    if len(words) > LONG:
        longest = sorted(sentence_spans(words), key=lambda span: span[0] - span[1])[:PARTS]
        sought += [words[a:b] for a, b in longest]
    within = None if rows is None else sorted(rows)
    hits = [hit for text in sought for hit in snapshot.search(text, LOOKED_AT, within=within).hits]
    return _likest(words, {(h.entry.row, h.paragraph.number): (h.entry, h.paragraph) for h in hits}.values())


def alike(words: str, places: Iterable[tuple[Entry, Paragraph]]) -> list[tuple[Entry, Paragraph]]:
    """Those of some paragraphs that are worth an alignment: a question that is no quotation is like none."""
    close = fold_closely(words)[0]
    return [place for place in places if fuzz.partial_ratio(close, fold_closely(place[1].text)[0]) >= WORTH]


def _likest(words: str, places: Iterable[tuple[Entry, Paragraph]]) -> list[tuple[Entry, Paragraph]]:
    close = fold_closely(words)[0]
    return nlargest(ALIGNED, places, key=lambda place: fuzz.partial_ratio(close, fold_closely(place[1].text)[0]))


def fit(
    snapshot: Snapshot, entry: Entry, paragraph: Paragraph, close: str, levels: Mapping[int, int] = MappingProxyType({})
) -> Fit | None:
    """Fit a closely folded quotation into a paragraph, and into its neighbours if it hangs over; None if nothing fits.

    `levels` are the marks (Framed.levels) that count as others in both.
    """
    close = close.translate(levels)
    window = Window.over([paragraph], levels)
    room = LARGEST // len(close)  # characters of a source that the table has room for
    if len(window.close) > room:
        return None
    alignment = align(window.close, close)
    behind, before = _overhang(alignment, window, close)
    if behind or before:
        around = snapshot.document_paragraphs(entry.row)
        reach = (REACH if before else 0, REACH if behind else 0)
        run = _run(around, paragraph.number, reach, min(2 * len(close), (room - len(window.close)) // 2))
        wider = Window.over(run, levels)
        again = align(wider.close, close) if len(wider.close) <= room else alignment
        if again.cost < alignment.cost:
            window, alignment = wider, again
    similarity = 1 - alignment.cost / (100 * len(close))
    other_order = similarity < IN_ORDER or _has_moved(alignment, window.close, close)
    moved = _reordered(window.close, close) if other_order else None
    if moved and moved[1] > similarity + MOVED:
        return Fit(entry, window, *moved, reordered=True)
    return Fit(entry, window, alignment, max(0.0, similarity)) if alignment.start < alignment.stop else None


def _has_moved(alignment: Alignment, source: str, close: str) -> bool:
    """Whether a clause that an alignment has as added stands in the source all the same, elsewhere."""
    added = {i for c in alignment.changes for i in range(c.at, c.end)}
    for found in CLAUSE.finditer(close):
        clause = found.group()
        new = len(added.intersection(range(*found.span()))) > MOSTLY * len(clause)
        if new and len(clause) >= MOVED_CLAUSE and close.count(clause) <= source.count(clause):
            return True
    return False


def _reordered(source: str, close: str) -> tuple[Alignment, float] | None:
    """The quotation's clauses each in its own place, if they stand near each other in another order."""
    clauses = [clause for clause in CLAUSE.findall(close) if len(clause) >= SHORTEST_CLAUSE]
    if len(clauses) < 2:
        return None
    placed = [align(source, clause) for clause in clauses]
    start, stop = min(a.start for a in placed), max(a.stop for a in placed)
    starts = [a.start for a in placed]
    if starts == sorted(starts) or stop - start > 2 * len(close):
        return None
    size = sum(map(len, clauses))
    cost = sum(a.cost for a in placed) + 100 * MOVED * size
    changes = [
        Change(start + o.src_start, start + o.src_end, o.dest_start, o.dest_end)
        for o in Levenshtein.opcodes(source[start:stop], close)
        if o.tag != "equal"
    ]
    return Alignment(start, stop, int(cost), tuple(changes)), 1 - cost / (100 * size)


def _overhang(alignment: Alignment, window: Window, close: str) -> tuple[bool, bool]:
    """Whether the quotation goes on behind the end, and before the beginning, of what it was fitted into."""
    margin = len(close) // 4
    loose = sum(change.end - change.at > change.stop - change.start for change in alignment.changes)
    many = sum(max(0, (c.end - c.at) - (c.stop - c.start)) for c in alignment.changes) >= OVERHANG
    if not (loose and many):
        return False, False
    return alignment.stop + margin >= len(window.close), alignment.start <= margin


def _run(paragraphs: Mapping[int, Paragraph], number: int, reach: tuple[int, int], size: int) -> Sequence[Paragraph]:
    """A paragraph with those around it that its text runs on in: so many before and behind, `size` characters of each."""
    run = [paragraphs[number]]
    for step, most in ((-1, reach[0]), (1, reach[1])):
        filled, n = 0, number + step
        while abs(n - number) <= most and n in paragraphs and paragraphs[n].role in TEXT:
            filled += len(paragraphs[n].text)
            if filled > size:
                break
            run.insert(0, paragraphs[n]) if step < 0 else run.append(paragraphs[n])
            n += step
    return run
