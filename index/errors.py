"""What can go wrong with a library.

IndexingError
├── LibraryMissing     there is no library in this folder yet
├── LibraryBusy        another process is writing
├── LibraryDamaged     the database or a derived index is not what it should be
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


class LibraryTooNew(IndexingError):
    """`path`: the folder."""


class ModelMismatch(IndexingError):
    """`library`: the model of the library; `given`: the one asked for."""


class ModelMissing(IndexingError):
    """`model`: its name or path; `detail`: why."""


class DocumentUnknown(IndexingError):
    """`id`: the document's id."""
