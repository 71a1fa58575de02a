"""Tables as documents: a row each where a column holds whole texts, else the whole table as one."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import Refused
from corpus.extract.extracted import Extracted
from corpus.extract.table import Row, Table

# Names of columns, as people and programs write them; the first named is preferred.
TEXT = ("正文", "全文", "正文内容", "全文内容", "文章内容", "文件内容", "公文内容", "内容", "文本", "文章", "content", "text", "body", "fulltext", "full_text")  # fmt: skip
FACTS = {
    "title": ("标题", "题名", "题目", "文件名称", "文件标题", "公文标题", "文章标题", "名称", "title", "headline"),
    "issuer": ("发文机关", "发文单位", "发文机构", "发布机构", "发布机关", "制定机关", "印发机关", "机关", "issuer"),
    "number": ("发文字号", "文号", "发文号", "字号", "document_number", "doc_number", "number"),
    "issued": ("成文日期", "发文日期", "印发日期", "发文时间", "成文时间", "发布日期", "发布时间", "日期", "issued", "issue_date", "publish_date", "pub_date", "date"),
}  # fmt: skip
# 内容 heads the texts of one table and the tasks of another: it must hold sentences, or stand beside titles.
VAGUE = {"内容", "文章", "文本"}
# Characters that a cell under such a name holds when it is a text; fewer where a title stands beside it.
TEXT_LENGTH = 60
TITLED_LENGTH = 20
# A table may have its own title and notes above the names of its columns.
HEADER_ROWS = 10
SAMPLE_ROWS = 200
# 2024-03-05 and 2024/3/5 and 20240305, with or without a time of day.
DATE = re.compile(r"((?:19|20)\d{2})(?:[-/.](\d{1,2})[-/.](\d{1,2})|(\d{2})(\d{2}))(?:[T\s].*)?", re.S)


@dataclass(frozen=True)
class Columns:
    """Where the text and the facts of a table stand; `below` the index of the first row under the names."""

    text: int
    facts: dict[str, int]
    below: int


def text_columns(table: Table) -> Columns | None:
    """The columns of a table whose rows are documents, or None for any other table."""
    for index, row in enumerate(table.rows[:HEADER_ROWS]):
        names = [_plain(cell) for cell in row.cells]
        for wanted in TEXT:
            if wanted in names:
                found = Columns(names.index(wanted), _facts(names), index + 1)
                return found if wanted not in VAGUE or _holds_texts(table.rows[index + 1 :], found) else None
    return None


def _plain(name: str) -> str:
    return "".join(name.lower().split()).strip(":：*")


def _facts(names: Sequence[str]) -> dict[str, int]:
    found = {fact: next((names.index(w) for w in wanted if w in names), None) for fact, wanted in FACTS.items()}
    return {fact: column for fact, column in found.items() if column is not None}


def _holds_texts(rows: Sequence[Row], columns: Columns) -> bool:
    lengths = [len(cell) for row in rows[:SAMPLE_ROWS] if (cell := _cell(row, columns.text))]
    return bool(lengths) and statistics.median(lengths) >= (TITLED_LENGTH if "title" in columns.facts else TEXT_LENGTH)


def _cell(row: Row, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""


def row_text(row: Row, columns: Columns) -> Extracted:
    """The text of one row under its title; what the other columns state are its facts.

    Raises Refused: the row's own refusal, or `empty`.
    """
    if row.refused:
        raise row.refused
    text = _cell(row, columns.text)
    if not text.strip():
        raise Refused("empty")
    facts = {fact: value for fact, column in columns.facts.items() if (value := _cell(row, column).strip())}
    if "issued" in facts:
        facts["issued"] = long_date(facts["issued"])
    title = "".join(facts.get("title", "").split("\n"))
    if title:
        facts["title"] = title
        if not _begins_with(text, title):
            text = f"{title}\n{text}"
    return Extracted(text, facts=facts)


def _begins_with(text: str, title: str) -> bool:
    return "".join(text[: 3 * len(title) + 100].split()).startswith("".join(title.split()))


def long_date(value: str) -> str:
    """A date as documents write it; anything else as it is.

    >>> long_date("2024/3/5 09:30"), long_date("20240305"), long_date("二〇二四年三月五日")
    ('2024年3月5日', '2024年3月5日', '二〇二四年三月五日')
    """
    found = DATE.fullmatch(value.strip())
    if not found:
        return value
    year, month, day = found.group(1), found.group(2) or found.group(4), found.group(3) or found.group(5)
    return f"{year}年{int(month)}月{int(day)}日"


def table_text(table: Table) -> Extracted:
    """A table as one text: a row a line, a tab between cells, so that a row can be cited.

    >>> table_text(Table("", (Row(1, ("街道", "河道\\n条数")), Row(2, ("南山", "6"))))).text
    '街道\\t河道 条数\\n南山\\t6'
    """
    lines = ["\t".join(" ".join(cell.split()) for cell in row.cells) for row in table.rows if not row.refused]
    return Extracted("\n".join(lines), whole_lines=True)
