"""The head of a document: the roles of what stands above its running text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.facts.people import OFFICE_LINE, read_person
from corpus.structure.numbering import read_numbering

ADDRESSED = (
    "同志|委员|代表|先生|女士|小姐|们|主席|总理|总统|院士|教授|人民政府|政府|党委|部|委|局|署|厅|院|办公室|办公厅|指挥部|党员|留学生|同学|学生|师生|员工|职工|官兵|群众|市民|村民|"
    "部门|单位|朋友|领导|老师|直属机构|兵团|国务院|会|处|总部|军区|大军区|区属各单位|总社|集团|公司|学校|幼儿园|中心|残联|机构|党组|部队|总队|驻外使领馆|医疗机构|各企业"
)
SALUTATION = re.compile(
    r"^(?:(?:尊敬的|亲爱的|敬爱的|各位|同志们|同胞们|朋友们|女士们|乡亲们|大会主席|主席先生|老师们|同学们)[^。；]{0,200}|"
    rf"(?!关于|根据|按照|为|首先|主要|一是|对|其中|大会)[^。；：:]{{1,400}}(?:{ADDRESSED}))[：:！!]$"
)
DATE = re.compile(
    r"^[—―－\-\s（(]*(?:\d{4}|[二一][〇○零一二三四五六七八九]{3})\s*年\s*(?:[\d]{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(?:[\d]{1,2}|[一二三四五六七八九十]{1,3})\s*日.{0,40}$"
)
NUMBER = re.compile(r"^[\u4e00-\u9fff]{1,14}\s*[〔\[［(（【]\s*\d{4}\s*[〕\]］)）】]\s*(?:第\s*)?\d{1,5}\s*号$")
DECREE = re.compile(r"^[\u4e00-\u9fff]{2,30}令$")
DECREE_NUMBER = re.compile(r"^第\s*[\d一二三四五六七八九十百〇零]{1,6}\s*号$")
# ——2026年2月3日在某省第十四届人民代表大会第五次会议上
DELIVERED = re.compile(
    r"^[—―－–\-（(\s]*+(?:(?:\d{4}|[二一][〇○零一二三四五六七八九]{3})年.{1,9}日\s*+)?在.{4,60}(?:上|上的.{2,6})[）)]?(?:\s++.{2,20})?$"
)
SUBTITLE = re.compile(r"^(?:[—―－–]{1,3}|--)\s*\S")
CAPTION = re.compile(r"(?:记者|通讯员|全媒体)\s*[^。，]{2,14}$|摄$|^.{2,30}作政府工作报告。?$|新华社发$|^新华社记者$")
DATELINE = re.compile(r"^(?:新华社|本报|中新社)\S{2,8}(?:\d{1,2}月)?\d{1,2}日电$")
# 发文机关标志: 某某人民政府文件 in red over the title.
RED_HEAD = re.compile(
    r"^[\u4e00-\u9fff\s]{3,40}(?:文件|办公室|办公厅|人民政府|委员会|局|厅|部|委|院|巡察组|巡视组|领导小组|指挥部|专班)$"
)
TAIL_SALUTATION = re.compile(
    r"^(?:同志们|同胞们|朋友们|乡亲们|(?:尊敬的)?各位[^。；，]{0,16}|女士们[^。；]{0,12}|[^。；，：]{0,12}(?:主席|先生)|国务院|[\u4e00-\u9fff]{2,12}(?:人民政府|委员会))[：:！!]$"
)
TITLE_END = re.compile(
    r"(?:讲话|报告|通知|通告|公告|通报|意见|方案|总结|决议|决定|办法|规定|条例|细则|批复|函|公报|纪要|发言|致辞|致词|演讲|措施|计划|规划|"
    r"纲要|倡议书|主持词|材料|汇报|指南|指引|请示|命令|章程|准则|规则|法)(?:稿|（.{1,12}）|\(.{1,12}\))?$"
)
# What a document-sharing site writes behind a title.
SITE_SUFFIX = re.compile(r"(?<!\s)\s*[(（](?:完整文档|范文|精选|最新|\d+篇|通用.{0,6})[)）]$")
HEAD_LINES = 16
LONGEST_TITLE = 80
TITLE_LINES = 4
SPACE = re.compile(r"\s+")


def head_roles(texts: Sequence[str], stated: Sequence[str]) -> dict[int, str]:
    """Roles of the first lines by index; `stated` are titles that the format or the file name gives."""
    decree = _decree(texts)
    if decree:
        return decree
    end = head_end(texts)
    title = title_lines(texts, end, stated)
    roles: dict[int, str] = {}
    for i in range(end):
        roles[i] = "title" if i in title else _role(texts, i, roles.get(i - 1), bool(title) and i > min(title))
    last = max(title, default=0)
    return {i: role for i, role in roles.items() if role != "body" or i <= last}


def head_end(texts: Sequence[str]) -> int:
    """Index of the first line of running text, or of the first heading."""
    end = min(len(texts), 1)
    for i, text in enumerate(texts[:HEAD_LINES]):
        if SALUTATION.match(text):
            return i + 1
        if i and (read_numbering(text) or _is_running(text)) and not _is_label(text):
            return i
        if not i and _is_running(text) and not _is_label(text):
            return 0
        if _is_label(text) or len(text) <= LONGEST_TITLE:
            end = max(end, i + 1 if _is_label(text) or i < 3 else end)
    return end


def title_lines(texts: Sequence[str], end: int, stated: Sequence[str]) -> set[int]:
    """Lines of the title, also where it stands twice, and a part of it that stands alone again."""
    for wanted in filter(None, map(bare, stated)):
        runs = [run for first in range(end) if (run := _run(texts, first, end, wanted))]
        if runs:
            found = {i for run in runs for i in run}
            more = {i for i in range(min(found), end) if len(bare(texts[i])) >= 5 and bare(texts[i]) in wanted}
            return found | more | _organ_above(texts, min(found))
    first = next((i for i in range(end) if _fits_title(texts[i])), None)
    return set(range(first, _title_end(texts, first, end))) if first is not None else set()


def bare(text: str) -> str:
    """A title without what differs from one place to another: white space, underlines, title marks.

    >>> bare("《河道 保洁》办法")
    '河道保洁办法'
    """
    return re.sub(r"[\s_《》]+", "", text)


def _organ_above(texts: Sequence[str], first: int) -> set[int]:
    """石桥区人民政府办公室 / 关于…的通知: the file's name may leave the organ out."""
    above = first and texts[first].startswith(("关于", "印发", "转发")) and RED_HEAD.match(texts[first - 1])
    return {first - 1} if above and not texts[first - 1].endswith("文件") else set()


def _run(texts: Sequence[str], first: int, end: int, wanted: str) -> set[int]:
    joined = ""
    for last in range(first, min(end, first + TITLE_LINES)):
        joined += bare(texts[last])
        if joined == wanted:
            return set(range(first, last + 1))
        if not wanted.startswith(joined):
            return set()
    return set()


def _fits_title(text: str) -> bool:
    return (
        2 <= len(text) <= LONGEST_TITLE
        and not text.endswith(("：", ":", "，", "！", "；"))
        and "。" not in text
        and not any(p.match(text) for p in (SALUTATION, DATE, NUMBER, DATELINE))
        and not (DELIVERED.match(text) and not TITLE_END.search(text))
        and not _is_person(text)
        and not CAPTION.search(text)
        and not text.startswith(("——", "（", "※", "("))
    )


def _title_end(texts: Sequence[str], first: int, end: int) -> int:
    """A title over several lines goes on to the line that names the kind: …局 / 关于…的 / 通知."""
    if TITLE_END.search(texts[first]):
        return first + 1
    joined, last_fit = texts[first], first
    for last in range(first + 1, min(end, first + TITLE_LINES)):
        text = texts[last]
        joined += text
        if not _fits_title(text) or _is_label(text):
            break
        if TITLE_END.search(text) and ("关于" in joined or len(texts[first]) < 16):
            return last + 1
        last_fit = last
    followed = last_fit + 1 < end and (_is_label(texts[last_fit + 1]) or SALUTATION.match(texts[last_fit + 1]))
    return last_fit + 1 if followed and last_fit > first and _even(texts[first : last_fit + 1]) else first + 1


def _even(lines: Sequence[str]) -> bool:
    """Lines of one title are of about one length: 弘扬河湖精神 / 深化团结协作."""
    return max(map(len, lines)) <= 3 * min(map(len, lines))


def _is_running(text: str) -> bool:
    return len(text) > LONGEST_TITLE or text.endswith(("。", "；")) or ("。" in text and len(text) > 30)


def _is_label(text: str) -> bool:
    """Date, number, name, subtitle or caption: what stands between title and text."""
    return bool(
        (DATE.match(text) and len(text) < 60)
        or NUMBER.match(text)
        or _is_person(text)
        or (RED_HEAD.match(text) and text.startswith("中共") and len(text) <= 30)
        or (DELIVERED.match(text) and not TITLE_END.search(text))
        or (SUBTITLE.match(text) and len(text) <= LONGEST_TITLE and not text.endswith("。"))
        or (CAPTION.search(text) and len(text) <= 90)
        or DATELINE.match(text)
        or (text.startswith(("（", "(")) and text.endswith(("）", ")")) and not read_numbering(text))
    )


def _role(texts: Sequence[str], i: int, before: str | None, after_title: bool) -> str:
    text = texts[i]
    if SALUTATION.match(text):
        return "salutation"
    if CAPTION.search(text) or DATELINE.match(text):
        return "note"
    if SUBTITLE.match(text) or (DELIVERED.match(text) and (after_title or not TITLE_END.search(text))):
        return "subtitle"
    if before == "subtitle" and text.endswith(("上", "上的报告", "上的讲话")):
        return "subtitle"
    if DATE.match(text):
        return "date"
    if NUMBER.match(text) or _is_person(text) or RED_HEAD.match(text):
        return "byline"
    if text.startswith(("（", "(")):
        return "date" if re.search(r"\d{4}年.{1,9}日", text) else "byline"
    return "note" if not after_title and len(text) <= 30 else "body"


def _is_person(text: str) -> bool:
    """A name, an office, or both."""
    return read_person(text) is not None or (len(text) <= 30 and bool(OFFICE_LINE.match(text)))


def _decree(texts: Sequence[str]) -> dict[int, str]:
    """某某令 / 第706号 / 《…条例》已经…公布 / 总理 某某 / date / …条例: the rule's own title is the title."""
    if len(texts) < 5 or not DECREE.match(texts[0]) or not DECREE_NUMBER.match(texts[1]):
        return {}
    roles = {0: "byline", 1: "byline"}
    for i in range(2, min(HEAD_LINES, len(texts) - 1)):
        if DATE.match(texts[i]) and len(texts[i]) < 20:
            quoted = re.search(r"《([^《》]{2,60})》", "".join(texts[2:i]))
            if quoted and bare(quoted.group(1)) == bare(texts[i + 1]):
                roles |= {i - 1: "signature", i: "date", i + 1: "title"}
                if i + 2 < len(texts) and texts[i + 2].startswith(("（", "(")) and not read_numbering(texts[i + 2]):
                    roles[i + 2] = "date"
                return roles
    return {}
