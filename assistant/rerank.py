"""The best paragraphs once more: those first that hold what the question says, themselves or in their headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence import Rarity, coverage
from index import Hit

LOOKED_AT = 20
"""Hits that are put in a new order; those behind stay where they are."""
COVERED = 0.5
"""What a paragraph gains that holds all rare terms of the question, in standard deviations of the fused score."""


def rerank(hits: Sequence[Hit], rarity: Rarity) -> tuple[Hit, ...]:
    """Put the first hits in a new order; their scores say why."""
    first = [replace(hit, score=hit.score + _gain(hit, rarity)) for hit in hits[:LOOKED_AT]]
    return (*sorted(first, key=lambda hit: -hit.score), *hits[LOOKED_AT:])


def _gain(hit: Hit, rarity: Rarity) -> float:
    return COVERED * coverage(rarity, hit, 0, len(hit.paragraph.text))
