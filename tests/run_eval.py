"""`make eval`: build the libraries of the question sets that are present, ask every question, hold the floors.

Libraries are kept in the per-user cache, so a second run embeds only what changed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from platformdirs import user_cache_path
from tqdm import tqdm

from assistant.adding import add_with_bar
from assistant.evaluate import evaluate, read_questions, summarise
from index import Library

CACHE = user_cache_path("youju") / "eval"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["eval"]


def main(shared: Path) -> int:
    """Returns 1 if a measure is under its floor."""
    low = 0
    for name, floors in FLOORS.items():
        folder = shared / "eval" / name
        if not folder.exists():
            print(f"{name}: {folder} is absent, skipped")
            continue
        library = Library.open(CACHE / name, create=True)
        add_with_bar(library, [corpus_of(folder, shared)], "en")
        rows = read_questions(folder / "questions.jsonl")
        with tqdm(total=len(rows), leave=False) as bar:
            results = list(evaluate(library, rows, lambda done, bar=bar: bar.update(1)))
        for kind, measures in summarise(results).items():
            print(f"{name:9} {kind:9}", "  ".join(f"{m} {v:.3f}".rstrip("0").rstrip(".") for m, v in measures.items()))
            for measure, floor in floors.get(kind, {}).items():
                if measures[measure] < floor:
                    print(f"{name} {kind} {measure}: {measures[measure]:.3f} is under its floor {floor}")
                    low += 1
    return 1 if low else 0


def corpus_of(folder: Path, shared: Path) -> Path:
    """The files to build a set's library from; paragraphs in JSON lines become a file each."""
    paragraphs = folder / "paragraphs.jsonl"
    if (folder / "corpus").exists():
        return folder / "corpus"
    if not paragraphs.exists():
        return shared / "corpus"
    written = CACHE / f"{folder.name}-files"
    written.mkdir(parents=True, exist_ok=True)
    for line in paragraphs.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        (written / Path(row["id"]).name).write_text(row["text"], encoding="utf-8")
    return written


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
