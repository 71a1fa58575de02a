"""文种: what kind of document a title names."""

from __future__ import annotations

import re

# 公文种类 of GB/T 9704 and the 2012 regulations, and the kinds that speech writers know; longest first.
KINDS = (
    "政府工作报告", "工作报告", "实施细则", "实施办法", "实施方案", "实施意见", "行动方案", "行动计划", "工作方案", "工作总结",
    "交流发言", "表态发言", "主持词", "倡议书", "情况通报", "反馈意见", "若干措施", "经验材料", "考核办法", "开幕词", "闭幕词",
    "问题解答", "问答",
    "讲话", "报告", "通知", "通告", "公告", "通报", "意见", "方案", "总结", "决议", "决定", "办法", "规定", "条例", "细则", "批复",
    "复函", "函", "公报", "纪要", "请示", "议案", "命令", "发言", "致辞", "致词", "演讲", "贺信", "贺电", "回信", "措施", "计划", "规划",
    "纲要", "指引", "指南", "答复", "章程", "准则", "规则", "法",
    "報告", "講話", "決議", "決定", "辦法", "條例", "規定", "意見", "計劃", "總結",
)  # fmt: skip
# Variants that a filter should find under the one name.
SAME_KIND = {
    "政府工作报告": "报告", "工作报告": "报告", "实施细则": "细则", "实施办法": "办法", "考核办法": "办法", "实施方案": "方案",
    "行动方案": "方案", "工作方案": "方案", "行动计划": "计划", "实施意见": "意见", "反馈意见": "意见", "工作总结": "总结",
    "交流发言": "发言", "表态发言": "发言", "情况通报": "通报", "若干措施": "措施", "复函": "函", "致词": "致辞", "法": "法律",
    "问题解答": "问答", "報告": "报告", "講話": "讲话", "決議": "决议", "決定": "决定", "辦法": "办法", "條例": "条例", "規定": "规定",
    "意見": "意见", "計劃": "计划", "總結": "总结",
}  # fmt: skip
SPOKEN = frozenset("讲话 发言 致辞 演讲 贺信 贺电 回信 信 主持词 开幕词 闭幕词".split())
"""Kinds that a person speaks or signs; no organ issues them."""
KIND_END = re.compile(r"(?:（[^（）]{0,20}）|\([^()]{0,20}\)|[稿》\s\d.]|全文|修订|试行)$")
# 办法 is a kind of its own; 做法 and 执法 are none.
NO_LAW = re.compile(r"(?:做|执|司|立|普|说|想|用|方|看|守|违|非|依)法$")
LONGEST_END = 120
"""Characters of a title in which its kind is looked for."""


def read_kind(title: str) -> str | None:
    """文种 at the end of a title.

    >>> read_kind("关于做好防汛工作的通知（试行）"), read_kind("在大会上的讲话稿")
    ('通知', '讲话')
    """
    found = kind_span(title)
    if not found:
        return None
    kind = title[found[0] : found[1]]
    return SAME_KIND.get(kind, kind)


def kind_span(title: str) -> tuple[int, int] | None:
    """Where in a title its kind stands."""
    offset = max(0, len(title) - LONGEST_END)
    bare = title[offset:]
    while (shorter := KIND_END.sub("", bare)) != bare:
        bare = shorter
    kind = next((k for k in KINDS if bare.endswith(k)), None)
    if not kind or (kind == "法" and NO_LAW.search(bare)):
        return None
    end = offset + len(bare)
    return end - len(kind), end
