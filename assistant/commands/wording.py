"""youju wording: precedent wording for a need, phrase, pattern, place or theme of headings."""

from __future__ import annotations

import sys
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import Any

from assistant.batch import Row, run_batch
from assistant.commands.printing import export, filters_of, print_json
from assistant.compose import open_library
from assistant.errors import BadInput
from assistant.export import passages_sheet, places_of
from assistant.messages import say
from assistant.settings import Settings
from assistant.wording import CHINESE, Wish, Wordings
from assistant.wording import wording as find_wording
from assistant.wording.plot import plot
from assistant.wording.report import wording_lines
from index import Library


def wording(options: Namespace, settings: Settings) -> int:
    """youju wording "…" """
    library = open_library(settings)
    wish = _wish(options)
    if options.batch:
        return (
            0
            if run_batch(options.batch, options.out, partial(_row, library, wish, options.k), settings.language)
            else 1
        )
    if not options.query and not (wish.place or wish.mode == "headings"):
        print("youju wording: QUERY?", file=sys.stderr)
        return 2
    found = find_wording(library, options.query or "", wish=wish, filters=filters_of(options), k=options.k)
    if options.plot:
        _write_plot(options.plot, found, settings.language)
    if options.out:
        sheet = passages_sheet(library, options.query or "", places_of(found), settings.language)
        export(sheet, options.out, settings.language)
    elif options.json:
        print_json(found.to_dict())
    else:
        print("\n".join(wording_lines(found, settings.language)))
        if options.plot:
            print(say("wording.plotted", settings.language, path=options.plot))
    return 0


def _row(library: Library, wish: Wish, k: int, row: Row) -> dict[str, Any]:
    return find_wording(library, row.question, wish=wish, filters=row.filters, k=k).to_dict()


def _wish(options: Namespace) -> Wish:
    return Wish(
        mode=options.mode,
        place=CHINESE.get(options.place, ""),
        gap=options.gap,
        sort=options.sort,
        count=options.count,
        whole=options.all,
        courses=bool(options.plot) or options.count == "year",
    )


def _write_plot(path: Path, found: Wordings, language: str) -> None:
    labels = (say("wording.raw", language), say("wording.distinct", language))
    try:
        path.write_text(plot(found.courses, labels), encoding="utf-8")
    except OSError as error:
        raise BadInput(path=str(path), line="0", detail=type(error).__name__) from error
