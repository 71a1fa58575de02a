"""youju quote: the exact source of a quotation."""

from __future__ import annotations

import sys
from argparse import Namespace
from functools import partial
from typing import Any

from assistant.about import warnings_of
from assistant.batch import Row, run_batch
from assistant.citation import Citation
from assistant.citing import FORMS
from assistant.commands.printing import export, filters_of, print_json
from assistant.compose import open_library
from assistant.export import quotation_sheet
from assistant.messages import say
from assistant.quotation import Attribution, Match, Quotation
from assistant.quotation import quote as look_up
from assistant.settings import Settings
from assistant.telling import difference_lines
from corpus.normal import fold
from index import Library

LISTED = 10
"""Occurrences that are printed; --json has more."""


def quote(options: Namespace, settings: Settings) -> int:
    """youju quote "…" """
    library = open_library(settings)
    if options.batch:
        return 0 if run_batch(options.batch, options.out, partial(_row, library, options.k), settings.language) else 1
    if not options.quotation:
        print("youju quote: QUOTATION?", file=sys.stderr)
        return 2
    found = look_up(library, options.quotation, filters=filters_of(options), k=options.k)
    if options.out:
        export(quotation_sheet(found, settings.language), options.out, settings.language)
    elif options.json:
        print_json(found.to_dict())
    elif options.copy and found.verdict != "not_found":
        best = found.matches[0]
        print(FORMS[options.copy](best.words, best.citation))
    else:
        _print(found, settings.language)
    return 0


def _row(library: Library, k: int, row: Row) -> dict[str, Any]:
    return look_up(library, row.question, filters=row.filters, k=k).to_dict()


def _print(found: Quotation, language: str) -> None:
    if fold(found.quoted).strip(".!?,") != fold(found.query).strip(".!?,"):
        print(say("quote.quoted_words", language, words=found.quoted))
    print(say(f"quote.{found.verdict}" if found.matches else "quote.nothing", language))
    for match, attribution in zip(found.matches, found.attributions, strict=True):
        _print_match(match, attribution, language)
        if found.verdict == "verbatim":
            break
    if found.verdict == "not_found" or not found.occurrences:
        return
    print(say("quote.count", language, count=found.count))
    for citation in found.occurrences[:LISTED]:
        first = found.earliest and citation.id == found.earliest.id and found.count > 1
        print(f"  {_cited(citation, language)}{say('quote.earliest', language) if first else ''}")


def _print_match(match: Match, attribution: Attribution, language: str) -> None:
    print(f"  {match.text}")
    print(f"    —— {_cited(match.citation, language)}")
    for line in difference_lines(match, attribution, language):
        print(f"    {line}")


def _cited(citation: Citation, language: str) -> str:
    return f"{citation.printed}  {citation.id}{warnings_of(citation.entry, language)}"
