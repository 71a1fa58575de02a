"""Documents, and what the library holds."""

from __future__ import annotations

from pydantic import BaseModel, Field

from assistant.api.shapes.citation import DocumentHead


class Listed(DocumentHead):
    """A document in a list."""

    sources: list[str] = Field(description="源文件 (files)")


class DocumentList(BaseModel):
    """Documents that pass the filters."""

    total: int = Field(description="共几篇 (how many there are)")
    documents: list[Listed] = Field(description="文档 (documents)")


class FactShape(BaseModel):
    """What a document states of itself, and the words that say so."""

    name: str = Field(description="title kind issuer number issued place level occasion speaker office addressee")
    value: str = Field(description="值 (value)")
    paragraph: int = Field(description="据第几段；0 为文件本身 (where it stands; 0: the file itself)")
    start: int = Field(description="起 (start)")
    end: int = Field(description="止 (end)")


class HeadingShape(BaseModel):
    """A heading of a document."""

    paragraph: int = Field(description="第几段 (number of the paragraph)")
    level: int = Field(description="层级，从 1 起 (depth, from 1)")
    text: str = Field(description="标题 (heading)")


class ParagraphShape(BaseModel):
    """A paragraph of a document."""

    number: int = Field(description="第几段 (number)")
    role: str = Field(description="部位：title opening heading body closing … (what it is)")
    text: str = Field(description="原文 (text)")
    heading_path: list[str] = Field(description="层级标题 (headings above it)")


class DocumentShape(Listed):
    """A document, or a stretch of it."""

    family: list[str] = Field(description="同源文档的编号，以第一篇为准 (near-duplicates; cite the first)")
    facts: list[FactShape] = Field(description="文中写明的题名、机关、日期等 (what it states of itself)")
    outline: list[HeadingShape] = Field(description="目录 (headings)")
    total: int = Field(description="全文共几段 (paragraphs of the whole)")
    paragraphs: list[ParagraphShape] = Field(description="自然段 (paragraphs)")


class Health(BaseModel):
    """The state of the library."""

    generation: int = Field(description="版本号 (number of the published state)")
    documents: int = Field(description="文档数 (documents)")
    paragraphs: int = Field(description="自然段数 (paragraphs)")
    passages: int = Field(description="检索片段数 (passages)")
