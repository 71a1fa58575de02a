"""A backup turned into a library again: unpacked beside, checked, its indexes derived, and only then given its name."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from index.backup import BLOCK, DATABASE, FORMAT, MANIFEST, Backup
from index.disk import draft_of, make_folder, put, sync_tree
from index.errors import BackupDamaged, FolderTaken, LibraryDamaged
from index.halt import named_failures
from index.layout import Layout
from index.library import Library

MOST_MANIFEST = 64_000_000
"""Bytes; a hundred of them name an original."""


def restore(source: Path, root: Path) -> Backup:
    """Make a library out of a backup in a folder that is empty or not there.

    Nothing is there before all of it is checked. Raises BackupDamaged, FolderTaken, LibraryUnwritten, LibraryTooNew.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise FolderTaken(path=str(root))
    root = root.absolute()
    with named_failures(Layout(root)):
        make_folder(root.parent)
        with draft_of(root) as draft:
            draft.mkdir()
            manifest = _unpack(source, draft)
            documents = _revive(source, draft, manifest, Layout(root).originals)
            sync_tree(draft)
            if root.exists():
                root.rmdir()
            put(draft, root)
    originals = sum(name.startswith("originals/") for name in manifest["files"])
    return Backup(source, documents, originals, source.stat().st_size)


def _unpack(source: Path, draft: Path) -> dict[str, Any]:
    """The files that the manifest names, each held against its digest; anything else is not a backup of ours."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(source, archive)
            for name, digest in manifest["files"].items():
                path = draft / _safe(source, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                if _extract(archive, name, path) != digest:
                    raise BackupDamaged(path=str(source), detail=f"{name}: changed")
            return manifest
    except FileNotFoundError as error:
        raise BackupDamaged(path=str(source), detail="no such file") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, RuntimeError) as error:
        raise BackupDamaged(path=str(source), detail=(str(error).splitlines() or [""])[0][:120]) from error


def _manifest(source: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
        raise BackupDamaged(path=str(source), detail=MANIFEST)
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["format"] != FORMAT:
        raise BackupDamaged(path=str(source), detail=f"format {manifest['format']}")
    if {*manifest["files"], MANIFEST} != set(archive.namelist()) or DATABASE not in manifest["files"]:
        raise BackupDamaged(path=str(source), detail="files that the manifest does not name, or none that it does")
    return manifest


def _safe(source: Path, name: str) -> PurePosixPath:
    """A name that stays inside of the folder, and is not one of what is derived: nothing of that is taken from outside."""
    path = PurePosixPath(name)
    derived = {"generations", "draft"}
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or path.parts[0] in derived:
        raise BackupDamaged(path=str(source), detail=name)
    return path


def _extract(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as packed, path.open("xb") as file:
        while block := packed.read(BLOCK):
            digest.update(block)
            file.write(block)
    return digest.hexdigest()


def _revive(source: Path, draft: Path, manifest: dict[str, Any], originals: Path) -> int:
    """Check the database, derive the indexes, check the whole; the number of documents."""
    try:
        library = Library.open(draft)
        problems = library.damage_to_database()
        if problems:
            raise BackupDamaged(path=str(source), detail=problems[0])
        with library.writing() as writer:
            writer.move_sources(manifest["originals"], str(originals))
            writer.derive()
        problems = library.damage()
        documents = library.counts()["documents"]
        library.close()
    except LibraryDamaged as error:
        raise BackupDamaged(path=str(source), detail=error.fields["detail"]) from error
    if problems:
        raise BackupDamaged(path=str(source), detail=problems[0])
    Layout(draft).lock.unlink(missing_ok=True)
    return documents
