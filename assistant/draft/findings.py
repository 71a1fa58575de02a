"""What checking a draft gives: findings at places of it, what of it is copied, what of it is rewritten."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.citation import Citation
from assistant.draft.claims import Kind
from assistant.quotation import Edit, Unmet, Unstated
from corpus.rewritten import Suspicion

Verdict = Literal["verbatim", "differs", "not_found"]


@dataclass(frozen=True)
class Finding:
    """Characters [start, end) of a paragraph of the draft against the library.

    `original` are the source's own words, of which `edits` make the draft's; they begin at `begin` of the whole
    sentences in which the edits count. `wrong` is how many characters differ, `only_marks` says that all of them are punctuation. With not_found, `source` is the nearest
    wording, if there is any. `note` is a code: figure, date, number (beside a source) or marks; `unmet` is what
    the draft says of the quotation and does not hold, `unstated` what can't be told from the source; `places` in how many places the words stand.
    """

    paragraph: int
    start: int
    end: int
    text: str
    kind: Kind
    verdict: Verdict
    source: Citation | None = None
    original: str = ""
    edits: tuple[Edit, ...] = ()
    wrong: int = 0
    note: str = ""
    unmet: tuple[Unmet, ...] = ()
    unstated: tuple[Unstated, ...] = ()
    places: int = 0
    begin: int = 0

    def to_dict(self) -> dict[str, Any]:
        """As docs/checking.md gives it."""
        return {
            "paragraph": self.paragraph,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "kind": self.kind,
            "verdict": self.verdict,
            "source": self.source.to_dict() if self.source else None,
            "original": self.original,
            "edits": [{"at": e.at, "source": e.source, "query": e.query} for e in self.edits],
            "wrong": self.wrong,
            "note": self.note,
            "unmet": [{"what": u.what, "said": u.said, "found": u.found} for u in self.unmet],
            "unstated": [{"what": u.what, "said": u.said} for u in self.unstated],
            "places": self.places,
        }


@dataclass(frozen=True)
class CopiedSentence:
    """A sentence of the draft that stands in the library for `share` of its characters, 0 to 1.

    `marked` says that the draft gives most of it as the words of others.
    """

    paragraph: int
    start: int
    end: int
    text: str
    share: float
    marked: bool
    source: Citation

    def to_dict(self) -> dict[str, Any]:
        """As docs/checking.md gives it."""
        return {
            "paragraph": self.paragraph,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "share": round(self.share, 4),
            "marked": self.marked,
            "source": self.source.to_dict(),
        }


@dataclass(frozen=True)
class Copied:
    """复写率: how many characters of the draft stand in the library, and how many of them are marked as quoted."""

    characters: int = 0
    copied: int = 0
    marked: int = 0
    sentences: tuple[CopiedSentence, ...] = ()

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.copied / self.characters if self.characters else 0.0

    def to_dict(self) -> dict[str, Any]:
        """As docs/checking.md gives it."""
        return {
            "share": round(self.share, 4),
            "characters": self.characters,
            "copied": self.copied,
            "marked": self.marked,
            "sentences": [s.to_dict() for s in self.sentences],
        }


@dataclass(frozen=True)
class Checked:
    """A draft that was checked: findings in the order of its text."""

    draft: str
    findings: tuple[Finding, ...]
    copied: Copied
    rewritten: tuple[Suspicion, ...]
    took_ms: float = field(default=0.0, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """As docs/checking.md gives it."""
        rewritten = [
            {"paragraph": s.paragraph, "start": s.start, "end": s.end, "text": s.word, "likely": list(s.likely)}
            for s in self.rewritten
        ]
        return {
            "draft": self.draft,
            "findings": [f.to_dict() for f in self.findings],
            "copied": self.copied.to_dict(),
            "rewritten": rewritten,
            "took_ms": round(self.took_ms, 1),
        }
