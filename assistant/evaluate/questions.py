"""A question set: JSON lines {"id", "question", "kind", "doc", "evidence", "history"}.

`evidence` are verbatim spans, either strings or {"doc", "text"}; `doc` stands for those that name
none. No evidence means that the library cannot answer, unless the row says `"open": true`: then nobody
knows yet what answers, and it is passed over. Other keys are left alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import BadInput


@dataclass(frozen=True)
class Evidence:
    """A span that answers, and the document that it was taken from, if the set names it."""

    text: str
    doc: str | None


@dataclass(frozen=True)
class Row:
    """One question of a set."""

    id: str
    question: str
    kind: str
    evidence: tuple[Evidence, ...]
    history: tuple[str, ...] = ()


def read_questions(path: Path) -> list[Row]:
    """The rows of a question set. Raises BadInput."""
    rows: dict[str, Row] = {}
    for number, line in _lines(path):
        try:
            data = json.loads(line)
            if data.get("open") is True:
                continue
            row = _row(data)
            if row.id in rows:
                raise ValueError(f"id {row.id}")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput(path=str(path), line=str(number), detail=f"{type(error).__name__} {error}") from error
        rows[row.id] = row
    return list(rows.values())


def digest(path: Path) -> str:
    """Of a set's file: what was measured on other questions can't be compared. Raises BadInput."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise BadInput(path=str(path), line="0", detail=type(error).__name__) from error


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(path=str(path), line="0", detail=type(error).__name__) from error
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _row(data: dict[str, Any]) -> Row:
    texts = [data["question"], *(data.get("history") or ())]
    evidence = tuple(_evidence(e, data.get("doc")) for e in data.get("evidence") or ())
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("question, history")
    return Row(str(data["id"]), texts[0], str(data.get("kind") or "qa"), evidence, tuple(texts[1:]))


def _evidence(given: str | dict[str, str], doc: str | None) -> Evidence:
    evidence = Evidence(given, doc) if isinstance(given, str) else Evidence(given["text"], given.get("doc", doc))
    if not evidence.text.strip():
        raise ValueError("evidence")  # an empty span stands in every paragraph
    return evidence
