"""Making files durable: contents first, then the name, then the folder that holds the name.

An fsync that fails is never tried again: the system may have thrown away what it could not write and
report success the second time (as PostgreSQL found out in 2018).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import IO

DAY = 86_400.0


class Unsynced(OSError):
    """The disk did not confirm that it holds what was written."""


def sync_open(file: IO[bytes]) -> None:
    """See what was written to an open file onto the disk. Raises Unsynced."""
    file.flush()
    _fsync(file.fileno())


def sync_file(path: Path) -> None:
    """See a file's contents onto the disk. Raises Unsynced."""
    with path.open("rb+") as file:
        _fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """See the names in a folder onto the disk, where the system lets folders be opened. Raises Unsynced."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            _fsync(descriptor)
        finally:
            os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """See all files under a folder onto the disk, then the folders, the innermost first. Raises Unsynced."""
    found = list(folder.rglob("*"))
    for path in found:
        if path.is_file():
            sync_file(path)
    for path in sorted((path for path in found if path.is_dir()), key=lambda path: -len(path.parts)):
        sync_folder(path)
    sync_folder(folder)


def put(draft: Path, target: Path) -> None:
    """Give a file or folder whose contents are synced its name, in the place of a file that had it. Raises Unsynced."""
    os.replace(draft, target)
    sync_folder(target.parent)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, so that they last. Raises Unsynced."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in reversed(missing):
        sync_folder(path.parent)


@contextmanager
def draft_of(target: Path) -> Iterator[Path]:
    """A name beside a file or folder under which it is made, to be `put` at the end; nothing is left of it otherwise.

    What a killed process left behind a day ago goes, too.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    for old in target.parent.glob(f".{escape(target.name)}.*.part"):
        if time.time() - old.stat().st_mtime > DAY:
            _remove(old)
    try:
        yield draft
    finally:
        _remove(draft)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's contents. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_file_of(path: Path, sha256: str) -> bool:
    """Whether there is a file with these contents."""
    return path.is_file() and sha256_of(path) == sha256


def uncached(folder: Path) -> None:
    """Have the system forget what it holds in memory of a folder's files, so that reading them asks the disk."""
    if not hasattr(os, "posix_fadvise"):
        return
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _fsync(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        raise Unsynced(error.errno, error.strerror) from error
