"""All tables of a library together."""

from __future__ import annotations

from index.store.database import VISIBLE
from index.store.documents import Documents
from index.store.passages import Passages
from index.store.seals import Seals
from index.store.sources import Sources


class Store(Documents, Sources, Passages, Seals):
    """Reads and writes the rows of every kind, in one database."""

    def counts(self, generation: int) -> dict[str, int]:
        """How many documents, paragraphs and passages a generation has."""
        visible = VISIBLE.format("documents")
        queries = {
            "documents": f"SELECT count(*) FROM documents WHERE {visible}",
            "paragraphs": f"SELECT count(*) FROM paragraphs JOIN documents ON row = document WHERE {visible}",
            "passages": f"SELECT count(*) FROM passages JOIN documents ON row = document WHERE {visible}",
        }
        return {
            name: int(self.connection.execute(query, {"g": generation}).fetchone()[0])
            for name, query in queries.items()
        }

    def purge(self) -> None:
        """Delete for good what is gone; a reader still on an older generation starts again on the new one."""
        gone = "SELECT row FROM documents WHERE gone IS NOT NULL"
        if self.connection.execute(f"SELECT EXISTS ({gone})").fetchone()[0]:
            keys = self.connection.execute(
                f"SELECT DISTINCT vector FROM passages WHERE document IN ({gone})"
            ).fetchall()
            for table in ("passages", "paragraphs", "sources", "signatures", "findings", "seals"):
                self.connection.execute(f"DELETE FROM {table} WHERE document IN ({gone})")
            self.connection.execute(f"DELETE FROM likenesses WHERE a IN ({gone}) OR b IN ({gone})")
            unused = "DELETE FROM vectors WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM passages WHERE vector = ?1)"
            self.connection.executemany(unused, keys)
        self.connection.execute("DELETE FROM sources WHERE gone IS NOT NULL")
        self.connection.execute("DELETE FROM documents WHERE gone IS NOT NULL")
