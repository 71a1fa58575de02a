"""The records that reading gives: Source, Paragraph, Removed, Document."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Any

ROLES = (
    "title",
    "byline",
    "salutation",
    "opening",
    "heading",
    "body",
    "closing",
    "signature",
    "date",
)
"""部位: what a paragraph is in its document, in the usual order."""

ID_LENGTH = 12
"""Hexadecimal digits of a document id: 48 bits, so a clash within a million documents has odds of 0.2 %."""


@dataclass(frozen=True)
class Source:
    """源文件: a file as given.

    `name` is how people know it (its path inside the folder that was added); `origin` is the
    absolute path that tells two files of one name apart; `sha256` is of its bytes.
    """

    name: str
    origin: str
    sha256: str
    media_type: str


@dataclass(frozen=True)
class Paragraph:
    """自然段: the unit that a citation names.

    `number` counts from 1 over the whole document. `heading_path` holds the titles above it,
    outermost first. `pieces` maps back to the extracted text: each (a, b) says that the
    characters from text[a] on stand at b and following there, up to the next piece.
    """

    number: int
    role: str
    text: str
    heading_path: tuple[str, ...] = ()
    pieces: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Removed:
    """What cleaning took out: its text, the step that did, its offset in the extracted text."""

    text: str
    step: str
    at: int


@dataclass(frozen=True)
class Document:
    """文档: one official document out of a source, cleaned and structured.

    `kind` 文种, `issuer` 发文机关, `number` 发文字号; `issued` 成文日期 as YYYY-MM-DD, or YYYY when
    that is all there is. What is unknown is None. `quality` holds flags: anonymised, traditional,
    mixed_encoding, unbroken; in a library also rewritten, near-duplicate.
    """

    source: Source
    title: str
    kind: str | None
    issuer: str | None
    number: str | None
    issued: str | None
    quality: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    removed: tuple[Removed, ...] = field(default=())

    @property
    def id(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of the cleaned paragraphs.

        It depends on the content alone, so it survives moving, renaming and rebuilding.
        """
        content = "\n".join(p.text for p in self.paragraphs)
        return hashlib.sha256(content.encode()).hexdigest()[:ID_LENGTH]

    def to_dict(self) -> dict[str, Any]:
        """A dictionary that JSON can hold; `from_dict` reads it back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Document:
        """The inverse of `to_dict`, also after a trip through JSON."""
        return cls(
            **{
                **data,
                "source": Source(**data["source"]),
                "quality": tuple(data["quality"]),
                "paragraphs": tuple(paragraph_from_dict(p) for p in data["paragraphs"]),
                "removed": tuple(Removed(**r) for r in data["removed"]),
            }
        )


def paragraph_from_dict(data: dict[str, Any]) -> Paragraph:
    """A Paragraph out of what `asdict` made of one."""
    return Paragraph(
        number=data["number"],
        role=data["role"],
        text=data["text"],
        heading_path=tuple(data["heading_path"]),
        pieces=tuple((a, b) for a, b in data["pieces"]),
    )
