"""A library that is read-only because the disk did not confirm what was written to it.

What the disk holds is then not known until it is read again, so nothing more is written on top: until
`youju verify`, which reads all of it from the disk, finds it well.
"""

from __future__ import annotations

import errno
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from index.disk import Unsynced
from index.errors import LibraryReadOnly, LibraryUnwritten
from index.layout import Layout
from index.store.failures import failure

UNWRITTEN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM})
"""What the system says when it does not take what is written."""

logger = logging.getLogger(__name__)

_halted: dict[str, str] = {}
"""Why, by folder: a disk that fails may not take the note in the folder either."""


def halted(layout: Layout) -> str:
    """Which write was not confirmed; empty when all were."""
    try:
        return layout.read_only.read_text(encoding="utf-8") or "fsync"
    except FileNotFoundError:
        return _halted.get(_key(layout), "")


def halt(layout: Layout, detail: str) -> None:
    """Nothing more is written from now on."""
    _halted[_key(layout)] = detail
    try:
        layout.read_only.write_text(detail, encoding="utf-8")
    except OSError as error:
        logger.error("%s: can't be noted as read-only: %s", layout.root, error)


def resume(layout: Layout) -> None:
    """All was read from the disk and is well. Raises OSError."""
    layout.read_only.unlink(missing_ok=True)
    _halted.pop(_key(layout), None)


def refuse_if_halted(layout: Layout) -> None:
    """Raises LibraryReadOnly."""
    if detail := halted(layout):
        raise LibraryReadOnly(path=str(layout.root), detail=detail)


@contextmanager
def named_failures(layout: Layout) -> Iterator[None]:
    """What goes wrong inside while a library is read or written, by its name; a write that is not confirmed halts it.

    Raises DatabaseDamaged, LibraryUnwritten, LibraryReadOnly, LibraryBusy.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        found = failure(error, layout.root)
        if isinstance(found, LibraryReadOnly):
            halt(layout, str(error))
        raise found from error
    except Unsynced as error:
        halt(layout, str(error.strerror))
        raise LibraryReadOnly(path=str(layout.root), detail=str(error.strerror)) from error
    except OSError as error:
        if error.errno not in UNWRITTEN:
            raise
        raise LibraryUnwritten(path=str(layout.root), detail=str(error.strerror)) from error


def _key(layout: Layout) -> str:
    return str(layout.root.absolute())
