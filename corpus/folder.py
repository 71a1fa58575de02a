"""The files under the paths that somebody names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import Refused
from corpus.names import is_fit, is_passed_over, plain, shown
from corpus.parts import refusal_of_ending


@dataclass(frozen=True)
class Found:
    """A file to read: its path, and its name inside the folder that was named."""

    path: Path
    name: str


def find_files(paths: Sequence[Path]) -> Iterator[Found | tuple[str, Refused]]:
    """Every file under these paths in the order of names; what can't be read comes as a refusal.

    Links out of the folder are refused, hidden files and READMEs passed over.
    """
    for path in paths:
        if not is_fit(str(path.absolute())):
            yield shown(str(path)), Refused("name")
            continue
        try:
            is_folder = path.is_dir()
            exists = is_folder or path.exists()
        except OSError as error:  # a name that is too long, a folder on the way that may not be entered
            yield str(path), Refused("unreadable", error.strerror or "")
            continue
        if is_folder:
            yield from _inside(path)
        else:
            yield Found(path, plain(path.name)) if exists else (plain(str(path)), Refused("missing"))


def _inside(root: Path) -> Iterator[Found | tuple[str, Refused]]:
    """Folders wait on a stack: nested a thousand deep, they must not exhaust ours."""
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield shown(folder.relative_to(root).as_posix()), Refused("unreadable", error.strerror or "")
            continue
        folders = []
        for entry in entries:
            path = Path(entry.path)
            name = path.relative_to(root).as_posix()
            if entry.is_dir(follow_symlinks=False):
                if not is_passed_over(f"{entry.name}/-"):
                    folders.append(path)
            elif not is_passed_over(entry.name):
                yield from _one(path, name, root)
        waiting += reversed(folders)


def _one(path: Path, name: str, root: Path) -> Iterator[Found | tuple[str, Refused]]:
    if not is_fit(name):
        yield shown(name), Refused("name")
    elif path.is_symlink() and not _stays(path, root):
        yield plain(name), Refused("link")
    elif path.is_dir():
        pass  # a link to a folder inside of this one, whose files are found there
    elif refusal := refusal_of_ending(name):
        yield plain(name), refusal
    else:
        yield Found(path, plain(name))


def _stays(link: Path, root: Path) -> bool:
    try:
        return link.resolve().is_relative_to(root.resolve())
    except (RuntimeError, OSError):  # a link that leads round to itself
        return False
