"""How much of what a sentence says stands in its source, by the words' rarity in the library."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from assistant.synthesis.basis import Basis, clauses_of
from corpus.normal import fold
from corpus.segment import NUMERALS
from index.tokens import words

Rarity = Callable[[Iterable[str]], Mapping[str, float]]
"""Gives the weight of each word, higher for rarer ones."""
# Words of telling, with which a synthesis joins what the source states.
TELLING = frozenset(
    "主要 此外 另外 同时 其中 其次 首先 最后 分别 包括 方面 体现 以及 问题 情况 存在 指出 强调 要求 提出 明确 表示 根据 按照 通过 进行 有关 相关 目前 关于 "
    "具体 措施 内容 工作 开展 加强 推进 实施 落实 做好 推动 确保 要求 规定 安排 部署 计划 提到 文件 讲话 报告 通知 会议 认为 例如 比如 因此 因为 所以 由于 对于 "
    "针对 采取 方式 之一 以上 相应 予以 给予 应当 需要 必须 可以 能够 已经 并且 而且 还要 还有 还是 其他 各项 一些 这些 这个 该市 该县 该区 全部 都是 一是 二是 三是 四是".split()
)
LEAST = 0.7
"""Share of a sentence's weight that its source has to hold."""
LEAST_CLAUSE = 0.34
"""The same of each clause; one that says something of its own can't hide behind the others."""
FEWEST = 2
"""Words of a clause that are judged."""
BESIDE = 0.25
"""Share below which a citation has nothing to do with the sentence."""


def rarity_by(counts: Callable[[list[str]], Mapping[str, int]], size: int) -> Rarity:
    """Weights ln((N + 1) / (n + .5)), as in the inverse document frequency; `counts` gives n, `size` is N."""

    def weigh(wanted: Iterable[str]) -> Mapping[str, float]:
        found = counts(list(wanted))
        return {word: max(0.0, math.log((size + 1) / (n + 0.5))) for word, n in found.items()}

    return weigh


def told_words(text: str) -> list[str]:
    """The words of a text that tell something.

    >>> told_words("此外，主要是加装电梯")
    ['加装', '电梯']
    """
    return [
        word for word in dict.fromkeys(words(text)) if len(word) > 1 and word not in TELLING and not _is_number(word)
    ]


def _is_number(word: str) -> bool:
    return word[0].isdigit() or NUMERALS.issuperset(word)


def share(text: str, source: str, rarity: Rarity) -> float:
    """How much of a text's weight a folded source holds, 0 to 1; 1 if it tells nothing."""
    weights = rarity(told_words(text))
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in source) / total if total else 1.0


def strayed(sentence: str, basis: Basis, rarity: Rarity) -> str:
    """The part of a sentence that its source does not carry: the whole, or a clause; empty if it carries all."""
    if share(sentence, basis.whole, rarity) < LEAST:
        return fold(sentence)
    clauses = [clause for clause in clauses_of(sentence) if len(told_words(clause)) >= FEWEST]
    return next((clause for clause in clauses if share(clause, basis.whole, rarity) < LEAST_CLAUSE), "")
