"""Adding to a library when no file may grow beyond a size: RLIMIT_FSIZE stands in for a disk that is full there.

`python full_disk.py --sizes 20` prints a JSON object: sizes tried, how many were refused, and what went wrong.
With `--tmpfs` the library lies on a real file system of that size; only root can mount one.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from killing import add, agree, back_up, forked, opened, prepare, stand_in, state

from index import BackupUnwritten, LibraryUnwritten, generation

FEW, ENOUGH = 64, 400_000
"""Bytes: less than most files have, and more than any file of this library gets."""


@contextmanager
def limited(size: int | None) -> Iterator[None]:
    """No file grows beyond `size`; what is there already may not even be written over, which a full disk would allow."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    if size is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def attempt(scratch: Path, size: int | None) -> dict[str, Any]:
    """What adding and a backup come to. A size that the database has already holds for the derived files only."""
    library = opened(scratch / "library")
    small = size is not None and size < library.layout.database.stat().st_size
    derive = generation.derive

    def tight(*args: Any) -> str:
        with limited(size):
            return derive(*args)

    told = {"added": True, "backed up": True}
    try:
        generation.derive = tight if small else derive
        with limited(None if small else size):
            add(library, scratch / "files" / "防火.txt")
    except LibraryUnwritten:
        told["added"] = False
    answer = library.read(lambda snapshot: snapshot.search("河道清淤", 3))
    assert any("清淤" in hit.paragraph.text for hit in answer.hits), "the old generation does not answer"
    try:
        with limited(size):
            back_up(library.layout, scratch / "new.zip")
    except BackupUnwritten:
        told["backed up"] = False
    return {**told, "state": state(scratch / "library")}


def check(scratch: Path, told: dict[str, Any], before: dict[str, str]) -> int:
    """With room again: what was said is so, all is well, and adding works."""
    library = opened(scratch / "library")
    found = state(scratch / "library")
    assert found == told["state"]
    assert len(found) == len(before) + told["added"], "a success that was none, or a failure that was none"
    assert found.items() >= before.items()
    assert library.verify() == [], library.verify()
    assert (scratch / "new.zip").exists() == told["backed up"]
    add(library, scratch / "files" / "防火.txt")
    agree(library)
    assert library.verify() == [], library.verify()
    assert len(state(scratch / "library")) == len(before) + 1
    return 0


def sizes(count: int) -> list[int]:
    """From nothing to enough, closer together where most files end."""
    return [0, *(round(FEW * (ENOUGH / FEW) ** (step / (count - 1))) for step in range(1, count))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, default=20)
    parser.add_argument("--tmpfs", action="store_true")
    options = parser.parse_args()
    stand_in()
    problems, refused = [], 0
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base"
        base.mkdir()
        made = forked(lambda: str(prepare(base)))
        before = forked(lambda: state(base / "library"))
        assert not made.error, made.error
        assert not before.error, before.error
        for size in sizes(options.sizes):
            place = Path(folder) / "trial"
            told, problem = (
                _on_tmpfs(base, place, size, before.value)
                if options.tmpfs
                else _limited(base, place, size, before.value)
            )
            refused += told.get("added") is False
            problems += [f"{size}: {problem}"] if problem else []
    print(json.dumps({"sizes": options.sizes, "refused": refused, "problems": problems}, ensure_ascii=False))


def _limited(base: Path, place: Path, size: int, before: dict[str, str]) -> tuple[dict[str, Any], str]:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(base, place)
    tried = forked(lambda: attempt(place, size))
    if tried.error or tried.value is None:
        return {}, tried.error or "killed"
    return tried.value, forked(lambda: check(place, tried.value, before)).error


def _on_tmpfs(base: Path, place: Path, room: int, before: dict[str, str]) -> tuple[dict[str, Any], str]:
    """The same with `room` bytes left on a file system of its own, which then gets more."""
    used = sum(-(-p.stat().st_size // 4096) * 4096 for p in base.rglob("*"))
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={used + 65536 + 4 * room}", "tmpfs", place], check=True)
    try:
        shutil.copytree(base, place, dirs_exist_ok=True)
        tried = forked(lambda: attempt(place, None))
        if tried.error or tried.value is None:
            return {}, tried.error or "killed"
        subprocess.run(["mount", "-o", "remount,size=100m", place], check=True)
        return tried.value, forked(lambda: check(place, tried.value, before)).error
    finally:
        subprocess.run(["umount", place], check=True)


if __name__ == "__main__":
    main()
