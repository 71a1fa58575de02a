"""Line breaks put right: text without any is broken again, lines broken in mid-sentence are joined."""

from __future__ import annotations

import re
from bisect import bisect
from itertools import accumulate

from corpus.facts.people import NAME
from corpus.lines import Line, cut, glue, split_at
from corpus.sentences import sentence_spans

# A natural paragraph of official writing has 100 to 500 characters; a line of this many is a lost layout.
UNBROKEN = 1500
# The size that a lost paragraph is cut to, at a sentence end, when nothing else tells where it was...
PARAGRAPH = 380
# ...which is done only to parts that no writer would have left so long.
OVERLONG = 1000
# A line that holds this share of a text's characters is the text.
MOST = 0.5

AFTER_STOP = r"(?<=[。！？；：:;!?”）)\s])"
ORDINAL = "[一二三四五六七八九十]{1,3}"
NUMBERING = re.compile(
    AFTER_STOP
    + rf"(?:{ORDINAL}、|[（(]{ORDINAL}[）)]|\d{{1,2}}[.．、](?![\d.])|[（(]\d{{1,2}}[）)]|"
    + rf"第{ORDINAL}(?:[，、,]|[编章节条](?=[\s\u3000]|[\u4e00-\u9fff]))|(?:同志们|各位代表)[，！：,!:])"
)
# White space between Chinese characters stands where a line break was lost.
LOST_BREAK = re.compile(
    r"(?<=[。！？：”）)!?:])[ \t\u3000\xa0]+|(?<=[\u4e00-\u9fff”’…》〕】])[ \t\u3000\xa0]+(?=[\u4e00-\u9fff“‘（《〔【①-⑳])|\u3000{2,}|[ \xa0]{3,}"
)
STOP_BREAK = re.compile(r"(?<=[。！？：”）)!?:])[ \t\u3000\xa0]+")
CREDIT = re.compile("新华社|责任编辑|来源[：:]")
"""What stands behind a picture's caption or a text, not within a sentence."""
SIGNATURE = 12
"""Characters behind a full stop that can be a signature or a caption's: 新华社记者."""
OPENING, CLOSING = "「『“《（(〔【", "」』”》）)〕】"
SALUTATION = re.compile(
    r"(?<!的)(?:(?:尊敬的|亲爱的|各位|同志们|同胞们|朋友们|女士们|乡亲们|大会主席|主席先生)[^。；！？]{0,200}?)[：:]"
)
# The date line of a speech run into its title: …上的讲话（2020年1月8日）.
DATE_LINE = re.compile(r"[（(]\d{4}年\d{1,2}月\d{1,2}日[^（）()]{0,12}[）)]")
AUTHOR_MARK = "※"
HEAD = 220
# 弘扬…精神——在某某会议上的讲话: a subtitle run into its title.
SUBTITLE = re.compile(
    r"(?<=[^—])——(?=在[^。]{4,70}(?:上的?|论坛的|会议的|仪式的|大会的|峰会的|活动的)(?:[\u4e00-\u9fff]{0,4}(?:讲话|报告|致辞|致词|发言|演讲))(?:$|[（(\s]))"
)
# 新华社北京11月10日电在大会上的讲话: an agency's dateline run into a title.
DATELINE = re.compile(r"^(?:新华社|本报|中新社)[\u4e00-\u9fff]{1,6}(?:\d{1,2}月)?\d{1,2}日电(?=[^。]{4,80}$)")
# 贺信值此…之际; 回信北京大学…党员：
LETTER = re.compile(r"^(?:贺信|回信|贺电|慰问电|慰问信)(?=值此|欣悉|[^。，！；]{2,40}[：:])")
# The author's name run into the first words: 习… after the date line, ※ before it.
AUTHOR = re.compile(
    rf"^※?({NAME})(?=党的|同志们|今天|今年|当前|\d{{4}}年|\d{{1,2}}月|值此|各位|一、|一当前|我国|尊敬|女士)"
)
AUTHOR_INSIDE = re.compile(rf"(?<=[\u4e00-\u9fff]{{6}})({NAME})(?=\d{{4}}年\d{{1,2}}月，我|党的[十二]|我今天)")
# 。习…2020年7月7日（新华社… : name and date under a letter.
SIGNED = re.compile(rf"(?<=[。！])({NAME})(\d{{4}}年\d{{1,2}}月\d{{1,2}}日)(?=[（(]|$)")
HEAD_LINES = 6

TERMINAL = tuple("。！？；：…!?;:”’」』）)》】>")
CONTINUES = (*"，、,；;。：！？）》”’」』", "是：")
# A title may end a line with 的; what is longer is a sentence.
LONGEST_TITLE_LINE = 24
OPEN = tuple("，、,—“‘《（(")
NUMBERED = re.compile(
    rf"\s*(?:{ORDINAL}[、.]|[（(]{ORDINAL}[）)]|\d{{1,3}}[.．、]|[（(]\d{{1,3}}[）)]|[①-⑳]|第[\d{ORDINAL[1:-6]}百]{{1,6}}[编章节条款]|[—-]{{2}}|{ORDINAL}[是要])"
)


def mend_breaks(lines: list[Line], *, whole_lines: bool, one_line: bool = False) -> tuple[list[Line], bool]:
    """Lines as natural paragraphs, and whether the text had lost its breaks.

    `whole_lines` says that the format itself marks the paragraphs: then nothing is joined.
    `one_line` says that the text was a single line before cleaning took parts out of it.
    """
    characters = sum(len(line.text) for line in lines)
    alone = len(lines) == 1 or one_line
    lost = _is_lost(lines, whole_lines, alone)
    if lost:
        lines = [part for line in lines for part in _break(line, alone or len(line.text) > MOST * characters)]
    elif not whole_lines:
        lines = _join(lines)
    lines = [part for i, line in enumerate(lines) for part in (_unglued(line) if i < HEAD_LINES else [line])]
    return lines, lost and max(len(line.text) for line in lines) > 0 and characters > UNBROKEN


def _is_lost(lines: list[Line], whole_lines: bool, alone: bool) -> bool:
    """Where the format marks paragraphs, a long one is only lost layout if it is most of the text."""
    characters = sum(len(line.text) for line in lines)
    longest = max((line.text for line in lines), key=len, default="")
    if whole_lines:
        unbroken = len(longest) > UNBROKEN or (alone and len(NUMBERING.findall(longest)) > 1)
        return unbroken and len(longest) > max(PARAGRAPH, MOST * characters)
    return len(longest) > UNBROKEN or (alone and characters > PARAGRAPH)


def _unglued(line: Line) -> list[Line]:
    """Dateline, subtitle and the word 贺信 parted from what they run into, in the document's head."""
    text = line.text[:HEAD]
    ends = [found.end() for pattern in (DATELINE, LETTER) if (found := pattern.match(text))]
    subtitle = SUBTITLE.search(text) if len(line.text) <= HEAD else None
    return split_at(line, [*ends, *([subtitle.start()] if subtitle else [])])


def _break(line: Line, alone: bool) -> list[Line]:
    """A lost layout broken at its numbering, at the white space left over, and at sentence ends."""
    if len(line.text) <= UNBROKEN and not alone:
        return [line]
    positions = [m.start() for m in NUMBERING.finditer(line.text)]
    positions += _gaps(line.text, positions) if alone else [m.end() for m in STOP_BREAK.finditer(line.text)]
    positions += _head_breaks(line.text)
    positions += [p for m in SIGNED.finditer(line.text) for p in (m.start(), m.start(2), m.end())]
    parts = split_at(line, positions)
    return [piece for part in parts for named in _named(part) for piece in _even(named)]


def _gaps(text: str, begun: list[int]) -> list[int]:
    """Behind each white space that a lost break left; `begun` is where paragraphs are known to begin.

    >>> _gaps("清淤方案 各镇（记者 余某）要抓紧。年内要给参加清淤的全部职工建立 一人一档的健康档案。", [])
    [5]
    """
    gaps, found = list(LOST_BREAK.finditer(text)), list[int]()
    if not gaps:
        return found
    starts = [0, *sorted(begun)]
    deep = [0, *accumulate((c in OPENING) - (c in CLOSING) for c in text)]
    for gap in gaps:
        start = max(starts[bisect(starts, gap.start()) - 1], *found[-1:], gap.start() - OVERLONG)
        if not _in_mid_sentence(text[start : gap.start()], gap, inside=deep[gap.start()] > deep[start]):
            found.append(gap.end())
    return found


def _in_mid_sentence(before: str, gap: re.Match[str], *, inside: bool) -> bool:
    """Whether a blank is the writer's, by what stands `before` it in its paragraph: `inside` of brackets and quotation
    marks, and in a sentence that began behind another. A heading or a title stands between two breaks, and a
    signature of a few characters may follow a full stop.
    """
    if before.endswith(("。", "！", "？", "!", "?", "…")):
        return False
    if inside:
        return True
    if before.endswith(("：", ":", "）", ")", "。”", "！”", "？”")) or CREDIT.match(gap.string, gap.end()):
        return False
    full, _, last = before.rpartition("。")
    return bool(full) and (len(last) > SIGNATURE or "，" in last) and len(gap.group()) == 1


def _named(line: Line) -> list[Line]:
    """A name that the first sentence was run into, parted from it and from a title before it."""
    found = AUTHOR.match(line.text[:20]) or AUTHOR_INSIDE.search(line.text[:HEAD])
    return split_at(
        line, [found.start(1), found.end(1)] if found and found.start(1) > 1 else [found.end(1)] if found else []
    )


def _head_breaks(text: str) -> list[int]:
    """Where title, date line, author and salutation of a speech end."""
    head = text[:HEAD]
    positions: list[int] = []
    date = DATE_LINE.search(head)
    if date:
        positions += [date.start(), date.end()]
    if AUTHOR_MARK in head:
        positions.append(head.index(AUTHOR_MARK))
    salutation = SALUTATION.search(head)
    if salutation:
        positions += [salutation.start(), salutation.end()]
    return positions


def _even(line: Line) -> list[Line]:
    """A part that is still far too long, cut at sentence ends into parts of readable size."""
    if len(line.text) <= OVERLONG:
        return [line]
    count = -(-len(line.text) // PARAGRAPH)
    target = len(line.text) / count
    parts: list[Line] = []
    start = 0
    for _, b in sentence_spans(line.text):
        if b - start >= target and len(line.text) - b > 0.3 * target:
            parts.append(cut(line, start, b))
            start = b
    parts.append(cut(line, start, len(line.text)))
    return [p for part in parts for p in split_at(part, [])]


def _join(lines: list[Line]) -> list[Line]:
    """Lines that a sentence runs across, as one.

    Where empty lines part the paragraphs, any line that does not end a sentence runs on.
    """
    if not lines:
        return []
    parted = sum(line.gap for line in lines[1:]) > 0.5 * len(lines[1:])
    groups = [[lines[0]]]  # glued at the end, all at once
    length = 0
    for line in lines[1:]:
        length += len(groups[-1][-1].text)
        if _runs_on(groups[-1][-1], line, parted, length):
            groups[-1].append(line)
        else:
            groups.append([line])
            length = 0
    return [glue(*group) for group in groups]


def _runs_on(first: Line, second: Line, parted: bool, length: int) -> bool:
    """`length` is that of all lines joined so far."""
    a, b = first.text, second.text
    if second.gap and not a.endswith(("，", ",", "、")):
        return False
    if b.startswith(CONTINUES) or (a.endswith("的") and len(a) > LONGEST_TITLE_LINE and not b.startswith("关于")):
        return True
    if NUMBERED.match(b):
        return False
    if a.endswith(OPEN) and (len(a) > 4 or a in "（(“《"):
        return True
    if a.endswith(("的", "和", "与", "及", "、")) and 6 < len(a) <= 24 and len(b) <= 24 and not b.startswith("关于"):
        return True
    if a.endswith((";", "；")) and length + len(b) < UNBROKEN:
        return True
    return parted and not second.gap and not a.endswith(TERMINAL)
