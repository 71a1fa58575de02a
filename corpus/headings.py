"""Which lines are headings, and how the styles of headings rank in this document.

A heading is a line of its own above running text: numbered, marked by the format, or told by its
looks: short, without end punctuation, between paragraphs that end, and with siblings like it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.numbering import Numbering, read_numbering, read_spoken

LONGEST_NUMBERED = 60
LONGEST_PLAIN = 38
MOST_COMMAS = 2
# 加强农业基础地位。 as a line of its own over its paragraph: only short ones, and only in a row of them.
LONGEST_STOPPED = 34
FEWEST_STOPPED = 3
FEWEST_PLAIN = 2
LONGEST_LONE = 14
# 1.《申报表》。 2.社会保障卡。: papers to hand in.
PAPER = re.compile(r"(?:证|卡|表|》|书|件|材料|照片|户口簿|账号)(?:原件|复印件)?。$")
LONGEST_ROW = 2
# A paragraph that a heading can stand over.
SHORTEST_RUNNING = 30
FEWEST_LEADING = 8

UNFINISHED = ("。", "；", ";", "，", ",", "、", "：", ":", "！", "“", "（")
ENDS = tuple("。！？；：…!?;:”’」』）)》】>")
FILE_END = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|pptx?|rar|zip|jpg|png)$", re.I)
BARE_NUMERAL = re.compile(r"(?:[一二三四五六七八九十]{1,3}|[（(][一二三四五六七八九十]{1,3}[）)])$")
# Headings that stand for themselves wherever they are.
KNOWN = frozenset(
    "结束语 结语 引言 前言 序言 导言 绪论 导语 附则 总则 名词解释 温馨提示 注意事项 办理指引 背景 后记".split()
)
LAST = frozenset("结束语 结语 后记 名词解释".split())
CHINESE = re.compile("[\u4e00-\u9fff]")
# What no heading contains: a telephone number, an address, a name with an office, a table's cells.
NO_HEADING = re.compile(
    r"[\t=＝@>＞；;！]|^附|^请|https?:|www\.|\d{7}|〔\d{4}〕|记者|[摄电]$|^[^\u4e00-\u9fff“《\d]|[—-]{2}|\u3000|号$|日$|^注|^[图表]\s?\d|电话|(?:办公室|政府|委员会)$"
)
# A sentence that leads over to something, not a heading: 现在我举出一些数字说明这个情况。
LEADS = re.compile(
    r"^(?:现在|下面|以下|以上|因此|所以|但是|同时|当然|显然|很显然|我们|我[^国省市区县]|他们|会议|在(?!.{1,8}中的)|对于|为了?|据|按照|根据|例如|其中|此外|而|"
    r"由于|随着|如果|同志们|各位|谢谢|让我们|总之|综上|从|要(?!素)|就是|也|还|这里|这个|这些|这次|这样|那)"
)
PLAIN_RANK, STOPPED_RANK, TOP_RANK, UNDER_TOP_RANK = 8.5, 9.5, 0.0, 0.4
INNER = 0.3
ARTICLE = re.compile(r"^第[一二三四五六七八九十百零〇\d]{1,6}条")
FEWEST_ARTICLES = 5
QUESTION = re.compile(r"^(?:问|Q\d{0,2})[：:]")
BARE_RANK = {"一": 4.0, "（": 5.0}


@dataclass(frozen=True)
class Heading:
    """`rank`: the smaller, the further out. `numbering` is None for an unnumbered heading."""

    rank: float
    numbering: Numbering | None = None


def find_headings(texts: Sequence[str], free: Sequence[bool], marked: Mapping[int, int]) -> dict[int, Heading]:
    """The headings by their line's index.

    `free` says which lines may be headings at all (the rest is title, signature, table …); `marked`
    holds the level of lines that the format marks as headings.
    """
    numbers = [read_numbering(text) for text in texts]
    found: dict[int, Heading] = {}
    for i in _numbered(texts, numbers, free):
        number = numbers[i]
        found[i] = Heading(number.rank if number else BARE_RANK["（" if texts[i][0] in "（(" else "一"], number)
    for i in _spoken(texts, free, found):
        spoken = read_spoken(texts[i])
        if spoken:
            found[i] = Heading(STOPPED_RANK if texts[i].endswith("。") else spoken.rank, spoken)
    found = _ranked(found)
    if sum(bool(ARTICLE.match(text)) for text in texts) >= FEWEST_ARTICLES:
        return found  # a law has chapters and articles, and short articles that look like headings
    plain = _plain(texts, numbers, free, found, marked)
    stopped = _stopped(texts, numbers, free, {*found, *plain})
    found |= {i: Heading(STOPPED_RANK) for i in stopped}
    return found | _rank_plain(texts, plain, found, marked)


def _ranked(found: Mapping[int, Heading]) -> dict[int, Heading]:
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


def is_running(text: str) -> bool:
    """Whether a line is a paragraph and no label."""
    return len(text) >= SHORTEST_RUNNING or text.endswith(("。", "！", "；", "？"))


def _numbered(texts: Sequence[str], numbers: Sequence[Numbering | None], free: Sequence[bool]) -> list[int]:
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
    before = next((n for n in reversed(numbers[:i]) if n and number and n.style == number.style), None)
    return bool(number and before and before.value == number.value - 1)


def _spoken(texts: Sequence[str], free: Sequence[bool], found: Mapping[int, Heading]) -> list[int]:
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
    if sum(_is_two_digits(texts[i]) for i in heads) >= FEWEST_PLAIN:  # 02 … may stand over a heading
        heads = sorted({*heads, *(i for i in members if _is_two_digits(texts[i]))})
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


def _plain(
    texts: Sequence[str],
    numbers: Sequence[Numbering | None],
    free: Sequence[bool],
    found: Mapping[int, Heading],
    marked: Mapping[int, int],
) -> list[int]:
    fits = [i for i in range(len(texts)) if free[i] and i not in found and numbers[i] is None]
    sure = [i for i in fits if i in marked or texts[i] in KNOWN]
    told = [i for i in fits if i not in marked and _looks_plain(texts, i, found, free)]
    told = [i for i in _rows_over_text(texts, told, found) if not read_spoken(texts[i]) and not _answers(i, found)]
    sure = [
        i
        for i in sure
        if not _answers(i, found) and not ("\t" in texts[min(i + 1, len(texts) - 1)] and texts[i][-1] == "表")
    ]
    if len(told) < FEWEST_PLAIN:
        told = []
    return sorted({*sure, *told})


def _answers(i: int, found: Mapping[int, Heading]) -> bool:
    """八、收费标准 / 不收费 / 九、…: a line alone between two numbers of one row is what the first one says."""
    above, below = found.get(i - 1), found.get(i + 1)
    a, b = above and above.numbering, below and below.numbering
    return bool(a and b and a.style == b.style and b.value == a.value + 1)


def _rows_over_text(texts: Sequence[str], told: Sequence[int], found: Mapping[int, Heading]) -> list[int]:
    """Without rows of three and more, which are lists, and without what stands over nothing."""
    members = set(told)
    kept: list[int] = []
    for first in told:
        if first - 1 in members:
            continue
        end = first
        while end in members:
            end += 1
        if end - first <= LONGEST_ROW and end < len(texts) and (end in found or is_running(texts[end])):
            kept += range(first, end)
    return kept


def _looks_plain(texts: Sequence[str], i: int, found: Mapping[int, Heading], free: Sequence[bool]) -> bool:
    """Short, no stop at its end, after a paragraph that ended and before one that begins."""
    text = texts[i]
    if not 3 <= len(text) <= LONGEST_PLAIN or text.endswith(UNFINISHED) or "。" in text or NO_HEADING.search(text):
        return False
    if len(CHINESE.findall(text)) < 3 or LEADS.match(text) or i + 1 >= len(texts) or FILE_END.search(text):
        return False
    before, after = texts[i - 1] if i else "。", texts[i + 1]
    ended = not free[i - 1] or i - 1 in found or before.endswith(ENDS) or _could_be_plain(before)
    begins = i + 1 in found or (free[i + 1] and (is_running(after) or _could_be_plain(after)))
    return ended and begins and not after.startswith(("，", "。", "、", "的", "”")) and text.count("，") <= MOST_COMMAS


def _could_be_plain(text: str) -> bool:
    return (
        3 <= len(text) <= LONGEST_PLAIN
        and not text.endswith(UNFINISHED)
        and "。" not in text
        and not NO_HEADING.search(text)
        and not LEADS.match(text)
        and len(CHINESE.findall(text)) >= 3
    )


def _stopped(
    texts: Sequence[str], numbers: Sequence[Numbering | None], free: Sequence[bool], heads: set[int]
) -> list[int]:
    """国民经济快速增长。 alone on its line, over one to three paragraphs, then the next of the kind."""
    fits = [
        i
        for i in range(1, len(texts) - 1)
        if free[i] and i not in heads and numbers[i] is None and _looks_stopped(texts, i, free, heads)
    ]
    taken: list[int] = []
    row: list[int] = []
    for i in [*fits, len(texts) + 9]:
        if row and (i - row[-1] > 5 or any(j in heads for j in range(row[-1] + 1, i))):
            taken += row if len(row) >= FEWEST_STOPPED else []
            row = []
        row.append(i)
    return taken if len(taken) >= FEWEST_STOPPED else []


def _looks_stopped(texts: Sequence[str], i: int, free: Sequence[bool], heads: set[int]) -> bool:
    text, before, after = texts[i], texts[i - 1], texts[i + 1]
    return (
        6 <= len(text) <= LONGEST_STOPPED
        and text.endswith("。")
        and text.count("。") == 1
        and not LEADS.match(text)
        and not re.search(r"\d{3}|[０-９]{3}|：|；|^[—-]", text)
        and (i - 1 in heads or before.endswith(ENDS) or not free[i - 1])
        and free[i + 1]
        and len(after) >= max(40, len(text))
        and after.endswith(ENDS)
        and read_spoken(after) is None
    )


def _rank_plain(
    texts: Sequence[str], plain: Sequence[int], found: Mapping[int, Heading], marked: Mapping[int, int]
) -> dict[int, Heading]:
    """Unnumbered headings stand over all others if one comes first and numbers begin anew below, else under."""
    if not plain:
        return {}
    numbered = sorted(i for i, heading in found.items() if heading.rank < PLAIN_RANK)
    on_top = not numbered or plain[0] < numbered[0]
    if numbered and on_top and texts[plain[0]] in KNOWN and len(plain) == 1:
        on_top = True
    upper = _upper(plain)
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
