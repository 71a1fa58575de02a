"""Figures as they are compared: value, unit, what they measure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.draft.figures import bare_unit, value_of
from corpus import Mention
from corpus.mentions.figures import find_figures
from corpus.normal import fold
from index.tokens import bigrams

CLAUSE = re.compile(r"[，。；：！？\n]|[,;:!?](?!\d)")
PART = re.compile(rf"{CLAUSE.pattern}|、")
"""A figure has a part of its own in 小学12所、中学5所."""
NEAR = 6
"""Characters of what is measured that stand next to the figure."""
SAME = 0.5
"""Share of the pairs of characters of what two figures measure that says they measure the same."""
MOSTLY = 0.6
"""The same of the parts of clauses in which they stand."""
FEWEST = 3
"""Pairs of characters that can tell two things apart."""
PLACED = "中里内外上下左右"
"""Characters behind a figure that belong to no noun: 112部中有65部."""


@dataclass(frozen=True)
class Stated:
    """A figure of a text: `shown` as written, its value (None: masked or not to be read), its unit without scale,
    what it measures as far as that is told, and the part of a clause in which it stands, folded."""

    shown: str
    value: float | None
    unit: str
    noun: str
    part: str


def figures_of(text: str) -> tuple[Stated, ...]:
    """The figures of a text in its order.

    >>> [(f.shown, f.value, f.unit, f.noun) for f in figures_of("新建中学12所、小学5所，投资1.2亿元。")]
    [('12所', 12.0, '所', '新建中学'), ('5所', 5.0, '所', '小学'), ('1.2亿元', 120000000.0, '元', '投资')]
    """
    return tuple(_stated(text, mention) for mention in find_figures(0, text))


def is_same(figure: Stated, other: Stated) -> bool:
    """Whether two figures are one, of the same thing as far as both tell."""
    if figure.value is None or figure.value != other.value or figure.unit != other.unit:
        return False
    if figure.noun and other.noun:
        told = (
            _likeness(figure.noun, other.noun, 1) >= SAME
            or _likeness(figure.part, other.part, FEWEST, few=0.0) >= MOSTLY
        )
        return told or figure.noun in other.part
    return _likeness(figure.part, other.part, FEWEST) > 0


def _stated(text: str, mention: Mention) -> Stated:
    value = None if mention.type == "masked" else value_of(mention)
    return Stated(
        text[mention.start : mention.end], value, bare_unit(mention), _noun(text, mention), _part(text, mention)
    )


def _noun(text: str, mention: Mention) -> str:
    """The end of the noun before the figure, or the beginning of the one behind it; empty if none was read."""
    behind = text[mention.end :].startswith(mention.of)
    noun = re.split(r"\d", fold(mention.of))[0 if behind else -1]
    noun = noun[:NEAR] if behind else noun[-NEAR:]
    carried = noun not in _part(text, mention)  # from the figure before
    return "" if carried or len(noun) < 2 or (behind and noun[0] in PLACED) else noun


def _part(text: str, mention: Mention) -> str:
    start = max((m.end() for m in PART.finditer(text, 0, mention.start)), default=0)
    end = PART.search(text, mention.end)
    return fold(text[start : end.start() if end else len(text)])


def _likeness(one: str, other: str, fewest: int, few: float = 1.0) -> float:
    """Pairs of characters that two texts share, of those of the shorter; `few` if it has too few to tell."""
    a, b = (set(bigrams(text)) for text in (one, other))
    fewer = min(len(a), len(b))
    return len(a & b) / fewer if fewer >= fewest else few
