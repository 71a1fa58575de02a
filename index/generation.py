"""The derived indexes of one generation: written whole, checked before use."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.collocations import Collocations
from index import collocations as counted
from index.disk import Unsynced, make_folder, put, sha256_of, sync_tree
from index.errors import LibraryDamaged, LibraryUnwritten
from index.layout import Layout
from index.running_text import RunningText
from index.sentences import SentenceVectors
from index.spread import Spread
from index.store import Store
from index.vectors import VectorIndex
from index.words import WordIndex, whole_documents

FORMAT = 4
"""Raised when the derived files change; older ones are then derived again."""
NOT_CONFIRMED = re.compile(rf"(?:os error|code:|Errno) {errno.EIO}\b" if os.name == "posix" else r"(?!)")
"""How Python, and tantivy in Rust's words, tell of a disk that does not confirm what was written."""


@dataclass(frozen=True)
class Generation:
    """The indexes of one published state: passages by vector and by words, documents by words; sentences
    by passage, terms by document, the text of all in a row. `kept` holds what others make of this state once, by name,
    one at a time: `making`.
    """

    number: int
    vectors: VectorIndex
    words: WordIndex
    documents: WordIndex
    sentences: SentenceVectors
    spread: Spread
    text: RunningText
    kept: dict[str, Any] = field(default_factory=dict, compare=False)
    making: threading.RLock = field(default_factory=threading.RLock, compare=False)


def derive_texts(store: Store, layout: Layout, number: int, counts: Collocations) -> None:
    """Write the indexes of a generation that need no vectors into the draft folder, which is emptied before.

    Raises LibraryUnwritten, Unsynced.
    """
    draft = Layout(layout.draft)
    shutil.rmtree(draft.root, ignore_errors=True)
    try:
        draft.generation(number).mkdir(parents=True)
        _write_texts(store, draft, number, counts)
    except BaseException as error:
        discard(layout)
        if isinstance(error, OSError | RuntimeError | ValueError):  # what numpy and tantivy make of a full disk
            raise _unwritten(error, layout) from error
        raise


def derive(store: Store, layout: Layout, number: int, dimension: int) -> str:
    """Write the other indexes beside those of `derive_texts`, out of the same rows, and put the generation in its place,
    whole or not at all; the SHA-256 of its manifest.

    Everything lies in a folder of another name, is synced, and renamed.
    Raises LibraryUnwritten, LibraryDamaged, Unsynced.
    """
    target = layout.generation(number)
    draft = Layout(layout.draft)
    try:
        _write_vectors(store, draft, number, dimension)
        digest = sha256_of(draft.manifest(number))
        sync_tree(draft.generation(number))
        make_folder(layout.generations)
        if target.exists():
            shutil.rmtree(target)
        put(draft.generation(number), target)
    except Unsynced:
        raise
    except (OSError, RuntimeError, ValueError) as error:  # what numpy, FAISS and tantivy make of a full disk
        raise _unwritten(error, layout) from error
    finally:
        discard(layout)
    return digest


def discard(layout: Layout) -> None:
    """Leave nothing of a generation that was not finished."""
    shutil.rmtree(layout.draft, ignore_errors=True)


def _write_texts(store: Store, draft: Layout, number: int, counts: Collocations) -> None:
    """What is derived from words and characters alone."""
    WordIndex.build(draft.words(number), store.all_words(number))
    WordIndex.build(draft.documents(number), whole_documents(store.all_words(number)))
    Spread.build(draft.spread(number), store.all_words(number))
    RunningText.build(draft.running_text(number), store.all_paragraphs(number))
    counted.save(counts, draft.collocations(number))


def _write_vectors(store: Store, draft: Layout, number: int, dimension: int) -> None:
    """The other derived files, and the manifest of all last."""
    ids, vectors = store.all_vectors(number, dimension)
    VectorIndex.build(ids, vectors, dimension).save(draft.vectors(number))
    SentenceVectors.build(draft.sentences(number), store.all_sentence_vectors(number, dimension), dimension)
    words = WordIndex.load(draft.words(number))
    if len(words) != len(ids):
        raise LibraryDamaged(path=str(draft.root.parent), detail=f"{len(ids)} vectors, {len(words)} texts")
    manifest = {
        "format": FORMAT,
        "generation": number,
        "passages": len(ids),
        "files": _digests(draft.generation(number)),
    }
    draft.manifest(number).write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _unwritten(error: Exception, layout: Layout) -> Exception:
    """What a write that failed means: a disk that does not confirm, or one that takes no more."""
    if NOT_CONFIRMED.search(str(error)):
        return Unsynced(errno.EIO, _first_line(error))
    return LibraryUnwritten(path=str(layout.root), detail=_first_line(error))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]


def check(layout: Layout, number: int, digest: str = "") -> list[str]:
    """What is wrong with the derived files of a generation; empty when all is well.

    `digest` is that of the manifest, as the database knows it; empty for libraries that did not note it yet.
    """
    try:
        written = layout.manifest(number).read_bytes()
        if digest and hashlib.sha256(written).hexdigest() != digest:
            return ["manifest.json: changed"]
        manifest = json.loads(written)
        expected: dict[str, str] = dict(manifest["files"])
        if manifest.get("format") != FORMAT:
            return [f"manifest.json: format {manifest.get('format')}"]
        if manifest.get("generation") != number:
            return [f"manifest.json: generation {manifest.get('generation')}"]
        found = _digests(layout.generation(number))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"{layout.manifest(number).name}: {type(error).__name__}"]
    return [
        f"{name}: {'missing' if name not in found else 'changed' if name in expected else 'unknown'}"
        for name in sorted(expected.keys() | found.keys())
        if found.get(name) != expected.get(name)
    ]


def load(layout: Layout, number: int, digest: str = "") -> Generation:
    """Open a generation after checking its files. Raises LibraryDamaged."""
    problems = check(layout, number, digest)
    if problems:
        raise LibraryDamaged(path=str(layout.root), detail="; ".join(problems[:3]))
    try:
        return _open(layout, number)
    except (RuntimeError, ValueError, OSError) as error:  # what FAISS and tantivy raise
        raise LibraryDamaged(path=str(layout.root), detail=_first_line(error)) from error


def _open(layout: Layout, number: int) -> Generation:
    vectors = VectorIndex.load(layout.vectors(number))
    return Generation(
        number,
        vectors,
        WordIndex.load(layout.words(number)),
        WordIndex.load(layout.documents(number)),
        SentenceVectors.load(layout.sentences(number), vectors.dimension),
        Spread.load(layout.spread(number)),
        RunningText.load(layout.running_text(number)),
    )


def clean(layout: Layout, keep: int) -> None:
    """Delete the folders of all other generations; who has one open keeps what it needs of it."""
    for folder in layout.generations.iterdir() if layout.generations.exists() else ():
        if not (folder.name.isdigit() and int(folder.name) == keep):
            shutil.rmtree(folder, ignore_errors=True)


def _digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file but the manifest and tantivy's locks."""
    return {
        path.relative_to(folder).as_posix(): sha256_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json" and not path.name.endswith(".lock")
    }
