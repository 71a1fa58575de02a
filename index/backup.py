"""A library as one file, taken while it is in use, and back again.

A zip of the database, of the originals, and of whatever else lies in the folder that can't be derived, with a
manifest of SHA-256 digests. What is derived stays out: it is derived again when the backup is restored.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.disk import draft_of, put, sync_open
from index.errors import BackupUnwritten, DatabaseDamaged, LibraryBusy, LibraryReadOnly, LibraryUnwritten
from index.layout import Layout
from index.store import Store
from index.store.failures import failure

FORMAT = 1
MANIFEST, DATABASE = "manifest.json", "library.db"
LEVEL = 1
"""Of compression: texts to a third; vectors do not shrink, so more would only take longer."""
TIMES = 5
"""That a backup begins again when originals were replaced during it."""
BLOCK = 1 << 20


@dataclass(frozen=True)
class Backup:
    """What is in a backup: documents, original files, bytes; `missing` originals that were not there any more."""

    path: Path
    documents: int
    originals: int
    size: int
    missing: tuple[str, ...] = ()


def back_up(layout: Layout, target: Path) -> Backup:
    """Write a backup of a library, in the place of what has that name. Nobody who reads or writes has to stop.

    Raises DatabaseDamaged, BackupUnwritten, LibraryBusy when originals change faster than they can be copied.
    """
    try:
        with draft_of(target) as draft, draft_of(target.with_name(f"{target.name}.db")) as database:
            for _ in range(TIMES):
                _copy_database(layout, database)
                found = _pack(layout, database, draft)
                if found is not None:
                    put(draft, target)
                    return Backup(target, *found[:2], target.stat().st_size, found[2])
    except OSError as error:
        raise BackupUnwritten(path=str(target), detail=error.strerror or str(error)) from error
    raise LibraryBusy(path=str(layout.root))


def _copy_database(layout: Layout, target: Path) -> None:
    """A copy of one state; a writer's commit waits while it is made, about a second for each gigabyte."""
    target.unlink(missing_ok=True)
    store = Store(layout.database)
    try:
        with closing(sqlite3.connect(target)) as copy:
            store.connection.backup(copy)
    except sqlite3.DatabaseError as error:
        found = failure(error, layout.root)
        if isinstance(found, LibraryUnwritten | LibraryReadOnly):  # of the library itself nothing is written
            raise BackupUnwritten(path=str(target), detail=str(error)) from error
        raise found from error
    finally:
        store.close()


def _pack(layout: Layout, database: Path, draft: Path) -> tuple[int, int, tuple[str, ...]] | None:
    """Write the zip: documents, originals, missing originals; None if a writer replaced originals meanwhile."""
    store = Store(database)
    try:
        generation = store.generation
        problems = store.check() or store.broken_seals(generation)
        if problems:
            raise DatabaseDamaged(path=str(layout.root), detail=problems[0])
        wanted = {
            Path(origin).name: sha256 for origin, sha256 in store.single_files(generation, layout.originals.absolute())
        }
        documents = store.counts(generation)["documents"]
    finally:
        store.close()
    digests: dict[str, str] = {}
    with draft.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
            digests[DATABASE] = _store(archive, DATABASE, database)
            for name, path in kept_files(layout):
                try:
                    digests[name] = _store(archive, name, path)
                except FileNotFoundError:  # replaced or removed just now
                    continue
            manifest = {
                "format": FORMAT,
                "generation": generation,
                "originals": str(layout.originals.absolute()),
                "files": digests,
            }
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        sync_open(file)
    missing = tuple(sorted(n for n, sha256 in wanted.items() if sha256 not in _held(digests, n)))
    now = Store(layout.database)
    changed = now.generation != generation
    now.close()
    if missing and changed:
        return None
    return documents, sum(name.startswith("originals/") for name in digests), missing


def _held(digests: dict[str, str], name: str) -> set[str]:
    """The digests under which an original is in the backup: it, and the one that is making room for it."""
    return {digests.get(f"originals/{name}", ""), digests.get(f"replaced/{name}", "")}


def kept_files(layout: Layout) -> Iterator[tuple[str, Path]]:
    """What can't be derived besides the database, by its name in a backup."""
    derived = {layout.generations, layout.draft}
    never = {layout.database, layout.lock, layout.read_only}
    for top in sorted(layout.root.iterdir()):
        if top in derived | never or top.name.startswith((".", f"{layout.database.name}-")):
            continue
        for path in sorted([top, *top.rglob("*")] if top.is_dir() and not top.is_symlink() else [top]):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(layout.root).as_posix(), path


def _store(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    """Put a file into the zip; its SHA-256. Of JSON lines that are being written only the whole ones."""
    digest = hashlib.sha256()
    left = path.stat().st_size
    info = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    info.compress_type = zipfile.ZIP_DEFLATED
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
        if path.suffix == ".jsonl":
            left = source.read().rfind(b"\n") + 1
            source.seek(0)
        while left and (block := source.read(min(BLOCK, left))):
            left -= len(block)
            digest.update(block)
            target.write(block)
    return digest.hexdigest()
