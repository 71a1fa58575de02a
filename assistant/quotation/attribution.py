"""Whose words a quotation is where it stands, and whether what was said of it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from assistant.quotation.framing import Framed
from assistant.references import Card, Catalogue, read_named, refer
from assistant.references.catalogue import names_of
from corpus import Paragraph
from corpus.mentions.quotes import find_quotes
from corpus.mentions.speakers import OFFICES, SPOKEN, is_person, speaker_of
from corpus.normal import fold

SENTENCE_ENDS = "。！？；"
NAMED = 2
"""Documents named in one line."""
REPORTED = 40
"""Characters in front of words in which a verb of saying makes them somebody's: 会议强调，要…"""
# What reads like a name and is a document's or a body's: 白皮书, 章程, 司法部, 常委会, 温州市.
NO_NAME = re.compile(r"(?:文件|白皮书|章程|[贺公开]信|[部局厅委会院法省市县区])$")
# 总书记, 国务院总理, 时任市长: an office, which may be anybody's.
OFFICE_ONLY = re.compile(
    rf"(?:时任|现任|前任|原|国务院|国家|全国人大|中共|党?中央|军委|政府|[省市县区镇]|委|[我本该])*(?:{OFFICES})$"
)
OFFICE_BEHIND = re.compile(rf"(?:{OFFICES})$")
# 《关于印发〈规则〉的通知》: the document that goes by the inner title.
ISSUED_WITH = re.compile(r"《[^《》]{0,40}(?:印发|转发|发布|公布|颁布)[〈《]([^〈〉《》]{2,60})[〉》][^《》]{0,10}》")


@dataclass(frozen=True)
class Unmet:
    """What was said of a quotation and does not hold: year, speaker, place or document; `found` is what does."""

    what: str
    said: str
    found: str


@dataclass(frozen=True)
class Unstated:
    """What was said of a quotation, year or speaker, and its document says nothing of."""

    what: str
    said: str


@dataclass(frozen=True)
class Attribution:
    """`origin` tells the document's own words (own) from those that it quotes from `by` (quoted).

    That words are a document's own does not say that they were first said there. `unmet` was said in vain,
    `unstated` can't be told from the document.
    """

    origin: Literal["own", "quoted"] = "own"
    by: str | None = None
    unmet: tuple[Unmet, ...] = ()
    unstated: tuple[Unstated, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As docs/architecture.md gives it."""
        return {
            "origin": self.origin,
            "by": self.by,
            "unmet": [{"what": u.what, "said": u.said, "found": u.found} for u in self.unmet],
            "unstated": [{"what": u.what, "said": u.said} for u in self.unstated],
        }


def quoted_from(paragraph: Paragraph, start: int, stop: int) -> str | None:
    """Who says a paragraph's characters [start, stop), if it is not the document itself.

    >>> said = Paragraph(1, "body", "江明同志指出：“要抓早抓小。”我们要照办。")
    >>> quoted_from(said, 8, 13), quoted_from(said, 15, 20)
    ('江明同志', None)
    """
    for mention in find_quotes(paragraph.number, paragraph.text):
        if mention.type == "quotation" and mention.start <= start and stop <= mention.end:
            return mention.by
    text = paragraph.text
    begin = max(text.rfind(mark, 0, start) for mark in SENTENCE_ENDS) + 1
    before = text[max(begin, start - REPORTED) : start]
    said = SPOKEN.search(before)
    return speaker_of(before[: said.start()]) if said and said.group("mark") else None


@dataclass(frozen=True)
class Claims:
    """What was said of a quotation: of which years, places and documents (rows) it is, and which person said it."""

    years: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    speaker: str | None = None

    @classmethod
    def of(cls, framed: Framed, catalogue: Catalogue) -> Claims:
        """Read what stands around the words."""
        if not framed.around:
            return cls()
        around = ISSUED_WITH.sub(r"《\1》", framed.around)
        named = read_named(around, catalogue.places)
        places = tuple(place for place in named.places if place != "中国")
        rows = refer(named, fold(around), catalogue).rows or ()
        return cls(named.years, places, rows, framed.speaker if _is_named(framed.speaker) else None)

    def unmet(self, card: Card, by: str | None, catalogue: Catalogue) -> tuple[Unmet, ...]:
        """What of it does not hold for a document, whose words there are `by` somebody else's."""
        found = []
        if self.years and card.year and card.year not in self.years:
            found.append(Unmet("year", self._years_said, f"{card.year}年"))
        speakers = [name for name in (by, card.speaker) if name]
        if self.speaker and speakers and not any(_same_person(self.speaker, name) for name in speakers):
            found.append(Unmet("speaker", self.speaker, speakers[0]))
        if self.places and card.place and not any(p == card.place or p in card.title for p in self.places):
            found.append(Unmet("place", "、".join(self.places), card.place))
        if not found and self.rows and card.entry.row not in self.rows:
            titles = names_of([catalogue.cards[row] for row in self.rows[:NAMED]])
            found.append(Unmet("document", "、".join(titles), names_of([card])[0]))
        return tuple(found)

    def unstated(self, card: Card, by: str | None) -> tuple[Unstated, ...]:
        """What of it a document says nothing of."""
        found = [Unstated("year", self._years_said)] if self.years and not card.year else []
        if self.speaker and not (by or card.speaker):
            found.append(Unstated("speaker", self.speaker))
        return tuple(found)

    @property
    def _years_said(self) -> str:
        return "、".join(f"{year}年" for year in self.years)


def _is_named(speaker: str | None) -> bool:
    """Whether a speaker is a person who is called by name.

    A report or a body speaks through whoever reads it out, and an office is held by many: they contradict nobody.

    >>> _is_named("江明同志"), _is_named("政府"), _is_named("白皮书"), _is_named("国务院总理")
    (True, False, False, False)
    """
    return bool(
        speaker and is_person(speaker) and not NO_NAME.search(speaker) and not OFFICE_ONLY.fullmatch(fold(speaker))
    )


def _same_person(said: str, name: str) -> bool:
    """Whether a name with or without office can be that of another: 江市长 is 江明, and an office alone anybody.

    >>> _same_person("江市长", "江明"), _same_person("江明", "市长"), _same_person("江明同志", "何川")
    (True, True, False)
    """
    a, b = OFFICE_BEHIND.sub("", fold(said)), OFFICE_BEHIND.sub("", fold(name))
    if OFFICE_ONLY.fullmatch(fold(name)):
        return True
    shorter = min(len(a), len(b), 2)
    return a in b or b in a or a[:shorter] == b[:shorter]
