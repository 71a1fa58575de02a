"""What a search for wording gives: families of wordings, and for phrases and patterns a concordance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.citation import Citation
from assistant.wording.concordance import Line
from assistant.wording.evolution import Course
from assistant.wording.tiers import TIERS, tier_of

MODES = ("meaning", "phrase", "pattern", "headings")


@dataclass(frozen=True)
class Variant:
    """A wording: citation.paragraph.text[start:end] of its one piece of evidence."""

    citation: Citation

    @property
    def text(self) -> str:
        """The source's own characters."""
        start, end = self.citation.evidence[0]
        return self.citation.paragraph.text[start:end]

    def to_dict(self) -> dict[str, Any]:
        """For programs."""
        return {"text": self.text, "citation": self.citation.to_dict()}


@dataclass(frozen=True)
class Family:
    """Near-same wordings: the one to cite, those that differ, how often they stand in the library and in which dated
    years. `also` is where the one to cite stands with the same characters.

    For headings: the first one, and its siblings; `patterns` is what they share, `length` their mean.
    """

    head: Variant
    variants: tuple[Variant, ...] = ()
    score: float = 0.0
    count: int = 0
    first: str | None = None
    last: str | None = None
    patterns: tuple[str, ...] = ()
    length: float = 0.0
    also: tuple[Variant, ...] = ()

    @classmethod
    def of(cls, wordings: Sequence[Variant]) -> Family:
        """Of near-same wordings in the order in which they are cited."""
        head, *others = wordings
        different = tuple(v for v in others if v.text != head.text)
        return cls(head, different, also=tuple(v for v in others if v.text == head.text))

    @property
    def members(self) -> tuple[Variant, ...]:
        """All of them."""
        return (self.head, *self.also, *self.variants)

    def to_dict(self) -> dict[str, Any]:
        """For programs."""
        shape: dict[str, Any] = self.head.to_dict() | {
            "variants": [variant.to_dict() for variant in self.variants],
            "score": round(self.score, 4),
            "tier": TIERS[tier_of(self.head.citation.entry)],
        }
        if self.patterns:
            return shape | {"patterns": list(self.patterns), "length": self.length}
        also = [variant.to_dict() for variant in self.also]
        return shape | {"also": also, "count": self.count, "first": self.first, "last": self.last}


@dataclass(frozen=True)
class Wordings:
    """What was found for a query, and how it was read: `mode` of MODES, `place` of a document or "".

    `total` counts every occurrence of a phrase or pattern, of which `lines` shows some; for meaning and
    headings it is the number of families. `counts` go by year, kind or issuer; `courses` by year for the
    phrase and its near wordings.
    """

    query: str
    mode: str
    families: tuple[Family, ...]
    total: int
    place: str = ""
    lines: tuple[Line, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    courses: tuple[Course, ...] = ()
    took_ms: float = field(default=0.0, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """As docs/wording.md gives it."""
        shape: dict[str, Any] = {
            "query": self.query,
            "mode": self.mode,
            "place": self.place,
            "total": self.total,
            "families": [family.to_dict() for family in self.families],
        }
        if self.mode in ("phrase", "pattern"):
            shape["occurrences"] = [line.to_dict() for line in self.lines]
        if self.counts:
            shape["counts"] = self.counts
        if self.courses:
            shape["courses"] = [course.to_dict() for course in self.courses]
        return shape | {"took_ms": round(self.took_ms, 1)}
