"""Automatic numbering of Word: the number that stands before a paragraph without being in its text.

ISO/IEC 29500-1, 17.9. A paragraph names a list (numId) and a level; the list leads to an abstract
list whose levels say how a number looks. Lists of one abstract list count on together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from corpus.extract.numerals import numeral
from corpus.extract.word_styles import Styles
from corpus.extract.wordml import attribute, child, children, local, number, switched_on

PLACE = re.compile(r"%([1-9])")
# A bullet is a mark of layout, often a glyph of a symbol font; one made of words is text.
WORDS = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")
LEVELS = 9
# After these the text follows at once, as in 一、 and （一）; after 第一条 and 1.1 a space is needed.
CLOSED = tuple("、，）)】〕]．.:：　 ")


@dataclass(frozen=True)
class Level:
    """How the numbers of one level look; `text` holds %1 … %9 where the numbers of the levels go."""

    text: str = ""
    form: str = "decimal"
    start: int = 1
    legal: bool = False
    suffix: str = "tab"
    restart_after: int | None = None
    """Levels above this one, counted from 1, restart it; 0: none does; None: all above it do."""
    style: str | None = None


@dataclass
class _List:
    """An abstract list while its paragraphs go by."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Number:
    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]


class Numbering:
    """The lists of a document. `label` has to be asked for each numbered paragraph, in their order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._numbers: dict[int, _Number] = {}
        self._started: set[tuple[int, int]] = set()
        if root is not None:
            self._read(root)

    def label(self, properties: etree._Element | None) -> str:
        """The number before a paragraph with these properties, with what parts it from the text."""
        place = self._place(properties)
        if place is None:
            return ""
        num_id, at = place
        known = self._numbers[num_id]
        list_ = self._lists[known.abstract]
        levels = {**list_.levels, **known.levels}
        self._count(num_id, at, levels)
        level = levels.get(at, Level())
        text = self._text(level, at, levels, list_.counts)
        return text + ("" if level.suffix == "nothing" or not text or text.endswith(CLOSED) else " ")

    def _place(self, properties: etree._Element | None) -> tuple[int, int] | None:
        stated = child(properties, "numPr")
        num_id, at = number(child(stated, "numId")), number(child(stated, "ilvl"))
        style_id = attribute(child(properties, "pStyle"))
        if num_id is None:
            by_style = self._styles.numbering(style_id)
            if by_style is None:
                return None
            num_id, style_level, owner = by_style
            at = at if at is not None else style_level
            if at is None and num_id in self._numbers:
                at = self._level_of_style(num_id, (style_id, owner))
        if num_id not in self._numbers:
            return None  # 0 takes the numbering of the style away
        return num_id, min(max(at or 0, 0), LEVELS - 1)

    def _level_of_style(self, num_id: int, style_ids: tuple[str | None, ...]) -> int | None:
        levels = self._lists[self._numbers[num_id].abstract].levels
        return next((at for at, level in levels.items() if level.style and level.style in style_ids), None)

    def _count(self, num_id: int, at: int, levels: dict[int, Level]) -> None:
        known = self._numbers[num_id]
        counts = self._lists[known.abstract].counts
        start = known.starts.get(at, levels.get(at, Level()).start)
        fresh = at not in counts or (at in known.starts and (num_id, at) not in self._started)
        counts[at] = start if fresh else counts[at] + 1
        self._started.add((num_id, at))
        for below in [b for b in counts if b > at]:
            after = levels.get(below, Level()).restart_after
            if after is None or at < after:
                del counts[below]

    def _text(self, level: Level, at: int, levels: dict[int, Level], counts: dict[int, int]) -> str:
        if level.form == "bullet":
            return level.text if WORDS.search(level.text) else ""

        def one(found: re.Match[str]) -> str:
            other = int(found.group(1)) - 1
            if other > at:
                return ""
            shown = levels.get(other, Level())
            return numeral(counts.get(other, shown.start), "decimal" if level.legal else shown.form)

        return PLACE.sub(one, level.text)

    def _read(self, root: etree._Element) -> None:
        links: dict[str, str] = {}
        for element in children(root, "abstractNum"):
            key = attribute(element, "abstractNumId") or ""
            self._lists[key] = _List(dict(map(_level, children(element, "lvl"))))
            style = attribute(child(element, "numStyleLink"))
            if style:
                links[key] = style
        for element in children(root, "num"):
            num_id = number_of(attribute(element, "numId"))
            abstract = attribute(child(element, "abstractNumId")) or ""
            if num_id is not None and abstract in self._lists:
                self._numbers[num_id] = _number(element, abstract)
        for num_id, known in self._numbers.items():  # a list may only point to the style that has the levels
            by_style = self._styles.numbering(links.get(known.abstract)) if known.abstract in links else None
            if by_style and by_style[0] in self._numbers:
                self._numbers[num_id] = replace(known, abstract=self._numbers[by_style[0]].abstract)


def number_of(text: str | None) -> int | None:
    """A list's number; None if it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _number(element: etree._Element, abstract: str) -> _Number:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in children(element, "lvlOverride"):
        at = number_of(attribute(override, "ilvl")) or 0
        start = number(child(override, "startOverride"))
        if start is not None:
            starts[at] = start
        whole = child(override, "lvl")
        if whole is not None:
            levels[at] = _level(whole)[1]
    return _Number(abstract, starts, levels)


def _level(element: etree._Element) -> tuple[int, Level]:
    level = Level(
        text=(attribute(child(element, "lvlText")) or "")[:200],
        form=_form(element),
        start=number(child(element, "start"), 0) or 0,
        legal=bool(switched_on(child(element, "isLgl"))),
        suffix=attribute(child(element, "suff")) or "tab",
        restart_after=number(child(element, "lvlRestart")),
        style=attribute(child(element, "pStyle")),
    )
    return number_of(attribute(element, "ilvl")) or 0, level


def _form(element: etree._Element) -> str:
    """The number format; newer ones come with an older one to fall back on."""
    for part in element:
        if local(part) == "numFmt" and attribute(part) != "custom":
            return attribute(part) or "decimal"
        if local(part) == "AlternateContent":
            custom = attribute(child(part, "Choice", "numFmt"), "format") or ""
            if custom.startswith("01,"):
                return "decimalZero"
            return attribute(child(part, "Fallback", "numFmt")) or "decimal"
    return "decimal"
