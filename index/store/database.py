"""The database file of a library: connections, transactions, its schema's version, its settings.

A rollback journal: the SQLite of many systems can corrupt a write-ahead log (versions 3.7.0 to 3.51.2).
synchronous=EXTRA is FULL, and syncs the folder once the journal is deleted: else a commit that was
acknowledged could be rolled back after a failure of power. Rows are versioned by generation, so a
reader sees one state however much is written meanwhile.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from index.errors import DatabaseDamaged, LibraryTooNew
from index.migrations import MIGRATIONS
from index.store.failures import failure

WAIT = 30.0
"""Seconds to wait for another process's commit, which takes milliseconds."""
VISIBLE = "{0}.added <= :g AND ({0}.gone IS NULL OR {0}.gone > :g)"
"""Which rows of a table generation :g sees."""
MANY = 900
"""Values in one statement; SQLite allows at least 999."""


class Database:
    """One SQLite file; a connection for each thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self._path, timeout=WAIT, isolation_level=None)
            found.execute("PRAGMA synchronous = EXTRA")
            found.execute("PRAGMA cache_spill = OFF")  # a long transaction must not lock readers out
            found.execute("PRAGMA foreign_keys = ON")
            found.execute("PRAGMA secure_delete = ON")  # a removed document leaves no readable rest
            found.execute("PRAGMA cell_size_check = ON")  # damaged pages are noticed sooner
            found.execute("PRAGMA trusted_schema = OFF")
            self._local.connection = found
        return found

    def close(self) -> None:
        """Close this thread's connection."""
        found = getattr(self._local, "connection", None)
        if found is not None:
            found.close()
            self._local.connection = None

    def migrate(self) -> None:
        """Bring the schema to this program's version. Raises LibraryTooNew, DatabaseDamaged, LibraryUnwritten."""
        root = self._path.parent
        try:
            if self.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":  # somebody else's doing
                self.connection.execute("PRAGMA journal_mode = DELETE")
            if self._version() == len(MIGRATIONS):
                return
            with self.transaction() as connection:
                version = self._version()
                if version > len(MIGRATIONS):
                    raise LibraryTooNew(path=str(root))
                if version == 0 and connection.execute("SELECT EXISTS (SELECT 1 FROM sqlite_master)").fetchone()[0]:
                    raise DatabaseDamaged(path=str(root), detail="no database of this program")
                for number, step in enumerate(MIGRATIONS[version:], version + 1):
                    step(connection)
                    connection.execute(f"PRAGMA user_version = {number}")
        except sqlite3.DatabaseError as error:
            raise failure(error, root) from error

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is of one state; a writer's commit waits for its end."""
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written inside happens, or nothing; inside of another one it is a part of that."""
        connection = self.connection
        if connection.in_transaction:
            yield connection
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # after some failures SQLite has rolled back on its own
                connection.execute("ROLLBACK")
            raise

    def setting(self, key: str, default: str = "") -> str:
        """A value of the library's own settings."""
        row = self.connection.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else default

    def set_setting(self, key: str, value: str) -> None:
        """Set a value."""
        self.connection.execute(
            "INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    @property
    def generation(self) -> int:
        """Number of the last published state; 0 before the first."""
        return int(self.setting("generation", "0"))

    def retire(self, table: str, where: str, values: tuple[object, ...], generation: int) -> int:
        """Rows that match are gone from this generation on; how many there were."""
        cursor = self.connection.execute(
            f"UPDATE {table} SET gone = ? WHERE gone IS NULL AND {where}", (generation, *values)
        )
        return cursor.rowcount

    def check(self) -> list[str]:
        """What is wrong with the file and its schema; empty when all is well."""
        try:
            problems = [str(row[0]) for row in self.connection.execute("PRAGMA integrity_check")]
            problems += ["unknown schema"] if _schema(self.connection) != _own_schema() else []
            problems += [f"{row[0]} → {row[2]}" for row in self.connection.execute("PRAGMA foreign_key_check")]
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return [problem for problem in problems if problem != "ok"]


def _schema(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """(type, name, SQL) of all that a database consists of: a trigger or view in it is not ours."""
    found = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")
    return {(kind, name, "".join(sql.split())) for kind, name, sql in found}


@cache
def _own_schema() -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        for step in MIGRATIONS:
            step(connection)
        return _schema(connection)
