"""Wordings that differ in a few characters, folded into families."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from corpus.normal import fold
from corpus.segment import segmenter

ALIKE = 0.7
"""Share of characters two wordings have in common before they are looked at more closely."""
DIFFERENT = 0.18
"""Cost of the differences over the length of the longer wording, up to which two are one."""
APART, LOOKED_AT = 1.6, 8
"""How many times as far members of one family may be from each other, and how many members are asked."""
MOST = 3000
"""Wordings that are compared with each other; of more the first ones."""
LIGHT = frozenset("的了着地得也都更再又并且要和与及就还在")
"""Characters that come and go without a change of meaning."""
# Official style takes one of these for another; any other word that is exchanged makes another sentence.
EXCHANGED = frozenset(
    "深入 扎实 切实 全面 大力 着力 加快 加强 强化 持续 不断 坚决 坚定 认真 积极 努力 全力 奋力 有力 有效 始终 必须 务必 应当 推进 推动 促进 "
    "提升 提高 增强 完善 健全 贯彻 落实 抓好 做好 严格 严肃 牢牢 紧紧 充分 更加 进一步 稳步 广大 各级 我们 大家 今后 当前 目前 今年 明年".split()
)
WORD_COST = 2.5
"""What an exchanged word counts for each of its characters."""
KNOWN = 3
"""Frequency in jieba's dictionary from which on a word is one, and not two characters side by side."""
HALF, MOVED = 0.5, 1.5
"""What a light character costs, and how much of its going and coming back a part that moved is let off."""


def fold_families(texts: Sequence[str]) -> list[list[int]]:
    """Indexes of near-same wordings together, families and members in the order of the texts.

    >>> fold_families(["坚决整治推诿扯皮问题。", "狠抓项目建设", "坚决整治推诿扯皮的问题"])
    [[0, 2], [1]]
    """
    bare: dict[str, list[int]] = {}
    for i, text in enumerate(texts):
        bare.setdefault(plain(text), []).append(i)
    distinct = list(bare)
    families = {i: [i] for i in range(len(distinct))}
    of = list(range(len(distinct)))
    for a, b in _near(distinct[:MOST]):
        first, second = sorted((of[a], of[b]))
        if first != second and _are_one(distinct, families[first], families[second]):
            families[first] += families.pop(second)
            for i in families[first]:
                of[i] = first
    texts_of = list(bare.values())
    return sorted(sorted(i for d in members for i in texts_of[d]) for members in families.values())


def _are_one(texts: Sequence[str], a: Sequence[int], b: Sequence[int]) -> bool:
    """Whether all members of two families are near each other: a chain of small steps leads to another sentence."""
    pairs = [(texts[i], texts[j]) for i in a[:LOOKED_AT] for j in b[:LOOKED_AT]]
    return any(same_wording(x, y) for x, y in pairs) and all(same_wording(x, y, APART) for x, y in pairs)


def plain(text: str) -> str:
    """A wording's folded letters and digits, which alone are compared; the text itself if it has none."""
    return "".join(c for c in fold(text) if c.isalnum()) or text


def _near(texts: Sequence[str]) -> list[tuple[int, int]]:
    if len(texts) < 2:
        return []
    alike = process.cdist(texts, texts, scorer=Levenshtein.normalized_similarity, score_cutoff=ALIKE, dtype=np.float32)
    pairs = np.argwhere(np.triu(alike, 1) >= ALIKE)
    nearest = np.argsort(-alike[pairs[:, 0], pairs[:, 1]], kind="stable")
    return [(int(a), int(b)) for a, b in pairs[nearest]]


def same_wording(a: str, b: str, times: float = 1.0) -> bool:
    """Whether two plain wordings are one but for a few characters.

    >>> same_wording("把农业放在首位", "把工业放在首位"), same_wording("坚决守住底线", "坚定守住底线")
    (False, True)
    """
    return difference(a, b) <= times * max(1.0, DIFFERENT * max(len(a), len(b)))


def difference(a: str, b: str) -> float:
    """What turns one wording into the other costs, about a character each; exchanged words cost more."""
    cost = 0.0
    taken: list[str] = []
    given: list[str] = []
    for op in Levenshtein.opcodes(a, b):
        old, new = a[op.src_start : op.src_end], b[op.dest_start : op.dest_end]
        if op.tag == "replace":
            cost += _exchange(a, b, (op.src_start, op.src_end), (op.dest_start, op.dest_end))
        elif op.tag == "delete":
            cost += _weight(old)
            taken.append(old)
        elif op.tag == "insert":
            cost += _weight(new)
            given.append(new)
    moved = [part for part in taken if len(part) > 1 and part in given]
    return cost - sum(MOVED * _weight(part) for part in moved)  # 扯皮推诿 for 推诿扯皮


def _weight(part: str) -> float:
    return sum(HALF if c in LIGHT else 1.0 for c in part)


def _exchange(a: str, b: str, of_a: tuple[int, int], of_b: tuple[int, int]) -> float:
    old, new = a[slice(*of_a)], b[slice(*of_b)]
    if old.isdigit() and new.isdigit():
        return HALF
    before, after = _word_at(a, *of_a), _word_at(b, *of_b)
    if {before, after} <= EXCHANGED:
        return 1.0
    if min(len(before), len(after)) > 1 and _is_word(before) and _is_word(after):
        return WORD_COST * max(len(before), len(after))
    return float(max(len(old), len(new)))


def _word_at(text: str, start: int, stop: int) -> str:
    """The words of a text that characters [start, stop) belong to."""
    found = [text[a:b] for a, b in _words(text) if a < stop and start < b]
    return "".join(found)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((start, stop) for _, start, stop in segmenter().tokenize(text, HMM=False))


def _is_word(text: str) -> bool:
    return all((segmenter().FREQ.get(text[a:b]) or 0) >= KNOWN and b - a > 1 for a, b in _words(text))
