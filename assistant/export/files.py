"""A sheet as a file: its name, its type, its bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import BadForm, BadOutput
from assistant.export.markdown import markdown_of
from assistant.export.sheet import Sheet
from assistant.export.word import docx_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS: dict[str, tuple[str, Callable[[Sheet], bytes]]] = {
    "docx": (WORD, docx_of),
    "md": ("text/markdown;charset=utf-8", lambda sheet: markdown_of(sheet).encode()),
}
"""By ending: the media type, and what writes it."""
LONGEST_NAME = 60
"""Characters of a file's name: three bytes each, and file systems take 255."""
# What a system, a shell or a header does not take in a name; nor what turns the direction of writing.
UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff<>:\"/\\|?*%\s]+"
)
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)


@dataclass(frozen=True)
class File:
    """What somebody is given to save."""

    name: str
    media_type: str
    data: bytes


def file_of(sheet: Sheet, form: str) -> File:
    """A sheet in one of FORMS, named by its title."""
    media_type, write = FORMS[form]
    return File(f"{safe_name(sheet.title)}.{form}", media_type, write(sheet))


def safe_name(title: str) -> str:
    """A name that every system takes.

    >>> safe_name("../关于<b>清查/活动</b>的通知"), safe_name("?"), safe_name("con")
    ('关于-b-清查-活动-b-的通知', '有据', '_con')
    """
    name = UNSAFE.sub("-", title[: 4 * LONGEST_NAME]).strip("-. ")[:LONGEST_NAME].rstrip("-. ")
    return (f"_{name}" if RESERVED.fullmatch(name) else name) or "有据"


def form_of(path: Path) -> str:
    """One of FORMS by a file's ending. Raises BadForm."""
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise BadForm(path=str(path))
    return form


def save(sheet: Sheet, path: Path) -> None:
    """Write a sheet in the form that the file's ending names. Raises BadForm, BadOutput."""
    data = file_of(sheet, form_of(path)).data
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BadOutput(path=str(path)) from error
