"""Risk and coverage: how wrong the answers are when only the surest are given.

Coverage is the share of all questions that are answered at a threshold of confidence, risk the share of
those whose citations hold no evidence; an unanswerable one is wrong whenever it is answered (El-Yaniv
and Wiener 2010). What was refused can't be judged, so a curve ends at the coverage of the assistant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluate.judging import Result


@dataclass(frozen=True)
class Point:
    """Answering only what is at least so sure: share of questions answered, and of those, wrong."""

    confidence: float
    answered: int
    coverage: float
    risk: float


def curve(results: Sequence[Result]) -> list[Point]:
    """A point for each confidence that occurs among the answers, the surest first."""
    answered = sorted((r for r in results if r.verdict == "answered"), key=lambda r: -r.confidence)
    wrong = np.cumsum([not r.supported for r in answered])
    last_of_its_kind = [
        i for i, r in enumerate(answered, 1) if i == len(answered) or answered[i].confidence < r.confidence
    ]
    return [Point(answered[i - 1].confidence, i, i / len(results), float(wrong[i - 1] / i)) for i in last_of_its_kind]


def aurc(points: Sequence[Point]) -> float:
    """Area under the curve: the mean risk over the coverages that it reaches, one answer after the other.

    Answers of one confidence are taken to be wrong evenly, as if their order had been drawn.

    >>> aurc([Point(0.9, 1, 0.5, 0.0), Point(0.1, 2, 1.0, 0.5)])
    0.25
    """
    if not points:
        return 0.0
    counts = np.array([0, *(p.answered for p in points)])
    wrong = np.array([0.0, *(p.risk * p.answered for p in points)])
    steps = np.arange(1, counts[-1] + 1)
    return float(np.mean(np.interp(steps, counts, wrong) / steps))


def at_thresholds(points: Sequence[Point], thresholds: Sequence[float]) -> list[Point]:
    """The points of a curve that a few thresholds reach, each once, the surest first."""
    reached = [
        max((p for p in points if p.confidence >= t), key=lambda p: p.answered, default=None) for t in thresholds
    ]
    return list({p.answered: p for p in reached if p}.values())
