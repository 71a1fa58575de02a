"""Fit the weights of index/ranking.py on the question sets: `python tests/train_ranking.py ../shared [SET…]`.

Prints the weights, what a set gets from weights that were fitted on the other sets only, and what each
measure earns. Uses the libraries that `make eval` keeps. Each question is asked with a query adapter that was
trained without it: the one that ships has seen them all and would be trusted too much. The weights maximise the probability of a right paragraph among all that
were put up (ListNet's top-one loss, Cao et al. 2007), each set counting the same.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from run_eval import CACHE
from tqdm import tqdm
from train_query_adapter import FOLDS, adapter_of, all_sets, fold_of, held_out, train

from assistant.citation import Citation
from assistant.evaluate import Row, read_questions
from assistant.evaluate.judging import is_right
from assistant.question import understand
from corpus import Paragraph
from index import Library
from index.query_adapter import QueryAdapter
from index.ranking import WEIGHTS

SETS = ("ncp", "gongwen", "cmrc2018", "drcd", "laws")
MOST = 350
"""Questions of a set that are looked at, spread evenly over it."""
DECAY, STEPS, RATE = 3e-3, 300, 0.05
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """The measures of the paragraphs put up for a question, and which pieces of its evidence each holds."""

    measures: Matrix
    right: NDArray[np.bool_]


def examples(library: Library, rows: Sequence[Row], adapters: Sequence[QueryAdapter]) -> list[Example]:
    """One for each question that can be answered, its vector corrected by an adapter that has not seen it."""
    encoder = library.encoder
    answerable = [row for row in rows if row.evidence]
    chosen = answerable[:: max(1, len(answerable) // MOST)]
    snapshot = library.snapshot()
    entries = {entry.row: entry for entry in library.entries()}
    found = []
    for row in tqdm(chosen, leave=False):
        encoder.adapter = adapters[fold_of(row)]
        groups, _, measures = snapshot.measured(understand(row.question, row.history).standalone)
        right = np.zeros((len(groups), len(row.evidence)), np.bool_)
        for i, group in enumerate(groups):
            here = group[0].row
            paragraph = Paragraph(here.paragraph, here.role, here.whole, here.heading_path, ())
            citation = Citation(0, entries[here.document], paragraph, (), 0.0)
            right[i] = [is_right(citation, evidence) for evidence in row.evidence]
        found.append(Example(measures, right))
    return found


def fit(sets: Sequence[Sequence[Example]]) -> Matrix:
    """The weights, by gradient descent (Adam, Kingma and Ba 2014)."""
    weights = np.zeros(sets[0][0].measures.shape[1])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = DECAY * weights + sum(_slope(weights, found) for found in sets) / len(sets)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights = weights - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def _slope(weights: Matrix, found: Sequence[Example]) -> Matrix:
    usable = [example for example in found if example.right.any()]
    slopes = [e.measures.T @ (share - _share_of_right(share, e)) for e in usable for share in [_shares(weights, e)]]
    total: Matrix = np.mean(slopes, axis=0)
    return total


def _shares(weights: Matrix, example: Example) -> Matrix:
    scores = example.measures @ weights
    powers: Matrix = np.exp(scores - scores.max())
    return powers / powers.sum()


def _share_of_right(share: Matrix, example: Example) -> Matrix:
    kept: Matrix = share * example.right.any(axis=1)
    return kept / kept.sum()


def measures(weights: Matrix, found: Sequence[Example]) -> str:
    """hit@1, hit@5, hit@10 and recall@10."""
    ranked = [example.right[np.argsort(-(example.measures @ weights), kind="stable")] for example in found]
    hits = [np.mean([right[:k].any() for right in ranked]) for k in (1, 5, 10)]
    recall = np.mean([right[:10].any(axis=0).mean() for right in ranked])
    pool = np.mean([right.any(axis=0).mean() for right in ranked])
    return f"hit@1 {hits[0]:.3f}  hit@5 {hits[1]:.3f}  hit@10 {hits[2]:.3f}  recall@10 {recall:.3f}  put up {pool:.3f}"


def main(shared: Path, names: Sequence[str]) -> None:
    """Fit, and print."""
    asked = all_sets(shared)
    adapters = [adapter_of(train(held_out(asked, fold)[0])) for fold in range(FOLDS)]
    sets = {}
    for name in names:
        library = Library.open(CACHE / name)
        sets[name] = examples(library, read_questions(shared / "eval" / name / "questions.jsonl"), adapters)
        print(f"{name:9} as it stands:    {measures(np.array(list(WEIGHTS.values())), sets[name])}", flush=True)
    for name in names:
        others = [found for other, found in sets.items() if other != name]
        if others:
            print(f"{name:9} by the others:   {measures(fit(others), sets[name])}", flush=True)
    weights = fit(list(sets.values()))
    for name, found in sets.items():
        print(f"{name:9} by all:          {measures(weights, found)}")
    for key, weight in zip(WEIGHTS, weights, strict=True):
        print(f'    "{key}": {weight:.2f},')
    for name in WEIGHTS:
        print(f"without {name}: {without(name, sets)}", flush=True)


def without(name: str, sets: dict[str, list[Example]]) -> str:
    """hit@1, hit@10 and recall@10 of each set when one measure is left out and the others are fitted anew."""
    kept = [i for i, key in enumerate(WEIGHTS) if key != name]
    less = {key: [Example(e.measures[:, kept], e.right) for e in found] for key, found in sets.items()}
    weights = fit(list(less.values()))
    return "; ".join(f"{key} {' '.join(measures(weights, found).split()[1:8:2])}" for key, found in less.items())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or SETS)
