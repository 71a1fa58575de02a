"""Percentile bootstrap over questions (Efron and Tibshirani 1993, 13.3)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.evaluate.judging import Result
from assistant.evaluate.measures import MEASURES, Numbers, by_kind, shares

RESAMPLES = 2000
SEED = 20240601
COVERED = (2.5, 97.5)
"""Percentiles between which an interval lies: 95 %."""
Interval = tuple[float, float]


def intervals(results: Sequence[Result]) -> dict[str, dict[str, Interval]]:
    """The interval of each share, by kind and measure as in `summarise`."""
    return {kind: _of_group(group) for kind, group in by_kind(results).items() if group}


def _of_group(group: Sequence[Result]) -> dict[str, Interval]:
    gained, of = shares(group)
    found = zip(MEASURES, resampled(gained, of).T, of.sum(axis=0), strict=True)
    return {measure.name: between(values) for measure, values, total in found if total}


def resampled(gained: Numbers, of: Numbers) -> Numbers:
    """Each measure in each resample: (RESAMPLES, measures), NaN where no question of it was drawn."""
    drawn = _weights(len(gained))
    with np.errstate(invalid="ignore", divide="ignore"):
        shared: Numbers = (drawn @ gained) / (drawn @ of)
    return shared


def between(values: Numbers) -> Interval:
    """The bounds of the middle 95 %."""
    low, high = np.nanpercentile(values, COVERED)
    return float(low), float(high)


def _weights(count: int) -> Numbers:
    """How often each of `count` questions is drawn: (RESAMPLES, count). The same each time it is asked for."""
    random = np.random.default_rng(SEED)
    return np.stack(
        [np.bincount(random.integers(count, size=count), minlength=count) for _ in range(RESAMPLES)]
    ).astype(np.float64)
