"""What SQLite says went wrong, as what it means for a library."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from index.errors import DatabaseDamaged, IndexingError, LibraryBusy, LibraryReadOnly, LibraryUnwritten

UNSYNCED = frozenset({sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC})
UNREAD = frozenset({sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS})
UNWRITTEN = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
    }
)
BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
PRIMARY = 0xFF
"""The part of an extended result code that names its kind."""


def failure(error: sqlite3.DatabaseError, root: Path) -> IndexingError:
    """The error of ours that stands for one of SQLite's, about the library in a folder."""
    code = getattr(error, "sqlite_errorcode", 0)  # Python's own errors have none
    kind: type[IndexingError] = DatabaseDamaged
    if code in UNSYNCED:
        kind = LibraryReadOnly
    elif code & PRIMARY in UNWRITTEN and code not in UNREAD:
        kind = LibraryUnwritten
    elif code & PRIMARY in BUSY:
        return LibraryBusy(path=str(root))
    return kind(path=str(root), detail=str(error))
