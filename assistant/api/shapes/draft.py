"""What checking a draft gives."""

from __future__ import annotations

from pydantic import BaseModel, Field

from assistant.api.shapes.citation import CitationShape
from assistant.api.shapes.quotation import EditShape, UnmetShape, UnstatedShape, Verdict


class PlaceShape(BaseModel):
    """Characters of the draft."""

    paragraph: int = Field(description="稿件第几段，空段不计 (paragraph of the draft, blank ones aside)")
    start: int = Field(description="起 (start)")
    end: int = Field(description="止 (end)")
    text: str = Field(description="稿件中的文字 (the draft's own characters)")


class FindingShape(PlaceShape):
    """A place of the draft against the library."""

    kind: str = Field(description="quoted 引语、reported 转述、titled 据文件、run 复写、figure 数据 (what it is)")
    verdict: Verdict = Field(description="逐字一致、有出入、库内未见 (word for word, differs, not in the library)")
    source: CitationShape | None = Field(description="出处；库内未见时为最接近的 (source, or the nearest)")
    original: str = Field(description="原文 (the source's own words)")
    edits: list[EditShape] = Field(description="逐字差异 (differences)")
    wrong: int = Field(description="几字有出入 (characters that differ)")
    note: str = Field(description="figure 数字不同、marks 仅标点、date、number (what is wrong)")
    unmet: list[UnmetShape] = Field(description="所说出处中不对的 (what was said in vain)")
    unstated: list[UnstatedShape] = Field(
        description="所说出处中无从核对的，原文没有写明 (what was said, and the document says nothing of)"
    )
    places: int = Field(description="库内共几处 (places with these words)")


class CopiedSentenceShape(PlaceShape):
    """A sentence of the draft that stands in the library."""

    share: float = Field(description="复写比例，0 至 1 (share of its characters)")
    marked: bool = Field(description="已标明为引用 (given as quoted)")
    source: CitationShape = Field(description="出处 (source)")


class CopiedShape(BaseModel):
    """How much of the draft stands in the library."""

    share: float = Field(description="复写率，0 至 1 (share of the draft)")
    characters: int = Field(description="全文字数 (characters)")
    copied: int = Field(description="见于库内的字数 (characters that stand in the library)")
    marked: int = Field(description="其中标明为引用的 (of these given as quoted)")
    sentences: list[CopiedSentenceShape] = Field(description="涉及的句子 (sentences)")


class SwapShape(PlaceShape):
    """A word that a machine may have swapped."""

    likely: list[str] = Field(description="可能的原词 (likely originals)")


class CheckedShape(BaseModel):
    """A draft that was checked."""

    draft: str = Field(description="稿件名 (its name)")
    findings: list[FindingShape] = Field(description="逐处核对结果 (findings, in the order of the text)")
    copied: CopiedShape = Field(description="复写率 (how much is copied)")
    rewritten: list[SwapShape] = Field(description="疑似机器改写的用词 (words perhaps swapped by a machine)")
    took_ms: float = Field(description="用时，毫秒 (milliseconds)")
