"""发文机关 and 发文字号: who issued a document, under which number."""

from __future__ import annotations

import re

from corpus.facts.places import PLACE

NUMBER = re.compile(r"([\u4e00-\u9fff]{1,14})\s?[〔\[［(（【]\s?(\d{4})\s?[〕\]］)）】]\s{0,2}(第?\d{1,5})\s?号")
DECREE_NUMBER = re.compile(
    r"(?:(?<=日)|(?<![\u4e00-\u9fff]))(?!日)[\u4e00-\u9fff]{2,24}令第\s?[\d一二三四五六七八九十百]{1,5}\s?号"
)
DECREED = re.compile(
    r"日(?:中华人民共和国)?([\u4e00-\u9fff]{2,14})令第\s?[\d一二三四五六七八九十百]{1,5}\s?号(?:公布|发布)[）)]?$"
)
ORGAN = (
    "人民政府|办公厅|办公室|委员会|国务院|委办局|指挥部|领导小组|联合会|服务中心|管理中心|总工会|总局|总队|管委会|研究院|街道办事处|"
    "指挥部办公室|中央军委|党委|市委|省委|区委|县委|统战部|宣传部|组织部|纪委|卫生健康委|发展改革委|国资委|部|厅|局|署|院|行|会"
)
ISSUER_IN_TITLE = re.compile(
    rf"^((?:[（(].{{1,6}}[）)])?)([\u4e00-\u9fff、\s\u3000]{{2,90}}?(?:{ORGAN}))(?:印发|转发|批转|关于|《|对[^\s]{{2,20}}(?:的|第))"
)
# 广州市卫生健康委等4部门关于: the first of several; the signature has them all.
AND_OTHERS = re.compile(r"^(.{4,30}?)等\d{0,2}[一二三四五六七八九十]{0,2}个?(?:部门|单位)关于")
MEETING_IN_TITLE = re.compile(
    r"^(第[一二三四五六七八九十]{1,4}届[\u4e00-\u9fff]{0,20}?人民代表大会(?:常务委员会)?第[一二三四五六七八九十]{1,4}次会议)关于"
)
ISSUER = re.compile(rf"^[^。；，！？：\d]{{1,60}}(?:{ORGAN}|政府|委|组|中心|社|大学|学院|公司|处|所|支队|大队)$")
DECREE = re.compile(r"^(?:中华人民共和国)?([\u4e00-\u9fff]{2,20})令$")
RED_HEAD = re.compile(r"^([\u4e00-\u9fff]{3,30}(?:人民政府|委员会|办公厅|办公室|局|厅|部|委|院))文件$")
WIDE_GAP = re.compile(r"[\s\u3000]{2,}|(?<=[局委部厅院会府室])[\s\u3000]+(?=[\u4e00-\u9fff]{3})")


def read_number(text: str) -> str | None:
    """发文字号 with the brackets that the standard prescribes.

    >>> read_number("穗府办规〔2024〕 13号"), read_number("石政办发[2024]12号")
    ('穗府办规〔2024〕13号', '石政办发〔2024〕12号')
    """
    found = number_span(text)
    return found[0] if found else None


def number_span(text: str) -> tuple[str, int, int] | None:
    """The first number of a document in a text, and where it stands."""
    found = NUMBER.search(text)
    if found:
        return f"{found.group(1)}〔{found.group(2)}〕{found.group(3)}号", *found.span()
    decree = DECREE_NUMBER.search(text)
    return ("".join(decree.group().split()), *decree.span()) if decree else None


def issuer_in_title(title: str) -> tuple[str, int, int] | None:
    """The organs before 关于, joined by 、.

    >>> issuer_in_title("石桥区财政局 石桥区水务局关于清淤的通知")
    ('石桥区财政局、石桥区水务局', 0, 13)
    """
    meeting = MEETING_IN_TITLE.match(title)
    if meeting:
        return meeting.group(1), *meeting.span(1)
    others = AND_OTHERS.match(title)
    if others:
        return others.group(1), *others.span(1)
    found = ISSUER_IN_TITLE.match(title)
    if not found:
        return None
    organs = found.group(2).strip()
    return join_organs([organs]), *found.span(2)


def join_organs(texts: list[str]) -> str:
    """Organs of several lines, or in one line with gaps, or written together, joined by 、.

    >>> join_organs(["广州市财政局广州市民政局", "广州市公安局"])
    '广州市财政局、广州市民政局、广州市公安局'
    """
    parts = [part for text in texts for part in WIDE_GAP.split(text.replace("&sp;", " ").strip()) if part]
    return "、".join("".join(p.split()) for part in parts for p in _apart(part))


def _apart(text: str) -> list[str]:
    """广州市财政局广州市民政局 names its city before each organ."""
    first = PLACE.match(text)
    if not first:
        return [text]
    place = first.group()
    starts = [m.start() for m in re.finditer(re.escape(place), text)]
    bounds = [s for s in starts if not s or text[s - 1] in "局委部厅院会府室心"]
    return [text[a:b] for a, b in zip(bounds, [*bounds[1:], len(text)], strict=True)]
