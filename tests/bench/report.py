"""The figures as a table in Markdown and as a plot."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from bench.stages import REST, STAGES, WHOLE, Times, quantiles
from bench.starting import Start

WIDTH, HEIGHT, MARGIN = 640, 300, 48
COLOURS = ("#b3261e", "#1d5fa8", "#3b7d3b")


@dataclass(frozen=True)
class Measured:
    """What was measured on one library; times in ms without and with a filter, `disk` in MB."""

    name: str
    paragraphs: int
    passages: int
    times: Times
    filtered: Times
    cold: Start
    warm: Start
    disk: float


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def table(added: list[list[tuple[str, str]]], encoders: list[tuple[str, str]], sizes: list[Measured]) -> str:
    """Markdown: adding, a column for each folder; encoders against each other; libraries, a column for each size."""
    columns, *rows = [[same[0][0], *(value for _, value in same)] for same in zip(*added, strict=True)]
    first = [_row(columns), "|---" * len(columns) + "|", *map(_row, rows), ""]
    first += ["| encoding | |", "|---|---|", *(_row(row) for row in encoders), ""]
    head = "| | " + " | ".join(m.name for m in sizes) + " |"
    lines = [head, "|---" * (len(sizes) + 1) + "|"]

    def row(name: str, values: list[str]) -> None:
        lines.append(f"| {name} | " + " | ".join(values) + " |")

    row("paragraphs / passages", [f"{m.paragraphs:,} / {m.passages:,}" for m in sizes])
    for stage in (WHOLE, *STAGES, REST):
        row(f"{stage}, p50 / p95 / p99 ms", [_three(m.times[stage]) for m in sizes])
    row(f"{WHOLE} with a filter, p50 / p95 / p99 ms", [_three(m.filtered[WHOLE]) for m in sizes])
    row("start of the web app to first answer, files not cached, s", [f"{m.cold.seconds:.1f}" for m in sizes])
    row("the same, files cached, s", [f"{m.warm.seconds:.1f}" for m in sizes])
    row(
        "resident memory (own / of mapped files), MB",
        [f"{m.warm.resident:,.0f} ({m.warm.own:,.0f} / {m.warm.mapped:,.0f})" for m in sizes],
    )
    row("on disk, MB", [f"{m.disk:,.0f}" for m in sizes])
    if len(sizes) > 1:
        small, growth = sizes[0], list(itertools.pairwise(sizes))
        row("growth of p50 on the size before", ["", *(f"{_p50(b) / _p50(a):.2f}x" for a, b in growth)])
        row(
            "resident bytes for each paragraph more",
            ["", *(f"{_each(small.warm.resident, m.warm.resident, small, m):,.0f}" for m in sizes[1:])],
        )
        row(
            "bytes on disk for each paragraph more",
            ["", *(f"{_each(small.disk, m.disk, small, m):,.0f}" for m in sizes[1:])],
        )
    return "\n".join([*first, *lines]) + "\n"


def _three(values: list[float]) -> str:
    return " / ".join(f"{v:.1f}" for v in quantiles(values))


def _p50(measured: Measured) -> float:
    return quantiles(measured.times[WHOLE])[0]


def _each(before: float, after: float, small: Measured, large: Measured) -> float:
    return (after - before) * 1e6 / (large.paragraphs - small.paragraphs)


def plot(sizes: list[Measured]) -> str:
    """SVG: p50, p95 (ms) and resident memory (10 MB) over paragraphs, both axes logarithmic."""
    curves = {
        "p50, ms": [_p50(m) for m in sizes],
        "p95, ms": [quantiles(m.times[WHOLE])[1] for m in sizes],
        "resident, 10 MB": [m.warm.resident / 10 for m in sizes],
    }
    highest = math.ceil(math.log10(max(v for values in curves.values() for v in values)))
    left, right = math.log10(sizes[0].paragraphs), math.log10(sizes[-1].paragraphs)

    def x(paragraphs: int) -> float:
        return MARGIN + (WIDTH - 4 * MARGIN) * (math.log10(paragraphs) - left) / max(right - left, 1e-9)

    def y(value: float) -> float:
        return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * math.log10(max(value, 1.0)) / highest

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in range(highest + 1):
        at = y(10**power)
        parts.append(f'<path d="M{MARGIN} {at:.0f}H{WIDTH - 3 * MARGIN}" stroke="#ddd"/>')
        parts.append(f'<text x="{MARGIN - 6}" y="{at + 4:.0f}" text-anchor="end">{10**power:,}</text>')
    for m in sizes:
        parts.append(
            f'<text x="{x(m.paragraphs):.0f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{m.paragraphs:,}</text>'
        )
    for (name, values), colour in zip(curves.items(), COLOURS, strict=True):
        points = " ".join(f"{x(m.paragraphs):.0f},{y(v):.0f}" for m, v in zip(sizes, values, strict=True))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{p.split(",")[0]}" cy="{p.split(",")[1]}" r="3" fill="{colour}"/>' for p in points.split()
        ]
        parts.append(
            f'<text x="{x(sizes[-1].paragraphs) + 8:.0f}" y="{y(values[-1]) + 4:.0f}" fill="{colour}">{name}</text>'
        )
    parts.append(f'<text x="{WIDTH // 2 - MARGIN}" y="{HEIGHT - 8}" text-anchor="middle">paragraphs</text></svg>')
    return "\n".join(parts) + "\n"
