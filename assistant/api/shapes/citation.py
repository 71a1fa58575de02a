"""A paragraph as answers cite it."""

from __future__ import annotations

from pydantic import BaseModel, Field

Span = tuple[int, int]


class DocumentHead(BaseModel):
    """A document as a citation names it."""

    id: str = Field(description="文档编号，由内容得出 (id, made from its content)")
    title: str = Field(description="题名 (title)")
    kind: str | None = Field(description="文种 (kind)")
    issuer: str | None = Field(description="发文机关 (issuer)")
    number: str | None = Field(description="发文字号 (number)")
    issued: str | None = Field(description="成文日期，YYYY-MM-DD 或 YYYY (date)")
    quality: list[str] = Field(description="文本质量，如 rewritten 疑似伪原创、anonymised 含隐名 (what is doubtful)")


class CitedDocument(DocumentHead):
    """A document that is cited."""

    source: str = Field(description="源文件 (file)")


class Hit(BaseModel):
    """A paragraph that was found."""

    id: str = Field(description="引文编号：文档:段[:起-止] (document:paragraph[:start-end])")
    document: CitedDocument = Field(description="所在文档 (its document)")
    heading_path: list[str] = Field(description="层级标题，由外到内 (headings above it, outermost first)")
    paragraph: int = Field(description="第几段 (number of the paragraph)")
    text: str = Field(description="整段原文 (the whole paragraph)")
    evidence: list[Span] = Field(description="依据的起止：text[起:止] (evidence, as offsets into text)")
    score: float = Field(description="得分，只在一次回答中可比 (score, comparable within one answer)")
    also_in: list[str] = Field(description="也见于 (the same paragraph elsewhere)")
    printed: str = Field(description="印出的出处 (the citation as printed)")


class CitationShape(Hit):
    """A paragraph that is cited."""

    n: int = Field(default=0, description="出处序号，从 1 起；命中没有 (number of the citation; hits have none)")
