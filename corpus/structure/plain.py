"""Unnumbered lines that are headings: told by their looks, and by others like them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from corpus.structure.looks import FEWEST_PLAIN, FEWEST_STOPPED, FILE_END, LONGEST_STOPPED, UNFINISHED, is_running
from corpus.structure.numbering import Numbering, read_spoken
from corpus.structure.ranks import KNOWN, Heading

LONGEST_PLAIN = 38
MOST_COMMAS = 2
LONGEST_ROW = 2
ENDS = tuple("。！？；：…!?;:”’」』）)》】>")
CHINESE = re.compile("[\u4e00-\u9fff]")
MARKED = re.compile(r"([■◆●★◇])[ \u3000]?(?=[\u4e00-\u9fff“《])")
# What no heading contains: a telephone number, an address, a name with an office, a table's cells.
NO_HEADING = re.compile(
    r"[\t=＝@>＞；;！]|^附|^请|https?:|www\.|\d{7}|〔\d{4}〕|记者|[摄电]$|^[^\u4e00-\u9fff“《\d]|[—-]{2}|\u3000|号$|日$|^注|^[图表]\s?\d|电话|(?:办公室|政府|委员会)$"
)
# A sentence that leads over to something, not a heading: 现在我举出一些数字说明这个情况。
LEADS = re.compile(
    r"^(?:现在|下面|以下|以上|因此|所以|但是|同时|当然|显然|很显然|我们|我[^国省市区县]|他们|会议|在(?!.{1,8}中的)|对于|为了?|据|按照|根据|例如|其中|此外|而|"
    r"由于|随着|如果|同志们|各位|谢谢|让我们|总之|综上|从|要(?!素)|就是|也|还|这里|这个|这些|这次|这样|那)"
)


def plain_heads(
    texts: Sequence[str],
    numbers: Sequence[Numbering | None],
    free: Sequence[bool],
    found: Mapping[int, Heading],
    marked: Mapping[int, int],
) -> list[int]:
    """Unnumbered headings: those that the format marks or that are known, and those that look like some, in rows."""
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


def bulleted_heads(texts: Sequence[str], numbers: Sequence[Numbering | None], free: Sequence[bool]) -> list[int]:
    """■消毒原则 over its paragraphs: lines behind one mark, each short and right over running text or a number;
    ★小贴士 over and over heads nothing.
    """
    rows: dict[str, dict[int, str]] = defaultdict(dict)
    for i, text in enumerate(texts):
        if free[i] and (mark := MARKED.match(text)):
            rows[mark[1]][i] = text[mark.end() :]

    def heads(i: int, label: str) -> bool:
        over = i + 1 < len(texts) and free[i + 1] and (is_running(texts[i + 1]) or numbers[i + 1] is not None)
        return over and i + 1 not in row and (label in KNOWN or (_is_label(label) and "：" not in label))

    found: list[int] = []
    for row in rows.values():
        if len({*row.values()}) >= FEWEST_PLAIN and all(heads(i, label) for i, label in row.items()):
            found += row
    return sorted(found)


def _is_label(text: str) -> bool:
    return len(text) <= LONGEST_PLAIN and not (text.endswith(UNFINISHED) or "。" in text or NO_HEADING.search(text))


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
    return _is_label(text) and len(text) >= 3 and not LEADS.match(text) and len(CHINESE.findall(text)) >= 3


def stopped_heads(
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
