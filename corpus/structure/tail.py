"""What follows the running text: closing call, signature, date, notes, attachments, contents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.facts.people import read_person
from corpus.structure.head import DATE, SALUTATION, TAIL_SALUTATION, bare
from corpus.structure.numbering import read_numbering

SIGNING_DATE = re.compile(
    r"^[（(]?\s*(?:\d{4}|[二一][〇○零一二三四五六七八九]{3})\s*年\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日\s*[）)]?$"
)
CLOSING = re.compile(
    r"^(?:同志们|各位代表|各位领导|朋友们|女士们|让我们|最后|谢谢|特此|总之|乡亲们|以上意见|以上请示|综上)"
)
# 发文机关 of one to many, as it stands above the date.
ORGANISATION = re.compile(r"^[^。；，！？：《》]{2,90}$")
ORGAN_END = re.compile(
    r"(?:人民政府|办公厅|办公室|委员会|国务院|党委|政府|部|厅|局|署|院|会|委|组|中心|处|兵团|司|所|支队|大队|队|社|大学|学院|法院|银行|公司)$"
)
ATTACHMENT = re.compile(r"^附\s{0,4}件\s{0,4}(?:[\d０-９一二三四五六七八九十]{1,3})?\s*[：:]?$")
ATTACHMENT_LIST = re.compile(r"^附\s{0,4}件?\s{0,4}(?:[\d一二三四五六七八九十]{1,3})?\s*[：:]\s*\S")
ATTACHMENT_NEXT = re.compile(r"^附件\s*[\d一二三四五六七八九十]{1,3}[\s：:.．、]\s*\S.{0,80}$")
NOTE = re.compile(
    r"^[（(]?(?:此件|本文|本件)[^。]{0,12}(?:公开|删减|发布|印发|有效)[^。]{0,12}[）)]?$|^公开方式[：:]|^信息公开|^抄送[：:]|^主送[：:]|^分送[：:]|"
    r"^[（(](?:联系|来源|新华社|完|全文)[^。]{0,60}[）)]$|^《?\s*人民日报\s*》?\s*[（(].{0,40}[）)]$|^责任编辑|"
    r"^.{2,40}\d{4}年\d{1,2}月\d{1,2}日印发$|^新华社记者$|^注[：:]|^(?:记者|通讯员)?.{0,14}摄$"
)
CONTENTS = re.compile(r"^目\s*[录次]$")
CONTENTS_LINE = re.compile(r".{2,60}?[\s.．…·⋯]{2,80}\d{1,4}$")
LEADERS = re.compile(r"(?<![\s.．…·⋯])[\s.．…·⋯]++\d{0,4}$|\d{1,4}$")
LONGEST_ATTACHMENT_TITLE = 60


def tail_roles(texts: Sequence[str], head: int) -> dict[int, str]:
    """Roles of the lines from `head` on that are no running text."""
    roles: dict[int, str] = {}
    for i in range(head, len(texts)):
        text = texts[i]
        if NOTE.match(text) and len(text) <= 120:
            roles[i] = "note"
        elif i > head and TAIL_SALUTATION.match(text):
            roles[i] = "salutation"
    roles |= _contents(texts, head)
    roles |= _signatures(texts, head, roles)
    roles |= _attachments(texts, head, roles)
    _close(texts, head, roles)
    return roles


def _contents(texts: Sequence[str], head: int) -> dict[int, str]:
    """目录 and its lines, up to where its first line stands again as a heading."""
    found: dict[int, str] = {}
    for i in range(min(len(texts), 40)):
        if not CONTENTS.match(texts[i]) or i + 2 >= len(texts):
            continue
        first = _entry(texts[i + 1])
        for j in range(i + 2, min(len(texts), i + 400)):
            if _entry(texts[j]) == first or len(texts[j]) > 80:
                break
        else:
            continue
        again = _entry(texts[j]) == first
        if again or all(CONTENTS_LINE.match(t) for t in texts[i + 1 : j]):
            found |= dict.fromkeys(range(i, j), "note")
    return found


def _entry(text: str) -> str:
    return bare(LEADERS.sub("", text))


def _signatures(texts: Sequence[str], head: int, taken: dict[int, str]) -> dict[int, str]:
    """Issuers above their date, wherever a document or an attachment ends; a name at the very end."""
    found: dict[int, str] = {}
    for i in range(head, len(texts)):
        if i in taken or not SIGNING_DATE.match(texts[i]):
            continue
        first = i
        while first > head and i - first < 12 and _signs(texts[first - 1]) and first - 1 not in taken:
            first -= 1
        if first < i:
            found |= dict.fromkeys(range(first, i), "signature") | {i: "date"}
        elif texts[i - 1].endswith(("。", "！", "？")):
            found[i] = "date"
    last = len(texts) - 1
    while last > head and last in taken:
        last -= 1
    if last > head and last not in found and read_person(texts[last]) and texts[last - 1].endswith(("。", "！")):
        found[last] = "signature"
    return found


def _signs(text: str) -> bool:
    return read_person(text) is not None or (
        bool(ORGANISATION.match(text))
        and read_numbering(text) is None
        and "\t" not in text
        and bool(
            ORGAN_END.search(text.rstrip("&sp; ")) or (len(text) <= 30 and not DATE.match(text) and "的" not in text)
        )
    )


def _attachments(texts: Sequence[str], head: int, taken: dict[int, str]) -> dict[int, str]:
    """附件 lists, and the titles of what is attached or issued behind the signature."""
    found: dict[int, str] = {}
    for i in range(head, len(texts)):
        if i in taken or i in found:
            continue
        if ATTACHMENT_LIST.match(texts[i]) and len(texts[i]) <= 120:
            found |= dict.fromkeys(range(i, _list_end(texts, i, taken)), "attachment")
        elif ATTACHMENT.match(texts[i]) or ATTACHMENT_NEXT.match(texts[i]):
            if (
                i + 1 < len(texts)
                and (texts[i].endswith(("：", ":")) or _is_second(texts[i + 1]))
                and read_numbering(texts[i + 1])
            ):
                found |= dict.fromkeys(range(i, _list_end(texts, i, taken)), "attachment")
            else:
                found |= dict.fromkeys(range(i, _title_end(texts, i + 1, taken)), "attachment")
        elif _after_end(i, taken):
            found |= dict.fromkeys(range(i, _title_end(texts, i, taken)), "attachment")
    return found


def _is_second(text: str) -> bool:
    """附件1.… / 2.…: a list whose first entry has the word in front."""
    number = read_numbering(text)
    return bool(number and number.style == "1." and number.value == 2)


def _after_end(i: int, taken: dict[int, str]) -> bool:
    """Whether the line before is the date under a signature, or a note that follows it."""
    j = i - 1
    while taken.get(j) == "note":
        j -= 1
    return taken.get(j) == "date"


def _list_end(texts: Sequence[str], first: int, taken: dict[int, str]) -> int:
    i = first + 1
    while i < len(texts) and i not in taken and len(texts[i]) <= 90 and not texts[i].endswith("。"):
        number = read_numbering(texts[i])
        if not (number and number.style == "1.") and not ATTACHMENT_NEXT.match(texts[i]):
            break
        i += 1
    return i


def _title_end(texts: Sequence[str], first: int, taken: dict[int, str]) -> int:
    i = first
    while i < len(texts) and i - first < 3 and i not in taken and _is_title(texts[i]):
        i += 1
    return i if i < len(texts) else first


def _is_title(text: str) -> bool:
    return (
        len(text) <= LONGEST_ATTACHMENT_TITLE
        and not text.endswith(("。", "；", "：", "，", ":", "！"))
        and read_numbering(text) is None
        and "\t" not in text
        and not SALUTATION.match(text)
    )


def _close(texts: Sequence[str], head: int, roles: dict[int, str]) -> None:
    """The closing call: among the last paragraphs of running text before the signature."""
    end = next((i for i in range(head, len(texts)) if roles.get(i) in ("signature", "attachment")), len(texts))
    body = [i for i in range(head, end) if i not in roles][-3:]
    for i in body:
        if CLOSING.match(texts[i]) and read_numbering(texts[i]) is None and len(body) > 1:
            roles[i] = "closing"
