"""What programs are given: the JSON of docs/architecture.md field by field, for the page that describes it.

Answers are made by the records themselves (`to_dict`); that they are as said here is what tests hold.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

Span = tuple[int, int]


class Failure(BaseModel):
    """Why a request was refused."""

    error: str = Field(description="一句话：什么不对、怎么办 (what is wrong and what to do)")


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


class Sentence(BaseModel):
    """A sentence of an answer, verbatim."""

    text: str = Field(description="原文句子，一字不改 (the source's own characters)")
    citation: int = Field(description="出处序号 (number of its citation)")


class EditShape(BaseModel):
    """One place where what was typed differs from the source."""

    at: int = Field(description="在 text 中的位置 (offset into text)")
    source: str = Field(description="原文 (the source's characters)")
    query: str = Field(description="所引 (what was typed)")


class UnmetShape(BaseModel):
    """Something said of the words that does not hold."""

    what: str = Field(description="year 年份、speaker 讲话人、place 地方、document 出处")
    said: str = Field(description="所说 (what was said)")
    found: str = Field(description="实为 (what is there)")


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


class MatchShape(Told):
    """A source of the words."""

    citation: CitationShape = Field(description="出处 (its citation)")
    following: list[CitationShape] = Field(description="延续到的后几段 (next paragraphs, where the words go on)")


class HeldOut(Told):
    """The words that a question held out to be found, with their verdict."""

    quoted: str = Field(description="所引文字 (the words)")
    verdict: Literal["verbatim", "differs", "not_found"] = Field(description="结论 (verdict)")


class AnswerShape(BaseModel):
    """An answer out of the library, or the word that nothing in it answers."""

    question: str = Field(description="问题 (the question)")
    understood: str = Field(description="按此理解 (the question as it reads by itself)")
    filters: dict[str, Any] = Field(description="查找的限定 (what the search was held to)")
    likely: dict[str, Any] = Field(description="优先查找的 (what was preferred)")
    verdict: Literal["answered", "not_found"] = Field(description="已答，或库内未见依据 (answered or not)")
    reason: str = Field(description="未答的原因代码 (why there is no answer)")
    confidence: float = Field(description="把握，0 至 1 (likelihood that the evidence answers)")
    missing: list[str] = Field(description="库内没有的 (what is not there)")
    nearest: list[str] = Field(description="最接近的 (what there is instead)")
    sentences: list[Sentence] = Field(description="回答 (the answer)")
    citations: list[CitationShape] = Field(description="出处 (its citations)")
    hits: list[Hit] = Field(description="命中的段落，由好到次 (the best paragraphs, best first)")
    suggestions: list[str] = Field(description="可以试试的问题 (questions to try)")
    quotation: HeldOut | None = Field(description="问题中引文的核对结果 (what became of words held out to be found)")
    took_ms: float = Field(description="用时，毫秒 (milliseconds)")


class QuotationShape(BaseModel):
    """What became of a quotation."""

    query: str = Field(description="所给的文字 (what was given)")
    quoted: str = Field(description="去掉出处后的引文 (the words alone)")
    verdict: Literal["verbatim", "differs", "not_found"] = Field(
        description="逐字一致、有出入、库内未见 (word for word, differs, not in the library)"
    )
    matches: list[MatchShape] = Field(description="来源，由好到次 (sources, best first)")
    occurrences: list[Hit] = Field(description="原文逐字出现的各处 (where the source's words stand)")
    count: int = Field(description="共出现几处 (how many places)")
    earliest: Hit | None = Field(description="有日期的最早一处 (the earliest dated)")
    took_ms: float = Field(description="用时，毫秒 (milliseconds)")


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
