"""The files under the paths that somebody names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import Refused
from corpus.extract import READERS

# Notes that lie beside documents, not documents themselves.
NOTES = {"readme.md", "readme.txt", "license", "license.txt", "thumbs.db", ".ds_store"}


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
        if not _printable(str(path)):
            yield _shown(str(path)), Refused("name")
        elif path.is_dir():
            yield from _inside(path)
        elif path.exists():
            yield Found(path, path.name)
        else:
            yield str(path), Refused("missing")


def _inside(root: Path) -> Iterator[Found | tuple[str, Refused]]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            path = Path(folder, file)
            name = path.relative_to(root).as_posix()
            if file.startswith((".", "~$")) or file.lower() in NOTES:
                continue
            if not _printable(name):
                yield _shown(name), Refused("name")
            elif path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
                yield name, Refused("link")
            elif path.suffix.lower() not in READERS:
                yield name, Refused("format", path.suffix)
            else:
                yield Found(path, name)


def _printable(name: str) -> bool:
    """Names in GBK bytes, as old zip programs leave them, come as lone surrogates: no text can hold them."""
    return name.isprintable() or not any("\ud800" <= c <= "\udfff" for c in name)


def _shown(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")
