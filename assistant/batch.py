"""Many questions from a file, a result a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError, BadInput
from assistant.messages import explain
from index import Filters, IndexingError

FILTERS = {field.name for field in fields(Filters)}


@dataclass(frozen=True)
class BatchRow:
    """A row {"id", "question", "history", "filters", "plain"}; other keys are left alone."""

    id: Any
    question: str
    history: tuple[str, ...]
    filters: Filters
    plain: bool


Work = Callable[[BatchRow], dict[str, Any]]


def read_lines(path: Path) -> list[str]:
    """The rows of a file of JSON lines, with the empty ones. Raises BadInput."""
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(path=str(path), line="0", detail=type(error).__name__) from error


def result_lines(lines: Sequence[str], work: Work, language: str) -> Iterator[dict[str, Any]]:
    """What `work` makes of each row, with the row's id, in their order.

    A row that fails says so under "error" and the rest goes on.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _result(line, number, work, language)


def _result(line: str, number: int, work: Work, language: str) -> dict[str, Any]:
    id: Any = None
    try:
        data = json.loads(line)
        id = data["id"]
        return {"id": id} | work(_row(data))
    except (IndexingError, AssistantError) as error:
        return {"id": id, "error": explain(error, language)}
    except Exception as error:  # noqa: BLE001  whatever is wrong with a row, the others go on
        wrong = BadInput(path="JSONL", line=str(number), detail=f"{type(error).__name__} {error}")
        return {"id": id, "error": explain(wrong, language)}


def _row(data: dict[str, Any]) -> BatchRow:
    history = data.get("history") or []
    filters = read_filters(data.get("filters") or {})
    if not isinstance(data["question"], str) or not all(isinstance(q, str) for q in history):
        raise TypeError("question, history")
    return BatchRow(data["id"], data["question"], tuple(history), filters, bool(data.get("plain")))


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
