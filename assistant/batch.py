"""Many rows from a file of JSON lines, a result a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError, BadInput
from assistant.messages import explain
from index import Filters, IndexingError

FILTERS = {each.name for each in fields(Filters)}


@dataclass(frozen=True)
class Row:
    """What one line asks; `question` is the query of any command, `history` the earlier questions of a chat."""

    question: str
    history: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    plain: bool = False


def run_batch(path: Path, out: Path | None, answer: Callable[[Row], dict[str, Any]], language: str) -> bool:
    """Answer each row of a file, into another one or onto standard output; whether all went well.

    Results go to a file of another name until all are there, so that none is ever half written. Raises BadInput.
    """
    lines = read_lines(path)
    well = True
    draft = out.with_name(out.name + ".part") if out else None
    with draft.open("w", encoding="utf-8", errors="replace") if draft else nullcontext(sys.stdout) as file:
        for result in answer_lines(lines, answer, language):
            well = well and "error" not in result
            file.write(json.dumps(result, ensure_ascii=False) + "\n")
    if draft and out:
        draft.replace(out)
    return well


def read_lines(path: Path) -> list[str]:
    """The rows of a file of JSON lines, with the empty ones. Raises BadInput."""
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(path=str(path), line="0", detail=type(error).__name__) from error


def answer_lines(
    lines: Sequence[str], answer: Callable[[Row], dict[str, Any]], language: str
) -> Iterator[dict[str, Any]]:
    """A result for each row {"id", "question", "history", "filters", "plain"}, in their order.

    A row that fails says so under "error" and the rest goes on.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answered(line, number, answer, language)


def _answered(line: str, number: int, answer: Callable[[Row], dict[str, Any]], language: str) -> dict[str, Any]:
    id: Any = None
    try:
        data = json.loads(line)
        id = data["id"]
        return {"id": id} | answer(_row(data))
    except (IndexingError, AssistantError) as error:
        return {"id": id, "error": explain(error, language)}
    except Exception as error:  # noqa: BLE001  whatever is wrong with a row, the others go on
        wrong = BadInput(path="JSONL", line=str(number), detail=f"{type(error).__name__} {error}")
        return {"id": id, "error": explain(wrong, language)}


def _row(data: dict[str, Any]) -> Row:
    history = data.get("history") or []
    filters = read_filters(data.get("filters") or {})
    if not isinstance(data["question"], str) or not all(isinstance(q, str) for q in history):
        raise TypeError("question, history")
    return Row(data["question"], tuple(history), filters, bool(data.get("plain")))


def read_filters(data: dict[str, Any]) -> Filters:
    """Filters out of JSON. Raises ValueError for a key that is no filter, TypeError for a value that is none."""
    unknown = data.keys() - FILTERS
    if unknown:
        raise ValueError(f"filters: {', '.join(sorted(unknown))}")
    year = data.get("year")
    texts = {key: value for key, value in data.items() if key != "year" and value is not None}
    if not all(isinstance(value, str) for value in texts.values()):
        raise TypeError("filters")
    return Filters(**texts, year=int(year) if year is not None else None)
