"""Opening files that nobody vouches for."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

from corpus.errors import Refused

LIMIT_BYTES = 64_000_000
"""A larger file is refused: no official document has the size of a film."""
LIMIT_ARCHIVE = 2_000_000_000
"""The same for an archive, whose members have limits of their own."""


def open_file(path: Path) -> BinaryIO:
    """Open an ordinary file; a pipe or device is refused instead of waited for.

    Raises Refused: missing, unreadable, not_file.
    """
    try:
        file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    except FileNotFoundError:
        raise Refused("missing") from None
    except IsADirectoryError:
        raise Refused("not_file") from None
    except (OSError, ValueError) as error:
        raise Refused("unreadable", getattr(error, "strerror", None) or type(error).__name__) from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise Refused("not_file")
    return file


def read_within(file: BinaryIO) -> bytes:
    """All bytes of a file. Raises Refused: too_large, unreadable, changed."""
    before = stamp(file)
    if before[0] > LIMIT_BYTES:
        raise Refused("too_large", f"{LIMIT_BYTES // 1_000_000} MB")
    try:
        data = file.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise Refused("unreadable", error.strerror or "") from error
    if stamp(file) != before or len(data) > LIMIT_BYTES:
        raise Refused("changed")
    return data


def stamp(file: BinaryIO) -> tuple[int, int]:
    """Size and time of the last change, which tell that somebody wrote to a file meanwhile."""
    if isinstance(file, io.BytesIO):
        return file.getbuffer().nbytes, 0
    state = os.fstat(file.fileno())
    return state.st_size, state.st_mtime_ns


def read_bytes(path: Path) -> bytes:
    """The content of a file within the limit. Raises Refused: missing, unreadable, not_file, too_large, changed."""
    with open_file(path) as file:
        return read_within(file)
