"""讲话人, 职务 and 主送: who speaks, and to whom."""

from __future__ import annotations

import re

from corpus.document import Fact
from corpus.facts.parts import HEAD_PARAGRAPHS, Parts, whole_fact
from corpus.facts.people import NAME, OFFICE_LINE, read_person

RUN_IN_SALUTATION = re.compile(
    r"^((?:尊敬的|各位|同志们|朋友们|女士们|同胞们|乡亲们|主席先生|大会主席)[^。；！：:]{0,100}?)[：:！!]|^(各位代表|同志们|同学们|朋友们|各位委员)[，,]"
)
SPEAKER_IN_TITLE = re.compile(rf"^({NAME})(?:同志)?在.{{3,60}}上的")
ENDING = "：:！!，, "


def person_facts(parts: Parts) -> list[Fact | None]:
    """Speaker and office."""
    entitled = SPEAKER_IN_TITLE.match(parts.title_text)
    if entitled and parts.title_lines:
        return [Fact("speaker", entitled.group(1), *parts.in_title(*entitled.span(1))), None]
    lines = [*(p for p in parts.head if p.role in ("byline", "subtitle")), *parts.signature]
    for before, p in zip([None, *lines], lines, strict=False):
        text, shift = _after_event(p.text) if p.role == "subtitle" else (p.text, 0)
        found = read_person(text)
        if not found:
            continue
        name, office, span = found
        speaker = Fact("speaker", name, p.number, span[0] + shift, span[1] + shift)
        if office:
            a, b = office[0] + shift, office[1] + shift
            return [speaker, Fact("office", "".join(p.text[a:b].split()), p.number, a, b)]
        if before and OFFICE_LINE.match(before.text):
            return [speaker, whole_fact("office", before.text, before)]
        return [speaker, None]
    return [None, None]


def addressee(parts: Parts) -> Fact | None:
    """主送, or the first salutation, also where the opening begins with it."""
    for p in parts.paragraphs[:HEAD_PARAGRAPHS]:
        if p.role == "salutation":
            value = p.text.rstrip(ENDING)
            return Fact("addressee", value, p.number, 0, len(value))
    for p in parts.opening[:1]:
        found = RUN_IN_SALUTATION.match(p.text[:160])
        if found:
            group = 1 if found.group(1) else 2
            return Fact("addressee", found.group(group), p.number, *found.span(group))
    return None


def _after_event(text: str) -> tuple[str, int]:
    """What stands behind …会议上 in the same line, and where it begins."""
    found = re.search(r"上[\s\u3000]+(?=\S)", text)
    return (text[found.end() :], found.end()) if found else ("", 0)
