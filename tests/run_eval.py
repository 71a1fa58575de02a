"""`make eval`: build the libraries of the question sets that are present, ask every question, hold the floors.

Libraries are kept in the per-user cache, so a second run embeds only what changed. Three sets lie in
this project and have no answer anywhere: the far questions have nothing to do with any library of official documents,
the near ones ask for what gongwen's documents speak of and do not state, those of a chat come behind a question that is
answered, and are either.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import planted_quotations
from platformdirs import user_cache_path

from assistant.adding import add_with_bar
from assistant.bar import Bar
from assistant.evaluate import Run, compare, evaluate, read_questions, summarise
from assistant.evaluate.questions import digest
from assistant.evaluate.table import comparison_lines, measures_table, risk_lines
from index import Library

CACHE = user_cache_path("youju") / "eval"
SETS = ("ncp", "gongwen", "cmrc2018", "drcd", "laws")
DATA = Path(__file__).parent / "data"
ASKED_TOO = {"ncp": ("far",), "gongwen": ("far", "near", "chat")}
"""What the libraries of some sets are asked besides: data/NAME_questions.jsonl."""
HELD = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
FLOORS, PLANTED = HELD["eval"], HELD["quotations"]
PLANTED_IN = "gongwen"
QUOTATIONS = {"true": 500, "changed": 500, "edited": 200, "shortened": 100, "absent": 500}
"""Quotations that are planted, by kind."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 1 if a measure is under its floor, or the questions are not those that floors were measured on."""
    options = parser().parse_args(arguments)
    complaints = []
    for name in options.sets or SETS:
        if not (options.shared / "eval" / name).exists():
            print(f"{name}: {options.shared / 'eval' / name} is absent, skipped\n")
            continue
        for run in runs(name, options.shared):
            report(run, options.out, options.compare)
            complaints += complaints_of(run, FLOORS.get(run.name, {}))
        if name == PLANTED_IN:
            complaints += planted_complaints(options.shared)
    print("\n".join(complaints) or "every floor holds")
    return 1 if complaints else 0


def planted_complaints(shared: Path) -> list[str]:
    """Quotations made out of a library's own sentences, looked up again: a sentence for each figure that is missed."""
    library = library_of(PLANTED_IN, shared)
    figures = planted_quotations.measured(library, QUOTATIONS, seed=7)
    library.close()
    print("quotations\n" + "\n".join(f"  {name:18}{value:8.3f}" for name, value in figures.items()) + "\n", flush=True)
    wrong = [name for name, floor in PLANTED["at least"].items() if figures[name] < floor]
    wrong += [name for name, most in PLANTED["at most"].items() if figures[name] > most]
    return [f"quotations: {name} {figures[name]:.3f}" for name in wrong]


def parser() -> argparse.ArgumentParser:
    """The folder of the sets, which of them, and where results go."""
    top = argparse.ArgumentParser(prog="make eval", description=(__doc__ or "").splitlines()[0])
    top.add_argument("shared", type=Path)
    top.add_argument("sets", nargs="*", metavar="SET", help=f"of {' '.join(SETS)}; all unless named")
    top.add_argument("--out", type=Path, metavar="FOLDER", help="keep the results by question here, a file a set")
    top.add_argument("--compare", type=Path, metavar="FOLDER", help="with results that were kept before")
    return top


def runs(name: str, shared: Path) -> Iterator[Run]:
    """A set asked of its library, and after it the questions without an answer that are asked of it, too."""
    library = library_of(name, shared)
    yield run_of(name, shared / "eval" / name / "questions.jsonl", library)
    for other in ASKED_TOO.get(name, ()):
        yield run_of(f"{other}-{name}", DATA / f"{other}_questions.jsonl", library)
    library.close()


def run_of(name: str, questions: Path, library: Library) -> Run:
    """Every question of a file asked of a library."""
    rows = read_questions(questions)
    asked = Bar(evaluate(library, rows), desc=name, total=len(rows))
    return Run(name, digest(questions), list(asked))


def library_of(name: str, shared: Path) -> Library:
    """The library of a set, with whatever changed since the last time read again."""
    if not (CACHE / name).exists():
        print(f"{name}: its library is built, this once; laws takes 20 minutes on two cores, the others 1 to 5")
    library = Library.open(CACHE / name, create=True)
    add_with_bar(library, [corpus_of(shared / "eval" / name, shared)], "en")
    return library


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


def report(run: Run, out: Path | None, before: Path | None) -> None:
    """Print a run's tables, keep its results, and say what changed."""
    lines = [*measures_table(run), "", *risk_lines(run, "en"), ""]
    if before and (before / f"{run.name}.json").exists():
        lines += [*comparison_lines(compare(Run.load(before / f"{run.name}.json"), run), "en"), ""]
    print("\n".join(lines), flush=True)
    if out:
        run.save(out / f"{run.name}.json")


def complaints_of(run: Run, floors: dict[str, Any]) -> list[str]:
    """A sentence for each measure under its floor; one if the questions are others than those measured on."""
    if not floors:
        return []
    if run.digest != floors["digest"]:
        return [f"{run.name}: other questions (digest {run.digest}) than the floors are for; measure them anew"]
    measured = summarise(run.results)
    return [
        f"{run.name} {kind} {measure}: {measured[kind][measure]:.3f} is under its floor {floor}"
        for kind, measures in floors["floors"].items()
        for measure, floor in measures.items()
        if measured[kind][measure] < floor
    ]


if __name__ == "__main__":
    sys.exit(main())
