"""Names of files: which can be shown and kept, which are passed over, how members are named."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import PurePosixPath

# Notes that lie beside documents, and what systems leave there: not documents themselves.
NOTES = {"readme.md", "readme.txt", "license", "license.txt", "thumbs.db", "desktop.ini"}
SYSTEM_FOLDERS = {"__macosx"}
INSIDE = "!/"
"""Stands between a file and what is inside of it: outer.zip!/inner.txt."""
# Zero-width and bidirectional characters: in a list of files they hide or turn round what stands beside them.
UNSEEN = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")
# Controls would break the lines in which names are listed; a lone surrogate cannot be written at all.
UNFIT = {"Cc", "Cs", "Zl", "Zp"}


def is_fit(name: str) -> bool:
    """Whether a name can be shown on one line and stored.

    >>> is_fit("讲话.txt"), is_fit("讲\\n话.txt"), is_fit("\\udcbd.txt")
    (True, False, False)
    """
    return name.isprintable() or not any(unicodedata.category(c) in UNFIT for c in name)


def plain(name: str) -> str:
    """A name as it is listed: without characters that nobody sees. The file is opened by the name that it has.

    >>> plain("通知\u202etxt.exe\u202c.txt")
    '通知txt.exe.txt'
    """
    return UNSEEN.sub("", name)


def shown(name: str) -> str:
    """An unfit name as it can be shown: GBK bytes decoded, controls written out.

    >>> shown("讲\\n话.txt")
    '讲\\\\n话.txt'
    """
    try:
        name = os.fsencode(name).decode("gb18030") if any("\ud800" <= c <= "\udfff" for c in name) else name
    except UnicodeError:
        name = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(
        c if unicodedata.category(c) not in UNFIT else c.encode("unicode_escape").decode() for c in plain(name)
    )


def is_passed_over(name: str) -> bool:
    """Hidden files, lock files of Word, READMEs and what systems leave in folders.

    >>> [is_passed_over(n) for n in ("__MACOSX/._讲话.docx", "附件/~$讲话.docx", "附件/讲话.docx")]
    [True, True, False]
    """
    path = PurePosixPath(name)
    return (
        any(part.startswith((".", "~$")) or part.lower() in SYSTEM_FOLDERS for part in path.parts)
        or path.name.lower() in NOTES
    )
