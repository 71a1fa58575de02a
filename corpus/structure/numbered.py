"""Numbered lines that are headings and no items of a list."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from corpus.structure.looks import (
    FEWEST_PLAIN,
    FEWEST_STOPPED,
    FILE_END,
    LONGEST_NUMBERED,
    LONGEST_STOPPED,
    UNFINISHED,
    is_running,
)
from corpus.structure.numbering import Numbering, read_numbering, read_spoken
from corpus.structure.ranks import Heading

BARE_NUMERAL = re.compile(r"(?:[一二三四五六七八九十]{1,3}|[（(][一二三四五六七八九十]{1,3}[）)])$")
LONGEST_LONE = 14
# 1.《申报表》。 2.社会保障卡。: papers to hand in.
PAPER = re.compile(r"(?:证|卡|表|》|书|件|材料|照片|户口簿|账号)(?:原件|复印件)?。$")
FEWEST_LEADING = 8
LOOK_BACK = 200
"""Lines over which a number goes on from the one before: 5. under （一）, 6. under （二）."""


def numbered(texts: Sequence[str], numbers: Sequence[Numbering | None], free: Sequence[bool]) -> list[int]:
    """Numbered lines that are headings: no stop at the end, or a stop and text of their own below."""
    found: list[int] = []
    rows: dict[tuple[str, int], list[int]] = defaultdict(list)  # lines without a stop, by style and row
    stopped: dict[tuple[str, int], list[int]] = defaultdict(list)
    row: Counter[str] = Counter()
    parts = 0
    bare: list[int] = []
    for i, (text, number) in enumerate(zip(texts, numbers, strict=True)):
        if not free[i]:
            continue
        if number is None:
            if BARE_NUMERAL.match(text) and i + 1 < len(texts) and is_running(texts[i + 1]):
                bare.append(i)
            continue
        if number.end >= len(text) and not (i + 1 < len(texts) and is_running(texts[i + 1])):
            continue  # a cell of a table
        row[number.style] += number.value == 1
        if len(text) > LONGEST_NUMBERED or FILE_END.search(text) or number.end >= len(text) > 4:
            continue
        if not text.endswith(UNFINISHED) or (text.endswith(("：", ":")) and not _leads_to_list(text)):
            rows[(number.style, row[number.style])].append(i)
            parts += 1
        elif (
            text.endswith("。")
            and text.count("。") == 1
            and "." not in number.style[1:-1]
            and not _ends_list(texts, numbers, i)
        ):
            stopped[(number.style, parts)].append(i)
    found += bare if len(bare) >= FEWEST_PLAIN else []
    for members in rows.values():
        items = [i for i in members if _is_item(numbers, i, free)]
        found += members if 2 * len(items) <= len(members) else [i for i in members if i not in items]
    for members in stopped.values():
        found += _stopped_heads(texts, numbers, members)
    return sorted(found)


def _stopped_heads(texts: Sequence[str], numbers: Sequence[Numbering | None], members: list[int]) -> list[int]:
    """（二）基本原则。 over its text; a lone long sentence, or the name of a paper to hand in, is an item."""
    heads = [i for i in members if _stands_over(texts, numbers, i)]
    sure = [i for i in heads if numbers[i + 1] is not None or _begins_points(texts[i + 1])]
    if len(heads) >= FEWEST_STOPPED and 3 * len(heads) >= 2 * len(members):
        return [i for i in members if i in heads or len(texts[i]) <= LONGEST_STOPPED]
    if len(heads) == 1 and heads != sure and len(texts[heads[0]]) > LONGEST_LONE:
        return []
    return [i for i in heads if not PAPER.search(texts[i])] if 2 * len(heads) >= len(members) else sure


def _begins_points(text: str) -> bool:
    """Whether a line begins a row of points: 一要加快建设。"""
    spoken = read_spoken(text)
    return text.startswith("一要") or bool(spoken and spoken.value == 1)


def _leads_to_list(text: str) -> bool:
    """一、具备下列条件： leads into its list; 三、工作要求： is a heading."""
    return len(text) > 16 or "下列" in text or "以下" in text or "如下" in text


def _is_item(numbers: Sequence[Numbering | None], i: int, free: Sequence[bool]) -> bool:
    """Whether numbers of one style follow one another with nothing between: a list, or contents."""
    number = numbers[i]
    after = numbers[i + 1] if i + 1 < len(numbers) and free[i + 1] else None
    if number and after and after.style == number.style and after.value == number.value + 1:
        return True
    return _follows(numbers, i)


def _ends_list(texts: Sequence[str], numbers: Sequence[Numbering | None], i: int) -> bool:
    """三、…。 right behind 一、…；二、…； is an item; behind a whole paragraph, or over （一）, it is a heading."""
    if not _follows(numbers, i):
        return False
    below = numbers[i + 1] if i + 1 < len(numbers) else None
    number = numbers[i]
    if below and number and below.rank > number.rank and below.value == 1:
        return False
    return len(texts[i - 1]) <= LONGEST_NUMBERED or texts[i - 1].endswith(("；", ";"))


def _follows(numbers: Sequence[Numbering | None], i: int) -> bool:
    """Whether the number before stands on the very line before."""
    number, before = numbers[i], numbers[i - 1] if i else None
    return bool(number and before and before.style == number.style and before.value == number.value - 1)


def _stands_over(texts: Sequence[str], numbers: Sequence[Numbering | None], i: int) -> bool:
    """Whether deeper numbers or running text without a number follow."""
    number, following = numbers[i], i + 1
    if number is None or following >= len(texts):
        return False
    below = numbers[following]
    if below is not None:
        return below.rank > number.rank and (below.value == 1 or _goes_on(numbers, following))
    leads = len(texts[following]) >= FEWEST_LEADING and texts[following].endswith(("：", ":"))
    return (leads or is_running(texts[following])) and not read_spoken(texts[i]) and len(texts[i]) <= LONGEST_NUMBERED


def _goes_on(numbers: Sequence[Numbering | None], i: int) -> bool:
    """Whether a number counts on over a heading: 5. under （一）, 6. under （二）."""
    number = numbers[i]
    before = next(
        (n for n in reversed(numbers[max(0, i - LOOK_BACK) : i]) if n and number and n.style == number.style), None
    )
    return bool(number and before and before.value == number.value - 1)


def spoken_heads(texts: Sequence[str], free: Sequence[bool], found: Mapping[int, Heading]) -> list[int]:
    """第一，改革计划体制 over its paragraphs; a lone sentence, or items in a row, is none."""
    members = [
        i
        for i, text in enumerate(texts)
        if free[i] and i not in found and len(text) <= LONGEST_NUMBERED and read_spoken(text) and _one_clause(text)
    ]
    heads = [
        i
        for i in members
        if i + 1 < len(texts)
        and not read_spoken(texts[i + 1])
        and not read_numbering(texts[i + 1])
        and is_running(texts[i + 1])
        and len(texts[i + 1]) > len(texts[i])
    ]
    counted = [i for i in members if _is_two_digits(texts[i])]
    if len(counted) >= FEWEST_PLAIN and any(i in heads for i in counted):  # 02 … may stand over a heading
        heads = sorted({*heads, *counted})
    stopped = [i for i in heads if texts[i].endswith("。")]
    heads = [i for i in heads if i not in stopped or len(stopped) >= FEWEST_STOPPED]
    return [i for i, alone in zip(heads, _alone([read_spoken(texts[i]) for i in heads]), strict=True) if not alone]


def _is_two_digits(text: str) -> bool:
    spoken = read_spoken(text)
    return spoken is not None and spoken.style == "01"


def _alone(row: Sequence[Numbering | None]) -> list[bool]:
    """Which of these have no neighbour: 四是…。 whose 三是 runs on in a paragraph."""
    keys = [(n.style, n.value) if n else ("", 0) for n in row]
    beside = [keys[max(0, i - 1) : i] + keys[i + 1 : i + 2] for i in range(len(keys))]
    return [
        style == "一是" and not any(style == other and abs(value - there) == 1 for other, there in near)
        for (style, value), near in zip(keys, beside, strict=True)
    ]


def _one_clause(text: str) -> bool:
    return not text.endswith(UNFINISHED) or (text.endswith("。") and text.count("。") == 1 and len(text) <= 45)
