"""Steps that take a line only before the first or after the last real sentence of the document."""

from __future__ import annotations

import re

from corpus.clutter.body import body_of, is_buttons, is_sentence, outside
from corpus.clutter.patterns import (
    BARE_DATE,
    CONTACT,
    COUNTER,
    DISCLAIMER,
    DOWNLOAD_NOTE,
    FILE_ADDRESS,
    FILE_ENTRY,
    FILE_NAME,
    GREETING,
    IMPRINT,
    LICENCE,
    LICENCE_NOTE,
    MARKED_ENTRY,
    MEETING_TIME,
    NAVIGATION,
    RELATED,
    SHELF_LABEL,
    SITE_FOOTER,
    SOURCE_LINE,
    STAMPED,
    TIME_STAMP,
)
from corpus.lines import Line

FEWEST_FILE_ENTRIES = 2
LONGEST_VALUE = 20
"""So many entries make a list one of a download; a value that runs on to a line of its own is so long at most."""
LONGEST_NOTES = 40
"""Lines that a library's note on the licence fills at most."""
IMPRINT_LINES = 3
"""Lines of a document's imprint around the date of its printing."""


def off_body(lines: list[Line], *patterns: re.Pattern[str]) -> set[int]:
    """Indexes of the lines outside of the body that one of the patterns matches as a whole."""
    return {i for i in outside(lines) if any(p.fullmatch(lines[i].text) for p in patterns)}


def drop_download_notes(lines: list[Line]) -> set[int]:
    """资源ID:123; 下载积分:15金币; 3、本站不支持迅雷下载…; a list of what is offered for download"""
    start = next((i for i, line in enumerate(lines) if is_sentence(line.text)), len(lines))
    notes = {i for i in range(start) if DOWNLOAD_NOTE.fullmatch(lines[i].text) or SHELF_LABEL.fullmatch(lines[i].text)}
    listed = _download_list(lines[:start]) if start < len(lines) else set()
    return notes | listed | off_body(lines, FILE_ADDRESS)


def _download_list(lines: list[Line]) -> set[int]:
    """◎片名　…; ◎文件格式　RMVB; ◎文件大小　2CD: entries with one mark, of which two speak of the file."""
    marks = [found[1] if (found := MARKED_ENTRY.fullmatch(line.text)) else "" for line in lines]
    of_file = [mark for mark, line in zip(marks, lines, strict=True) if mark and FILE_ENTRY.fullmatch(line.text)]
    if len(of_file) < FEWEST_FILE_ENTRIES or len(set(of_file)) > 1:
        return set()
    entries = [i for i, mark in enumerate(marks) if mark == of_file[0]]
    return {i for i in range(entries[0], entries[-1] + 1) if i in entries or len(lines[i].text) <= LONGEST_VALUE}


def drop_counters(lines: list[Line]) -> set[int]:
    """浏览量 657; 文件大小 23KB; 约2页"""
    return off_body(lines, COUNTER)


def drop_licence(lines: list[Line]) -> set[int]:
    """Public domain; 本作品是中华人民共和国的法律… and what follows it"""
    first = next((i for i, line in enumerate(lines) if i > 0.6 * len(lines) and LICENCE_NOTE.match(line.text)), None)
    notes = set(range(first, len(lines))) if first is not None and len(lines) - first <= LONGEST_NOTES else set()
    return notes | off_body(lines, LICENCE)


def drop_related(lines: list[Line]) -> set[int]:
    """相关文章: and the list under it, to the end; nothing if sentences of the document follow."""
    _, end = body_of(lines)
    first = next((i for i in range(end, len(lines)) if RELATED.fullmatch(lines[i].text)), None)
    return set(range(first, len(lines))) if first is not None else set()


def drop_disclaimer(lines: list[Line]) -> set[int]:
    """版权与免责声明：; 凡本网注明“来源：…”的所有作品…; and under it 联系电话：…"""
    _, end = body_of(lines)
    gone: set[int] = set()
    for i in range(end, len(lines)):
        if DISCLAIMER.fullmatch(lines[i].text) or (i - 1 in gone and CONTACT.fullmatch(lines[i].text)):
            gone.add(i)
    return gone


def drop_site_greeting(lines: list[Line]) -> set[int]:
    """欢迎来到某某范文网!"""
    return off_body(lines, GREETING)


def drop_navigation(lines: list[Line]) -> set[int]:
    """首页 > 政务信息 > 要闻"""
    return off_body(lines, NAVIGATION)


def drop_file_name(lines: list[Line]) -> set[int]:
    """2023年度在…大会上讲话.docx above the text; below it stand attachments, which are the document's"""
    start, _ = body_of(lines)
    return {i for i in range(start) if FILE_NAME.fullmatch(lines[i].text) and "附件" not in lines[i].text}


def drop_source_line(lines: list[Line]) -> set[int]:
    """来源：某某日报; 转自《某某日报》; 时间:2022-09-27 11:30:05; 责任编辑：某某"""
    start, end = body_of(lines)
    dates = {i for i in range(start) if TIME_STAMP.fullmatch(lines[i].text) and not BARE_DATE.fullmatch(lines[i].text)}
    dates |= {i for i in range(start) if STAMPED.fullmatch(lines[i].text)}
    stated = {i for i in [*range(start), *range(end, len(lines))] if SOURCE_LINE.fullmatch(lines[i].text)}
    kept = {i for i in stated if MEETING_TIME.fullmatch(lines[i].text) or _in_imprint(lines, i)}
    return (stated - kept) | dates | _source_value(lines, start)


def _in_imprint(lines: list[Line], i: int) -> bool:
    beside = lines[max(0, i - IMPRINT_LINES) : i + IMPRINT_LINES + 1]
    return lines[i].text.startswith("校对") and any(IMPRINT.fullmatch(line.text) for line in beside)


def _source_value(lines: list[Line], start: int) -> set[int]:
    """来源: and, on the line of its own that follows, the newspaper's name."""
    return {
        i + 1
        for i in range(start - 1)
        if re.fullmatch(r"(?:来源|时间|发表时间|发布时间|作者)\s*[:：]", lines[i].text) and len(lines[i + 1].text) <= 24
    }


def drop_buttons(lines: list[Line]) -> set[int]:
    """下载, 打印, 【字号：, 加大"""
    return {i for i in outside(lines) if is_buttons(lines[i].text)}


def drop_site_footer(lines: list[Line]) -> set[int]:
    """版权所有…备案号…"""
    return off_body(lines, SITE_FOOTER)
