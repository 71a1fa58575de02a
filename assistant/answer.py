"""The Answer: one shape for the web page, the command line, the API and the tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.citation import Citation
from assistant.quotation.records import Quotation
from assistant.synthesis.records import Synthesis

Verdict = Literal["answered", "not_found"]


@dataclass(frozen=True)
class Sentence:
    """A sentence of the answer: the source's own characters, the number of its citation, and in an answer that goes
    through years or places, whose document that is `of`; in one to several questions, which of them it answers."""

    text: str
    citation: int
    of: str = ""

    def to_dict(self) -> dict[str, Any]:
        """`of` only where there is one."""
        return {"text": self.text, "citation": self.citation} | ({"of": self.of} if self.of else {})


@dataclass(frozen=True)
class Answer:
    """An answer out of the library, or the word that nothing in it answers.

    `filters` are what the search was held to, also by what the question names; `likely` what the
    question was taken to mean and that lifted documents without shutting others out, `expanded` the
    abbreviations in it that were looked for in full, or the other way round. `confidence`
    is the likelihood, 0 to 1, that the evidence answers. `by` says that the question went through the years or the
    places ("year", "place"): there is a sentence out of a document of each, in their order, and `missing` are those asked for
    that have none; or through several questions ("question"), each answered by itself, but for those that are `missing`. `more` says how many times
    more of the same was asked for (还有呢): what was cited before is left out. `aside` is what the question names and was not held to.

    With `not_found`, `sentences` and `citations` are empty; `reason` is a code that says why
    (nothing, far, number, document, place, ordinal, year, figure, masked, time, person, reason,
    particular, more), `missing` names what is not there, `nearest` what there is instead, and
    `suggestions` are questions to try. `outside` are the sources that lie outside of the filters asked for
    and would be cited without them: told beside the answer, never part of it. `synthesis` is what a language model made of the citations, if one is set
    and was asked.
    """

    question: str
    understood: str
    filters: dict[str, Any]
    verdict: Verdict
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Citation, ...]
    suggestions: tuple[str, ...] = ()
    reason: str = ""
    confidence: float = 0.0
    missing: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    likely: dict[str, Any] = field(default_factory=dict)
    quotation: Quotation | None = None
    outside: tuple[Citation, ...] = ()
    synthesis: Synthesis | None = None
    by: str = ""
    aside: tuple[str, ...] = ()
    more: int = 0
    took_ms: float = field(default=0.0, compare=False)

    @property
    def apart(self) -> tuple[Citation, ...]:
        """The hits without those that a hit before them names as its twin."""
        told: set[str] = set()
        shown = []
        for hit in self.hits:
            if hit.id not in told:
                shown.append(hit)
            told.update(hit.also_in)
        return tuple(shown)

    def to_dict(self) -> dict[str, Any]:
        """As docs/architecture.md gives it."""
        return {
            "question": self.question,
            "understood": self.understood,
            "filters": self.filters,
            "likely": self.likely,
            "verdict": self.verdict,
            "reason": self.reason,
            "confidence": round(self.confidence, 4),
            "by": self.by,
            "more": self.more,
            "missing": list(self.missing),
            "nearest": list(self.nearest),
            "sentences": [s.to_dict() for s in self.sentences],
            "citations": [c.to_dict() for c in self.citations],
            "hits": [h.to_dict() for h in self.hits],
            "outside": [c.to_dict() for c in self.outside],
            "suggestions": list(self.suggestions),
            "quotation": self.quotation.told() if self.quotation else None,
            "synthesis": self.synthesis.to_dict() if self.synthesis else None,
            "took_ms": round(self.took_ms, 1),
        }
