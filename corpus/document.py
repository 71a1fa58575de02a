"""The records that reading gives: Source, Paragraph, Removed, Document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

ROLES = (
    "title",
    "subtitle",
    "byline",
    "salutation",
    "opening",
    "heading",
    "body",
    "closing",
    "signature",
    "date",
    "attachment",
    "note",
)
"""部位: what a paragraph is in its document, in the usual order."""

FACTS = (
    "title",
    "kind",
    "issuer",
    "number",
    "issued",
    "place",
    "level",
    "occasion",
    "speaker",
    "office",
    "addressee",
)
"""题名 文种 发文机关 发文字号 成文日期 地域 层级 场合 讲话人 职务 主送 (level: 国 省 市 县 乡)."""

MENTIONS = ("cited", "quotation", "figure", "masked", "slogan", "point")
"""引用文件 引语 数据 隐去的数据 提法 要点."""

RECORDS = ("paragraphs", "removed", "facts", "mentions")
"""What a document has many of, each a record by itself."""

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
class Fact:
    """What a document states of itself: one value, and the words that say so.

    `name` is one of FACTS. The value is read from `paragraph`'s text[start:end]; paragraph 0 is the
    file's name, or a statement of the format itself such as a page's data table. A title over several
    lines names the first.
    """

    name: str
    value: str
    paragraph: int = 0
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Mention:
    """Something that a paragraph's text[start:end] mentions.

    `type` is one of MENTIONS. `value` is what is searched: the title of a cited document (its `by`
    is the 文号 that follows), the words of a quotation (`by`: who said them) or of a slogan, the
    number of a figure as written (`unit`, and `of`: what it counts; masked ones have type "masked"),
    the numeral of a point.
    """

    type: str
    paragraph: int
    start: int
    end: int
    value: str
    by: str | None = None
    unit: str = ""
    of: str = ""


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
    mixed_encoding, unbroken, truncated, pictures, scanned_pages, ocr, turned; in a library also rewritten,
    near-duplicate.
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
    facts: tuple[Fact, ...] = ()
    mentions: tuple[Mention, ...] = ()

    @cached_property
    def id(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of the cleaned paragraphs.

        It depends on the content alone, so it survives moving, renaming and rebuilding.
        """
        content = "\n".join(p.text for p in self.paragraphs)
        return hashlib.sha256(content.encode()).hexdigest()[:ID_LENGTH]

    def fact(self, name: str) -> Fact | None:
        """The fact of a name, None if the document does not state it."""
        return next((fact for fact in self.facts if fact.name == name), None)

    def to_dict(self) -> dict[str, Any]:
        """A dictionary that JSON can hold; `from_dict` reads it back."""
        shape = {each.name: getattr(self, each.name) for each in fields(self)} | {"source": dict(vars(self.source))}
        records = {name: tuple(dict(vars(each)) for each in getattr(self, name)) for name in RECORDS}
        return shape | records

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
                "facts": tuple(Fact(**f) for f in data.get("facts", ())),
                "mentions": tuple(Mention(**m) for m in data.get("mentions", ())),
            }
        )


def paragraph_from_dict(data: dict[str, Any]) -> Paragraph:
    """A Paragraph out of its fields."""
    return Paragraph(
        number=data["number"],
        role=data["role"],
        text=data["text"],
        heading_path=tuple(data["heading_path"]),
        pieces=tuple((a, b) for a, b in data["pieces"]),
    )
