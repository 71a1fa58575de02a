"""Which of the passages that were found is the right one: measures of each, weighed together.

Two searches put passages up. What tells them apart is measured here for each passage, the best of a
paragraph's passages speaks for it, and a weighed sum of standard scores ranks the paragraphs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from corpus.normal import fold
from index.passages import context_of
from index.store import PassageRow

Place = tuple[int, int]
"""Document row and number of a paragraph."""
K1, B = 0.9, 0.4
"""BM25's saturation and length normalisation: passages have one length by design, so it says little here."""
# Fitted by tests/train_ranking.py on the question sets, see docs/retrieval.md. The first seven weigh standard
# scores, the others what a paragraph is or is not.
WEIGHTS = {
    "passage": 0.82,
    "sentence": 0.97,
    "terms": 0.28,
    "document": 0.64,
    "covered": 0.26,
    "place": 0.24,
    "length": 0.37,
    "lead": 0.25,
    "heading": -0.66,
    "opening": -0.39,
    "fragment": -1.05,
}
ITEM = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十\d]{1,3}[步条项个]|[一二三四五六七八九十]是|[①-⑳●■▲—·*-])"
)
FOLLOWING = 15
"""Paragraphs after one that ends with a colon in which its items are looked for."""
SHORT = 40
"""Characters under which a paragraph without a full stop is taken for a fragment: a signature, a label."""
STOP = re.compile(r"[。；;！!？?]")
ENDING, MARK = re.compile(r"[。！？!?…]+[”’」』）)》\"]*"), "\ue000"
"""Where a sentence ends, and a character of no meaning that is put there while a passage is folded."""
MARKED = rf"\g<0>{MARK}"


@dataclass(frozen=True)
class Query:
    """A question's terms in folded form with their weights, and how rare each is in the library."""

    weights: Mapping[str, float]
    rarity: Mapping[str, float]

    @classmethod
    def of(cls, wanted: Mapping[str, float], size: int, frequency: Callable[[str], int]) -> Query:
        """`frequency` tells in how many of the `size` passages a term stands; those in none are left out."""
        found = {term: frequency(term) for term in wanted}
        rarity = {t: math.log(1 + (size - n + 0.5) / (n + 0.5)) for t, n in found.items() if n}
        return cls({t: wanted[t] for t in rarity}, rarity)


@dataclass(frozen=True)
class Candidate:
    """A passage that a search put up: cosine of the passage, of its sentences, BM25 of its whole document."""

    row: PassageRow
    cosine: float
    sentences: tuple[float, ...]
    document: float


@dataclass(frozen=True)
class Ranked:
    """A paragraph with its score in standard deviations, its BM25, and its passages, the best first."""

    place: Place
    score: float
    bm25: float
    passages: tuple[Candidate, ...]


def rank(
    query: Query,
    candidates: Sequence[Candidate],
    local: Mapping[int, Mapping[str, float]],
    lift: Mapping[int, float],
) -> list[Ranked]:
    """The paragraphs, best first. By a document's row, `local` tells how rare each term is within it, and
    `lift` what is added to the scores of its paragraphs.
    """
    if not candidates:
        return []
    groups, bm25, measures = measured(query, candidates, local)
    lifts = [lift.get(group[0].row.document, 0.0) for group in groups]
    scores = standard(measures @ np.array(list(WEIGHTS.values()))) + lifts
    order = sorted(range(len(groups)), key=lambda i: (-scores[i], groups[i][0].row.id))
    return [Ranked(_place(groups[i][0]), float(scores[i]), bm25[i], tuple(groups[i])) for i in order]


def measured(
    query: Query, candidates: Sequence[Candidate], local: Mapping[int, Mapping[str, float]]
) -> tuple[list[list[Candidate]], list[float], NDArray[np.float64]]:
    """The candidates by paragraph, the best first, the BM25 of each, and its measures in the order of WEIGHTS."""
    folded = _folded(query, candidates)
    mean = sum(f.above + len(f.text) for f in folded) / len(folded)
    single = [_measures(query, c, f, mean, local) for c, f in zip(candidates, folded, strict=True)]
    order = sorted(
        range(len(candidates)), key=lambda i: (_place(candidates[i]), -sum(single[i][:2]), candidates[i].row.id)
    )
    groups, best = [], []
    for _, group in groupby(order, key=lambda i: _place(candidates[i])):
        members = list(group)
        groups.append([candidates[i] for i in members])
        best.append([max(values) for values in zip(*(single[i] for i in members), strict=True)])
    rows = [group[0].row for group in groups]
    found = np.array(best)
    whole = np.column_stack([found, [math.log1p(len(row.whole)) for row in rows]])
    whole = np.column_stack([standard(column) for column in whole.T])
    leads = _leads(rows, whole[:, 2])
    flags = [_flags(row) for row in rows]
    return groups, found[:, 2].tolist(), np.column_stack([whole, leads, np.array(flags, np.float64)])


def standard(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each value as its distance from the mean in standard deviations (z-score); 0 if all are equal.

    >>> standard(np.array([1.0, 3.0])).tolist()
    [-1.0, 1.0]
    """
    spread = values.std()
    return (values - values.mean()) / spread if spread > 1e-9 else np.zeros_like(values)


def _place(candidate: Candidate) -> Place:
    return candidate.row.document, candidate.row.paragraph


@dataclass(frozen=True)
class _Folded:
    """A passage as it is searched: its text by sentences, and how often the terms stand in what is above it."""

    text: str
    sentences: tuple[str, ...]
    above: int
    context: Mapping[str, int]


def _folded(query: Query, candidates: Sequence[Candidate]) -> list[_Folded]:
    contexts: dict[str, tuple[int, Mapping[str, int]]] = {}
    found = []
    for c in candidates:
        above = context_of(c.row.title, c.row.heading_path)
        if above not in contexts:
            context = fold(above)
            contexts[above] = len(context), {t: context.count(t) for t in query.weights if t in context}
        sentences = tuple(fold(ENDING.sub(MARKED, c.row.text)).split(MARK))
        found.append(_Folded("".join(sentences), sentences, *contexts[above]))
    return found


def _measures(
    query: Query, candidate: Candidate, folded: _Folded, mean: float, local: Mapping[int, Mapping[str, float]]
) -> list[float]:
    """passage, sentence, terms, document, covered, place: the last is what one sentence holds of the terms that
    tell it from the rest of its document."""
    text = folded.text
    own = [t for t in query.weights if t in text]
    counts = dict(folded.context)
    for t in own:
        counts[t] = counts.get(t, 0) + text.count(t)
    rare = local[candidate.row.document]
    least = K1 * (1 - B + B * (folded.above + len(text)) / mean)
    bm25 = sum([query.weights[t] * query.rarity[t] * n * (K1 + 1) / (n + least) for t, n in counts.items()])
    return [
        candidate.cosine,
        max(candidate.sentences, default=candidate.cosine),
        bm25,
        candidate.document,
        sum([min(query.weights[t], 1.0) * query.rarity[t] for t in counts]),
        max([sum([rare[t] for t in own if t in s]) for s in folded.sentences]),
    ]


def _flags(row: PassageRow) -> tuple[bool, bool, bool]:
    """heading, opening, fragment: they name or announce what others state."""
    text = row.whole.strip()
    fragment = len(text) < SHORT and not STOP.search(text)
    return row.role == "heading", row.role == "opening", fragment


def _leads(rows: Sequence[PassageRow], scores: NDArray[np.float64]) -> list[float]:
    """For the items of a list, how well the paragraph that leads it in (……如下：) fits; 0 for all else."""
    leading = {
        (row.document, row.paragraph): (row.heading_path, float(score))
        for row, score in zip(rows, scores, strict=True)
        if row.whole.rstrip().endswith(("：", ":"))
    }
    found = []
    for row in rows:
        near = range(1, FOLLOWING if ITEM.match(row.whole) else 2)
        above = (leading.get((row.document, row.paragraph - k)) for k in near) if leading else iter(())
        lead = next((a for a in above if a), None)
        found.append(max(0.0, lead[1]) if lead and lead[0] == row.heading_path else 0.0)
    return found
