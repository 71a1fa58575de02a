"""A citation: the paragraph of a document, and the characters of it that are evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from corpus import Paragraph
from index import Entry

Span = tuple[int, int]
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
    "turned",
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
        """《标题》（发文机关，成文日期）二、（一）第3段: with the marks of Chinese text, since it is copied into such."""
        about = "，".join(part for part in (self.entry.issuer, self.entry.issued) if part)
        numbers = "".join(
            found.group(0) for heading in self.paragraph.heading_path if (found := NUMBERING.match(heading))
        )
        return (
            f"{in_title_marks(self.entry.title)}{f'（{about}）' if about else ''}{numbers}第{self.paragraph.number}段"
        )

    def to_dict(self) -> dict[str, Any]:
        """As docs/architecture.md gives it; a hit has no `n`."""
        shape: dict[str, Any] = {"n": self.n} if self.n else {}
        return shape | {
            "id": self.id,
            "document": facts_of(self.entry) | {"source": self.entry.names[0]},
            "heading_path": list(self.paragraph.heading_path),
            "paragraph": self.paragraph.number,
            "text": self.paragraph.text,
            "evidence": [list(span) for span in self.evidence],
            "score": round(self.score, 4),
            "also_in": list(self.also_in),
            "printed": self.printed,
        }


def in_title_marks(title: str) -> str:
    """A title in its marks; marks inside of it are single ones (GB/T 15834). One that was supplied has its brackets.

    >>> in_title_marks("关于印发《工作规则》的通知"), in_title_marks("《工作规则》"), in_title_marks("［全市防汛会议］")
    ('《关于印发〈工作规则〉的通知》', '《工作规则》', '［全市防汛会议］')
    """
    if title.startswith("［") and title.endswith("］"):
        return title
    marked = title.startswith("《") and title.endswith("》") and title.count("《") == 1
    inner = title[1:-1] if marked else title
    return f"《{inner.replace('《', '〈').replace('》', '〉')}》"


def facts_of(entry: Entry) -> dict[str, Any]:
    """What programs are told of a document, wherever one is named."""
    return {
        "id": entry.id,
        "title": entry.title,
        "kind": entry.kind,
        "issuer": entry.issuer,
        "number": entry.number,
        "issued": entry.issued,
        "quality": list(entry.quality),
    }
