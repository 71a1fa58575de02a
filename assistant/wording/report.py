"""Precedent wording as lines of text, for the command line and for programs that show text."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.about import warnings_of
from assistant.messages import say
from assistant.wording.concordance import WIDTH, Line
from assistant.wording.evolution import Course
from assistant.wording.found import Family, Wordings
from assistant.wording.tiers import TIERS, tier_of

VARIANTS = 5
"""Variants of a family that are told."""


def wording_lines(found: Wordings, language: str) -> Iterator[str]:
    """A result, a line for each wording, source and variant."""
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
    if family.also:
        places = "；".join(f"{v.citation.printed}  {v.citation.id}" for v in family.also[:VARIANTS])
        yield f"   {say('web.also', language, count=len(family.also))}：{places}"
    for variant in family.variants[:VARIANTS] if not family.patterns else ():
        yield f"   {say('wording.variant', language)}：{variant.text}  {variant.citation.printed}  {variant.citation.id}"
