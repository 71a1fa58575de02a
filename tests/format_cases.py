"""File-format samples with the text that each must give, in the shared folder beside the project."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import LCSseq

from corpus import Document

SAMPLES = Path(__file__).parents[2] / "shared" / "corpus_formats"


@dataclass(frozen=True)
class Case:
    """A sample: `facts` are what cases.json says of it."""

    name: str
    facts: dict[str, Any]

    @property
    def path(self) -> Path:
        return SAMPLES / self.name

    @property
    def gold(self) -> str:
        return (SAMPLES / f"{self.name}.gold.txt").read_text(encoding="utf-8")


@cache
def cases() -> tuple[Case, ...]:
    """All samples; none where the folder is absent."""
    listing = SAMPLES / "cases.json"
    if not listing.exists():
        return ()
    return tuple(Case(name, facts) for name, facts in json.loads(listing.read_text(encoding="utf-8")).items())


def bare(text: str) -> str:
    """Without white space."""
    return "".join(text.split())


def text_of(document: Document) -> str:
    """A document's paragraphs, a line each."""
    return "\n".join(p.text for p in document.paragraphs)


def f1(found: str, gold: str) -> float:
    """Harmonic mean of precision and recall of characters in their order, white space aside."""
    found, gold = bare(found), bare(gold)
    return 2 * LCSseq.similarity(found, gold) / max(1, len(found) + len(gold))


def problems(case: Case, found: str) -> list[str]:
    """What a text holds that it must not, or holds not exactly once."""
    held = bare(found)
    wrong = [f"must not: {words}" for words in case.facts.get("must_not", ()) if bare(words) in held]
    wrong += [f"not once: {w[:20]}" for w in case.facts.get("must_once", ()) if held.count(bare(w)) != 1]
    return wrong


def paragraph_recall(case: Case, found: str) -> float:
    """Share of the gold's paragraphs that are paragraphs of the text, white space aside."""
    lines = {bare(line) for line in found.splitlines()}
    gold = [bare(line) for line in case.gold.splitlines() if bare(line)]
    return sum(line in lines for line in gold) / max(1, len(gold))
