"""Lines to paragraphs: the role of each and the headings above it."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.document import Paragraph
from corpus.lines import Line

ORDINAL = r"[一二三四五六七八九十百零〇]{1,5}"
# GB/T 9704-2012, 7.3.3: levels are numbered 一、 then （一） then 1. then （1）; laws have 编 章 节 条.
LEVELS = (
    (1, re.compile(rf"^第{ORDINAL}[编篇](?=[\s\u3000]|$|[\u4e00-\u9fff])")),
    (2, re.compile(rf"^第{ORDINAL}[章](?=[\s\u3000]|$|[\u4e00-\u9fff])")),
    (3, re.compile(rf"^第{ORDINAL}[节](?=[\s\u3000]|$|[\u4e00-\u9fff])")),
    (4, re.compile(rf"^(?:{ORDINAL}、|[—-]、)")),
    (5, re.compile(rf"^[（(]{ORDINAL}[）)]")),
    (6, re.compile(r"^\d{1,2}[.．、](?!\d)")),
    (7, re.compile(r"^[（(]\d{1,2}[）)]")),
)
ARTICLE = re.compile(rf"^第(?:{ORDINAL}|\d{{1,4}})条(?:之{ORDINAL})?")
# A numbered line longer than this is a paragraph with its heading run in, not a heading.
LONGEST_HEADING = 50
RUN_IN = re.compile(r"^.{2,60}?[。！？：:]")

SALUTATION = re.compile(
    r"^(?:(?:尊敬的|亲爱的|敬爱的|各位|同志们|同胞们|朋友们|女士们|乡亲们|大会主席|主席)[^。；]{0,160}|各[^。；]{2,300}|[^。；，]{2,40}(?:同志|委员|代表|先生|女士|人民政府|们))[：:！]$"
)
DATE = re.compile(
    r"^[—―－\-\s（(]*(?:\d{4}|[二一][〇○零一二三四五六七八九]{3})年(?:[\d]{1,2}|[一二三四五六七八九十]{1,2})月(?:[\d]{1,2}|[一二三四五六七八九十]{1,3})日.{0,40}$"
)
BYLINE = re.compile(
    r"^(?:※?[\u4e00-\u9fff·\s]{2,6}|.{0,24}(?:主席|总理|省长|市长|区长|县长|书记|主任|国务院总理)\s*[\u4e00-\u9fff·\s]{2,12})$"
)
NUMBER = re.compile(r"^[\u4e00-\u9fff]{1,14}〔\d{4}〕\s*\d{1,5}\s*号$")
CLOSING = re.compile(r"^(?:同志们|各位代表|各位领导|朋友们|女士们|让我们|最后|谢谢|特此|总之)")
# 发文机关 of one to many, as it stands above the date.
ORGANISATION = re.compile(r"^[^。；，！？]{2,60}$")
TITLE_END = re.compile(
    r"(?:讲话|报告|通知|通告|公告|通报|意见|方案|总结|决议|决定|办法|规定|条例|细则|批复|函|公报|纪要|发言|致辞|措施|计划|规划|倡议书|主持词|材料|汇报)(?:稿|（.{1,12}）)?$"
)
HEAD_LINES = 12
LONGEST_TITLE = 80


def structure(lines: list[Line], stated_title: str | None = None) -> list[Paragraph]:
    """Paragraphs with number, role and heading path. `stated_title` is what the format says it is."""
    roles = _roles(lines, stated_title)
    paragraphs: list[Paragraph] = []
    stack: list[tuple[int, str]] = []
    for number, (line, role) in enumerate(zip(lines, roles, strict=True), 1):
        level = heading_level(line.text) if role in ("heading", "body", "opening", "closing") else None
        if level is not None:
            stack = [entry for entry in stack if entry[0] < level]
        run_in = _run_in_heading(line.text) if level is not None and role != "heading" else None
        if run_in:
            stack.append((level or 0, run_in))
        above = () if role in ("title", "byline", "salutation", "signature") else tuple(t for _, t in stack)
        paragraphs.append(Paragraph(number, role, line.text, above, line.pieces))
        if role == "heading" and level is not None:
            stack.append((level, line.text))
    return paragraphs


def heading_level(text: str) -> int | None:
    """The level of a numbered heading or paragraph: 1 for 第一编 up to 7 for （1）; None if not numbered.

    >>> heading_level("（一）坚持规划引领"), heading_level("2.5万人")
    (5, None)
    """
    return next((level for level, pattern in LEVELS if pattern.match(text)), None)


def _run_in_heading(text: str) -> str | None:
    """（一）坚持规划引领，提高城市品质。规划是…: what stands before the first stop."""
    found = RUN_IN.match(text)
    return found.group(0).rstrip("。！？：:") if found and found.end() < len(text) else None


def _is_heading(text: str) -> bool:
    return (
        len(text) <= LONGEST_HEADING
        and heading_level(text) is not None
        and not text.endswith(("。", "；", ";", "，", ",", "、"))
    )


def _is_stopped_heading(text: str, following: str) -> bool:
    """（二）统筹资金，钱从哪里来。 with 1. under it: a heading although it ends with a stop."""
    level, below = heading_level(text), heading_level(following)
    return (
        level is not None
        and below is not None
        and below > level
        and len(text) <= LONGEST_HEADING
        and text.endswith("。")
        and text.count("。") == 1
    )


def _roles(lines: list[Line], stated_title: str | None) -> list[str]:
    roles = ["heading" if _is_heading(line.text) else "body" for line in lines]
    for i, (line, following) in enumerate(pairwise(lines)):
        if _is_stopped_heading(line.text, following.text):
            roles[i] = "heading"
    head = _head_end(lines)
    title = _title_lines(lines, head, stated_title)
    for i in range(head):
        text = lines[i].text
        if i in title:
            roles[i] = "title"
        elif SALUTATION.match(text):
            roles[i] = "salutation"
        elif DATE.match(text):
            roles[i] = "date"
        elif NUMBER.match(text) or BYLINE.match(text) or text.startswith(("——", "（")):
            roles[i] = "byline"
    first = next((i for i in range(head, len(lines)) if roles[i] == "body" and not heading_level(lines[i].text)), None)
    if first is not None and "heading" not in roles[:first]:
        roles[first] = "opening"
    _mark_end(lines, roles)
    return roles


def _head_end(lines: list[Line]) -> int:
    """Index of the first line of running text."""
    for i, line in enumerate(lines[:HEAD_LINES]):
        text = line.text
        if SALUTATION.match(text):
            return i + 1
        if len(text) > LONGEST_TITLE or text.endswith(("。", "！", "；")) or (i and _is_heading(text)):
            return i
    return min(len(lines), 1)


def _title_lines(lines: list[Line], head: int, stated_title: str | None) -> set[int]:
    if stated_title:
        wanted = _bare(stated_title)
        for first in range(head):
            joined = ""
            for last in range(first, min(head, first + 4)):
                joined += _bare(lines[last].text)
                if joined == wanted:
                    return set(range(first, last + 1))
    for i in range(head):
        text = lines[i].text
        fits = 4 <= len(text) <= LONGEST_TITLE and not text.endswith(("：", ":", "，", "！")) and "。" not in text
        if (
            fits
            and not any(p.match(text) for p in (SALUTATION, DATE, NUMBER))
            and not text.startswith(("——", "（", "※"))
        ):
            return set(range(i, _title_end(lines, i, head)))
    return set()


def _title_end(lines: list[Line], first: int, head: int) -> int:
    """A title over several lines goes on to the line that names the kind: …局 / 关于…的 / 通知."""
    if TITLE_END.search(lines[first].text):
        return first + 1
    joined = lines[first].text
    for last in range(first + 1, min(head, first + 4)):
        text = lines[last].text
        joined += text
        if DATE.match(text) or NUMBER.match(text) or text.startswith(("——", "（")) or len(text) > LONGEST_TITLE:
            break
        if TITLE_END.search(text) and ("关于" in joined or len(lines[first].text) < 16):
            return last + 1
    return first + 1


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _mark_end(lines: list[Line], roles: list[str]) -> None:
    last = len(lines) - 1
    while last > 0 and roles[last] == "body" and _is_end_line(lines[last].text):
        roles[last] = "date" if DATE.match(lines[last].text) else "signature"
        last -= 1
    if all(role not in ("date",) for role in roles[last + 1 :]):
        for i in range(last + 1, len(lines)):
            roles[i] = "body"  # short lines without a date are a list, not a signature
        last = len(lines) - 1
    for i in range(last, max(last - 3, 0), -1):
        if roles[i] == "body" and CLOSING.match(lines[i].text):
            roles[i] = "closing"


def _is_end_line(text: str) -> bool:
    return bool(DATE.match(text)) or (
        bool(ORGANISATION.match(text)) and len(text) <= 30 and heading_level(text) is None and "\t" not in text
    )
