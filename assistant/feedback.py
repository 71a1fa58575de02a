"""What readers say of answers: JSON lines in the library's folder, a question set that `youju eval` reads."""

from __future__ import annotations

import json
import os
import secrets
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from index import DocumentUnknown, Library

writing = threading.Lock()


@dataclass(frozen=True)
class Feedback:
    """One reader's word on one answer. `history` are the earlier questions of the chat; `filters`
    what the question was held to, `cited` the ids of its citations."""

    question: str
    vote: Literal["up", "down"]
    verdict: Literal["answered", "not_found"]
    cited: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    reason: str = ""
    filters: dict[str, str | int] = field(default_factory=dict)


def keep(library: Library, feedback: Feedback) -> None:
    """Append it to the library's file, and see it onto the disk. Raises OSError."""
    line = json.dumps(row(library, feedback), ensure_ascii=False) + "\n"
    with writing, library.layout.feedback.open("ab") as file:
        file.write(line.encode("utf-8", "replace"))
        file.flush()
        os.fsync(file.fileno())


def row(library: Library, feedback: Feedback) -> dict[str, Any]:
    """The row of a question set. Praised evidence is what answers, and a praised refusal says that nothing does,
    unless it looked in a part of the library only;
    what answers where an answer was blamed nobody has said, so that row is `open` and not measured.
    """
    evidence = [found for id in feedback.cited if (found := _evidence(library, id))]
    known = feedback.vote == "up" and bool(evidence) == (feedback.verdict == "answered")
    known = known and not (feedback.filters and feedback.verdict == "not_found")
    return {
        "id": secrets.token_hex(6),
        "question": feedback.question,
        "history": list(feedback.history),
        "kind": "feedback",
        "evidence": evidence if known else [],
        "open": not known,
        "vote": feedback.vote,
        "reason": feedback.reason,
        "filters": feedback.filters,
        "verdict": feedback.verdict,
        "cited": list(feedback.cited),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _evidence(library: Library, id: str) -> dict[str, str] | None:
    """The characters that a citation's id names, and the file that they stand in; None for an id that means nothing."""
    document, _, place = id.partition(":")
    number, _, span = place.partition(":")
    start, _, stop = span.partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) < 9 for part in (number, start, stop)):
        return None
    try:
        whole = library.document(document)
    except DocumentUnknown:
        return None
    text = whole.paragraphs[int(number) - 1].text if 1 <= int(number) <= len(whole.paragraphs) else ""
    text = text[int(start) : int(stop)].strip()
    return {"doc": whole.source.name, "text": text} if text else None
