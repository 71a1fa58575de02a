"""What searching for wording gives."""

from __future__ import annotations

from pydantic import BaseModel, Field

from assistant.api.shapes.citation import CitationShape


class VariantShape(BaseModel):
    """A wording with its citation."""

    text: str = Field(description="原文，一字不改 (the source's own characters)")
    citation: CitationShape = Field(description="出处 (its citation)")


class FamilyShape(VariantShape):
    """Near-same wordings, the one to cite first; of headings a set of siblings."""

    variants: list[VariantShape] = Field(description="相近的写法，或同组标题 (those that differ, or sibling headings)")
    also: list[VariantShape] = Field(default=[], description="也见于，一字不差 (where the same characters stand)")
    score: float = Field(description="得分 (score)")
    tier: str = Field(description="来源等级 (tier of the source)")
    count: int = Field(default=0, description="出现几次 (how often it stands in the library)")
    first: str | None = Field(default=None, description="最早年份 (first year)")
    last: str | None = Field(default=None, description="最晚年份 (last year)")
    patterns: list[str] = Field(default=[], description="标题的共同之处 (what headings share)")
    length: float = Field(default=0.0, description="标题平均字数 (mean length of headings)")


class LineShape(BaseModel):
    """An occurrence in its context."""

    left: str = Field(description="左文 (what stands before)")
    match: str = Field(description="命中 (the words)")
    right: str = Field(description="右文 (what stands behind)")
    citation: CitationShape = Field(description="出处 (its citation)")


class YearShape(BaseModel):
    """A year of a wording."""

    year: str = Field(description="年份 (year)")
    raw: int = Field(description="次数 (how often)")
    distinct: int = Field(description="去重后的次数 (without repeats)")


class CourseShape(BaseModel):
    """A wording through the years."""

    wording: str = Field(description="提法，归一化 (its folded form)")
    total: int = Field(description="共几次 (how often)")
    first: str | None = Field(description="最早年份 (first year)")
    last: str | None = Field(description="最晚年份 (last year)")
    years: list[YearShape] = Field(description="逐年 (year by year)")


class WordingsShape(BaseModel):
    """What was found, and how the query was read."""

    query: str = Field(description="所查 (the query)")
    mode: str = Field(description="meaning 按意思、phrase 原词、pattern 句式、headings 排比标题 (the way of searching)")
    place: str = Field(description="部位 (place in a document)")
    total: int = Field(description="共几处，或几组 (occurrences, or families)")
    families: list[FamilyShape] = Field(description="写法，由好到次 (wordings, best first)")
    occurrences: list[LineShape] = Field(default=[], description="原词、句式的各处 (every occurrence shown)")
    counts: dict[str, int] = Field(default={}, description="按年份、文种或机关计数 (counts)")
    courses: list[CourseShape] = Field(default=[], description="逐年演变 (through the years)")
    took_ms: float = Field(description="用时，毫秒 (milliseconds)")
