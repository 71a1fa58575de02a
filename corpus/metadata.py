"""文种, 发文机关, 发文字号, 成文日期: read off title, head and end. Unknown is None, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from corpus.document import Paragraph
from corpus.normal import traditional_share

# 公文种类 of GB/T 9704 and the 2012 regulations, and the kinds that speech writers know; longest first.
KINDS = (
    "政府工作报告", "工作报告", "实施细则", "实施办法", "实施方案", "实施意见", "行动方案", "行动计划", "工作方案", "工作总结",
    "交流发言", "表态发言", "主持词", "倡议书", "情况通报", "反馈意见", "若干措施", "经验材料", "考核办法", "开幕词", "闭幕词",
    "讲话", "报告", "通知", "通告", "公告", "通报", "意见", "方案", "总结", "决议", "决定", "办法", "规定", "条例", "细则", "批复",
    "复函", "函", "公报", "纪要", "请示", "议案", "命令", "发言", "致辞", "演讲", "贺信", "贺电", "回信", "措施", "计划", "规划",
    "纲要", "指引", "指南", "答复", "章程", "准则", "法",
)  # fmt: skip
# Variants that a filter should find under the one name.
SAME_KIND = {
    "政府工作报告": "报告", "工作报告": "报告", "实施细则": "细则", "实施办法": "办法", "考核办法": "办法", "实施方案": "方案",
    "行动方案": "方案", "工作方案": "方案", "行动计划": "计划", "实施意见": "意见", "反馈意见": "意见", "工作总结": "总结",
    "交流发言": "发言", "表态发言": "发言", "情况通报": "通报", "若干措施": "措施", "复函": "函",
}  # fmt: skip
KIND_END = re.compile(r"(?:（[^（）]{0,20}）|\([^()]{0,20}\)|[稿》\s\d.]|全文|修订|试行)$")
LONGEST_END = 120
"""Characters of a title in which its kind is looked for."""
NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}〔\d{4}〕\s*\d{1,5}\s*号")
ISSUER_IN_TITLE = re.compile(
    r"^([\u4e00-\u9fff、\s]{2,40}?(?:人民政府|办公厅|办公室|委员会|国务院|人社局|公安局|部|厅|局|署|院))(?:印发|转发|批转)?(?:关于|《|对)"
)
ISSUER = re.compile(
    r"^[^。；，！？：\d]{2,40}(?:人民政府|办公厅|办公室|委员会|国务院|党委|政府|部|厅|局|署|院|会|委|组|中心)$"
)
NUMERALS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
FULL_DATE = re.compile(
    r"((?:\d{4}|[二一][〇○零一二三四五六七八九]{3}))年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
ISO_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
PLACEHOLDER = re.compile(
    r"[X×Ｘ]{1,4}(?=[市县区省镇乡村街路]|同志|党|委|政府)|[X×Ｘ]{2,}|某[市县区镇]|(?<![A-Za-z])[XxＸ](?=[委市县区省月日])|202[xX]"
)


@dataclass(frozen=True)
class Metadata:
    """title, kind, issuer, number, issued as in Document."""

    title: str
    kind: str | None
    issuer: str | None
    number: str | None
    issued: str | None


def read_metadata(paragraphs: list[Paragraph], facts: Mapping[str, str], name: str) -> Metadata:
    """What the format states first, then what stands in the text, then what the file name tells."""
    stem = PurePath(name).stem
    own = "".join(p.text for p in paragraphs if p.role == "title")
    title = own or facts.get("title") or stem
    if len(stem) > len(title) and stem.endswith(title):
        title = stem  # 政府工作报告 in a file named 2026年广东省政府工作报告
    head = [p for p in paragraphs[:10] if p.role in ("title", "byline", "date")]
    end = [p for p in paragraphs[-6:] if p.role in ("signature", "date")]
    return Metadata(
        title=title,
        kind=read_kind(title) or read_kind(stem),
        issuer=facts.get("issuer") or _issuer(title, end),
        number=facts.get("number") or _number(paragraphs),
        issued=read_date(facts.get("issued", ""))
        or _first(read_date(p.text) for p in [*reversed(end), *head])
        or _iso_date(stem)
        or _first(found.group(1) for text in (title, stem) if (found := YEAR.search(text))),
    )


def read_kind(title: str) -> str | None:
    """文种 at the end of a title.

    >>> read_kind("关于做好防汛工作的通知（试行）"), read_kind("在大会上的讲话稿")
    ('通知', '讲话')
    """
    bare = title[-LONGEST_END:]
    while (shorter := KIND_END.sub("", bare)) != bare:
        bare = shorter
    kind = next((k for k in KINDS if bare.endswith(k)), None)
    return SAME_KIND.get(kind, kind) if kind else None


def read_date(text: str) -> str | None:
    """The first whole date of a text as YYYY-MM-DD, in figures or Chinese numerals.

    >>> read_date("二〇〇五年七月十四日"), read_date("（2020年1月8日）")
    ('2005-07-14', '2020-01-08')
    """
    found = FULL_DATE.search(text)
    if not found:
        return None
    year = "".join(NUMERALS.get(c, c) for c in found.group(1))
    month, day = (_small_number(found.group(i)) for i in (2, 3))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year}-{month:02}-{day:02}"


def _small_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return int(NUMERALS.get(text, "0"))
    return 10 * int(NUMERALS.get(tens, "1") if tens else 1) + int(NUMERALS.get(ones, "0") if ones else 0)


def _iso_date(text: str) -> str | None:
    found = ISO_DATE.search(text)
    if not found or not (1 <= int(found.group(2)) <= 12 and 1 <= int(found.group(3)) <= 31):
        return None
    return "-".join(found.groups())


def _issuer(title: str, end: list[Paragraph]) -> str | None:
    found = ISSUER_IN_TITLE.match(title)
    if found:
        return found.group(1).strip()
    return _first(p.text for p in end if p.role == "signature" and ISSUER.match(p.text))


def _number(paragraphs: list[Paragraph]) -> str | None:
    return _first(found.group(0) for p in paragraphs[:8] if len(p.text) <= 40 and (found := NUMBER.search(p.text)))


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def quality_flags(text: str) -> tuple[str, ...]:
    """anonymised: names or figures replaced by X or 某; traditional: written in traditional script."""
    flags = []
    if len(PLACEHOLDER.findall(text)) >= 3:
        flags.append("anonymised")
    if traditional_share(text[:20_000]) > 0.08:
        flags.append("traditional")
    return tuple(flags)
