"""What got better and worse between two runs of a set, question by question and on the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant.evaluate.intervals import Interval, between, resampled
from assistant.evaluate.judging import Result
from assistant.evaluate.measures import MEASURES, by_kind, recall, refused, shares
from assistant.evaluate.run import Run

Direction = Literal["worse", "mixed", "better"]


@dataclass(frozen=True)
class Difference:
    """A share before and after on the questions that both runs have, and the interval of after - before."""

    old: float
    new: float
    interval: Interval


@dataclass(frozen=True)
class Change:
    """A question that came out otherwise; `mixed` when one thing got better and another worse."""

    direction: Direction
    old: Result
    new: Result

    def to_dict(self) -> dict[str, Any]:
        """Ranks, verdicts and support before and after."""
        before_and_after = {
            name: [getattr(self.old, name), getattr(self.new, name)] for name in ("ranks", "verdict", "supported")
        }
        return {"direction": self.direction, "id": self.new.id, "question": self.new.question, **before_and_after}


@dataclass(frozen=True)
class Comparison:
    """Differences by kind and measure; changes, the worse first; ids that only one run has."""

    differences: dict[str, dict[str, Difference]]
    changes: tuple[Change, ...]
    gone: tuple[str, ...]
    come: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """For programs."""
        return {
            "differences": {k: {m: asdict(d) for m, d in of.items()} for k, of in self.differences.items()},
            "changes": [change.to_dict() for change in self.changes],
            "gone": list(self.gone),
            "come": list(self.come),
        }


def compare(old: Run, new: Run) -> Comparison:
    """Pair two runs by the ids of their questions; one whose text or number of spans changed is not the same."""
    before = {_key(r): r for r in old.results}
    pairs = [(before[_key(r)], r) for r in new.results if _key(r) in before]
    both = {_key(r) for _, r in pairs}
    changes = [Change(direction, a, b) for a, b in pairs if (direction := _direction(a, b))]
    order: tuple[Direction, ...] = ("worse", "mixed", "better")
    return Comparison(
        differences=_differences(pairs),
        changes=tuple(sorted(changes, key=lambda c: order.index(c.direction))),
        gone=tuple(r.id for r in old.results if _key(r) not in both),
        come=tuple(r.id for r in new.results if _key(r) not in both),
    )


def _key(result: Result) -> tuple[str, str, str, int]:
    return result.id, result.question, result.kind, len(result.ranks)


def _direction(old: Result, new: Result) -> Direction | None:
    signs = {(b > a) - (b < a) for a, b in zip(_merits(old), _merits(new), strict=True)} - {0}
    if not signs:
        return None
    return "mixed" if len(signs) == 2 else "better" if signs == {1} else "worse"


def _merits(result: Result) -> tuple[float, ...]:
    """What makes a result good, each the more the better."""
    if not result.answerable:
        return (float(refused(result)),)
    first = 1 / result.rank if result.rank else 0.0
    return recall(result), first, float(not refused(result)), float(result.supported)


def _differences(pairs: Sequence[tuple[Result, Result]]) -> dict[str, dict[str, Difference]]:
    before = {new.id: old for old, new in pairs}
    groups = by_kind([new for _, new in pairs])
    return {kind: _paired([before[r.id] for r in group], group) for kind, group in groups.items() if group}


def _paired(old: Sequence[Result], new: Sequence[Result]) -> dict[str, Difference]:
    """The same questions are drawn for both, so what is hard for both cancels out."""
    (gained_a, of_a), (gained_b, of_b) = shares(old), shares(new)
    values = resampled(gained_b, of_b) - resampled(gained_a, of_a)
    totals = (gained_a.sum(0), of_a.sum(0), gained_b.sum(0), of_b.sum(0))
    return {
        measure.name: Difference(float(ga / oa), float(gb / ob), between(drawn))
        for measure, drawn, ga, oa, gb, ob in zip(MEASURES, values.T, *totals, strict=True)
        if oa and ob
    }
