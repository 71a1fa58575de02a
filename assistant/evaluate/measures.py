"""The measures of a set of results: each a share, summed over questions before it is divided."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.evaluate.judging import K, Result

Numbers = npt.NDArray[np.float64]
ALL = "all"


@dataclass(frozen=True)
class Measure:
    """`gained` is what a question brings, `of` what it could bring; 0 where it says nothing of the measure."""

    name: str
    gained: Callable[[Result], float]
    of: Callable[[Result], float]


def _hit(k: int) -> Measure:
    return Measure(f"hit@{k}", lambda r: 0 < r.rank <= k, lambda r: r.answerable)


def recall(result: Result) -> float:
    """Share of a question's evidence among the first K; for precedent wording any one piece will do."""
    if result.kind == "wording":
        return float(result.rank > 0)
    return sum(rank > 0 for rank in result.ranks) / max(1, len(result.ranks))


def ndcg(result: Result) -> float:
    """Järvelin and Kekäläinen 2002 with binary gains over paragraphs.

    A paragraph gains where it is the first to hold a piece of evidence. Pieces that were found in
    one paragraph are one gain; each that was not found is one missed, as far as K ranks reach.
    """
    found = {rank for rank in result.ranks if rank}
    missed = sum(not rank for rank in result.ranks)
    return _discounted(found) / (_discounted(range(1, min(len(found) + missed, K) + 1)) or 1.0)


def _discounted(ranks: Iterable[int]) -> float:
    return sum(1 / math.log2(rank + 1) for rank in ranks)


def refused(result: Result) -> bool:
    """Whether there was no answer."""
    return result.verdict == "not_found"


MEASURES = (
    _hit(1),
    _hit(5),
    _hit(10),
    Measure("recall@10", recall, lambda r: r.answerable),
    Measure("MRR@10", lambda r: 1 / r.rank if r.rank else 0.0, lambda r: r.answerable),
    Measure("nDCG@10", ndcg, lambda r: r.answerable),
    Measure("exact", lambda r: r.exact, lambda r: r.kind == "quote" and r.answerable),
    Measure("wording@5", lambda r: 0 < r.wording <= 5, lambda r: r.kind == "wording" and r.answerable),
    Measure("wording@10", lambda r: 0 < r.wording <= K, lambda r: r.kind == "wording" and r.answerable),
    Measure("supported", lambda r: r.supported, lambda r: r.answerable),
    Measure("wrongly refused", refused, lambda r: r.answerable),
    Measure("refused", refused, lambda r: not r.answerable),
    Measure("verbatim", lambda r: r.verbatim, lambda r: r.cited),
    Measure("traceable", lambda r: r.traceable, lambda r: r.cited),
)
"""In the order of the table."""


def by_kind(results: Iterable[Result]) -> dict[str, list[Result]]:
    """Results of all kinds together under "all", then kind by kind where there are several."""
    groups: dict[str, list[Result]] = {ALL: []}
    for result in results:
        groups[ALL].append(result)
        groups.setdefault(result.kind, []).append(result)
    return groups if len(groups) > 2 else {ALL: groups[ALL]}


def shares(results: Sequence[Result], measures: Sequence[Measure] = MEASURES) -> tuple[Numbers, Numbers]:
    """What each question brings to each measure and what it could bring: two of (questions, measures)."""
    of = np.array([[float(m.of(r)) for m in measures] for r in results]).reshape(-1, len(measures))
    gained = np.array([[float(m.gained(r)) for m in measures] for r in results]).reshape(-1, len(measures))
    return np.where(of > 0, gained, 0.0), of


def summarise(results: Iterable[Result]) -> dict[str, dict[str, float]]:
    """Measures by kind: the number of questions, shares, and times; those that say nothing are left out."""
    return {kind: _summary(group) for kind, group in by_kind(results).items()}


def _summary(group: Sequence[Result]) -> dict[str, float]:
    gained, of = (table.sum(axis=0) for table in shares(group))
    told = {m.name: float(g / o) for m, g, o in zip(MEASURES, gained, of, strict=True) if o}
    return {"questions": len(group), **told, **_times(group)}


def _times(group: Sequence[Result]) -> dict[str, float]:
    times = [r.took_ms for r in group]
    return {f"p{p} ms": float(np.percentile(times, p)) for p in (50, 95)} if times else {}
