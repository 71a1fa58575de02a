"""youju wording: precedent wording for a need, phrase, pattern, place or theme of headings."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from assistant.about import warnings_of
from assistant.batch import Row, run_batch
from assistant.commands.printing import filters_of, print_json
from assistant.compose import open_library
from assistant.errors import BadInput
from assistant.messages import say
from assistant.settings import Settings
from assistant.wording import CHINESE, Family, Wish, Wordings
from assistant.wording import wording as find_wording
from assistant.wording.concordance import WIDTH, Line
from assistant.wording.evolution import Course
from assistant.wording.plot import plot
from assistant.wording.tiers import TIERS, tier_of
from index import Library

VARIANTS = 5
"""Variants of a family that are printed."""


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
    if options.json:
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


def wording_lines(found: Wordings, language: str) -> Iterator[str]:
    """A result as the command line shows it."""
    if found.mode in ("phrase", "pattern"):
        yield from _concordance_lines(found, language)
        return
    if not found.families:
        yield say("wording.none", language)
        return
    kind = "wording.sets" if found.mode == "headings" else "wording.families"
    yield say(kind, language, total=found.total, shown=len(found.families))
    for n, family in enumerate(found.families, 1):
        yield from _family_lines(n, family, language)
    for course in found.courses:
        yield from _course_lines(course, language)


def _concordance_lines(found: Wordings, language: str) -> Iterator[str]:
    total = say("wording.total", language, total=found.total, shown=len(found.lines))
    more = found.total > len(found.lines)
    yield f"{total}（{say('wording.all', language)}）" if more else total
    for line in found.lines:
        yield kwic(line, language)
    for value, count in found.counts.items():
        yield f"  {value or say('wording.unknown', language)}\t{count}"
    for course in found.courses:
        yield from _course_lines(course, language)


def kwic(line: Line, language: str) -> str:
    """A line of a concordance with its match in one column."""
    left = "　" * (WIDTH - len(line.left)) + line.left
    cited = f"{line.citation.printed}  {line.citation.id}{warnings_of(line.citation.entry, language)}"
    return f"{left}【{line.match}】{line.right}\t{cited}".replace("\n", " ")


def _course_lines(course: Course, language: str) -> Iterator[str]:
    yield f"{say('wording.course', language)}：{course.wording}  {_seen(course.total, course.first, course.last, language)}"
    yield "  " + "\t".join(say(f"wording.{head}", language) for head in ("year", "raw", "distinct"))
    for year in course.years:
        yield f"  {year.year}\t{year.raw}\t{year.distinct}\t{'█' * min(year.distinct, 60)}"


def _seen(count: int, first: str | None, last: str | None, language: str) -> str:
    if first is None:
        return say("wording.times", language, count=count)
    return say("wording.seen", language, count=count, first=first, last=last)


def _family_lines(n: int, family: Family, language: str) -> Iterator[str]:
    yield f"{n}. {family.head.text}"
    cited = family.head.citation
    tier = TIERS[tier_of(cited.entry)]
    told = say(f"tier.{tier}", language)
    if family.patterns:
        for sibling in family.variants:
            yield f"   {sibling.text}"
        told = say("wording.pattern", language, patterns=" ".join(family.patterns), length=family.length)
    else:
        told += "，" + _seen(family.count, family.first, family.last, language)
    yield f"   {cited.printed}  {cited.id}  {told}{warnings_of(cited.entry, language)}"
    for variant in family.variants[:VARIANTS] if not family.patterns else ():
        yield f"   {say('wording.variant', language)}：{variant.text}  {variant.citation.printed}  {variant.citation.id}"
