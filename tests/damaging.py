"""Damage done to the files of a library: a flipped bit, a zeroed page, a lost end, an older file in its place."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import IndexingError, Library
from index import generation as generations
from index.writer import MANIFEST

PAGE = 4096
KINDS = ("bit", "page", "end", "older")


@dataclass(frozen=True)
class Mutation:
    """`data` is what the file holds afterwards."""

    path: Path
    kind: str
    data: bytes


def derived_mutations(folder: Path, older: Path, count: int, seed: int) -> Iterator[Mutation]:
    """Of all derived files in turn, those that change something."""
    chance = random.Random(seed)
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.endswith(".lock") and p.stat().st_size]
    made = 0
    while made < count:
        path, kind = files[made % len(files)], KINDS[made // len(files) % len(KINDS)]
        data = path.read_bytes()
        elder = older / path.relative_to(folder)
        changed = elder.read_bytes() if kind == "older" and elder.exists() else _changed(data, kind, chance)
        if changed == data:
            changed = _changed(data, "bit", chance)
        made += 1
        yield Mutation(path, kind, changed)


def database_mutations(path: Path, count: int, seed: int) -> Iterator[Mutation]:
    """Of the database."""
    chance, data = random.Random(seed), path.read_bytes()
    for made in range(count):
        kind = KINDS[made % 3]
        yield Mutation(path, kind, _changed(data, kind, chance))


def _changed(data: bytes, kind: str, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    if kind == "page":
        start = at - at % PAGE
        return data[:start] + bytes(len(data[start : start + PAGE])) + data[start + PAGE :]
    if kind == "end":
        return data[:at]
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def unnoticed(library: Library, mutation: Mutation) -> str:
    """What damage to a derived file went by without being noticed; the file is whole again afterwards."""
    whole = mutation.path.read_bytes()
    mutation.path.write_bytes(mutation.data)
    try:
        found = generations.check(library.layout, library.generation, library._store.setting(MANIFEST))
        return "" if found else f"{mutation.kind} in {mutation.path.name} was not noticed"
    finally:
        mutation.path.write_bytes(whole)


def not_noticed_in_database(root: Path, mutation: Mutation, rows: dict[str, Any]) -> str:
    """What damage to the database was neither named nor harmless; it is done to a copy."""
    copy = root.with_name("damaged")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy)
    (copy / "library.db").write_bytes(mutation.data)
    try:
        library = Library.open(copy)
    except IndexingError:
        return ""
    try:
        return "" if library.verify() or rows_of(copy / "library.db") == rows else f"{mutation.kind} was not noticed"
    except IndexingError:
        return ""
    finally:
        library.close()


def rows_of(path: Path, *, but_settings: bool = False) -> dict[str, Any]:
    """All rows of all tables; without what restoring changes where wanted."""
    left = {"settings", "sources", "findings", "seals"} if but_settings else set()
    with closing(sqlite3.connect(path)) as connection:
        tables = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {t: connection.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall() for t in tables if t not in left}
