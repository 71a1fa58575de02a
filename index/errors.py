"""What can go wrong with a library.

IndexingError
├── LibraryMissing     there is no library in this folder yet
├── LibraryBusy        another process is writing
├── LibraryDamaged     a derived index is not what it should be
│   └── DatabaseDamaged    nor is the database
├── LibraryUnwritten   the disk is full, or does not take what is written
├── LibraryReadOnly    the disk did not confirm a write, so nothing more is written
├── BackupDamaged      a backup that is not whole
├── BackupUnwritten    a backup can't be written where it should go
├── FolderTaken        a library is to be restored where there is something already
├── LibraryTooNew      written by a later version of this program
├── ModelMismatch      the library was embedded with another model
├── ModelMissing       a model can't be loaded
└── DocumentUnknown    no document has this id
"""

from __future__ import annotations


class IndexingError(Exception):
    """Anything that goes wrong in `index`; `fields` fill the sentence shown to people."""

    def __init__(self, **fields: str) -> None:
        super().__init__(", ".join(f"{key}={value}" for key, value in fields.items()))
        self.fields = fields


class LibraryMissing(IndexingError):
    """`path`: the folder."""


class LibraryBusy(IndexingError):
    """`path`: the folder."""


class LibraryDamaged(IndexingError):
    """`path`: the folder; `detail`: what is wrong."""


class DatabaseDamaged(LibraryDamaged):
    """`path`: the folder; `detail`: what is wrong with library.db."""


class LibraryUnwritten(IndexingError):
    """`path`: the folder; `detail`: what the system says."""


class LibraryReadOnly(IndexingError):
    """`path`: the folder; `detail`: what the system said."""


class BackupDamaged(IndexingError):
    """`path`: the backup; `detail`: what is wrong with it."""


class BackupUnwritten(IndexingError):
    """`path`: the backup; `detail`: what the system says."""


class FolderTaken(IndexingError):
    """`path`: the folder."""


class LibraryTooNew(IndexingError):
    """`path`: the folder."""


class ModelMismatch(IndexingError):
    """`library`: the model of the library; `given`: the one asked for."""


class ModelMissing(IndexingError):
    """`model`: its name or path; `detail`: why."""


class DocumentUnknown(IndexingError):
    """`id`: the document's id."""
