"""What programs may ask for: the fields of each request, their limits, what they mean in Chinese and English."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from assistant.answering import HITS
from assistant.draft.reading import MOST_CHARACTERS
from assistant.question import LONGEST
from assistant.quotation.look_up import LONGEST as LONGEST_QUOTATION
from assistant.quotation.look_up import MATCHES
from assistant.wording import K, Wish
from assistant.wording.pattern import GAP
from index import Filters

MOST = 100
"""Hits, sources or families that one request may ask for."""
LONGEST_HISTORY = 100
"""Earlier questions that may be sent along; the last few are looked at."""
LONGEST_NAME = 500
"""Characters of an id or the value of a filter."""
PARAGRAPHS = 200
"""Paragraphs of a document that a tool gives unless told otherwise: an assistant program reads them all."""
DOCUMENTS, MOST_DOCUMENTS = 100, 1000
"""Documents of one list unless told otherwise, and at the most."""


def not_blank(text: str) -> str:
    """The text, if it says anything."""
    if not text.strip():
        raise PydanticCustomError("blank", "it is blank")
    return text


Name = Annotated[str, Field(max_length=LONGEST_NAME)]
AskedText = Annotated[str, Field(max_length=LONGEST), AfterValidator(not_blank)]
Count = Annotated[int, Field(ge=1, le=MOST)]


class Request(BaseModel):
    """A request; a field that it does not have is refused."""

    model_config = ConfigDict(extra="forbid")


class FilterFields(Request):
    """Which documents to look in."""

    kind: Name | None = Field(default=None, description="文种，如 讲话 (kind)")
    year: Annotated[int, Field(ge=1, le=9999)] | None = Field(default=None, description="成文年份 (year of issue)")
    issuer: Name | None = Field(default=None, description="发文机关 (issuer, or part of its name)")
    folder: Name | None = Field(default=None, description="文库中的文件夹 (folder inside of what was added)")
    level: Literal["国", "省", "市", "县", "乡"] | None = Field(default=None, description="层级 (level)")
    region: Name | None = Field(default=None, description="地域，如 澜川 (place that a document is of)")

    def filters(self) -> Filters:
        """As the library takes them."""
        return Filters(
            kind=self.kind,
            year=self.year,
            issuer=self.issuer,
            folder=self.folder,
            level=self.level,
            region=self.region,
        )


Held = Annotated[FilterFields, Field(description="只看这些文档 (look only in these documents)")]


class AskRequest(Request):
    """A question."""

    question: AskedText = Field(description="问题 (the question)")
    history: list[Annotated[str, Field(max_length=LONGEST)]] = Field(
        default=[],
        max_length=LONGEST_HISTORY,
        description="同一对话中先前的问题，由早到晚 (earlier questions, oldest first)",
    )
    filters: Held = FilterFields()
    k: Count = Field(default=HITS, description="列出几个段落 (paragraphs to list)")
    plain: bool = Field(
        default=False, description="不按问题中提到的文件、地名、年份限定 (search everywhere, whatever it names)"
    )


class QuoteRequest(Request):
    """A quotation to look up."""

    quotation: Annotated[str, Field(max_length=LONGEST_QUOTATION), AfterValidator(not_blank)] = Field(
        description="要核对的引文，可连同所说的出处 (the words, with or without what is said of their source)"
    )
    filters: Held = FilterFields()
    k: Count = Field(default=MATCHES, description="列出几处来源 (sources to list)")


class WordingRequest(Request):
    """A need for wording."""

    query: Annotated[str, Field(max_length=LONGEST)] = Field(
        default="", description="意思、原词、句式或标题主题；给了 place 可空 (a need, phrase, pattern or theme)"
    )
    mode: Literal["", "meaning", "phrase", "pattern", "headings"] = Field(
        default="",
        description="meaning 按意思、phrase 原词、pattern 句式（空处写 …）、headings 排比标题；默认看所写而定"
        " (the way of searching; by the looks of the query unless told)",
    )
    place: Literal["", "opening", "transition", "achievement", "problem", "measure", "closing"] = Field(
        default="",
        description="部位：opening 开头、transition 过渡、achievement 成绩、problem 问题、measure 措施、closing 结尾"
        " (place in a document)",
    )
    gap: Annotated[int, Field(ge=1, le=1000)] = Field(default=GAP, description="句式空处最多几字 (longest gap)")
    sort: Literal["left", "right", "date"] | None = Field(
        default=None, description="按左文、右文或日期排列 (order of occurrences)"
    )
    count: Literal["year", "kind", "issuer"] | None = Field(
        default=None, description="按年份、文种或机关计数 (count occurrences by)"
    )
    all: bool = Field(default=False, description="原词、句式的每一处都要 (every occurrence)")
    courses: bool = Field(default=False, description="逐年演变 (through the years)")
    filters: Held = FilterFields()
    k: Count = Field(default=K, description="列出几条 (how many to list)")

    def wish(self) -> Wish:
        """As the search takes it."""
        return Wish(
            mode=self.mode,
            place=self.place,
            gap=self.gap,
            sort=self.sort,
            count=self.count,
            whole=self.all,
            courses=self.courses or self.count == "year",
        )


class CheckRequest(Request):
    """A draft's text to check."""

    text: Annotated[str, Field(max_length=MOST_CHARACTERS), AfterValidator(not_blank)] = Field(
        description="稿件全文，每段一行 (the draft, a paragraph a line)"
    )


class ListRequest(FilterFields):
    """Which documents to list."""

    offset: Annotated[int, Field(ge=0, le=10**9)] = Field(default=0, description="跳过前几篇 (how many to skip)")
    limit: Annotated[int, Field(ge=1, le=MOST_DOCUMENTS)] = Field(
        default=DOCUMENTS, description="最多列出几篇 (how many to list)"
    )


class ShowRequest(Request):
    """A document, or a stretch of it."""

    id: Name = Field(description="文档编号，或足以区分的前几位 (its id, or enough of its first digits)")
    start: Annotated[int, Field(ge=1, le=10**9)] = Field(default=1, description="从第几段开始 (first paragraph)")
    count: Annotated[int, Field(ge=1, le=10**9)] = Field(
        default=PARAGRAPHS, description="最多给出几段 (paragraphs at the most)"
    )
