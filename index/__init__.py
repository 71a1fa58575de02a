"""Document to Library to Hits: the truth in SQLite, vectors in FAISS, words in tantivy."""

from index.backup import Backup, back_up
from index.encoder import DEFAULT_MODEL, Encoder
from index.errors import (
    BackupDamaged,
    BackupUnwritten,
    DatabaseDamaged,
    DocumentUnknown,
    FolderTaken,
    IndexingError,
    LibraryBusy,
    LibraryDamaged,
    LibraryMissing,
    LibraryReadOnly,
    LibraryTooNew,
    LibraryUnwritten,
    ModelMismatch,
    ModelMissing,
)
from index.hits import FoundPassage, FoundSentence, Hit, Located, Recall
from index.library import About, Library
from index.restore import restore
from index.running_text import Occurrence, RunningText
from index.search import Snapshot
from index.store import Entry, Filters, Head, PassageRow
from index.writer import Outcome, Progress, Writer

__all__ = [
    "About",
    "Backup",
    "BackupDamaged",
    "BackupUnwritten",
    "DEFAULT_MODEL",
    "DatabaseDamaged",
    "DocumentUnknown",
    "Encoder",
    "Entry",
    "Filters",
    "FolderTaken",
    "FoundPassage",
    "FoundSentence",
    "Head",
    "Hit",
    "IndexingError",
    "Library",
    "LibraryBusy",
    "LibraryDamaged",
    "LibraryMissing",
    "LibraryReadOnly",
    "LibraryTooNew",
    "LibraryUnwritten",
    "Located",
    "ModelMismatch",
    "ModelMissing",
    "Occurrence",
    "Outcome",
    "PassageRow",
    "Progress",
    "Recall",
    "RunningText",
    "Snapshot",
    "Writer",
    "back_up",
    "restore",
]
