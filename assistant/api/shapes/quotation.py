"""What looking a quotation up gives."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from assistant.api.shapes.citation import CitationShape, Span

Verdict = Literal["verbatim", "differs", "not_found"]


class EditShape(BaseModel):
    """One place where what was typed differs from the source."""

    at: int = Field(description="在 text 中的位置 (offset into text)")
    source: str = Field(description="原文 (the source's characters)")
    query: str = Field(description="所引 (what was typed)")


class UnmetShape(BaseModel):
    """Something said of the words that does not hold."""

    what: str = Field(
        description="year 年份、speaker 讲话人、place 地方、document 出处 (year, speaker, place or document)"
    )
    said: str = Field(description="所说 (what was said)")
    found: str = Field(description="实为 (what is there)")


class UnstatedShape(BaseModel):
    """What was said of the words, and their document says nothing of."""

    what: str = Field(description="year 年份、speaker 讲话人 (year or speaker)")
    said: str = Field(description="所说 (what was said)")


class Told(BaseModel):
    """Words compared with their source."""

    text: str = Field(description="原文整句 (whole sentences of the source)")
    span: Span = Field(description="所引部分在 text 中的起止 (the aligned words in text)")
    similarity: float = Field(description="相似度，0 至 1 (similarity)")
    edits: list[EditShape] = Field(description="逐字差异，由原文到所引 (turn text[span] into what was typed)")
    only_marks: bool = Field(description="只有标点不同 (only punctuation differs)")
    reordered: bool = Field(description="语序不同 (in another order)")
    origin: str = Field(description="own 本文原话、quoted 转引 (the document's own words, or quoted there)")
    by: str | None = Field(description="转引自谁 (whose words they are)")
    unmet: list[UnmetShape] = Field(description="所说出处中不对的 (what was said in vain)")
    unstated: list[UnstatedShape] = Field(
        description="所说出处中无从核对的，原文没有写明 (what was said, and the document says nothing of)"
    )


class MatchShape(Told):
    """A source of the words."""

    citation: CitationShape = Field(description="出处 (its citation)")
    following: list[CitationShape] = Field(description="延续到的后几段 (next paragraphs, where the words go on)")


class HeldOut(Told):
    """The words that a question held out to be found, with their verdict."""

    quoted: str = Field(description="所引文字 (the words)")
    verdict: Verdict = Field(description="结论 (verdict)")


class QuotationShape(BaseModel):
    """What became of a quotation."""

    query: str = Field(description="所给的文字 (what was given)")
    quoted: str = Field(description="去掉出处后的引文 (the words alone)")
    verdict: Verdict = Field(description="逐字一致、有出入、库内未见 (word for word, differs, not in the library)")
    matches: list[MatchShape] = Field(description="来源，由好到次 (sources, best first)")
    occurrences: list[CitationShape] = Field(description="原文逐字出现的各处 (where the source's words stand)")
    count: int = Field(description="共出现几处 (how many places)")
    earliest: CitationShape | None = Field(description="有日期的最早一处 (the earliest dated)")
    took_ms: float = Field(description="用时，毫秒 (milliseconds)")
