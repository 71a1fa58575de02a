"""Which documents of a library a question means: for certain, in all likelihood, or none that is there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.references.called import as_said, issuers_in
from assistant.references.catalogue import Card, Catalogue, names_of
from assistant.references.named import Named

# How much each likely sign lifts a document, in standard deviations of the fused score.
PLACE, YEAR, NEXT_YEAR, CONGRESS, PHRASE, TITLE, SPEAKER = 1.0, 0.5, 0.3, 2.0, 1.6, 1.5, 0.5
ISSUER, KIND, OCCASION = 0.5, 0.3, 1.0
MOST_OF = 0.5
"""Share of the documents up to which an issuer or kind tells something."""
LEAST_COVERAGE, NEAR_BEST = 0.4, 0.8
"""Share of a loose name that a document's head must hold; share of the best one's to be lifted beside it."""
FEW = 8
"""Documents that a loose name can mean; what fits more of them tells nothing."""
# The question asks where something is cited or carried out, so the document named is not the one to look in.
CITING = re.compile(
    r"哪[些个篇份][^,.?]{0,8}(?:文件|讲话|文章|报告|材料|法规)|提到过?《|引用|引述"
    r"|(?:贯彻|落实|学习|宣传)[好了]?(?:《|党的|[一二三四五六七八九十]{1,3}大)"
)
# 四川省的报告, 2023年政府报告: nothing but a place, a year and a government stands before it; 调研报告 is another kind.
GOVERNMENT = re.compile(r"^(?:[的省市区县州旗年度 ]|[今去前当]年|政府|人民|国务院|中央|全国)*报告$")
NATIONAL = re.compile(r"国务院|全国|中央政府|总理")
SHOWN = 3


@dataclass(frozen=True)
class Missing:
    """What a question names and the library does not have: number or document; the nearest that it has."""

    what: str
    name: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference:
    """The documents that a question means.

    `rows` if they are certain, told in `filters`; `lift` by row for likely ones, told in `likely`;
    `missing` if the one named is not there.
    """

    rows: tuple[int, ...] | None = None
    filters: Mapping[str, Any] = field(default_factory=dict)
    lift: Mapping[int, float] = field(default_factory=dict)
    likely: Mapping[str, Any] = field(default_factory=dict)
    missing: Missing | None = None

    def softened(self, lift: float) -> Reference:
        """The same with nothing certain: what was becomes likely."""
        if self.rows is None:
            return replace(self, missing=None)
        return Reference(lift=dict.fromkeys(self.rows, lift), likely=self.filters)


def refer(named: Named, question: str, catalogue: Catalogue, aside: Sequence[str] = ()) -> Reference:
    """Match what is named against what the library has; `question` is folded, and says it, too. What is `aside`
    counts for nothing, see Named.without.
    """
    document = any(word.startswith("《") for word in aside)
    for certain in () if document else (_by_number, _by_title, _by_report, _by_congress):
        found = certain(named, question, catalogue)
        if found and (found.rows or found.missing):
            return found
    return _likely(named, question, catalogue, aside)


def _certain(cards: Sequence[Card], **filters: Any) -> Reference:
    return Reference(tuple(card.entry.row for card in cards), {"document": list(names_of(cards)[:SHOWN]), **filters})


def _by_number(named: Named, question: str, catalogue: Catalogue) -> Reference | None:
    if not named.numbers:
        return None
    cards = [c for c in catalogue.cards.values() if c.number and any(_same_number(n, c.number) for n in named.numbers)]
    if cards:
        return _certain(cards, number=[c.entry.number for c in cards if c.entry.number])
    prefix, year, number = named.numbers[0]
    known = [c for c in catalogue.cards.values() if c.number and _same_prefix(prefix, c.number[0])]
    known.sort(key=lambda c: (abs((c.number or ("", 0, 0))[1] - year), abs((c.number or ("", 0, 0))[2] - number)))
    nearest = tuple(f"{name}({c.entry.number})" for c in known[:SHOWN] for name in names_of([c]))
    said = f"{prefix}〔{year}〕{number}号" if year else f"{prefix}第{number}号"
    return Reference(missing=Missing("number", said, nearest))


def _same_number(a: tuple[str, int, int], b: tuple[str, int, int]) -> bool:
    return a[2] == b[2] and (not a[1] or a[1] == b[1]) and _same_prefix(a[0], b[0])


def _same_prefix(said: str, prefix: str) -> bool:
    return said.endswith(prefix) or (len(said) > 1 and prefix.endswith(said))


def _by_title(named: Named, question: str, catalogue: Catalogue) -> Reference | None:
    if CITING.search(question):
        return None
    cards = [card for title in named.titles for card in _titled(title, catalogue)]
    return _certain(cards) if cards else None


def _titled(title: str, catalogue: Catalogue) -> list[Card]:
    """The documents of that title, or of which it is the better part."""
    bare = title.removeprefix("中华人民共和国")
    cards = catalogue.titled(bare) if bare else []
    same = [c for c in cards if c.core == bare or c.title == title]
    if same:
        return same
    return [c for c in cards if len(bare) >= 0.6 * len(c.core)] if len(bare) > 3 else []


def _by_report(named: Named, question: str, catalogue: Catalogue) -> Reference | None:
    """政府工作报告 of a place and a year: there, or not, with the years that are."""
    if (
        not named.kind.endswith("报告")
        or named.congresses
        or "决议" in question
        or len(named.places) > 1
        or CITING.search(question)
    ):
        return None
    yearly = named.kind != "报告"
    if not yearly and not any(GOVERNMENT.match(without(phrase, named)) for phrase in named.phrases):
        return None
    if not (named.places or (yearly and (named.years or NATIONAL.search(question)))):
        return None
    place = named.places[0] if named.places else ""
    reports = [c for c in catalogue.cards.values() if c.is_report]
    series = [c for c in reports if (c.place == place or place in c.title)] if place else _national(reports, question)
    if not (reports and (series or yearly)):
        return None
    chosen = [c for c in series if not named.years or c.year in named.years]
    if chosen:
        national = [c for c in chosen if c.level == "国"]
        return _certain(national if not place and national else chosen)
    nearest = sorted(series or reports, key=lambda c: min((abs(c.year - y) for y in named.years), default=0))
    years = f"{named.years[0]}年" if named.years else ""
    where = place or ("国务院" if NATIONAL.search(question) else "")
    kind = named.kind if yearly else "政府工作报告"
    return Reference(missing=Missing("document", f"{years}{where}{kind}", names_of(nearest[:2])))


def _national(reports: Sequence[Card], question: str) -> list[Card]:
    """The state council's, if it is named; else all, of which its own come first."""
    national = [c for c in reports if c.level == "国"]
    return national if national and NATIONAL.search(question) else list(reports)


def _by_congress(named: Named, question: str, catalogue: Catalogue) -> Reference | None:
    """The report of a party congress."""
    if (
        CITING.search(question)
        or len(named.congresses) != 1
        or not re.search(r"大(?:政治)?报告|代表大会[^,.]{0,4}报告", question)
    ):
        return None
    wanted = named.congresses[0]
    held = [c for c in catalogue.cards.values() if c.congress]
    cards = [c for c in held if c.congress == wanted]
    if cards:
        return _certain(cards)
    nearest = sorted(held, key=lambda c: abs(_numeral(c.congress) - _numeral(wanted)))
    return Reference(missing=Missing("document", f"{wanted}大报告", names_of(nearest[:2])))


def _numeral(said: str) -> int:
    """A Chinese numeral under a hundred."""
    digits = {c: i for i, c in enumerate("一二三四五六七八九", 1)}
    tens, ten, ones = said.rpartition("十")
    return (digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones, 0)


def _likely(named: Named, question: str, catalogue: Catalogue, aside: Sequence[str]) -> Reference:
    lift: dict[int, float] = defaultdict(float)
    told: dict[str, Any] = {}
    for name, value, by, rows in _signs(named, question, catalogue):
        if value in aside:
            continue
        for row in rows:
            lift[row] += by
        if rows and value and value not in told.setdefault(name, []):
            told[name].append(value)
    loose = _loosely(named, catalogue)
    for row, covered in loose.items():
        lift[row] += PHRASE * covered
    if loose:
        told["document"] = list(names_of(catalogue.cards[row] for row in loose)[:SHOWN])
    return Reference(lift=dict(lift), likely=told)


def _signs(named: Named, question: str, catalogue: Catalogue) -> Iterator[tuple[str, Any, float, Iterable[int]]]:
    """Each likely sign: under which name and how it is told, what it lifts by, and the documents."""
    for place in named.places:
        begun = (
            {c.entry.row for c in catalogue.titled(place) if c.title.startswith(place)} if place != "中国" else set()
        )
        yield "place", place, PLACE, catalogue.having("place", place) | begun
    for year in named.years:
        yield "year", year, YEAR, catalogue.having("year", year)
        yield "year", year, NEXT_YEAR, catalogue.having("year", year + 1) - _of_years(named, catalogue)
    for congress in named.congresses:
        yield "congress", f"{congress}大", CONGRESS, catalogue.having("congress", congress)
    for title in named.titles:
        yield "title", "", TITLE, [c.entry.row for c in catalogue.titled(title)] if len(title) > 3 else []
    for _, speaker, rows in catalogue.speakers.found(question):
        yield "speaker", speaker, SPEAKER, catalogue.cards.keys() & rows
    for _, occasion, rows in catalogue.occasions.found(as_said(question)):
        yield "occasion", occasion, OCCASION, catalogue.cards.keys() & rows
    for issuer, rows in issuers_in(question, catalogue.issuers).items():
        yield "issuer", issuer, ISSUER, _telling(rows, catalogue)
    for kind in named.kinds:
        yield "kind", kind, KIND, _telling(catalogue.having("kind", kind), catalogue)


def _of_years(named: Named, catalogue: Catalogue) -> set[int]:
    return {row for year in named.years for row in catalogue.having("year", year)}


def _telling(rows: set[int], catalogue: Catalogue) -> set[int]:
    """The documents of an issuer or kind; none if they are most of the library."""
    rows = rows & catalogue.cards.keys()
    return rows if len(rows) <= MOST_OF * len(catalogue.cards) else set()


def _loosely(named: Named, catalogue: Catalogue) -> dict[int, float]:
    """The few documents whose heads hold most of what a loose name says."""
    found: dict[int, float] = {}
    for phrase in named.phrases:
        coverage = catalogue.coverage(without(phrase, named))
        best = max(coverage.values(), default=0.0)
        near = {
            row: c
            for row, c in coverage.items()
            if row in catalogue.cards and c >= max(LEAST_COVERAGE, NEAR_BEST * best)
        }
        if len(near) <= FEW:
            for row, covered in near.items():
                found[row] = max(found.get(row, 0.0), covered)
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def without(phrase: str, named: Named) -> str:
    """A loose name without the places and years in it, which are looked up by themselves."""
    for place in named.places:
        phrase = phrase.replace(place, " ")
    return re.sub(r"\d+年?", " ", phrase)
