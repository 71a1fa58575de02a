"""The Answer: one shape for the web page, the command line, the API and the tests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus import Paragraph
from index import Entry

Span = tuple[int, int]
Verdict = Literal["answered", "not_found"]
# What of a heading its printed form keeps: 二、 of 二、突出重点，持续发力.
NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十百零〇\d]+[编章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、])"
)
WARNINGS = (
    "rewritten",
    "anonymised",
    "truncated",
    "ocr",
    "scanned_pages",
    "pictures",
    "mixed_encoding",
    "traditional",
    "near-duplicate",
)
"""Quality flags that whoever cites a document has to know, the gravest first."""


@dataclass(frozen=True)
class Citation:
    """引文出处: a paragraph with the spans in it that are evidence.

    `n` counts from 1 in the order of the answer; 0 for a hit that the answer does not use.
    paragraph.text[start:end] is the evidence, always. `twins` are near-same paragraphs that were found
    too, and are not listed in their own right.
    """

    n: int
    entry: Entry
    paragraph: Paragraph
    evidence: tuple[Span, ...]
    score: float
    twins: tuple[Citation, ...] = ()

    @property
    def also_in(self) -> tuple[str, ...]:
        """The ids of the twins."""
        return tuple(twin.id for twin in self.twins)

    @property
    def id(self) -> str:
        """<document id>:<paragraph>[:<start>-<end>], stable over rebuilding and moving."""
        base = f"{self.entry.id}:{self.paragraph.number}"
        if not self.n or not self.evidence:
            return base
        return f"{base}:{min(a for a, _ in self.evidence)}-{max(b for _, b in self.evidence)}"

    @property
    def printed(self) -> str:
        """《标题》(发文机关,成文日期)二、(一)第3段"""
        about = ",".join(part for part in (self.entry.issuer, self.entry.issued) if part)
        numbers = "".join(
            found.group(0) for heading in self.paragraph.heading_path if (found := NUMBERING.match(heading))
        )
        return (
            f"《{self.entry.title.strip('《》')}》{f'({about})' if about else ''}{numbers}第{self.paragraph.number}段"
        )

    def to_dict(self) -> dict[str, Any]:
        """As docs/architecture.md gives it; a hit has no `n`."""
        entry = self.entry
        shape: dict[str, Any] = {"n": self.n} if self.n else {}
        return shape | {
            "id": self.id,
            "document": {
                "id": entry.id,
                "title": entry.title,
                "kind": entry.kind,
                "issuer": entry.issuer,
                "number": entry.number,
                "issued": entry.issued,
                "source": entry.names[0],
                "quality": list(entry.quality),
            },
            "heading_path": list(self.paragraph.heading_path),
            "paragraph": self.paragraph.number,
            "text": self.paragraph.text,
            "evidence": [list(span) for span in self.evidence],
            "score": round(self.score, 4),
            "also_in": list(self.also_in),
            "printed": self.printed,
        }


@dataclass(frozen=True)
class Sentence:
    """A sentence of the answer: the source's own characters, and the number of its citation."""

    text: str
    citation: int


@dataclass(frozen=True)
class Answer:
    """An answer out of the library, or the word that nothing in it answers.

    `filters` are what the search was held to, also by what the question names; `likely` what the
    question was taken to mean and that lifted documents without shutting others out. `confidence`
    is the likelihood, 0 to 1, that the evidence answers.

    With `not_found`, `sentences` and `citations` are empty; `reason` is a code that says why
    (nothing, far, number, document, place, ordinal, year, figure, masked, time, person, reason,
    particular), `missing` names what is not there, `nearest` what there is instead, and
    `suggestions` are questions to try.
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
    took_ms: float = field(default=0.0, compare=False)

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
            "missing": list(self.missing),
            "nearest": list(self.nearest),
            "sentences": [{"text": s.text, "citation": s.citation} for s in self.sentences],
            "citations": [c.to_dict() for c in self.citations],
            "hits": [h.to_dict() for h in self.hits],
            "suggestions": list(self.suggestions),
            "took_ms": round(self.took_ms, 1),
        }
