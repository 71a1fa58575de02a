"""youju eval: measures on a question set."""

from __future__ import annotations

from argparse import Namespace

from assistant.bar import Bar
from assistant.commands.printing import print_json
from assistant.compose import open_library
from assistant.evaluate import Run, compare, evaluate, read_questions
from assistant.evaluate.questions import digest
from assistant.evaluate.table import comparison_lines, measures_table, risk_lines
from assistant.settings import Settings


def eval_(options: Namespace, settings: Settings) -> int:
    """youju eval QUESTIONS.jsonl"""
    old = Run.load(options.compare) if options.compare else None
    rows, read = read_questions(options.questions), digest(options.questions)
    library = open_library(settings)
    asked = Bar(evaluate(library, rows), total=len(rows), disable=options.json)
    run = Run(str(options.questions), read, list(asked))
    comparison = compare(old, run) if old else None
    if options.json:
        print_json(run.to_dict() | ({"comparison": comparison.to_dict()} if comparison else {}))
    else:
        lines = [*measures_table(run), "", *risk_lines(run, settings.language)]
        lines += ["", *comparison_lines(comparison, settings.language)] if comparison else []
        print("\n".join(lines))
    if options.out:
        run.save(options.out)
    return 0
