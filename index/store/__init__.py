"""The truth of a library: one SQLite database, a file for each kind of row."""

from index.store.database import VISIBLE
from index.store.documents import Entry, Head
from index.store.filters import Filters
from index.store.passages import NewPassage, PassageRow
from index.store.store import Store

__all__ = ["Entry", "Filters", "Head", "NewPassage", "PassageRow", "Store", "VISIBLE"]
