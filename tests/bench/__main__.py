"""`make bench`: see `--help`."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from assistant.compose import sample_folder
from assistant.evaluate import read_questions
from assistant.web.examples import EXAMPLES
from bench.ingest import encoders, ingest
from bench.pool import Pool, pool_of, write
from bench.report import Measured, plot, table
from bench.stages import Times, asked_by_itself
from bench.starting import on_disk, remember, start
from index import Library

SIZES = {"10k": 10_000, "114k": 113_768, "1m": 1_000_000}
QUESTIONS, BEFORE = 200, 50
"""Questions that are timed, and others that are asked first: a process touches much of its mapped files once."""
TURNS = 3
"""Times that they are asked of each library, one library after the other."""


def main() -> None:
    """Measure, print the table, and write it to the folder given."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "--sizes", default="10k,114k,1m", help="which of 10k, 114k, 1m, with commas between (10k: about 3 minutes)"
    )
    parser.add_argument(
        "--laws-library",
        type=Path,
        help="a library built of the laws, for 114k; without it, that size is made as the others are",
    )
    parser.add_argument("--questions", type=Path, help="a question set to ask from")
    parser.add_argument(
        "--add", dest="folder", type=Path, help="a folder of documents to measure adding with, besides the sample"
    )
    parser.add_argument("--out", type=Path, help="where bench.md and bench.svg go")
    given = parser.parse_args()
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)  # told before minutes of work, if it can't be
    before, questions = _questions(given.questions)
    with tempfile.TemporaryDirectory() as scratch:
        small, added, texts = ingest(Path(scratch) / "sample", sample_folder(), "样本")
        columns = [added]
        folder: Path | None = given.folder
        if folder and folder.exists():
            more, added, _ = ingest(Path(scratch) / "added", folder, folder.parent.name)
            more.close()
            columns.append(added)
        laws = given.laws_library if given.laws_library and given.laws_library.exists() else None
        pool = pool_of(Library.open(_copy(laws, Path(scratch))) if laws else small)
        roots = {size: _made(Path(scratch), size, laws, pool) for size in given.sizes.split(",")}
        os.sync()  # what was just written is written out, and not while something is timed
        compared = encoders(small, texts)
        times = _asked(roots, before, questions)
        sizes = [_measure(root, _name(size, laws), questions, *times[size]) for size, root in roots.items()]
    text = table(columns, compared, sizes)
    if "114k" in given.sizes and not laws:
        text += "\n114k: no library of the laws was given; made like the others.\n"
    print(text)
    if given.out:
        (given.out / "bench.md").write_text(HEAD + text, encoding="utf-8")
        (given.out / "bench.svg").write_text(plot(sizes), encoding="utf-8")


HEAD = """# What it costs

`make bench` wrote this. Sizes marked 合成 are made: paragraphs put together out of halves of real ones, with vectors
beside real ones, written straight through the store; nothing is embedded for them. Times are of one process that asks
one question after the other, after fifty others, and does nothing else, its files in the system's cache; starts are of the web app's process to its first answer.
All sizes are made before any is asked. The sample's documents are few: of the time of adding them, much is what is done
once (starting the readers, loading the dictionary). Each folder is added several times, and the bare encoder timed
before, between and after, and the libraries are asked in turn, three times: a shared machine is not steady.

![growth](bench.svg)

"""


def _questions(path: Path | None) -> tuple[list[str], list[str]]:
    """Those that are asked before, and those that are timed: others, as long as a set has enough."""
    if path is None or not path.exists():
        return list(EXAMPLES), list(EXAMPLES) * (QUESTIONS // len(EXAMPLES))
    found = [q.question for q in read_questions(path)]
    step = max(1, len(found) // QUESTIONS)
    return found[step - 1 :: step][:BEFORE], found[::step][:QUESTIONS]


def _copy(laws: Path, scratch: Path) -> Path:
    target = scratch / "laws"
    if not target.exists():
        shutil.copytree(laws, target)
    return target


def _made(scratch: Path, size: str, laws: Path | None, pool: Pool) -> Path:
    """The folder of a library of that size, built or taken."""
    if size == "114k" and laws:
        return _copy(laws, scratch)
    write(scratch / size, pool, SIZES[size])
    return scratch / size


def _name(size: str, laws: Path | None) -> str:
    return f"{size}, {'laws' if size == '114k' and laws else '合成'}"


def _asked(roots: dict[str, Path], before: list[str], questions: list[str]) -> dict[str, tuple[Times, Times]]:
    """What questions cost without and with a filter, each time in a process that has written nothing; the libraries in
    turn, several times, since a shared machine is not steady.
    """
    found: dict[str, tuple[Times, Times]] = {size: (defaultdict(list), defaultdict(list)) for size in roots}
    for _ in range(TURNS):
        for size, root in roots.items():
            remember(root)
            with ProcessPoolExecutor(1, get_context("spawn")) as alone:
                told = alone.submit(asked_by_itself, root, before, questions).result()
            for kept, times in zip(found[size], told, strict=True):
                for stage, took in times.items():
                    kept[stage] += took
    return found


def _measure(root: Path, name: str, questions: list[str], times: Times, filtered: Times) -> Measured:
    """What a library is like beside what questions cost."""
    library = Library.open(root)
    counts = library.counts()
    library.close()
    remember(root)
    cold, warm = (start(root, questions[:50], cold=cold) for cold in (True, False))
    return Measured(name, counts["paragraphs"], counts["passages"], times, filtered, cold, warm, on_disk(root))


if __name__ == "__main__":
    main()
