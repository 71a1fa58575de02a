"""Steps that take characters out of a line of the document: what stands there in mid-text or at its end."""

from __future__ import annotations

import re

from corpus.lines import Line

Spans = dict[int, list[tuple[int, int]]]
"""Start and end of what goes, by the index of the line."""

# What a sharing site writes behind a title: …讲话(完整文档).
WHOLE_TEXT_MARK = re.compile(
    r"[(（](?:完整文档|完整版|全文完整|精选|最新|通用|范文|\d{1,3}篇|(?:精选|最新|通用|汇总|合集|推荐)\s*\d{0,3}\s*篇?)[)）]"
)
TITLE_END = re.compile(r".{4,60}(?:讲话|发言|报告|总结|方案|致辞|主持词|心得|体会|材料|稿|通知|意见|计划|汇报)\Z")
# A caption tells when and where, in the third person, and names the photographer last.
CAPTION = re.compile(
    r"(?:(?<=[。！？”）])|(?<=\A))\s*\d{4}年\d{1,2}月\d{1,2}日(?:(?!我(?!国)|[。！？”]\s*\d{4}年\d{1,2}月\d{1,2}日)[^\n]){5,300}?"
    r"[。\s]\s{0,20}[（(]?新华社(?:记者|发)?\s*+[\u4e00-\u9fff·](?:\s{0,8}[\u4e00-\u9fff·]){1,9}?\s*+(?:[/／]\s*+)?摄[）)]?"
)
BYLINE_CAPTION = re.compile(
    r"(?<=[。！？”])\s*[（(](?:新华社|本报|人民网)记者\s*+[\u4e00-\u9fff·](?:\s{0,8}[\u4e00-\u9fff·、]){1,19}\s*+(?:[/／]\s*+)?摄[）)]"
)
# 《 人民日报 》（ 2020年03月17日 01 版） at the end of an article.
NEWSPAPER_PAGE = re.compile(
    r"《[\s\u3000]*[^《》\n]{2,12}(?:报|刊|杂志)[\s\u3000]*》[\s\u3000]*[（(][\s\u3000]*\d{4}年\d{1,2}月\d{1,2}日[^（）()\n]{0,20}版?[\s\u3000]*[）)]\s*\Z"
)
EDITOR = re.compile(
    r"[（(【\[][\s\u3000]*(?:责任编辑|责编|本文编辑|编辑)[\s\u3000]*[:：][^（）()【】\[\]\n]{1,30}[）)】\]][\s\u3000]*\Z"
)
# 返回搜狐，查看更多: the way back to a portal's first page, which it sets behind the last words.
WAY_BACK = re.compile(r"返回[^\s，,。]{1,8}[，,]\s*查看更多\Z")
ENDS = ("）", ")", "】", "]", "查看更多")
LONGEST_END = 80
"""Characters at the end of a line in which a note on its source can stand."""
HEAD_LINES = 12


def drop_whole_text_mark(lines: list[Line]) -> Spans:
    """(完整文档) behind a title; the title stays, parted from a text that ran on after it."""
    gone: Spans = {}
    for i, line in enumerate(lines[:HEAD_LINES]):
        found = WHOLE_TEXT_MARK.search(line.text, 4, 90)
        title = line.text[: found.start()].rstrip() if found else ""
        if found and TITLE_END.match(title):
            gone[i] = [(len(title), found.end())]
    return gone


def drop_photo_captions(lines: list[Line]) -> Spans:
    """2020年3月6日，…出席座谈会。 新华社记者 某某/摄"""
    gone: Spans = {}
    for i, line in enumerate(lines):
        if "摄" in line.text:
            spans = [m.span() for pattern in (CAPTION, BYLINE_CAPTION) for m in pattern.finditer(line.text)]
            if spans:
                gone[i] = sorted(spans)
    return gone


def drop_end_notes(lines: list[Line]) -> Spans:
    """《人民日报》（2020年03月17日 01版）; （责任编辑：某某）; 返回搜狐，查看更多 at the end of a line"""
    gone: Spans = {}
    for i, line in enumerate(lines):
        if not line.text.endswith(ENDS):
            continue
        start = max(0, len(line.text) - LONGEST_END)
        for pattern in (NEWSPAPER_PAGE, EDITOR, WAY_BACK):
            found = pattern.search(line.text, start)
            if found and (before := line.text[: found.start()].rstrip()):
                gone.setdefault(i, []).append((len(before), found.end()))
    return gone
