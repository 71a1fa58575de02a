"""Libraries as earlier versions left them: the schema that each wrote, one document, no derived file that still fits."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "data" / "old_libraries"
VERSIONS = (1, 2, 3)
"""Of the database; of the derived files there were formats 1 to 3."""
DIMENSION = 8


def old_library(root: Path, version: int) -> Path:
    """Write the library that `version` of the database would hold; the folder with the database."""
    root.mkdir(parents=True)
    vectors = np.ones(DIMENSION, np.float16) / np.sqrt(np.float16(DIMENSION))
    with closing(sqlite3.connect(root / "library.db")) as connection:
        for number in range(1, version + 1):
            connection.executescript((DATA / f"v{number}.sql").read_text(encoding="utf-8"))
        connection.execute("UPDATE vectors SET vector = ?", (vectors.tobytes(),))
        text = "\n".join(t for (t,) in connection.execute("SELECT text FROM paragraphs ORDER BY number"))
        connection.execute("UPDATE documents SET id = ?", (hashlib.sha256(text.encode()).hexdigest()[:12],))
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()
    folder = root / "generations" / "00000001"
    folder.mkdir(parents=True)
    (folder / "vectors.faiss").write_bytes(b"an index of an older format")
    (folder / "manifest.json").write_text(json.dumps({"format": version, "generation": 1, "files": {}}))
    return root
