"""Files that were handed over instead of named: kept in the library's folder under their own names."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath, PurePosixPath

from corpus import Refused, Source, original
from corpus.names import INSIDE, shown
from corpus.parts import refusal_of_ending
from index import DocumentUnknown, Library, Outcome
from index.disk import make_folder, sync_file, sync_folder
from index.layout import Layout

UNFIT = frozenset('<>:"|?*')
"""What file systems of other machines do not take."""
MOST_BYTES = 200
"""Of a file's name; file systems take 255."""


def take_in(layout: Layout, files: Iterable[tuple[Path, str]]) -> list[Path]:
    """Move files, each with the name that it had with its owner, to where the library keeps them.

    One of the same name that was handed over before makes room, until `settle`; of two in one go the
    second is numbered. They are on the disk before anything is read out of them.
    """
    make_folder(layout.originals)
    make_folder(layout.replaced)
    taken: list[Path] = []
    for file, name in files:
        path = layout.originals / _free(own_name(name), {path.name for path in taken})
        if path.exists():
            os.replace(path, layout.replaced / path.name)
        shutil.move(file, path)
        sync_file(path)
        taken.append(path)
    for folder in (layout.originals, layout.replaced):
        sync_folder(folder)
    return taken


def recover(library: Library) -> None:
    """What `settle` would have done if the process had not been killed before: of an original and the one that
    was to replace it, that stays which the library's documents came out of.
    """
    for before in sorted(library.layout.replaced.glob("*")):
        path = library.layout.originals / before.name
        digests = library.digests_from(str(path.absolute()))
        if any(give(Source("", origin, sha256, "")) for origin, sha256 in digests.items()):
            before.unlink()
        else:
            os.replace(before, path)


def own_name(name: str) -> str:
    """The name of an uploaded file, fit for a folder on any system.

    >>> own_name("C:\\\\材料\\\\关于《办法》的通知（试行）.docx"), own_name("../../etc/passwd"), own_name("..")
    ('关于《办法》的通知（试行）.docx', 'passwd', '_')
    """
    last = PurePosixPath(shown(name).replace("\\", "/")).name
    kept = "".join("_" if c in UNFIT else c for c in last).strip(" .").replace(INSIDE, "_") or "_"
    stem, ending = PurePath(kept).stem, PurePath(kept).suffix[:20]
    while len(f"{stem}{ending}".encode()) > MOST_BYTES and stem:
        stem = stem[:-1]
    return f"{stem}{ending}"


def _free(name: str, taken: set[str]) -> str:
    stem, ending = PurePath(name).stem, PurePath(name).suffix
    numbered = (f"{stem} ({count}){ending}" for count in range(2, len(taken) + 3))
    return name if name not in taken else next(other for other in numbered if other not in taken)


def settle(library: Library, taken: Sequence[Path], outcomes: Sequence[Outcome]) -> None:
    """Once they were read: a file that gave nothing goes, and the one that it would have replaced comes back."""
    for path in taken:
        before = library.layout.replaced / path.name
        if any(_came_out_of(library, path, outcome) for outcome in outcomes):
            before.unlink(missing_ok=True)
        elif before.exists():
            os.replace(before, path)
        else:
            path.unlink(missing_ok=True)


def _came_out_of(library: Library, path: Path, outcome: Outcome) -> bool:
    """Whether an outcome is of this file, and its document in the library by now."""
    if not outcome.id or outcome.name.split(INSIDE)[0] != path.name:
        return False
    try:
        sources = library.sources(outcome.id)
    except DocumentUnknown:  # stopped before it was stored
        return False
    return any(kept_at(library.layout, source) == path.absolute() for source in sources)


def forget(library: Library, sources: Iterable[Source]) -> None:
    """Delete the originals out of which no document of the library comes any more."""
    for source in sources:
        path = kept_at(library.layout, source)
        if path and not library.holds(str(path.absolute())):
            path.unlink(missing_ok=True)


def is_there(source: Source) -> bool:
    """Whether a file still lies where it was read, by itself or in an archive."""
    *outer, last = source.origin.split(INSIDE)
    lying = any(Path(INSIDE.join([*outer, last][:count])).is_file() for count in range(1, len(outer) + 2))
    return lying and refusal_of_ending(last) is None  # a row or sheet has no ending, and is no file


def give(source: Source) -> tuple[str, bytes] | None:
    """The name and the bytes of a source file; None if they are no longer those that were read."""
    try:
        name, data = original(source.origin)
    except Refused:
        return None
    return (name, data) if hashlib.sha256(data).hexdigest() == source.sha256 else None


def kept_at(layout: Layout, source: Source) -> Path | None:
    """The original that a source is, or is inside of; None for a file that lies elsewhere."""
    path = Path(source.origin.split(INSIDE)[0])
    return path if path.parent == layout.originals.absolute() else None
