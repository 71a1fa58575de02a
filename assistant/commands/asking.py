"""youju ask: a question, or a file of them."""

from __future__ import annotations

import sys
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import Any

from assistant.about import warnings_of
from assistant.answer import Answer
from assistant.ask import ask as ask_library
from assistant.batch import Row, run_batch
from assistant.commands.printing import export, filters_of, print_json
from assistant.compose import open_library
from assistant.errors import BadInput
from assistant.export import answers_sheet, turn_of
from assistant.messages import say
from assistant.settings import Settings
from assistant.telling import lead_of, outside_line, search_lines, synthesis_lines, why
from index import Library


def ask(options: Namespace, settings: Settings) -> int:
    """youju ask "…" """
    library = open_library(settings)
    if options.batch:
        return 0 if run_batch(options.batch, options.out, partial(_row, library, options.k), settings.language) else 1
    if not options.question:
        print("youju ask: QUESTION?", file=sys.stderr)
        return 2
    history = _history(options.history) if options.history else []
    answer = ask_library(
        library, options.question, history=history, filters=filters_of(options), k=options.k, plain=options.plain
    )
    if options.out:
        export(answers_sheet(library, [turn_of(answer)], settings.language), options.out, settings.language)
        return 0
    if not options.json:
        print_answer(answer, settings.language)  # what the sources say stands there before any model is asked
    answer = _with_synthesis(library, answer, settings)
    if options.json:
        print_json(answer.to_dict())
    elif answer.synthesis:
        print(
            "\n".join(
                ["", f"{say('synthesis', settings.language)}：", *synthesis_lines(answer.synthesis, settings.language)]
            )
        )
    return 0


def _with_synthesis(library: Library, answer: Answer, settings: Settings) -> Answer:
    if settings.server is None:
        return answer
    from assistant.synthesis.synthesise import synthesise  # with an HTTP client, which takes a tenth of a second

    sys.stdout.flush()
    return synthesise(library, answer, settings.server)


def _row(library: Library, k: int, row: Row) -> dict[str, Any]:
    answer = ask_library(library, row.question, history=row.history, filters=row.filters, k=k, plain=row.plain)
    return answer.to_dict()


def _history(path: Path) -> list[str]:
    try:
        return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(path=str(path), line="0", detail=type(error).__name__) from error


def print_answer(answer: Answer, language: str) -> None:
    """An answer as the command line shows it."""
    if answer.understood != answer.question:
        print(say("understood", language, text=answer.understood))
    for line in search_lines(answer, language):
        print(line)
    if answer.verdict == "not_found":
        print(f"{say('not_found', language)}。{why(answer, language)}")
        for hit in answer.apart[:3]:
            print(f"  {say('nearest', language)}：{hit.printed}{warnings_of(hit.entry, language)}")
    for sentence in answer.sentences:
        print(f"{lead_of(answer, sentence, language)}{sentence.text}[{sentence.citation}]")
    for citation in answer.citations:
        print(f"  [{citation.n}] {citation.printed}  {citation.id}{warnings_of(citation.entry, language)}")
    if outside := outside_line(answer, language):
        print(outside)
