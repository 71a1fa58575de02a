"""Figures and dates of a draft beside the source that its sentence names, compared with what that source states.

Only what is surely the same is compared: the same thing measured, in the same unit, behind the same verb. If the
source states the figure anywhere, all is well; if it states another one there, the draft is told so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from assistant.draft.reading import DraftParagraph
from assistant.references import Card, Catalogue, Named, read_named, refer
from corpus import Mention, Paragraph
from corpus.mentions.figures import find_figures
from corpus.mentions.find import CITED
from corpus.normal import fold
from corpus.sentences import sentence_spans
from index import Snapshot

NAMED = 4
"""Characters of what is measured that say enough by themselves: 地区生产总值."""
ALIKE = 60
"""Likeness (0 to 100) of what stands around two figures, from which on they tell the same thing all the same."""
BEFORE, BEHIND = 24, 8
"""Characters around a figure that say what it tells."""
MOST_SOURCES = 4
"""Documents that a sentence can be compared with; a name that fits more of them names none."""
# How a figure is reached: a growth of 5 % is not compared with a share of 5 %.
MOVEMENT = re.compile(
    r"(增长|增加|提高|上升|提升|下降|减少|降低|达到|达|占|完成|实现|新增|新建|建成|改造|超过|突破|降至|升至|增至|为|共)(?:到|至|了)?(?:约|近|超过?|以上)?$"
)
SAME_MOVEMENT = {
    "达": "达到",
    "为": "达到",
    "增加": "增长",
    "提高": "增长",
    "上升": "增长",
    "提升": "增长",
    "减少": "下降",
    "降低": "下降",
}
# A growth of many years a year is none of one year, nor is a sum over months a month's.
SPAN = re.compile("年均|累计|月均|日均|人均")
SHOWN = 3
"""Figures of the source that may be meant, which are named."""
SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
DATE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
# 根据2024年石桥县政府工作报告: as far as a document is named; what follows has places and years of its own.
NAMING = re.compile(r"[^。！？；]{0,80}?(?:》|报告|\d号)")
# What stands right behind a title is about the document: 《条例》（2022年10月18日）, and so is 2022年10月18日印发的《条例》.
BEHIND_TITLE = re.compile(r"^》[（(][^（）()]{0,40}?((?:19|20)\d\d年\d{1,2}月\d{1,2}日)")
BEFORE_TITLE = re.compile(r"((?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?:印发|发布|公布|下发|出台|通过|施行)的《$")


@dataclass(frozen=True)
class Difference:
    """paragraph text[start:end] of the draft is `said`; the source states `stated`.

    `what` is figure, date or number (发文字号). `row` and `paragraph` say where; paragraph None is the document's
    own head. `span` are the characters of the paragraph that state it.
    """

    number: int
    start: int
    end: int
    what: str
    said: str
    stated: str
    row: int
    paragraph: Paragraph | None = None
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class _Stated:
    """A figure of a source with what stands around it."""

    row: int
    paragraph: Paragraph
    mention: Mention
    around: str
    movement: str


class FigureCheck:
    """Compares the paragraphs of one draft with the documents of one published state."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._catalogue = Catalogue.of(snapshot)
        self._stated: Callable[[int], list[_Stated]] = cache(lambda row: list(_figures_of(snapshot, row)))

    def differences(self, paragraph: DraftParagraph) -> list[Difference]:
        """What a paragraph states otherwise than the sources that it names, in the order of its text."""
        found = [*_heads(paragraph, self._catalogue)]
        figures = list(find_figures(paragraph.number, paragraph.text))
        for start, end in sentence_spans(paragraph.text) if figures else ():
            inside = [m for m in figures if start <= m.start and m.end <= end]
            rows = sources_named(paragraph.text[start:end], self._catalogue) if inside else ()
            for mention in inside if rows else ():
                if difference := self._compared(paragraph, mention, rows):
                    found.append(difference)
        return sorted(found, key=lambda d: d.start)

    def _compared(self, paragraph: DraftParagraph, mention: Mention, rows: Sequence[int]) -> Difference | None:
        around, movement = _around(paragraph.text, mention)
        like = [
            (fuzz.ratio(around, stated.around), n, stated)
            for row in rows
            for n, stated in enumerate(self._stated(row))
            if _is_same_thing(mention, movement, stated)
        ]
        ordered = sorted(like, key=lambda s: (-s[0], s[1]))
        near = [stated for score, _, stated in ordered if score >= ALIKE or _is_named(mention, stated)]
        if not near or any(value_of(s.mention) == value_of(mention) for _, _, s in like):
            return None
        best = near[0]
        said = paragraph.text[mention.start : mention.end]
        stated = "、".join(dict.fromkeys(s.paragraph.text[s.mention.start : s.mention.end] for s in near[:SHOWN]))
        span = (best.mention.start, best.mention.end)
        return Difference(
            paragraph.number, mention.start, mention.end, "figure", said, stated, best.row, best.paragraph, span
        )


def sources_named(text: str, catalogue: Catalogue) -> Sequence[int]:
    """The documents (rows) that a sentence names for certain; none if it could be many."""
    naming = NAMING.match(text)
    if naming is None:
        return ()
    rows = refer(read_named(naming.group(), catalogue.places), fold(naming.group()), catalogue).rows or ()
    return rows if len(rows) <= MOST_SOURCES else ()


def value_of(mention: Mention) -> float | None:
    """What a figure comes to, whichever way it is written; None if it can't be read.

    >>> from corpus.mentions.figures import find_figures
    >>> [value_of(m) for m in find_figures(1, "粮食1.2万吨，煤12,000吨，水一万二千吨，增长百分之五点五。")]
    [12000.0, 12000.0, 12000.0, 5.5]
    """
    number, unit = fold(mention.value).replace(",", ""), fold(mention.unit)
    value = float(number) if re.fullmatch(r"\d+(?:\.\d+)?", number) else _spelt(number)
    if value is None:
        return None
    scales = re.match("(?![百千]分之)[多余几]?([十百千万亿]*)", unit)
    for scale in scales.group(1) if scales else "":
        value *= SCALES[scale]
    return round(value, 6)


def _spelt(numeral: str) -> float | None:
    """A Chinese numeral."""
    whole, point, rest = numeral.partition("点")
    total = section = 0
    digit = 0
    for character in whole:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in ("万", "亿"):
            total = (total + section + digit) * SCALES[character]
            section = digit = 0
        elif character in SCALES:
            section += (digit or 1) * SCALES[character]
            digit = 0
        else:
            return None
    value = float(total + section + digit)
    if point and all(c in DIGITS for c in rest):
        value += float("0." + "".join(str(DIGITS[c]) for c in rest))
    return value


def _is_same_thing(mention: Mention, movement: str, stated: _Stated) -> bool:
    """Whether a figure of the source can be the one meant: measured alike, of the same thing, by the same verb."""
    other = stated.mention
    if other.type == "masked" or not mention.of or not other.of or movement != stated.movement:
        return False
    if bare_unit(mention) != bare_unit(other):
        return False
    a, b = fold(mention.of), fold(other.of)
    return a == b or (min(len(a), len(b)) >= 2 and (a.endswith(b) or b.endswith(a)))


def _is_named(mention: Mention, stated: _Stated) -> bool:
    """Whether both name what they measure, and name the same."""
    return len(mention.of) >= NAMED and fold(mention.of) == fold(stated.mention.of)


def bare_unit(mention: Mention) -> str:
    """The unit of a figure without its scale.

    >>> from corpus.mentions.figures import find_figures
    >>> [bare_unit(m) for m in find_figures(1, "粮食1.2万吨，增长百分之五点五。")]
    ['吨', '%']
    """
    unit = re.sub("^[多余几]?[十百千万亿]*[多余]?", "", fold(mention.unit))
    return "%" if unit in ("%", "分之") or mention.unit.startswith("百分之") else unit


def _around(text: str, mention: Mention) -> tuple[str, str]:
    """What stands around a figure in its sentence, folded, and how it is reached."""
    clauses = re.split("[。！？；，、]", text[max(0, mention.start - BEFORE) : mention.start])
    before = clauses[-1] if len(clauses[-1]) >= NAMED else "".join(clauses[-2:])
    behind = re.split("[。！？；，]", text[mention.end : mention.end + BEHIND])[0]
    found = MOVEMENT.search(before)
    movement = SAME_MOVEMENT.get(found.group(1), found.group(1)) if found else ""
    movement = "".join(SPAN.findall(before)) + movement
    return re.sub(r"\d+", "", fold(f"{before}{behind}")), movement


def _figures_of(snapshot: Snapshot, row: int) -> Iterator[_Stated]:
    for number, paragraph in sorted(snapshot.document_paragraphs(row).items()):
        for mention in find_figures(number, paragraph.text):
            yield _Stated(row, paragraph, mention, *_around(paragraph.text, mention))


def _heads(paragraph: DraftParagraph, catalogue: Catalogue) -> Iterator[Difference]:
    """发文字号 and dates beside cited titles that are not the document's own."""
    for cited in CITED.finditer(paragraph.text) if "《" in paragraph.text else ():
        cards = _titled(cited.group(1), catalogue)
        if not cards:
            continue
        number = cited.group(2)
        own = [card for card in cards if card.entry.number]
        if number and own and fold(number) not in {fold(card.entry.number or "") for card in cards}:
            yield _head(paragraph, cited.span(2), "number", number, own[0].entry.number or "", own[0])
        yield from _dates(paragraph, cited, cards)


def _dates(paragraph: DraftParagraph, cited: re.Match[str], cards: Sequence[Card]) -> Iterator[Difference]:
    text = paragraph.text
    before = BEFORE_TITLE.search(text[: cited.start() + 1])
    behind = BEHIND_TITLE.match(text[cited.end(1) :])
    dated = [card for card in cards if card.entry.issued and len(card.entry.issued) == 10]
    for found, shift in ((before, 0), (behind, cited.end(1))):
        if found is None or not dated:
            continue
        year, month, day = DATE.match(found.group(1)).groups()  # type: ignore[union-attr]
        if f"{year}-{int(month):02}-{int(day):02}" not in {card.entry.issued for card in dated}:
            span = (found.start(1) + shift, found.end(1) + shift)
            yield _head(paragraph, span, "date", found.group(1), dated[0].entry.issued or "", dated[0])


def _head(
    paragraph: DraftParagraph, span: tuple[int, int], what: str, said: str, stated: str, card: Card
) -> Difference:
    return Difference(paragraph.number, *span, what, said, stated, card.entry.row)


def _titled(title: str, catalogue: Catalogue) -> list[Card]:
    rows = refer(Named(titles=(fold(title),)), fold(f"《{title}》"), catalogue).rows or ()
    return [catalogue.cards[row] for row in rows]
