"""What asking gives."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from assistant.api.shapes.citation import CitationShape, Hit
from assistant.api.shapes.quotation import HeldOut


class Sentence(BaseModel):
    """A sentence of an answer, verbatim."""

    text: str = Field(description="原文句子，一字不改 (the source's own characters)")
    citation: int = Field(description="出处序号 (number of its citation)")
    of: str = Field(
        "",
        description="逐年、逐地区作答时，是哪年、哪地的文件；逐问作答时，答的是哪一问 (its document's year or place; its question)",
    )


class SynthesisedSentence(BaseModel):
    """A sentence that a language model wrote and that its sources carry; no quotation."""

    text: str = Field(description="语言模型写的句子，不是原文 (a language model's words, not the source's)")
    citations: list[int] = Field(description="所据出处的序号 (numbers of the citations that it rests on)")


class DroppedSentence(BaseModel):
    """Why a sentence of the language model was left out."""

    reason: str = Field(
        description="markup uncited citation long repeated title quotation figure date name sense beside (why)"
    )
    what: str = Field(description="所引段落没有的文字，可为空 (what the cited paragraphs don't have)")


class SynthesisShape(BaseModel):
    """What a language model made of the citations."""

    sentences: list[SynthesisedSentence] = Field(description="核对过的句子 (sentences that passed the check)")
    dropped: list[DroppedSentence] = Field(description="略去的句子 (sentences left out)")
    model: str = Field(description="模型名 (the model's name)")
    failed: str = Field(
        description="没有写成的原因：unreachable slow redirect key status large nonsense empty busy (why there is none)"
    )
    took_ms: float = Field(description="用时，毫秒 (milliseconds)")


class AnswerShape(BaseModel):
    """An answer out of the library, or the word that nothing in it answers."""

    question: str = Field(description="问题 (the question)")
    understood: str = Field(description="按此理解 (the question as it reads by itself)")
    filters: dict[str, Any] = Field(description="查找的限定 (what the search was held to)")
    likely: dict[str, Any] = Field(description="优先查找的 (what was preferred)")
    verdict: Literal["answered", "not_found"] = Field(description="已答，或库内未见依据 (answered or not)")
    reason: str = Field(description="未答的原因代码 (why there is no answer)")
    confidence: float = Field(description="把握，0 至 1 (likelihood that the evidence answers)")
    by: Literal["", "year", "place", "question"] = Field(
        description="逐年、逐地区、逐问作答 (by year, the oldest first, by place, or by question where several were asked)"
    )
    more: int = Field(
        description="第几次问“还有呢”：前面引过的段落不再列出 (how many times more was asked for: nothing is cited twice)"
    )
    missing: list[str] = Field(
        description="库内没有的；逐年、逐地区、逐问作答时，是没有依据的年份、地区、问题 (what is not there; years, places or questions without anything)"
    )
    nearest: list[str] = Field(description="最接近的 (what there is instead)")
    sentences: list[Sentence] = Field(description="回答 (the answer)")
    citations: list[CitationShape] = Field(description="出处 (its citations)")
    hits: list[Hit] = Field(description="命中的段落，由好到次 (the best paragraphs, best first)")
    outside: list[Hit] = Field(
        description="所设筛选之外的相关出处 (sources outside of the filters, not part of the answer)"
    )
    suggestions: list[str] = Field(description="可以试试的问题 (questions to try)")
    quotation: HeldOut | None = Field(description="问题中引文的核对结果 (what became of words held out to be found)")
    synthesis: SynthesisShape | None = Field(
        description="综述；没有设置语言模型时为 null (what a language model made of the citations; null without one)"
    )
    took_ms: float = Field(description="用时，毫秒 (milliseconds)")
