"""Words of asking, and what of a question is left without them."""

from __future__ import annotations

import re

from corpus.normal import fold
from corpus.segment import segmenter

ASKING = frozenset(
    "什么 多少 哪些 哪个 哪里 哪几 怎么 怎样 如何 为什么 是否 有没有 请问 一下 告诉 关于 提到 提出 要求 说 讲 里 里面 中 "
    "一共 总共 分别 各自 哪一年 哪年 哪一个 百分之几 多少钱 最后 原文 原话 到底 大概 现在 目前 时候 啥 谁 哪 几 何 几年 怎么办 为何 何时 还是 以及 应该 "
    "方面 内容 具体 几个 几项 几条 主要 有关 报告 讲话 文件 什么样 是 有 的 了 在 和 与 对 把 被 吗 呢 吧 么 那 这".split()
)
"""They stand in every question and tell nothing of what is asked."""
EITHER = re.compile(r"(?P<what>[\u4e00-\u9fff])不(?P=what)")
"""收不收, 要不要."""
ASKS = re.compile(
    r"为什么|为啥|什么时候|什么|[多好最][长久少大高低晚早快]|第?几[号天年月点次个种条项岁分级名位]|哪[天里年些个种位儿]|怎么样?|怎样|如何|要[交带准备]|能不能|可不可以|可以|需要|会怎样|是不是|有没有|"
    r"谁|吗|呢|啥|何时|一共|总共|[两三四五六七八九十\d]+[个天年月元]"
)
GENERAL = frozenset(
    "开始 截止 截至 结束 到期 执行 实施 施行 生效 材料 手续 流程 程序 条件 措施 举措 做法 办法 任务 困难 问题 情况 比例 标准 期限 时间 时限 主要 "
    "申请 申领 申报 办理 报名 领取 审核 拿到 每个 每月 每年 一年 今年 去年 全国 规定 政策 目标".split()
)
"""Words of which each is asked of any matter, and says nothing of which."""
TO_YOU = re.compile(r"你|谢谢|您好")
"""What is said to the one who answers."""


LITTLE = frozenset(
    "的了在是有要能会可去来到给和与对把被就都还也没不再多最用做办个这那我他她它们上下里外大小时后前得过着算给钱交发领"
)
"""Characters that say nothing by themselves."""


def own_characters(asked: str) -> list[str]:
    """What is left of a question without words of its own: 丢 and 补 of 丢了怎么补."""
    said = ASKS.sub("", EITHER.sub(r"\g<what>", fold(asked)))
    return [c for c in said if "\u4e00" <= c <= "\u9fff" and c not in LITTLE]


def own_words(asked: str) -> list[str]:
    """The words of a question that say what it is about, whole.

    >>> own_words("什么时候公示"), own_words("收不收费"), own_words("要多少钱")
    (['公示'], ['收费'], [])
    """
    said = ASKS.sub("|", EITHER.sub(r"\g<what>", fold(asked)))
    return [word for word in segmenter().cut(said, HMM=False) if len(word) > 1 and word not in ASKING]
