"""Runs and comparisons as text: Markdown tables that also line up on a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from assistant.evaluate.comparison import Change, Comparison, Difference
from assistant.evaluate.intervals import Interval, intervals
from assistant.evaluate.measures import summarise
from assistant.evaluate.risk import at_thresholds, aurc, curve
from assistant.evaluate.run import Run
from assistant.messages import say

THRESHOLDS = tuple(tenths / 10 for tenths in range(10, -1, -1))
BAR = 40
"""Characters of a bar that stands for a risk of 1."""
LONGEST_QUESTION = 40
COUNTED = ("questions", "p50 ms", "p95 ms")
"""Measures that are no shares."""


def markdown(rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table with its first row as head; the first column to the left, the others to the right.

    >>> print("\\n".join(markdown([["", "all"], ["hit@1", "0.5"]])))
    |       | all |
    |:------|----:|
    | hit@1 | 0.5 |
    """
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    rule = "|" + "|".join(
        ":" + "-" * (width + 1) if not i else "-" * (width + 1) + ":" for i, width in enumerate(widths)
    )
    head, *body = ("| " + " | ".join(_cells(row, widths)) + " |" for row in rows)
    return [head, rule + "|", *body]


def _cells(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for i, (cell, width) in enumerate(zip(row, widths, strict=True)):
        space = " " * (width - _width(cell))
        yield space + cell if i else cell + space


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def measures_table(run: Run) -> list[str]:
    """The set's name, then measures down and kinds across, each share with its interval."""
    summary, bounds = summarise(run.results), intervals(run.results)
    names = list(dict.fromkeys(name for kind in summary.values() for name in kind))
    names.sort(key=lambda name: name in COUNTED[1:])
    rows = [[name, *(_told(name, summary[kind], bounds.get(kind, {})) for kind in summary)] for name in names]
    return [run.name, "", *markdown([["", *summary], *rows])]


def _told(name: str, values: dict[str, float], bounds: dict[str, Interval]) -> str:
    if name not in values:
        return ""
    if name in COUNTED:
        return f"{values[name]:.0f}"
    low, high = bounds[name]
    return f"{values[name]:.3f} [{low:.3f}, {high:.3f}]"


def risk_lines(run: Run, language: str) -> list[str]:
    """Coverage and risk at a few thresholds of confidence, and the area under the curve."""
    points = curve(run.results)
    heads = [say(f"eval.{head}", language) for head in ("confidence", "answered", "coverage", "risk")]
    rows = [
        [f"≥ {p.confidence:.2f}", str(p.answered), f"{p.coverage:.3f}", f"{p.risk:.3f}", _bar(p.risk)]
        for p in at_thresholds(points, THRESHOLDS)
    ]
    told = say("eval.aurc", language, area=aurc(points), coverage=points[-1].coverage if points else 0.0)
    return [*markdown([[*heads, ""], *rows]), told]


def _bar(share: float) -> str:
    return ("█" * round(BAR * share)).ljust(BAR)


def comparison_lines(comparison: Comparison, language: str) -> list[str]:
    """Differences of the measures, then every question that came out otherwise, the worse first."""
    heads = [say(f"eval.{head}", language) for head in ("kind", "measure", "old", "new", "difference")]
    rows = [
        [kind, name, f"{d.old:.3f}", f"{d.new:.3f}", _difference(d)]
        for kind, measures in comparison.differences.items()
        for name, d in measures.items()
    ]
    directions = [change.direction for change in comparison.changes]
    counts = {name: directions.count(name) for name in ("worse", "mixed", "better")}
    unpaired = {"gone": len(comparison.gone), "come": len(comparison.come)}
    told = [say("eval.changes", language, **counts)]
    told += [say("eval.unpaired", language, **unpaired)] if any(unpaired.values()) else []
    return [*markdown([heads, *rows]), *told, *(_change(change, language) for change in comparison.changes)]


def _difference(difference: Difference) -> str:
    low, high = difference.interval
    mark = "*" if low > 0 or high < 0 else " "
    return f"{difference.new - difference.old:+.3f} [{low:+.3f}, {high:+.3f}]{mark}"


def _change(change: Change, language: str) -> str:
    old, new = change.old, change.new
    parts = [f"{_ranks(old.ranks)} → {_ranks(new.ranks)}"] if new.answerable else []
    if old.verdict != new.verdict:
        parts.append(f"{old.verdict} → {new.verdict}")
    if old.supported != new.supported:
        parts.append(say("eval.supported" if new.supported else "eval.unsupported", language))
    question = new.question if len(new.question) <= LONGEST_QUESTION else new.question[: LONGEST_QUESTION - 1] + "…"
    return f"  {say(f'eval.{change.direction}', language)}  {new.id}  {question}  {'; '.join(parts)}"


def _ranks(ranks: Sequence[int]) -> str:
    return ",".join(str(rank) if rank else "–" for rank in ranks)
