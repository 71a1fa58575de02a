"""Many questions from a file, an answer a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from assistant.ask import ask
from assistant.errors import AssistantError, BadInput
from assistant.messages import explain
from index import Filters, IndexingError, Library

FILTERS = {field.name for field in fields(Filters)}


def read_lines(path: Path) -> list[str]:
    """The rows of a file of JSON lines, with the empty ones. Raises BadInput."""
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(path=str(path), line="0", detail=type(error).__name__) from error


def answer_lines(library: Library, lines: Sequence[str], *, k: int, language: str) -> Iterator[dict[str, Any]]:
    """An answer for each row {"id", "question", "history", "filters", "plain"}, in their order.

    A row that fails says so under "error" and the rest goes on.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer_row(library, line, number, k, language)


def _answer_row(library: Library, line: str, number: int, k: int, language: str) -> dict[str, Any]:
    id: Any = None
    try:
        row = json.loads(line)
        id = row["id"]
        history = row.get("history") or []
        filters = read_filters(row.get("filters") or {})
        if not isinstance(row["question"], str) or not all(isinstance(q, str) for q in history):
            raise TypeError("question, history")
        return {"id": id} | ask(
            library, row["question"], history=history, filters=filters, k=k, plain=bool(row.get("plain"))
        ).to_dict()
    except (IndexingError, AssistantError) as error:
        return {"id": id, "error": explain(error, language)}
    except Exception as error:  # noqa: BLE001  whatever is wrong with a row, the others go on
        wrong = BadInput(path="JSONL", line=str(number), detail=f"{type(error).__name__} {error}")
        return {"id": id, "error": explain(wrong, language)}


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
