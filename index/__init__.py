"""Document to Library to Hits: the truth in SQLite, vectors in FAISS, words in tantivy."""

from index.encoder import DEFAULT_MODEL, Encoder
from index.errors import (
    DocumentUnknown,
    IndexingError,
    LibraryBusy,
    LibraryDamaged,
    LibraryMissing,
    LibraryTooNew,
    ModelMismatch,
    ModelMissing,
)
from index.hits import FoundPassage, FoundSentence, Hit, Located, Recall
from index.library import About, Library
from index.running_text import Occurrence, RunningText
from index.search import Snapshot
from index.store import Entry, Filters, Head, PassageRow
from index.writer import Outcome, Progress, Writer

__all__ = [
    "About",
    "DEFAULT_MODEL",
    "DocumentUnknown",
    "Encoder",
    "Entry",
    "Filters",
    "FoundPassage",
    "FoundSentence",
    "Head",
    "Hit",
    "IndexingError",
    "Library",
    "LibraryBusy",
    "LibraryDamaged",
    "LibraryMissing",
    "LibraryTooNew",
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
]
