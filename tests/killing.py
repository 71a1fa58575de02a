"""Operations on a library that are killed at their n-th step, and what must hold afterwards.

A process of its own forks for every point: importing once keeps a point under a second. The steps are calls out of
Python that reach the disk (fsync, rename, SQLite statements, writes), seen by a profile function; no part of the
program knows of it. Two things are stand-ins, since neither writes to a library: the model (vectors of eight numbers
out of a digest) and the process that reads files (they are read by the same code, in this process).

`python killing.py --points 20` prints a JSON object: how many points, and what went wrong at which.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from old_libraries import old_library

import index.writer
from assistant.originals import recover
from assistant.working import Work
from corpus import Found, Reading
from corpus.read import read_file
from index import DEFAULT_MODEL, Library, back_up, restore
from index.encoder import Vectors
from index.layout import Layout
from index.passages import Passage
from index.tokens import terms

DIMENSION = 8
STEPS = frozenset(
    "fsync replace rename unlink mkdir rmdir open execute executemany backup commit write tofile add_document".split()
)
TEXTS = {
    "清淤.txt": "关于做好河道清淤工作的通知\n各街道：\n请在月底之前完成辖区内的河道清淤工作，并报送总结。\n",
    "除草.txt": "关于做好绿地除草工作的通知\n各街道：\n请每周巡查一次绿地，杂草高于十厘米的当天除净。\n",
    "防火.txt": "关于加强山林防火工作的通告\n一、进山不得携带火种。\n二、发现烟火立即报告值班电话。\n",
    "植树.txt": "关于开展义务植树的倡议书\n春天来了，请大家都来种一棵树，为城市添一片绿。\n",
}
ORIGINAL = "供水.txt"
HANDED = "关于保障供水的通知\n各水厂：\n每日检测水质不少于{}次，结果当天公示。\n"


class DigestEncoder:
    """Stands in for the model: a vector out of the text's digest."""

    name, dimension = DEFAULT_MODEL, DIMENSION

    def passages(self, passages: Sequence[Passage]) -> Iterator[tuple[list[int], list[Vectors]]]:
        for i, passage in enumerate(passages):
            yield [i], [np.stack([_vector(passage.embedded), _vector(passage.text)])]

    def query(self, text: str) -> Vectors:
        return _vector(text)

    def relevance(self, question: str, passages: Sequence[str]) -> None:
        """Not told, as by any model that was not trained for it."""


def _vector(text: str) -> Vectors:
    numbers = np.frombuffer(hashlib.sha256(text.encode()).digest()[:DIMENSION], np.uint8).astype(np.float32) - 127.5
    return numbers / np.linalg.norm(numbers)


class HereReader:
    """Stands in for the process that reads files."""

    def __enter__(self) -> HereReader:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def start(self) -> None:
        pass

    def read(self, found: Found, known: Mapping[str, str] | None = None) -> Iterator[Reading]:
        yield from (r for r in read_file(found.path, found.name, known or {}, set()) if not r.begun)


def stand_in() -> None:
    """For this process and those that it forks."""
    index.writer.Reader = HereReader  # type: ignore[attr-defined]
    terms("有据")  # jieba's dictionary is loaded once


def opened(root: Path, *, create: bool = False) -> Library:
    library = Library.open(root, create=create)
    library._load_encoder = DigestEncoder  # type: ignore[assignment]
    return library


def add(library: Library, *paths: Path) -> None:
    with library.writing() as writer:
        list(writer.add(paths))


def hand_over(library: Library, scratch: Path, text: str) -> None:
    """As the page does it."""
    upload = scratch / "upload"
    upload.write_text(text, encoding="utf-8")
    work = Work(lambda: library)
    work._add(library, [(upload, ORIGINAL)])
    if work.state.error:
        raise work.state.error


def prepare(scratch: Path) -> Path:
    """A library of three documents, one of them handed over."""
    files = scratch / "files"
    files.mkdir()
    for name, text in TEXTS.items():
        (files / name).write_text(text, encoding="utf-8")
    library = opened(scratch / "library", create=True)
    add(library, files / "清淤.txt", files / "除草.txt")
    hand_over(library, scratch, HANDED.format("三"))
    back_up(library.layout, scratch / "backup.zip")
    library.close()
    return scratch / "library"


def op_add(scratch: Path) -> None:
    add(opened(scratch / "library"), scratch / "files" / "防火.txt")


def op_replace(scratch: Path) -> None:
    add(opened(scratch / "library"), scratch / "files" / "除草.txt")


def before_replace(scratch: Path) -> None:
    (scratch / "files" / "除草.txt").write_text(TEXTS["除草.txt"].replace("十厘米", "五厘米"), encoding="utf-8")


def op_hand_over(scratch: Path) -> None:
    hand_over(opened(scratch / "library"), scratch, HANDED.format("五"))


def op_remove(scratch: Path) -> None:
    library = opened(scratch / "library")
    with library.writing() as writer:
        writer.remove([e.id for e in library.entries() if "清淤" in e.title])


def before_publish(scratch: Path) -> None:
    library = opened(scratch / "library")
    with library.writing() as writer:
        writer.publish = lambda *_: 0  # type: ignore[method-assign, assignment, misc]
        list(writer.add([scratch / "files" / "防火.txt"]))
    library.close()


def op_publish(scratch: Path) -> None:
    with opened(scratch / "library").writing() as writer:
        writer.publish()


def op_rebuild(scratch: Path) -> None:
    with opened(scratch / "library").writing() as writer:
        writer.rebuild()


def op_backup(scratch: Path) -> None:
    back_up(Layout(scratch / "library"), scratch / "backup.zip")


def before_backup(scratch: Path) -> None:
    op_add(scratch)


def op_restore(scratch: Path) -> None:
    restore(scratch / "backup.zip", scratch / "restored")


def before_migrate(scratch: Path) -> None:
    shutil.rmtree(scratch / "library")
    old_library(scratch / "library", 1)


def op_migrate(scratch: Path) -> None:
    library = opened(scratch / "library")
    library.read(lambda snapshot: snapshot.search("供热", 1))


OPERATIONS: dict[str, tuple[Callable[[Path], None], Callable[[Path], None]]] = {
    "add": (lambda scratch: None, op_add),
    "replace": (before_replace, op_replace),
    "hand over": (lambda scratch: None, op_hand_over),
    "remove": (lambda scratch: None, op_remove),
    "publish": (before_publish, op_publish),
    "rebuild": (lambda scratch: None, op_rebuild),
    "backup": (before_backup, op_backup),
    "restore": (lambda scratch: None, op_restore),
    "migrate": (before_migrate, op_migrate),
}


@dataclass(frozen=True)
class Ended:
    """How a forked process ended; `value` is what it made."""

    killed: bool
    value: Any = None
    error: str = ""


def forked(work: Callable[[], Any]) -> Ended:
    """What some work gives in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            answer = {"value": work()}
        except BaseException:  # noqa: BLE001  told to the parent
            answer = {"error": traceback.format_exc()}
        with os.fdopen(writing, "w") as pipe:
            json.dump(answer, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return Ended(os.WTERMSIG(status) == signal.SIGKILL, error="" if os.WTERMSIG(status) == 9 else str(status))
    answer = json.loads(said)
    return Ended(False, answer.get("value"), answer.get("error", ""))


def counted(work: Callable[[], None], killed_at: int = 0) -> int:
    """Do some work and count its steps; at the given one the process kills itself."""
    steps = 0
    guard = threading.Lock()

    def watch(frame: Any, event: str, called: Any) -> None:
        nonlocal steps
        if event == "c_call" and getattr(called, "__name__", "") in STEPS:
            with guard:
                steps += 1
                if steps == killed_at:
                    os.kill(os.getpid(), signal.SIGKILL)

    threading.setprofile(watch)
    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]
    return steps


def state(root: Path) -> dict[str, str]:
    """Each document of the published state by its id, with a digest of its text; nothing where no library is."""
    if not (root / "library.db").exists():
        return {}
    library = opened(root)
    try:
        return {
            e.id: hashlib.sha256("\n".join(p.text for p in library.document(e.id).paragraphs).encode()).hexdigest()
            for e in library.entries()
        }
    finally:
        library.close()


def check_library(root: Path, allowed: list[dict[str, str]], scratch: Path) -> None:
    """One of the states that may be; all parts of one generation; verified; and the next command works."""
    found = state(root)
    assert found in allowed, f"{sorted(found)} is none of {[sorted(a) for a in allowed]}"
    library = opened(root)
    library.snapshot()  # what is derived is there, or derived again
    agree(library)
    assert library.verify() == [], library.verify()
    add(library, scratch / "files" / "植树.txt")
    after = state(root)
    # What was begun and stored before the end came is published with what comes next.
    assert any(a.items() <= after.items() for a in allowed), "the next command lost something"
    titles = {e.title for e in library.entries()}
    assert any("植树" in title for title in titles), titles
    agree(library)
    if list(library.layout.replaced.glob("*")):
        recover(library)
    assert library.verify() == [], library.verify()
    library.close()


def agree(library: Library) -> None:
    """SQLite, vectors and words: equal counts, one generation."""
    number = library.generation
    manifest = json.loads(library.layout.manifest(number).read_text(encoding="utf-8"))
    counts = library.counts()
    snapshot = library.snapshot()
    derived = library._current
    assert derived is not None and snapshot is not None
    sizes = {manifest["passages"], len(derived.vectors), len(derived.words), counts["passages"]}
    assert manifest["generation"] == derived.number == number
    assert len(sizes) == 1, sizes
    assert len(derived.documents) == counts["documents"]


def check(name: str, scratch: Path, allowed: list[dict[str, str]]) -> None:
    if name == "restore":
        root = scratch / "restored"
        if not (root / "library.db").exists():
            assert not root.exists(), "half of a library was given its name"
            restore(scratch / "backup.zip", root)
        check_library(root, allowed[-1:], scratch)
        return
    if name == "backup":
        restore(scratch / "backup.zip", scratch / "copy")
        assert state(scratch / "copy") in allowed
        assert opened(scratch / "copy").verify() == []
        allowed = allowed[-1:]
    check_library(scratch / "library", allowed, scratch)


@dataclass(frozen=True)
class Point:
    operation: str
    step: int
    of: int
    error: str


def run_points(count: int, operations: Sequence[str] = tuple(OPERATIONS)) -> Iterator[Point]:
    """Kill each operation at steps evenly spread over it, `count` points altogether."""
    stand_in()
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base"
        base.mkdir()
        _sure(forked(lambda: str(prepare(base))))
        each = [count // len(operations) + (i < count % len(operations)) for i in range(len(operations))]
        for name, points in zip(operations, each, strict=True):
            yield from _points_of(name, base, points)


def _points_of(name: str, base: Path, count: int) -> Iterator[Point]:
    ready = base.with_name("ready")
    shutil.copytree(base, ready, symlinks=True)
    _moved(base, ready)
    before, work = OPERATIONS[name]
    old = _sure(forked(lambda: state(ready / "library")))
    _sure(forked(lambda: before(ready)))
    if name != "migrate":
        at_start = _sure(forked(lambda: state(ready / "library")))
    else:
        at_start = _sure(forked(lambda: state_of_old(ready / "library")))
    trial = _again(ready)
    steps = _sure(forked(lambda: counted(lambda: work(trial))))
    root = "restored" if name == "restore" else "library"
    done = _sure(forked(lambda: state(trial / root)))
    allowed = [old, at_start, done] if name == "backup" else [at_start, done]
    for point in range(count):
        step = 1 + point * steps // count
        trial = _again(ready)
        ended = forked(lambda at=step, where=trial: counted(lambda: work(where), at))  # type: ignore[misc]
        if not ended.killed:  # its steps differ a little with threads: it came to its end, which was acknowledged
            allowed = [done] if not ended.error else allowed
        problem = ended.error or forked(lambda where=trial, a=tuple(allowed): check(name, where, list(a))).error  # type: ignore[misc]
        yield Point(name, step, steps, problem)
    shutil.rmtree(ready)
    shutil.rmtree(ready.with_name("trial"))


def state_of_old(root: Path) -> dict[str, str]:
    """The state of a library of an older schema, read without migrating it."""
    with sqlite3.connect(root / "library.db") as connection:
        rows = connection.execute(
            "SELECT id, text FROM documents JOIN paragraphs ON document = row ORDER BY row, paragraphs.number"
        ).fetchall()
    texts: dict[str, list[str]] = {}
    for id, text in rows:
        texts.setdefault(id, []).append(text)
    return {id: hashlib.sha256("\n".join(lines).encode()).hexdigest() for id, lines in texts.items()}


def _again(ready: Path) -> Path:
    trial = ready.with_name("trial")
    shutil.rmtree(trial, ignore_errors=True)
    shutil.copytree(ready, trial)
    _moved(ready, trial)
    return trial


def _moved(old: Path, new: Path) -> None:
    """The library's files lie elsewhere now."""
    _sure(forked(lambda: _move(old, new)))


def _move(old: Path, new: Path) -> None:
    library = opened(new / "library")
    with library._store.transaction() as connection:
        connection.execute("UPDATE sources SET origin = replace(origin, ?, ?)", (str(old), str(new)))
        if library._store.setting("state"):
            library._store.seal(library.generation)
    library.close()


def _sure(ended: Ended) -> Any:
    if ended.killed or ended.error:
        raise AssertionError(ended.error or "killed")
    return ended.value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=20)
    parser.add_argument("--only", choices=list(OPERATIONS), action="append")
    options = parser.parse_args()
    problems, done = [], dict.fromkeys(options.only or OPERATIONS, 0)
    for point in run_points(options.points, tuple(options.only or OPERATIONS)):
        done[point.operation] += 1
        if point.error:
            problems.append(vars(point))
    print(json.dumps({"points": sum(done.values()), "problems": problems, "operations": done}, ensure_ascii=False))


if __name__ == "__main__":
    main()
