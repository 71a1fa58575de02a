"""What looking a quotation up gives: the sources, what differs, where else the words stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.citation import Citation
from assistant.quotation.attribution import Attribution

MARKS = frozenset("，。、；：？！,.;:?!“”\"'‘’《》〈〉（）()—-…·「」『』 ")
Verdict = Literal["verbatim", "differs", "not_found"]


@dataclass(frozen=True)
class Edit:
    """What turns a source into what was typed: `source` at offset `at` of Match.text stands there as `query`."""

    at: int
    source: str
    query: str


@dataclass(frozen=True)
class Match:
    """The whole sentences of a source that hold the words.

    `text` is the source's own; `span` are the aligned words in it, `similarity` 0 to 1, `edits` turn
    text[span] into what was typed. `citation` is of the paragraph, with the aligned words as evidence;
    `following` cites the next paragraphs where the words go on; `reordered` says that the source has the clauses
    in another order, which makes for many edits.
    """

    text: str
    citation: Citation
    span: tuple[int, int]
    similarity: float
    edits: tuple[Edit, ...]
    following: tuple[Citation, ...] = ()
    reordered: bool = False

    @property
    def words(self) -> str:
        """The aligned words, the source's own."""
        return self.text[slice(*self.span)]

    @property
    def only_marks(self) -> bool:
        """Whether punctuation is all that differs."""
        return bool(self.edits) and all({*edit.source, *edit.query} <= MARKS for edit in self.edits)

    @property
    def wrong(self) -> int:
        """How many characters differ."""
        return sum(max(len(edit.source), len(edit.query)) for edit in self.edits)

    def to_dict(self) -> dict[str, Any]:
        """As docs/architecture.md gives it."""
        return {
            "text": self.text,
            "citation": self.citation.to_dict(),
            "span": list(self.span),
            "similarity": round(self.similarity, 4),
            "edits": [{"at": e.at, "source": e.source, "query": e.query} for e in self.edits],
            "only_marks": self.only_marks,
            "reordered": self.reordered,
            "following": [c.to_dict() for c in self.following],
        }


@dataclass(frozen=True)
class Quotation:
    """What became of a quotation.

    `quoted` are the words without what was said of them. `matches` are the best sources, the best first; with
    not_found the nearest wording, if there is any near. `occurrences` are the places where the source's words stand
    word for word, `count` how many there are, `earliest` the first of them with a date. `attributions`
    say for each match whether the words are the document's own there, and what was said of them in vain.
    """

    query: str
    quoted: str
    verdict: Verdict
    matches: tuple[Match, ...] = ()
    occurrences: tuple[Citation, ...] = ()
    count: int = 0
    earliest: Citation | None = None
    attributions: tuple[Attribution, ...] = ()
    took_ms: float = field(default=0.0, compare=False)

    def told(self) -> dict[str, Any]:
        """The verdict and the best source, without the paragraphs."""
        best = self.matches[0].to_dict() | self.attributions[0].to_dict()
        return {"quoted": self.quoted, "verdict": self.verdict} | {
            key: value for key, value in best.items() if key not in ("citation", "following")
        }

    def to_dict(self) -> dict[str, Any]:
        """As docs/architecture.md gives it."""
        return {
            "query": self.query,
            "quoted": self.quoted,
            "verdict": self.verdict,
            "matches": [m.to_dict() | a.to_dict() for m, a in zip(self.matches, self.attributions, strict=True)],
            "occurrences": [c.to_dict() for c in self.occurrences],
            "count": self.count,
            "earliest": self.earliest.to_dict() if self.earliest else None,
            "took_ms": round(self.took_ms, 1),
        }
