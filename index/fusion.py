"""Scores of two kinds made one."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean, pstdev


def standard_scores(scores: Mapping[int, float]) -> dict[int, float]:
    """Each score as its distance from the mean in standard deviations (z-score); 0 if all are equal.

    >>> standard_scores({1: 1.0, 2: 3.0})
    {1: -1.0, 2: 1.0}
    """
    if not scores:
        return {}
    mean, spread = fmean(scores.values()), pstdev(scores.values())
    return {key: (score - mean) / spread if spread else 0.0 for key, score in scores.items()}


def fuse(*parts: tuple[Mapping[int, float], float]) -> dict[int, float]:
    """The weighted sum of standard scores: each part is (scores, weight), all over the same ids.

    Scores instead of ranks: on official documents this beats reciprocal-rank fusion, since a clear
    winner of one kind keeps its lead.
    """
    total: dict[int, float] = {}
    for scores, weight in parts:
        for key, score in standard_scores(scores).items():
            total[key] = total.get(key, 0.0) + weight * score
    return total
