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
from corpus.head import SITE_SUFFIX, TITLE_END, bare
from corpus.metadata_date import date_span, iso_date, read_date, year_span
from corpus.metadata_event import event_in_head, event_in_opening
from corpus.metadata_issuer import (
    DECREE,
    DECREED,
    ISSUER,
    RED_HEAD,
    issuer_in_title,
    join_organs,
    number_span,
    read_number,
)
from corpus.metadata_kind import SAME_KIND, SPOKEN, kind_span
from corpus.metadata_level import is_national, level_of_text, level_word, may_be_national
from corpus.people import NAME, OFFICE_LINE, read_person
from corpus.places import Place, find_district, find_place, treated_place
from corpus.text_quality import is_anonymised

HEAD_PARAGRAPHS = 16
OPENING_PARAGRAPHS = 4
# A file's name is a title only if it says something.
TELLING = re.compile("[\u4e00-\u9fff].*[\u4e00-\u9fff].*[\u4e00-\u9fff].*[\u4e00-\u9fff]")
RUN_IN_SALUTATION = re.compile(
    r"^((?:尊敬的|各位|同志们|朋友们|女士们|同胞们|乡亲们|主席先生|大会主席)[^。；！：:]{0,100}?)[：:！!]|^(各位代表|同志们|同学们|朋友们|各位委员)[，,]"
)
# What stands before a place that acts: nothing, or a comma; another division of the same name.
SUBJECT = re.compile(r"(?:^|[，。、；：“！？])[\u4e00-\u9fff]{0,8}(?<![到在往赴于从])$")
SPEAKER_IN_TITLE = re.compile(rf"^({NAME})(?:同志)?在.{{3,60}}上的")
REPOST = re.compile(r"[（(【\[]转载[）)】\]]\s*|转载[：:]\s*")
ENDING = "：:！!，, "


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
    found = _Reading(paragraphs, stated, PurePath(name).stem).facts()
    values = {fact.name: fact.value for fact in reversed(found)}
    return Metadata(
        values.get("title") or PurePath(name).stem,
        values.get("kind"),
        values.get("issuer"),
        values.get("number"),
        values.get("issued"),
        tuple(found),
    )


class _Reading:
    """The parts of one document that state facts, and a method for each fact."""

    def __init__(self, paragraphs: Sequence[Paragraph], stated: Mapping[str, str], stem: str) -> None:
        self.paragraphs = paragraphs
        self.stated = stated
        self.stem = stem
        self.head = [p for p in paragraphs[:HEAD_PARAGRAPHS] if p.role in ("subtitle", "byline", "date")]
        titles = [p for p in paragraphs if p.role == "title"]
        self.title_lines = _with_organ(titles, _title_run(titles, stated.get("title", ""), stem))
        self.title_text = SITE_SUFFIX.sub("", "".join(p.text for p in self.title_lines))
        self.spoken = False
        self.signature = _signature(paragraphs)
        self.opening = [p for p in paragraphs if p.role in ("opening", "body", "closing")][:OPENING_PARAGRAPHS]

    def facts(self) -> list[Fact]:
        title = self.title()
        kind = self.kind(title)
        self.spoken = self._is_spoken(title, kind) or not self.stated.get("title")
        issuer = None if self._is_spoken(title, kind) else self.issuer()
        occasion = self.occasion()
        person = self.person()
        place, level = self.place(issuer, occasion, person)
        found = [title, kind, issuer, self.number(), self.issued(), place, level, occasion, *person, self.addressee()]
        return [fact for fact in found if fact]

    def title(self) -> Fact | None:
        own = self.title_text
        if own and (repost := REPOST.match(own)):
            start = repost.end()
            return Fact("title", own[start:], self.title_lines[0].number, start, len(self.title_lines[0].text))
        if own and not (len(self.stem) > len(own) and self.stem.endswith(own)):
            return _fact("title", own, self.title_lines[0])
        if self.stem.endswith(own) and TELLING.search(self.stem) and (own or not self.stated.get("title")):
            return Fact("title", self.stem)  # 政府工作报告 in a file named 2026年广东省政府工作报告
        return Fact("title", self.stated["title"]) if self.stated.get("title") else None

    def kind(self, title: Fact | None) -> Fact | None:
        lines = [*self.title_lines[-1:], *(p for p in self.head if p.role == "subtitle"), *self._letter()]
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

    def _letter(self) -> list[Paragraph]:
        return [p for p in self.paragraphs[:2] if p.text in ("贺信", "回信", "贺电")]

    def _is_spoken(self, title: Fact | None, kind: Fact | None) -> bool:
        return bool(kind and kind.value in SPOKEN) or bool(
            title and title.value.rstrip("（摘要）").endswith("工作报告")
        )

    def issuer(self) -> Fact | None:
        table = self.stated.get("issuer")
        for p in self.paragraphs[:3]:
            red = RED_HEAD.match(p.text) or (DECREE.match(p.text) if p.role == "byline" else None)
            if red and not table:
                return Fact("issuer", red.group(1), p.number, *red.span(1))
            decree = DECREED.search(p.text) if p.role == "date" else None
            if decree and not table:
                return Fact("issuer", decree.group(1), p.number, *decree.span(1))
        signed = [p for p in self.signature if ISSUER.match(p.text.replace("&sp;", "").strip())]
        signers = join_organs([p.text for p in signed])
        entitled = issuer_in_title(self.title_text)
        above = [p for p in self.head if p.role == "byline" and p.text.startswith("中共") and ISSUER.match(p.text)]
        if above and not (table or signers or entitled):
            return _fact("issuer", above[0].text, above[0])
        if table and not REPOST.match(self.stated.get("title", "")):
            signers = signers if "、" in signers and table in signers.split("、") else ""
            return _fact("issuer", signers, signed[0]) if signers else Fact("issuer", table)
        if signers and (not entitled or "、" in signers or "等" in self.title_text):
            return _fact("issuer", signers, signed[0])
        if entitled:
            value, start, end = entitled
            return Fact("issuer", value, *self._in_title(start, end))
        return Fact("issuer", table) if table else None

    def _in_title(self, start: int, end: int) -> tuple[int, int, int]:
        """Paragraph and span of a span of the whole title; what runs over lines names the first."""
        for line in self.title_lines:
            if start < len(line.text):
                return line.number, start, min(end, len(line.text))
            start, end = start - len(line.text), end - len(line.text)
        return 0, 0, 0

    def number(self) -> Fact | None:
        if self.stated.get("number"):
            return Fact("number", read_number(self.stated["number"]) or "".join(self.stated["number"].split()))
        lines = self.paragraphs[:HEAD_PARAGRAPHS]
        for before, p in zip([None, *lines], lines, strict=False):
            if p.role == "byline" and before and before.text.endswith("令") and p.text.startswith("第"):
                return _fact("number", before.text + "".join(p.text.split()), before)
            if p.role in ("byline", "date", "title") and len(p.text) <= 90 and (found := number_span(p.text)):
                if p.role == "title" and (found[1] or "关于" in p.text):
                    continue
                return Fact("number", found[0], p.number, found[1], found[2])
        return None

    def issued(self) -> Fact | None:
        table = self.stated.get("issued", "")
        date = read_date(table) or iso_date(table)
        if date:
            return Fact("issued", date)
        dated = [p for p in self.signature if p.role == "date"]
        for p in [*dated, *sorted(self.head, key=lambda p: p.role != "date")]:
            found = date_span(p.text)
            if found:
                return Fact("issued", found[0], p.number, found[1], found[2])
        if date := iso_date(self.stem):
            return Fact("issued", date)
        year = year_span(self.title_text)
        if year:
            return Fact("issued", year[0], *self._in_title(year[1], year[2]))
        year = year_span(self.stem)
        return Fact("issued", year[0]) if year else None

    def occasion(self) -> Fact | None:
        title = event_in_head(self.title_text)
        if title and self.title_lines:
            return Fact("occasion", title[0], *self._in_title(title[1], title[2]))
        subtitles = [p for p in self.head if p.role == "subtitle"]
        for p, text in [
            *((p, p.text) for p in subtitles),
            *((p, "".join(s.text for s in subtitles[:2])) for p in subtitles[:1]),
        ]:
            found = event_in_head(text)
            if found and found[1] < len(p.text):  # one that runs on to a second line begins in the first
                return Fact("occasion", found[0], p.number, found[1], min(found[2], len(p.text)))
        lines = [(p, event_in_head(p.text)) for p in self.head if p.role == "date"]
        lines += [(p, event_in_opening(p.text)) for p in self.opening]
        return next((Fact("occasion", found[0], p.number, found[1], found[2]) for p, found in lines if found), None)

    def person(self) -> list[Fact | None]:
        """Speaker and office."""
        entitled = SPEAKER_IN_TITLE.match(self.title_text)
        if entitled and self.title_lines:
            return [Fact("speaker", entitled.group(1), *self._in_title(*entitled.span(1))), None]
        lines = [*(p for p in self.head if p.role in ("byline", "subtitle")), *self.signature]
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
                return [speaker, _fact("office", before.text, before)]
            return [speaker, None]
        return [None, None]

    def place(
        self, issuer: Fact | None, occasion: Fact | None, person: list[Fact | None]
    ) -> tuple[Fact | None, Fact | None]:
        stated = [fact for fact in (issuer, occasion, *person) if fact]
        body = "".join(p.text for p in self.paragraphs)
        national = next((f for f in stated if is_national(f.value) or may_be_national(f.value, body)), None)
        if national is None and is_national(self.title_text or self.stem):
            national = Fact("level", "国", *(self._in_title(0, len(self.title_text))))
        if national:
            level = Fact("level", "国", national.paragraph, national.start, national.end)
            treated = treated_place(self.title_text)
            where = self._in_title(treated.start, treated.end) if treated else (0, 0, 0)
            return Fact("place", treated.name, *where) if treated else None, level
        place = self._place()
        if place:
            return place[1], Fact("level", place[0].level, place[1].paragraph, place[1].start, place[1].end)
        if not (self.spoken or is_anonymised(body)):
            return None, None
        level_read = level_of_text(self.title_text + "".join(p.text for p in self.head), body)
        return None, self._said_level(level_read) if level_read else None

    def _said_level(self, level: str) -> Fact | None:
        said = ((p.number, span) for p in self.paragraphs if (span := level_word(level, p.text)))
        number, span = next(said, (0, (0, 0)))
        return Fact("level", level, number, *span)

    def _place(self) -> tuple[Place, Fact] | None:
        """The most specific place of title, signature and the lines below the title, else of the opening."""
        lines = [*(p for p in self.head if p.role == "subtitle" or read_person(p.text)), *self.signature]
        signed = [(place, p.number) for p in lines if (place := find_place(p.text))]
        found: list[tuple[Place, int]] = []
        body = "".join(p.text for p in self.paragraphs)
        named = None if is_anonymised(body) else find_district(self.title_text, body)
        for place in (find_place(self.title_text, short=True), named):
            if place:
                number, start, end = self._in_title(place.start, place.end)
                found.append((Place(place.name, place.level, start, end), number))
        found += signed
        if not found and (place := find_place(self.stem, short=True) or find_district(self.stem, body)):
            found = [(place, 0)]
        if not found and not is_anonymised("".join(p.text for p in self.opening)):
            found = [
                (place, p.number)
                for p in self.opening[:2]
                if (place := find_place(p.text[:60])) and SUBJECT.search(p.text[: place.start])
            ]
        if not found:
            return None
        order = "国省市县乡"
        place, number = max(found, key=lambda entry: order.index(entry[0].level))
        span = (place.start, place.end) if number else (0, 0)
        return place, Fact("place", place.name, number, *span)

    def addressee(self) -> Fact | None:
        for p in self.paragraphs[:HEAD_PARAGRAPHS]:
            if p.role == "salutation":
                value = p.text.rstrip(ENDING)
                return Fact("addressee", value, p.number, 0, len(value))
        for p in self.opening[:1]:
            found = RUN_IN_SALUTATION.match(p.text[:160])
            if found:
                group = 1 if found.group(1) else 2
                return Fact("addressee", found.group(group), p.number, *found.span(group))
        return None


def _fact(name: str, value: str, paragraph: Paragraph) -> Fact:
    return Fact(name, value, paragraph.number, 0, len(paragraph.text))


def _after_event(text: str) -> tuple[str, int]:
    """What stands behind …会议上 in the same line, and where it begins."""
    found = re.search(r"上[\s\u3000]+(?=\S)", text)
    return (text[found.end() :], found.end()) if found else ("", 0)


def _title_run(lines: list[Paragraph], stated: str, stem: str) -> list[Paragraph]:
    """The title once: the lines that together are the stated one, else the first and what goes on from it."""
    for wanted in filter(None, (bare(stated), bare(stem))):
        for first in range(len(lines)):
            joined = ""
            for last in range(first, len(lines)):
                joined += bare(lines[last].text)
                if joined == wanted:
                    return lines[first : last + 1]
    run = lines[:1]
    for line in lines[1:]:
        ended = TITLE_END.search(run[-1].text)
        if ended or line.number != run[-1].number + 1 or bare(line.text) in bare(run[0].text):
            break
        run.append(line)
    return run


def _with_organ(lines: list[Paragraph], run: list[Paragraph]) -> list[Paragraph]:
    """The run and the organ's line above it, which a file's name leaves out."""
    above = [line for line in lines if run and line.number == run[0].number - 1]
    return [*above, *run] if run and run[0].text.startswith(("关于", "印发", "转发")) and above else run


def _signature(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The first signature with its date; what an attachment's author signed comes later."""
    signed = [i for i, p in enumerate(paragraphs) if p.role == "signature"]
    if not signed:
        return [p for p in paragraphs[-3:] if p.role == "date"]
    end = signed[0]
    while end < len(paragraphs) and paragraphs[end].role == "signature":
        end += 1
    return [*paragraphs[signed[0] : end], *(p for p in paragraphs[end : end + 1] if p.role == "date")]
