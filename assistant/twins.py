"""Near-same paragraphs among the hits: one of them is shown, and says where the others stand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import ratio

from corpus.normal import fold
from index import Hit

NEAR_SAME = 90.0
"""Similarity, 0 to 100, from which on two paragraphs of near-duplicate documents are one. Above it copies differ
in a lead-in or in who is said to speak; a tenth below it stand forms that differ in what they are for."""
DOUBTFUL = ("rewritten", "anonymised", "truncated", "ocr", "mixed_encoding")
"""Flags that make a document the worse source, the gravest first."""
# Two reports may say the same of another number or year; 第三条 and 第五条 are not one either.
NUMBERS = re.compile(r"\d+|[〇零一二三四五六七八九十百千万亿两]+")
PUNCTUATION = re.compile(r"[\W_]+")
BEGINNING = 24
"""Characters at a paragraph's beginning that tell most paragraphs apart."""


@dataclass(frozen=True)
class Shown:
    """A hit that takes a slot, and its twins that do not, in their order."""

    hit: Hit
    twins: tuple[Hit, ...] = ()


@dataclass(frozen=True)
class _Group:
    """Hits that are one paragraph, the highest first, and the letters of that one."""

    letters: str
    hits: list[Hit]


def shown(
    hits: Sequence[Hit], families: Mapping[int, int], lift: Mapping[int, float], *, worded: bool = False
) -> tuple[Shown, ...]:
    """The hits with each paragraph once, where its highest twin stood and with that one's score.

    Twins are paragraphs of the same letters and digits, and paragraphs of two documents of one family
    (`families`: row of the representative by row of a member) that differ little and in no number. Of
    twins the one is shown whose document the question means most (`lift` by row), else the better
    source, else the higher. `worded`: the wording itself is looked for, so only an equal one may take its place.
    """
    comparable = _comparable(hits, families)
    groups: list[_Group] = []
    equal: dict[str, _Group] = {}
    near: dict[tuple[int, tuple[str, ...]], list[_Group]] = defaultdict(list)
    for hit, compared in zip(hits, comparable, strict=True):
        text = letters(hit) if compared else ""
        family = families.get(hit.entry.row) if compared else None
        alike = near[family, tuple(NUMBERS.findall(text))] if family is not None else []
        group = equal.get(text) or next((g for g in alike if _near(text, hit, g)), None)
        if group is None:
            group = _Group(text, [])
            groups.append(group)
            alike.append(group)
        group.hits.append(hit)
        if text:
            equal.setdefault(text, group)
    return tuple(_best(group, families, lift, worded=worded) for group in groups)


def letters(hit: Hit) -> str:
    """A paragraph's letters and digits, folded: copies exchange punctuation and white space freely."""
    return PUNCTUATION.sub("", fold(hit.paragraph.text))


def _comparable(hits: Sequence[Hit], families: Mapping[int, int]) -> list[bool]:
    """Which hits can have a twin among the others: most can't, and are not folded."""
    beginnings = [PUNCTUATION.sub("", fold(hit.paragraph.text.lstrip()[:BEGINNING]))[: BEGINNING // 3] for hit in hits]
    shared = Counter(beginnings)
    members = Counter(families.get(row) for row in {hit.entry.row for hit in hits})
    return [
        shared[beginning] > 1 or (hit.entry.row in families and members[families[hit.entry.row]] > 1)
        for hit, beginning in zip(hits, beginnings, strict=True)
    ]


def _near(text: str, hit: Hit, group: _Group) -> bool:
    """Within one document what differs is what the paragraph is about: 质押 here, 抵押 there."""
    apart = all(hit.entry.row != other.entry.row for other in group.hits)
    return apart and ratio(text, group.letters, score_cutoff=NEAR_SAME) > 0


def _best(group: _Group, families: Mapping[int, int], lift: Mapping[int, float], *, worded: bool) -> Shown:
    if len(group.hits) == 1:
        return Shown(group.hits[0])
    fit = [hit for hit in group.hits if not worded or letters(hit) == group.letters]

    def order(hit: Hit) -> tuple[object, ...]:
        row, quality = hit.entry.row, hit.entry.quality
        flags = tuple(flag in quality for flag in DOUBTFUL)
        return -round(lift.get(row, 0.0), 2), flags, families.get(row, row) != row, not hit.entry.issued

    best = min(fit, key=order)
    return Shown(replace(best, score=group.hits[0].score), tuple(hit for hit in group.hits if hit is not best))
