"""Drafts that programs send: read out of bytes, checked, given back as JSON or with comments."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath

from assistant.api.calls import Reply
from assistant.api.cited_text import inert
from assistant.api.requests import CheckRequest
from assistant.draft import Checked, Draft, check, comments_of, read_draft, report_lines
from assistant.draft.comments import commented
from assistant.errors import NotDraft, NotWord
from index import Library

TYPED = "draft.txt"
"""Name of a draft that came as mere text."""
LONGEST_NAME = 100
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def draft_of(name: str, data: bytes) -> Draft:
    """A draft out of a file's bytes. Raises NotDraft, Refused.

    Only the ending of its name comes near the file system.
    """
    name = PureWindowsPath(name).name[-LONGEST_NAME:]  # knows both kinds of slashes
    ending = Path(name).suffix.lower()
    if not ending[1:].isalnum():
        raise NotDraft(path=name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"draft{ending}"
        path.write_bytes(data)
        try:
            return replace(read_draft(path), path=Path(name))
        except NotDraft as error:
            raise NotDraft(path=name) from error


def check_text(library: Library, request: CheckRequest, language: str) -> Reply:
    """A draft's text against the library. Raises Refused, IndexingError."""
    draft = draft_of(TYPED, request.text.encode())
    return _told(check(library, draft), draft, language)


def check_file(library: Library, name: str, data: bytes, language: str) -> Reply:
    """The same for a file. Raises NotDraft, Refused, IndexingError."""
    draft = draft_of(name, data)
    return _told(check(library, draft), draft, language)


def comment_file(library: Library, name: str, data: bytes, language: str) -> bytes:
    """A Word draft with what is to be said of it as comments. Raises NotDraft, NotWord, Refused, IndexingError."""
    draft = draft_of(name, data)
    if draft.word is None:
        raise NotWord(path=draft.path.name)
    comments = comments_of(check(library, draft), language)
    return commented(draft.word, draft.letters, comments, datetime.now(UTC))


def _told(checked: Checked, draft: Draft, language: str) -> Reply:
    lines = report_lines(checked, len(draft.paragraphs), language)
    return Reply(checked.to_dict(), ["\n".join(map(inert, lines))])
