"""Which sentences of the paragraphs found answer the question."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.question import Question
from assistant.support import states_what_is_asked
from corpus.sentences import sentence_spans
from index import Hit, Snapshot
from index.tokens import terms

PARAGRAPHS = 4
"""Paragraphs whose sentences are weighed."""
SHORTEST = 8
"""Characters of a sentence that can answer; 怎么办？ and 为什么？ can't."""
LONGEST = 240
"""Characters of one piece of evidence; beyond it nobody reads on."""
# Words of asking: they stand in every question and tell nothing of what is asked.
ASKING = frozenset(
    "什么 多少 哪些 哪个 哪里 哪几 怎么 怎样 如何 为什么 是否 有没有 请问 一下 告诉 关于 提到 提出 要求 说 讲 里 里面 中 "
    "方面 内容 具体 几个 几项 几条 主要 有关 报告 讲话 文件 什么样 是 有 的 了 在 和 与 对 把 被 吗 呢 吧 么 那 这".split()
)
BESIDE = 0.72
"""Share of the best sentence's weight that another one needs to stand in the answer."""


@dataclass(frozen=True)
class Evidence:
    """依据: hit.paragraph.text[start:end], and how well it fits (about 0 to 1)."""

    hit: Hit
    start: int
    end: int
    weight: float

    @property
    def text(self) -> str:
        """The source's own characters."""
        return self.hit.paragraph.text[self.start : self.end]


def weigh_sentences(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> list[Evidence]:
    """The sentences of the best paragraphs, best first.

    A sentence weighs by the question's rare terms that it holds (with half their weight where only
    title or heading hold them), by the likeness in meaning of its passage, and by the rank of its
    paragraph.
    """
    rarity = _rarity(question, snapshot)
    candidates = _candidates(hits)
    if not candidates or not rarity:
        return []
    cosines = [cosine for _, _, _, cosine in candidates]
    top, bottom = max(cosines), min(cosines)
    best = hits[0].score
    weighed = []
    for hit, a, b, cosine in candidates:
        close = (cosine - bottom) / (top - bottom) if top > bottom else 1.0
        rank = math.exp(0.6 * (hit.score - best))
        asked = 0.15 if question.wants and states_what_is_asked(question, hit.paragraph.text[a:b]) else 0.0
        weight = 0.45 * _coverage(rarity, hit, a, b) + 0.25 * close + 0.3 * rank + asked
        weighed.append(Evidence(hit, a, b, weight))
    return sorted(weighed, key=lambda e: -e.weight)


def select(weighed: Sequence[Evidence], most: int) -> list[Evidence]:
    """The sentences of the answer: the best, and up to `most` that come near it.

    Neighbours in one paragraph become one piece; pieces keep the order of their weight.
    """
    if not weighed:
        return []
    floor = BESIDE * weighed[0].weight
    chosen = [e for e in weighed if e.weight >= floor][:most]
    merged: list[Evidence] = []
    for evidence in chosen:
        for i, other in enumerate(merged):
            if other.hit is evidence.hit and _adjoin(other, evidence):
                start, end = min(other.start, evidence.start), max(other.end, evidence.end)
                merged[i] = Evidence(other.hit, start, end, other.weight)
                break
        else:
            merged.append(evidence)
    return merged


def _adjoin(a: Evidence, b: Evidence) -> bool:
    gap = max(a.start, b.start) - min(a.end, b.end)
    return gap <= 1 and max(a.end, b.end) - min(a.start, b.start) <= LONGEST


def _candidates(hits: Sequence[Hit]) -> list[tuple[Hit, int, int, float]]:
    """The sentences of the passages found in the best paragraphs, with the passage's cosine."""
    found: list[tuple[Hit, int, int, float]] = []
    stating = [hit for hit in hits if hit.paragraph.role != "heading"] or list(hits)
    for hit in stating[:PARAGRAPHS]:
        for a, b in sentence_spans(hit.paragraph.text):
            cosines = [p.cosine for p in hit.passages if a < p.stop and p.start < b]
            if cosines and (b - a >= SHORTEST or len(hit.paragraph.text) < 2 * SHORTEST):
                found.append((hit, a, b, max(cosines)))
    return found


def _rarity(question: Question, snapshot: Snapshot) -> dict[str, float]:
    """The question's terms and how rare each is: ln(N / n), as in the inverse document frequency."""
    wanted = [t for t in dict.fromkeys(terms(question.standalone)) if t not in ASKING]
    counts = snapshot.rarity(wanted)
    size = max(snapshot.size(), 1)
    own = set(terms(question.asked))
    return {t: math.log((size + 1) / (n + 0.5)) * (1.0 if t in own else 0.5) for t, n in counts.items() if n > 0}


def _coverage(rarity: Mapping[str, float], hit: Hit, start: int, end: int) -> float:
    total = sum(rarity.values())
    if not total:
        return 0.0
    own = set(terms(hit.paragraph.text[start:end]))
    above = set(terms(" ".join([hit.entry.title, *hit.paragraph.heading_path])))
    return sum(w * (1.0 if t in own else 0.5 if t in above else 0.0) for t, w in rarity.items()) / total
