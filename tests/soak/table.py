"""What was promised, how it was tried, and what was reached, as rows between two marks of a Markdown file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- soak: make soak writes what stands here -->", "<!-- soak: end -->"
HEAD = ("| part | promise | tried | reached |", "|---|---|---|---|")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    promise: str
    tried: str
    reached: str


def written(text: str, part: str, rows: Sequence[Row]) -> str:
    """The text with the rows of one part in the place of those that it had; the parts in the order of their names."""
    before, _, rest = text.partition(BEGIN)
    table, _, after = rest.partition(END)
    kept = [line for line in table.splitlines() if line.startswith("| ") and line not in HEAD]
    kept = [line for line in kept if line.split("|")[1].strip() != part]
    new = [f"| {part} | {row.promise} | {row.tried} | {row.reached} |" for row in rows]
    ordered = sorted(kept + new, key=lambda line: line.split("|")[1].strip())
    return before + "\n".join((BEGIN, *HEAD, *ordered, END)) + after


def write(path: Path, part: str, rows: Sequence[Row]) -> None:
    """Put them into the file."""
    path.write_text(written(path.read_text(encoding="utf-8"), part, rows), encoding="utf-8")
