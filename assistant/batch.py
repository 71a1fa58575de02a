"""Many questions from a file, an answer a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from assistant.ask import ask
from assistant.errors import AssistantError, BadInput
from assistant.messages import explain
from index import Filters, IndexingError, Library

FILTERS = {field.name for field in fields(Filters)}


def answer_file(library: Library, path: Path, *, k: int, language: str) -> Iterator[dict[str, Any]]:
    """An answer for each row {"id", "question", "history", "filters"}, in the order of the file.

    A row that fails says so under "error" and the rest goes on. Raises BadInput if the file itself
    can't be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(path=str(path), line="0", detail=type(error).__name__) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer_row(library, line, f"{path.name}:{number}", k, language)


def _answer_row(library: Library, line: str, place: str, k: int, language: str) -> dict[str, Any]:
    id: Any = None
    try:
        row = json.loads(line)
        id = row["id"]
        answer = ask(
            library,
            row["question"],
            history=[str(q) for q in row.get("history") or []],
            filters=read_filters(row.get("filters") or {}),
            k=k,
        )
        return {"id": id} | answer.to_dict()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        wrong = BadInput(path=place, line="1", detail=f"{type(error).__name__} {error}")
        return {"id": id, "error": explain(wrong, language)}
    except (IndexingError, AssistantError) as error:
        return {"id": id, "error": explain(error, language)}


def read_filters(data: dict[str, Any]) -> Filters:
    """Filters out of JSON. Raises ValueError for a key that is no filter."""
    unknown = data.keys() - FILTERS
    if unknown:
        raise ValueError(f"filters: {', '.join(sorted(unknown))}")
    year = data.get("year")
    return Filters(**{**data, "year": int(year) if year is not None else None})
