"""How the headings of a document rank: numbered ones in its own order, unnumbered ones over or under them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.structure.looks import FEWEST_PLAIN
from corpus.structure.numbering import Numbering

# Headings that stand for themselves wherever they are.
KNOWN = frozenset(
    "结束语 结语 引言 前言 序言 导言 绪论 导语 附则 总则 名词解释 温馨提示 注意事项 办理指引 背景 后记".split()
)
LAST = frozenset("结束语 结语 后记 名词解释".split())
QUESTION = re.compile(r"^(?:问|Q\d{0,2})[：:]")
PLAIN_RANK, STOPPED_RANK, TOP_RANK, UNDER_TOP_RANK = 8.5, 9.5, 0.0, 0.4
INNER = 0.3


@dataclass(frozen=True)
class Heading:
    """`rank`: the smaller, the further out. `numbering` is None for an unnumbered heading."""

    rank: float
    numbering: Numbering | None = None


def ranked(found: Mapping[int, Heading]) -> dict[int, Heading]:
    """Numbered headings with their ranks in this document: styles in its order, inner rows below outer ones."""
    order = [(i, found[i]) for i in sorted(found)]
    ranks = own_ranks([heading.numbering for _, heading in order if heading.numbering])
    inner: set[int] = set()
    for style in ranks:
        row = [(i, h.numbering.value) for i, h in order if h.numbering and h.numbering.style == style]
        nested = _nested([value for _, value in row])
        inner.update(i for (i, _), is_nested in zip(row, nested, strict=True) if is_nested)
    ranked: dict[int, Heading] = {}
    for i, heading in order:
        number = heading.numbering
        usual = number is None or heading.rank != number.rank
        rank = heading.rank if usual or number is None else ranks[number.style]
        ranked[i] = Heading(rank + (INNER if i in inner else 0), number)
    return ranked


def _nested(values: Sequence[int]) -> list[bool]:
    """Which numbers of one style are a row inside another: 一 二 (一 二 三) 三.

    >>> _nested([1, 2, 1, 2, 3, 4, 3])
    [False, False, True, True, True, True, False]
    """
    nested = [False] * len(values)
    outer: int | None = None
    for i, value in enumerate(values):
        if outer is None and i and value == 1:
            stop = next((j for j in range(i + 1, len(values)) if values[j] != values[j - 1] + 1), len(values))
            if stop < len(values) and values[stop] == values[i - 1] + 1 > 1:
                outer = values[i - 1]
        if outer is not None and value == outer + 1 and i and values[i - 1] != outer:
            outer = None
        nested[i] = outer is not None
    return nested


def own_ranks(numbers: Sequence[Numbering]) -> dict[str, float]:
    """Ranks by style as this document uses them: where 1. holds （一）（二） and then 2. follows, 1. is outer."""
    ranks = {number.style: float(number.rank) for number in numbers}
    last: dict[str, int] = {}
    fresh: dict[str, set[str]] = defaultdict(set)  # styles that began at one since the last of this style
    inner: Counter[tuple[str, str]] = Counter()
    for number in numbers:
        if last.get(number.style) == number.value - 1 and number.value > 1:
            inner.update((number.style, other) for other in fresh[number.style])
        last[number.style] = number.value
        fresh[number.style] = set()
        if number.value == 1:
            for style, others in fresh.items():
                if style != number.style:
                    others.add(number.style)
    for (outer, below), _ in inner.items():
        if ranks[outer] > ranks[below] and not inner[(below, outer)]:
            ranks[outer] = ranks[below] - 0.5
    return ranks


def rank_plain(
    texts: Sequence[str],
    bare: Sequence[int],
    bulleted: Sequence[int],
    found: Mapping[int, Heading],
    marked: Mapping[int, int],
) -> dict[int, Heading]:
    """Unnumbered headings stand over all others if one comes first and numbers begin anew below, else under; of
    them those behind a mark (■) under the `bare` ones.
    """
    plain = sorted({*bare, *bulleted})
    if not plain:
        return {}
    numbered = sorted(i for i, heading in found.items() if heading.rank < PLAIN_RANK)
    on_top = not numbered or plain[0] < numbered[0]
    if numbered and on_top and texts[plain[0]] in KNOWN and len(plain) == 1:
        on_top = True
    upper = {*bare} - {*bulleted} if bulleted else _upper(plain)
    below = PLAIN_RANK if on_top else _over_numbers(plain, found)
    ranked: dict[int, Heading] = {}
    for i in plain:
        rank = TOP_RANK if on_top and not QUESTION.match(texts[i]) else below
        if i in marked:
            rank += 0.01 * (marked[i] - min(marked.values()))
        elif upper and i not in upper:
            rank += UNDER_TOP_RANK
        ranked[i] = Heading(TOP_RANK if texts[i] in LAST else rank)
    return ranked


def _over_numbers(plain: Sequence[int], found: Mapping[int, Heading]) -> float:
    """The rank of unnumbered headings below numbered ones: over a style that begins anew under them."""
    order = sorted({*plain, *found})
    begun: Counter[float] = Counter()
    for before, after in pairwise(order):
        number = found[after].numbering if after in found else None
        if before not in found and number and number.value == 1:
            begun[found[after].rank] += 1
    often = [rank for rank, count in begun.items() if count >= FEWEST_PLAIN and rank < PLAIN_RANK]
    return min(often) - 0.45 if often else PLAIN_RANK


def _upper(plain: Sequence[int]) -> set[int]:
    """Of unnumbered headings in two levels: those that have another right below; empty if one level."""
    members = set(plain)
    pairs = {i for i in plain if i + 1 in members and i - 1 not in members}
    return pairs if len(pairs) >= 2 and len(pairs) * 4 >= len(plain) else set()
