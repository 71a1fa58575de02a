"""Rows to paragraphs: indents, line ends, size and spacing decide where one begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from corpus.extract.printed import Row, joint

ORDINAL = "[一二三四五六七八九十百零〇]{1,5}"
NUMBERED = re.compile(
    rf"(?:{ORDINAL}[、.．]|[（(]{ORDINAL}[）)]|\d{{1,2}}[.．、](?!\d)|[（(]\d{{1,2}}[）)]|[①-⑳]|第(?:{ORDINAL}|\d{{1,4}})[编章节条款部]|[●■◆▲※★•])"
)
TERMINAL = ("。", "！", "？", "；", "：", "!", "?", ";", ":", "…", "”", "）", ")", "》")
STOP = ("。", "！", "？", "；", "：", "!", "?", ";", ":", "。”", "！”", "？”", "。）", "……")
OPENING = ("——", "—", "（", "(", "附件", "附：")
# What a footnote begins with.
NOTE_MARK = re.compile(r"[\[〔【(（]?\d{1,3}(?!\d|[.．、]\d|[年月日])|[①-⑳*※]|注[：:\d]")
# With such a word a title is complete.
KIND_END = re.compile(
    r"(?:讲话|报告|通知|通告|公告|通报|意见|方案|总结|决议|决定|办法|规定|条例|细则|批复|函|公报|纪要|发言|致辞|文件)$"
)
# What a line break does not part: a number with its signs, a Latin word.
TOKEN = re.compile(r"[A-Za-z0-9.,%:/+\-–—～~％‰]{1,60}")
# In font sizes: a first line is indented by two characters; a line that ends this early ends its paragraph.
INDENT, EARLY, SOON = 0.8, 2.2, 0.9
LARGER, OTHER_SIZE = 1.08, 0.13
# A line pitch this much above the usual one parts paragraphs.
WIDE_PITCH = 1.35
LONGEST_HEADING = 60
# A column with fewer rows does not show its edges; with more, a few that stick out do not count.
FEW_ROWS, MANY_ROWS = 6, 12


@dataclass(frozen=True)
class Block:
    """A paragraph and the rows that it was printed on."""

    text: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Habit:
    """How a document sets its paragraphs: with a first-line indent or without, and the usual pitch and style."""

    indents: bool
    pitch: float
    size: float
    heavy: bool
    sizes_vary: bool = False


def paragraphs(flows: Sequence[Sequence[Row]], *, sizes_vary: bool = False) -> list[Block]:
    """The rows of all columns in reading order, joined to paragraphs.

    `sizes_vary` says that sizes were measured from a picture and mean little.
    """
    rows = [row for flow in _with_edges(flows) for row in flow]
    habit = _habit(rows, sizes_vary)
    groups: list[list[Row]] = []
    head = True
    for row in rows:
        head = head and _centred(row)
        if groups and ((head and _title_goes_on(groups[-1][-1], row, habit)) or not _opens(groups[-1], row, habit)):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [Block(_joined(group), tuple(group)) for group in groups]


def notes(flows: Sequence[Sequence[Row]]) -> list[Block]:
    """Footnotes: each begins with its mark, where the first one has it."""
    groups: list[list[Row]] = []
    for flow in flows:
        for i, row in enumerate(flow):
            if not i or (NOTE_MARK.match(row.text) and abs(row.left - flow[0].left) < 0.5 * row.size):
                groups.append([])
            groups[-1].append(row)
    return [Block(_joined(group), tuple(group)) for group in groups]


def _with_edges(flows: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Each row with the edges of its column; a short column takes those of a long one beside its place."""
    own = [flow[0].edges or _edges(flow) for flow in flows]
    common: Counter[tuple[float, float]] = Counter()
    for flow, edges in zip(flows, own, strict=True):
        common[edges] += _running(flow)
    result: list[list[Row]] = []
    for flow, edges in zip(flows, own, strict=True):
        if _running(flow) < FEW_ROWS and not flow[0].edges:
            edges = _likeliest(edges, median(row.size for row in flow), common)
        result.append([replace(row, edges=edges, top=i == 0) for i, row in enumerate(flow)])
    return result


def _running(flow: Sequence[Row]) -> int:
    """How many rows are text and not of a table."""
    return sum(not row.whole for row in flow)


def _likeliest(edges: tuple[float, float], size: float, common: Counter[tuple[float, float]]) -> tuple[float, float]:
    """Of all edges that rows may have that stand between these, the most frequent."""
    left, right = edges
    held = {
        e: n
        for e, n in common.most_common(50)
        if e[0] - 0.6 * size <= left <= e[0] + 2.6 * size and right <= e[1] + size
    }
    return max(held, key=lambda e: held[e], default=edges)


def _edges(flow: Sequence[Row]) -> tuple[float, float]:
    """The left and right edge of a column: where its rows begin at the earliest, where full ones end."""
    rows = [row for row in flow if not row.whole] or list(flow)
    size = median(row.size for row in rows)
    lefts = sorted(row.left for row in rows)
    some = 0.08 * len(rows) if len(rows) >= MANY_ROWS else 0  # a few rows may stick out
    left = next((x for x in lefts if sum(x <= other < x + 0.3 * size for other in lefts) > some), lefts[0])
    rights = sorted((row.right for row in rows), reverse=True)
    enough = max(2, 0.15 * len(rows)) if len(rows) >= FEW_ROWS else 1
    furthest = next((r for r in rights if sum(r - 1.5 * size < x <= r for x in rights) >= enough), rights[0])
    # At 10^48 taking a few points off changes nothing: the furthest itself has to count.
    return round(left, 1), round(median(x for x in rights if furthest - 2.5 * size <= x <= furthest), 1)


def _habit(rows: Sequence[Row], sizes_vary: bool) -> Habit:
    running = [row for row in rows if not row.whole]
    indented = sum(1.2 < _indent(row) < 3.2 for row in running)
    flush = sum(abs(_indent(row)) < INDENT for row in running)
    pitches = [a.baseline - b.baseline for a, b in pairwise(running) if not b.top and a.baseline > b.baseline]
    common = Counter(round(p) for p in pitches).most_common(1)
    size, heavy = _body_style(rows)
    indents = indented >= 2 and indented >= 0.05 * (indented + flush)
    return Habit(indents, float(common[0][0]) if common else 0.0, size, heavy, sizes_vary)


def _body_style(rows: Sequence[Row]) -> tuple[float, bool]:
    """Size and weight that most of the text is set in."""
    styles: Counter[tuple[float, bool]] = Counter()
    for row in rows:
        styles[_style(row)] += len(row.text)
    return styles.most_common(1)[0][0] if styles else (0.0, False)


def _indent(row: Row) -> float:
    """How far from its column's edge a row begins, in font sizes."""
    return (row.left - row.edges[0]) / row.size if row.edges else 0.0


def _spare(row: Row) -> float:
    """How much room a row leaves at its end, in font sizes."""
    return (row.edges[1] - row.right) / row.size if row.edges else 0.0


def _symmetrical(row: Row) -> bool:
    return _indent(row) > -0.5 and abs(_indent(row) - _spare(row)) < 1.6


def _opens(group: list[Row], row: Row, habit: Habit) -> bool:
    """Whether a row begins a paragraph after those of `group`."""
    before = group[-1]
    if row.whole or before.whole:
        return True
    if abs(row.size - before.size) > (0.25 if habit.sizes_vary else OTHER_SIZE) * before.size:
        return True
    if _in_display(before, habit) and _symmetrical(row) and _in_display(row, habit):
        return not _is_title(before, row, habit)
    if _indent(row) > INDENT:
        return not _hangs(group, row)
    if _spare(before) > EARLY and not _forced(before, row):
        return True
    stopped = before.text.endswith(STOP)
    wide = bool(habit.pitch) and not row.top and before.baseline - row.baseline > WIDE_PITCH * habit.pitch
    if wide and (stopped or _spare(before) > SOON or not habit.indents):
        return True
    if NUMBERED.match(row.text):
        return stopped
    return not habit.indents and stopped and _spare(before) > SOON


def _in_display(row: Row, habit: Habit) -> bool:
    """Set larger or heavier than the text, in the middle of the column: a title."""
    larger = row.size > (1.2 if habit.sizes_vary else LARGER) * habit.size
    return (larger or (row.heavy and not habit.heavy)) and _symmetrical(row)


def _is_title(before: Row, row: Row, habit: Habit) -> bool:
    """Whether a line in display goes on with the one before: 关于…的 / 通知."""
    near = 0 < before.baseline - row.baseline < 2.2 * before.size
    larger = row.size > LARGER * habit.size
    alike = before.heavy == row.heavy and (larger or max(_indent(before), _indent(row)) > SOON)
    return near and alike and not row.text.startswith(OPENING) and not before.text.endswith(TERMINAL)


def _centred(row: Row) -> bool:
    return _symmetrical(row) and _indent(row) > SOON and not row.whole


def _title_goes_on(before: Row, row: Row, habit: Habit) -> bool:
    """Whether a title that is no larger than the text goes on: the line before is full and names no kind yet."""
    return (
        _centred(before)
        and abs(row.size - before.size) < OTHER_SIZE * before.size
        and 0 < before.baseline - row.baseline < 1.5 * max(habit.pitch, row.size)
        and _spare(before) < 6
        and len(before.text) >= 8
        and not before.text.endswith(TERMINAL)
        and not row.text.startswith(OPENING)
        and not KIND_END.search(before.text)
        and "〔" not in before.text + row.text
    )


def _hangs(group: list[Row], row: Row) -> bool:
    """A row set in under a numbered one that begins at the edge and is full: a hanging indent."""
    first, before = group[0], group[-1]
    under = len(group) == 1 or abs(before.left - row.left) < 0.3 * row.size
    return (
        under
        and first.left < row.left - 0.8 * row.size
        and abs(_indent(first)) < INDENT
        and NUMBERED.match(first.text) is not None
        and _spare(before) < EARLY
        and not before.text.endswith(STOP)
        and not NUMBERED.match(row.text)
    )


def _forced(before: Row, row: Row) -> bool:
    """A line that ends early because the next word did not fit."""
    token = TOKEN.match(row.text)
    room = 0.55 * len(token.group()) if token else 0.0
    return room + SOON > _spare(before) and not before.text.endswith(STOP)


def _joined(rows: Sequence[Row]) -> str:
    text = rows[0].text
    for row in rows[1:]:
        text += joint(text, row.text) + row.text
    return text


def headings(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Index and level of the blocks that are surely headings: short, and set larger or heavier than the text.

    What stands above the first block of text is the title with its subtitle, unless it is numbered like those below.
    """
    size, heavy = _body_style([row for block in blocks for row in block.rows])
    first = next((i for i, b in enumerate(blocks) if _style(b.rows[0]) == (size, heavy) and len(b.text) > 20), 0)
    marked = [(i, _key(b)) for i, b in enumerate(blocks) if _stands_out(b, size, heavy)]
    later = {key for i, key in marked if i > first}
    found = [(i, key) for i, key in marked if i > first or (key in later and NUMBERED.match(blocks[i].text))]
    levels: dict[tuple[float, str], int] = {}
    for key in sorted({key for _, key in found}, key=lambda k: (-k[0], [key for _, key in found].index(k))):
        levels[key] = len(levels) + 1
    return [(i, levels[key]) for i, key in found]


def _style(row: Row) -> tuple[float, bool]:
    return round(row.size * 2) / 2, row.heavy


def _key(block: Block) -> tuple[float, str]:
    return _style(block.rows[0])[0], block.rows[0].font


def _stands_out(block: Block, size: float, heavy: bool) -> bool:
    larger = all(row.size > LARGER * size for row in block.rows)
    bolder = not heavy and all(row.heavy and row.size > 0.95 * size for row in block.rows)
    fits = len(block.text) <= LONGEST_HEADING and not block.text.endswith(("。", "；", "，", "、", "：", "！"))
    return fits and (larger or bolder) and "\t" not in block.text and any(map(str.isalpha, block.text))
