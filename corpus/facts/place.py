"""地域 and 层级 of a document, out of its parts and the facts read before."""

from __future__ import annotations

import re

from corpus.document import Fact
from corpus.facts.level import is_national, level_of_text, level_word, may_be_national
from corpus.facts.parts import Parts
from corpus.facts.people import read_person
from corpus.facts.places import Place, find_district, find_place, treated_place
from corpus.text_quality import is_anonymised

# What stands before a place that acts: nothing, or a comma; another division of the same name.
SUBJECT = re.compile(r"(?:^|[，。、；：“！？])[\u4e00-\u9fff]{0,8}(?<![到在往赴于从])$")


def place_facts(
    parts: Parts, issuer: Fact | None, occasion: Fact | None, person: list[Fact | None], *, spoken: bool
) -> tuple[Fact | None, Fact | None]:
    """Place and level; `spoken` says that a person speaks, who may name no place but says 全市 or 我省."""
    stated = [fact for fact in (issuer, occasion, *person) if fact]
    body = "".join(p.text for p in parts.paragraphs)
    national = next((f for f in stated if is_national(f.value) or may_be_national(f.value, body)), None)
    if national is None and is_national(parts.title_text or parts.stem):
        national = Fact("level", "国", *(parts.in_title(0, len(parts.title_text))))
    if national:
        level = Fact("level", "国", national.paragraph, national.start, national.end)
        treated = treated_place(parts.title_text)
        where = parts.in_title(treated.start, treated.end) if treated else (0, 0, 0)
        return Fact("place", treated.name, *where) if treated else None, level
    place = _named_place(parts)
    if place:
        return place[1], Fact("level", place[0].level, place[1].paragraph, place[1].start, place[1].end)
    if not (spoken or is_anonymised(body)):
        return None, None
    level_read = level_of_text(parts.title_text + "".join(p.text for p in parts.head), body)
    return None, _said_level(parts, level_read) if level_read else None


def _said_level(parts: Parts, level: str) -> Fact | None:
    said = ((p.number, span) for p in parts.paragraphs if (span := level_word(level, p.text)))
    number, span = next(said, (0, (0, 0)))
    return Fact("level", level, number, *span)


def _named_place(parts: Parts) -> tuple[Place, Fact] | None:
    """The most specific place of title, signature and the lines below the title, else of the opening."""
    lines = [*(p for p in parts.head if p.role == "subtitle" or read_person(p.text)), *parts.signature]
    signed = [(place, p.number) for p in lines if (place := find_place(p.text))]
    found: list[tuple[Place, int]] = []
    body = "".join(p.text for p in parts.paragraphs)
    named = None if is_anonymised(body) else find_district(parts.title_text, body)
    for place in (find_place(parts.title_text, short=True), named):
        if place:
            number, start, end = parts.in_title(place.start, place.end)
            found.append((Place(place.name, place.level, start, end), number))
    found += signed
    if not found and (place := find_place(parts.stem, short=True) or find_district(parts.stem, body)):
        found = [(place, 0)]
    if not found and not is_anonymised("".join(p.text for p in parts.opening)):
        found = [
            (place, p.number)
            for p in parts.opening[:2]
            if (place := find_place(p.text[:60])) and SUBJECT.search(p.text[: place.start])
        ]
    if not found:
        return None
    order = "国省市县乡"
    place, number = max(found, key=lambda entry: order.index(entry[0].level))
    span = (place.start, place.end) if number else (0, 0)
    return place, Fact("place", place.name, number, *span)
