"""What a document states of itself, read from the most trustworthy place that says it.

In this order: the format's own statement (a page's data table), the red head, the title, the lines
under it, the signature, the file's name. Unknown is None, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.document import Fact, Paragraph
from corpus.facts.date import date_span, iso_date, read_date, year_span
from corpus.facts.event import event_in_head, event_in_opening
from corpus.facts.issuer import (
    DECREE,
    DECREED,
    ISSUER,
    RED_HEAD,
    issuer_in_title,
    join_organs,
    number_span,
    read_number,
)
from corpus.facts.kind import SAME_KIND, SPOKEN, kind_span
from corpus.facts.parts import HEAD_PARAGRAPHS, Parts, whole_fact
from corpus.facts.person import addressee, person_facts
from corpus.facts.place import place_facts

# A file's name is a title only if it says something.
TELLING = re.compile("(?:[\u4e00-\u9fff][^\u4e00-\u9fff]*){4}")
NAMING = re.compile("[\u4e00-\u9fff]{2}|[A-Za-z]{3,}[ _-]+[A-Za-z]{3,}")
"""What a file's name has to hold to name a document at all; 2020-07-22_28 does not."""
HEADLINE = re.compile(r"(?:[^\u4e00-\u9fff，。；！？,;!?]*[\u4e00-\u9fff]){8}[^，。；！？,;!?]*")
"""What a text that came as one line may begin with, up to its first blank."""
LONGEST_HEADLINE = 60
NO_HEADLINE = re.compile("记者|^(?:新华社|本报|图为|来源|编者|尊敬)|[电图：:][)）]?$")
REPOST = re.compile(r"[（(【\[]转载[）)】\]]\s*|转载[：:]\s*")


@dataclass(frozen=True)
class Metadata:
    """The attributes that are used everywhere, and all facts with where they stand."""

    title: str
    kind: str | None
    issuer: str | None
    number: str | None
    issued: str | None
    facts: tuple[Fact, ...] = ()


def read_metadata(paragraphs: Sequence[Paragraph], stated: Mapping[str, str], name: str) -> Metadata:
    """All facts of a document. `stated` is what its format says, `name` the file's."""
    found = _facts(Parts(paragraphs, stated, PurePath(name).stem))
    values = {fact.name: fact.value for fact in reversed(found)}
    return Metadata(
        values.get("title") or _supplied(paragraphs, values.get("occasion", ""), PurePath(name).stem),
        values.get("kind"),
        values.get("issuer"),
        values.get("number"),
        values.get("issued"),
        tuple(found),
    )


def _facts(parts: Parts) -> list[Fact]:
    title = _title(parts)
    kind = _kind(parts, title)
    spoken = _is_spoken(parts, title, kind) or not parts.stated.get("title")
    issuer = None if _is_spoken(parts, title, kind) else _issuer(parts)
    occasion = _occasion(parts)
    person = person_facts(parts)
    place, level = place_facts(parts, issuer, occasion, person, spoken=spoken)
    found = [title, kind, issuer, _number(parts), _issued(parts), place, level, occasion, *person, addressee(parts)]
    return [fact for fact in found if fact]


def _supplied(paragraphs: Sequence[Paragraph], occasion: str, stem: str) -> str:
    """What is called by nothing but a number, by its occasion or the headline that its text begins with, in brackets as
    archives put titles that they supply (DA/T 18): ［企业家座谈会］.
    """
    first = next((p.text for p in paragraphs if p.role not in ("title", "subtitle", "byline", "date")), "")
    headline, *text = first.split(maxsplit=1) or [""]
    is_headline = (
        text and len(headline) <= LONGEST_HEADLINE and HEADLINE.fullmatch(headline) and not NO_HEADLINE.search(headline)
    )
    supplied = headline if is_headline else occasion
    return stem if NAMING.search(stem) or not supplied else f"［{supplied}］"


def _title(parts: Parts) -> Fact | None:
    own = parts.title_text
    if own and (repost := REPOST.match(own)):
        start = repost.end()
        return Fact("title", own[start:], parts.title_lines[0].number, start, len(parts.title_lines[0].text))
    if own and not (len(parts.stem) > len(own) and parts.stem.endswith(own)):
        return whole_fact("title", own, parts.title_lines[0])
    if parts.stem.endswith(own) and TELLING.search(parts.stem) and (own or not parts.stated.get("title")):
        return Fact("title", parts.stem)  # 政府工作报告 in a file named 2026年广东省政府工作报告
    return Fact("title", parts.stated["title"]) if parts.stated.get("title") else None


def _kind(parts: Parts, title: Fact | None) -> Fact | None:
    lines = [*parts.title_lines[-1:], *(p for p in parts.head if p.role == "subtitle"), *_letter(parts)]
    for line in lines:
        span = kind_span(line.text)
        if span:
            word = line.text[span[0] : span[1]]
            return Fact("kind", SAME_KIND.get(word, word), line.number, *span)
    for text in [title.value] if title and not title.paragraph else []:
        span = kind_span(text)
        if span:
            word = text[span[0] : span[1]]
            return Fact("kind", SAME_KIND.get(word, word))
    return None


def _letter(parts: Parts) -> list[Paragraph]:
    return [p for p in parts.paragraphs[:2] if p.text in ("贺信", "回信", "贺电")]


def _is_spoken(parts: Parts, title: Fact | None, kind: Fact | None) -> bool:
    return bool(kind and kind.value in SPOKEN) or bool(title and title.value.rstrip("（摘要）").endswith("工作报告"))


def _issuer(parts: Parts) -> Fact | None:
    table = parts.stated.get("issuer")
    for p in parts.paragraphs[:3]:
        red = RED_HEAD.match(p.text) or (DECREE.match(p.text) if p.role == "byline" else None)
        if red and not table:
            return Fact("issuer", red.group(1), p.number, *red.span(1))
        decree = DECREED.search(p.text) if p.role == "date" else None
        if decree and not table:
            return Fact("issuer", decree.group(1), p.number, *decree.span(1))
    signed = [p for p in parts.signature if ISSUER.match(p.text.replace("&sp;", "").strip())]
    signers = join_organs([p.text for p in signed])
    entitled = issuer_in_title(parts.title_text)
    above = [p for p in parts.head if p.role == "byline" and p.text.startswith("中共") and ISSUER.match(p.text)]
    if above and not (table or signers or entitled):
        return whole_fact("issuer", above[0].text, above[0])
    if entitled and "、" in signers and signers == entitled[0]:
        return whole_fact("issuer", signers, signed[0])  # a portal's table may name who put the page there
    if table and not REPOST.match(parts.stated.get("title", "")):
        signers = signers if "、" in signers and table in signers.split("、") else ""
        return whole_fact("issuer", signers, signed[0]) if signers else Fact("issuer", table)
    if signers and (not entitled or "、" in signers or "等" in parts.title_text):
        return whole_fact("issuer", signers, signed[0])
    if entitled:
        value, start, end = entitled
        return Fact("issuer", value, *parts.in_title(start, end))
    return Fact("issuer", table) if table else None


def _number(parts: Parts) -> Fact | None:
    if parts.stated.get("number"):
        return Fact("number", read_number(parts.stated["number"]) or "".join(parts.stated["number"].split()))
    lines = parts.paragraphs[:HEAD_PARAGRAPHS]
    for before, p in zip([None, *lines], lines, strict=False):
        if p.role == "byline" and before and before.text.endswith("令") and p.text.startswith("第"):
            return whole_fact("number", before.text + "".join(p.text.split()), before)
        if p.role in ("byline", "date", "title") and len(p.text) <= 90 and (found := number_span(p.text)):
            if p.role == "title" and (found[1] or "关于" in p.text):
                continue
            return Fact("number", found[0], p.number, found[1], found[2])
    return None


def _issued(parts: Parts) -> Fact | None:
    table = parts.stated.get("issued", "")
    date = read_date(table) or iso_date(table)
    if date:
        return Fact("issued", date)
    dated = [p for p in parts.signature if p.role == "date"]
    for p in [*dated, *sorted(parts.head, key=lambda p: p.role != "date")]:
        found = date_span(p.text)
        if found:
            return Fact("issued", found[0], p.number, found[1], found[2])
    if date := iso_date(parts.stem):
        return Fact("issued", date)
    year = year_span(parts.title_text)
    if year:
        return Fact("issued", year[0], *parts.in_title(year[1], year[2]))
    year = year_span(parts.stem)
    return Fact("issued", year[0]) if year else None


def _occasion(parts: Parts) -> Fact | None:
    title = event_in_head(parts.title_text)
    if title and parts.title_lines:
        return Fact("occasion", title[0], *parts.in_title(title[1], title[2]))
    subtitles = [p for p in parts.head if p.role == "subtitle"]
    for p, text in [
        *((p, p.text) for p in subtitles),
        *((p, "".join(s.text for s in subtitles[:2])) for p in subtitles[:1]),
    ]:
        found = event_in_head(text)
        if found and found[1] < len(p.text):  # one that runs on to a second line begins in the first
            return Fact("occasion", found[0], p.number, found[1], min(found[2], len(p.text)))
    lines = [(p, event_in_head(p.text)) for p in parts.head if p.role == "date"]
    lines += [(p, event_in_opening(p.text)) for p in parts.opening]
    return next((Fact("occasion", found[0], p.number, found[1], found[2]) for p, found in lines if found), None)
