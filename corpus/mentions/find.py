"""What running text mentions: documents cited, words quoted, 提法, figures, and the points it makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from corpus.document import Mention, Paragraph
from corpus.mentions.figures import find_figures
from corpus.mentions.quotes import find_quotes
from corpus.structure.numbering import number_value

ROLES = ("opening", "body", "closing", "heading")
"""The roles of paragraphs whose text speaks."""
# 《关于印发《…》的通知》 may hold one title inside; a 文号 in brackets may follow.
CITED = re.compile(
    r"《([^《》]{0,100}(?:《[^《》]{1,100}》[^《》]{0,60})?)》(?:[（(]([\u4e00-\u9fff]{1,14}[〔\[]\d{4}[〕\]]\s?\d{1,5}号)[^（）()]{0,40}[）)])?"
)
POINT = re.compile(
    r"(?P<circle>[①-⑳])|(?:^|(?<=[。；：:，,;！!、\s）)]))(?:(?P<ordinal>[一二三四五六七八九十]{1,2})(?:是(?!否)|要(?!求))|第(?P<first>[一二三四五六七八九十]{1,2})[，、,]|(?P<word>首先|其次|再次|最后)[，,]?)"
)
WORDS = {"首先": 1, "其次": 2, "再次": 3, "最后": 99}
FEWEST_POINTS = 2
SECONDS = re.compile("二是|二要|第二|其次|再次|最后|②")
"""Without one of these there is no row of points; looking for them is fast."""


def find_mentions(paragraphs: Iterable[Paragraph]) -> tuple[Mention, ...]:
    """The mentions of a document in the order of its text.

    >>> paragraph = Paragraph(3, "body", "落实《防汛条例》（石政发〔2024〕1号），清淤12公里。")
    >>> [(m.type, m.value, m.by, m.unit) for m in find_mentions([paragraph])]
    [('cited', '防汛条例', '石政发〔2024〕1号', ''), ('figure', '12', None, '公里')]
    """
    found: list[Mention] = []
    for paragraph in paragraphs:
        if paragraph.role in ROLES:
            cited = _cited(paragraph) if "《" in paragraph.text else ()
            own = [*cited, *_points(paragraph), *find_quotes(paragraph.number, paragraph.text)]
            own += find_figures(paragraph.number, paragraph.text)
            found += sorted(_outside_titles(own), key=lambda m: (m.start, -m.end))
    return tuple(found)


def _outside_titles(mentions: list[Mention]) -> list[Mention]:
    """Without the figures and slogans inside a cited title, and the figures inside a slogan."""
    if not any(m.type == "cited" or m.type == "slogan" for m in mentions):
        return mentions
    closed = sorted((m.start, m.end, m.type) for m in mentions if m.type in ("cited", "slogan"))
    kept: list[Mention] = []
    for mention in mentions:
        inside = ("cited", "slogan") if mention.type in ("figure", "masked") else ("cited",)
        if mention.type in ("figure", "masked", "slogan") and any(
            a <= mention.start and mention.end <= b and kind in inside and (a, b) != (mention.start, mention.end)
            for a, b, kind in closed
        ):
            continue
        kept.append(mention)
    return kept


def _cited(paragraph: Paragraph) -> Iterator[Mention]:
    for found in CITED.finditer(paragraph.text):
        if found.group(1):
            by = "".join(found.group(2).split()) if found.group(2) else None
            yield Mention("cited", paragraph.number, *found.span(1), found.group(1), by)


def _points(paragraph: Paragraph) -> Iterator[Mention]:
    """一是…二是…, first to last of each row; a row has two at the least."""
    if not SECONDS.search(paragraph.text):
        return
    rows: list[list[tuple[int, str, int]]] = []
    for found in POINT.finditer(paragraph.text):
        kind = found.lastgroup or ""
        value = WORDS.get(found.group("word") or "") or number_value(found.group(kind).strip() or "一")
        row = next((r for r in reversed(rows) if r[-1][1] == kind and r[-1][2] < value), None)
        if row is None and value == 1:
            rows.append([(found.start(), kind, value)])
        elif row is not None and (value == row[-1][2] + 1 or kind == "word"):
            row.append((found.start(), kind, value))
    text = paragraph.text
    for row in rows:
        if len(row) < FEWEST_POINTS:
            continue
        bounds = [start for start, _, _ in row]
        for start, end in pairwise([*bounds, len(text)]):
            match = POINT.match(text, start)
            if match:
                yield Mention("point", paragraph.number, start, end, match.group())
