"""Whether a sentence says the opposite of its source: a 不 too many, 下降 for 增长, 至少 for 至多, 已 for 将."""

from __future__ import annotations

import re

from assistant.synthesis.basis import Basis, clauses_of

# 不少于 and 至少 are one thing; what denies here denies no statement.
AT_LEAST = re.compile("不(?:得|能|应|可|要)?(?:少于|低于|小于|短于)")
AT_MOST = re.compile("不(?:得|能|应|可|要)?(?:超过|多于|高于|大于|超出|长于|晚于|迟于)")
# 不 and 无 in words that deny nothing.
FIXED = re.compile(
    "不断|不仅|不但|不只|不同|不少|不久|不管|不论|无论|不良|不法|不妨|无人机|无障碍|无线|非遗|非公|非常|非物质|差不多|不得不|不可或缺|不动产|"
    '无偿|不忘|不懈|不怕|没收|勿忘|无愧|不平衡|不充分|无不|"[^"\n]{1,20}"'
)
DENIED = "不|未(?!来)|没有|没|无|非|勿|莫|禁止|严禁|杜绝|防止|避免|取消|停止|拒绝|反对|谢绝"
DENIAL = re.compile(DENIED)
# What is denied, behind words that only help: 未能动工, 无人处置, 不得随意.
DENIED_WORD = re.compile(
    rf"(?:{DENIED})(?:能够?|得|会|要|可以?|应|准|许|曾|有|人|再|把|对)?(?P<word>[\u4e00-\u9fff]{{2}})"
)
OPPOSITES = (
    ("≥|至少|最少|以上|超过|高于|多于|大于|突破|逾(?!期)", "≤|至多|最多|以内|以下|低于|少于|小于|不足|控制在"),
    ("增长|提高|上升|增加|提升|扩大|增至|升至|增幅|回升", "下降|降低|减少|回落|缩小|下滑|降至|减至|降幅|缩减"),
    ("提前", "推迟|延后|延期|延长"),
    ("最快|最高|最多|最好|最大|领先|第一", "最慢|最低|最少|最差|最小|落后|倒数"),
    ("之前|以前|前", "之后|以后|后"),
    ("支持|赞成|同意|批准|通过", "反对|不同意|否决|驳回|撤销"),
    ("鼓励|允许|可以?|准许", "禁止|严禁|不得|不准|不许|不能"),
    ("优先", "暂缓|最后"), ("上午", "下午"), ("城市", "农村"), ("进口", "出口"), ("收入", "支出"),
)  # fmt: skip
"""Words that turn the sense; the last are what models mix up."""
DONE = re.compile("已(?!知)|建成了|完成了|实现了")
MEANT = re.compile("将|要|须|应|确保|计划|预计|力争|争取|拟|打算|有望|目标|下一步")
PAIRS = tuple((re.compile(a), re.compile(b)) for a, b in OPPOSITES)
ALIKE, MOSTLY = 0.55, 0.75
"""Share of a clause's pairs of characters in a clause of the source that makes them tell the same thing, and, at the
second, tell it in the same words."""
REACH = 8
"""Characters over which a denial reaches: 未发生重大失信."""
SAME_FIGURE = 0.35
"""What a clause with the same figure gains: about that figure both say something."""
FEWEST = 3
"""Pairs of a clause that can be held against anything."""
HAN = re.compile("[\u4e00-\u9fff]+")
DIGITS = re.compile(r"\d+(?:\.\d+)?")


def turned(sentence: str, basis: Basis) -> str:
    """The words by which a sentence says the opposite of its source; empty if it does not."""
    clauses = [_plain(clause) for clause in clauses_of(sentence)]
    sources = [_plain(clause) for clause in basis.clauses]
    found = (_turned(clause, sources) for clause in clauses)
    mine, other = "\n".join(clauses), "\n".join(sources)
    return _denied_there(mine, other) or _done(mine, other) or next(filter(None, found), "")


def _done(sentence: str, source: str) -> str:
    """The word by which a sentence gives as done what a source that says so of nothing means to do."""
    found = DONE.search(sentence)
    return found.group() if found and not DONE.search(source) and MEANT.search(source) else ""


def _denied_there(sentence: str, source: str) -> str:
    """A word that one of them only denies and the other only states."""
    for one, other in ((sentence, source), (source, sentence)):
        denied = {found["word"] for found in DENIED_WORD.finditer(one)} - {
            found["word"] for found in DENIED_WORD.finditer(other)
        }
        both = (word for word in denied if word in other and one.count(word) == _times_denied(word, one))
        both = (word for word in both if not re.search(rf"(?:{DENIED})[^\n]{{0,{REACH}}}{word}", other))
        if word := next(both, ""):
            return word
    return ""


def _times_denied(word: str, text: str) -> int:
    return sum(found["word"] == word for found in DENIED_WORD.finditer(text))


def _turned(clause: str, sources: list[str]) -> str:
    pairs, figures = _pairs(clause), set(DIGITS.findall(clause))
    if len(pairs) < FEWEST:
        return ""
    alike = sorted(((_share(pairs, figures, other), other) for other in sources), reverse=True)
    near = [other for share, other in alike if share >= ALIKE]
    if not near:
        return ""
    return (_parity(clause, near[0]) if alike[0][0] >= MOSTLY else "") or _opposite(clause, "\n".join(near))


def _parity(clause: str, source: str) -> str:
    pairs = _pairs(clause)
    part = max(source.split(","), key=lambda other: _share(pairs, set(), other))  # of 年龄偏大、活力不足
    mine, whole, near = (DENIAL.findall(text) for text in (clause, source, part))
    return "" if len(mine) % 2 in (len(whole) % 2, len(near) % 2) else (mine or whole)[0]


def _opposite(clause: str, source: str) -> str:
    for one, two in PAIRS:
        for mine, other in ((one, two), (two, one)):
            found = mine.search(clause)
            if found and not other.search(clause) and other.search(source) and not mine.search(source):
                return found.group()
    return ""


def _plain(text: str) -> str:
    """Without what looks like a denial and is none.

    >>> _plain("不断压减,不得少于8场"), _plain('通过"四不两直"暗访')
    ('压减,≥8场', '通过暗访')
    """
    return FIXED.sub("", AT_MOST.sub("≤", AT_LEAST.sub("≥", text)))


def _pairs(text: str) -> set[str]:
    return {run[i : i + 2] for run in HAN.findall(text) for i in range(len(run) - 1)}


def _share(pairs: set[str], figures: set[str], source: str) -> float:
    same = SAME_FIGURE if figures & set(DIGITS.findall(source)) else 0.0
    return same + sum(pair in source for pair in pairs) / len(pairs)
