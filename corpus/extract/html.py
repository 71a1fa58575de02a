"""Web pages: the lines of the element that holds the document, without the page around it."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from corpus.errors import Refused
from corpus.extract.extracted import Extracted
from corpus.extract.html_crossed import without_crossed_ends
from corpus.extract.html_facts import facts_of
from corpus.extract.html_headings import headings_of
from corpus.extract.html_lines import PageLine, page_lines
from corpus.extract.html_main import Page
from corpus.extract.html_title import page_title, subtitles
from corpus.extract.text import decode, gb18030

CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
# What stands for a byte that no encoding knows.
UNREADABLE = "\ufffd"
# What belongs to a document although it stands between its title and its text: number, date, second title.
UNDER_TITLE = re.compile(
    r".{1,14}〔\d{4}〕\s*\d{1,5}\s*号|[（(]\d{4}年\d{1,2}月\d{1,2}日[^（）()]{0,30}[）)]|——.{2,60}"
)

# And what belongs to it although it stands behind its text.
ATTACHMENT = re.compile(r"附件\s*[\d一二三四五六七八九十]{0,3}\s*[:：.、].{2,80}")


def extract_html(data: bytes) -> Extracted:
    """The text of a saved web page, a block a line; its data table and head give the facts."""
    text, mixed = _decode_html(data)
    mixed = mixed or UNREADABLE in text
    text = text.replace(UNREADABLE, "")  # a stray byte, which stands for nothing
    try:
        root = lxml.html.document_fromstring(without_crossed_ends(text), parser=lxml.html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused("damaged", str(error)[:80]) from error
    page = Page(root)
    facts = facts_of(root)
    title = page_title(page, facts.get("title"))
    if title:
        facts["title"] = title.text
    if page.is_link_list(page.main):
        raise Refused("no_body")
    lines = _document_lines(page, title.text if title and title.above else None)
    return Extracted(
        "\n".join(line.text for line in lines),
        whole_lines=True,
        facts=facts,
        flags=("mixed_encoding",) if mixed else (),
        headings=headings_of(lines, facts.get("title", "")),
    )


def _document_lines(page: Page, title: str | None) -> list[PageLine]:
    """The lines of the main element, under the title and what belongs to it that stand above."""
    lines = page_lines(page.root, page.main, page.left_out)
    inside = _without_related([line for line in lines if line.inside])
    last = max((i for i, line in enumerate(lines) if line.inside), default=0)
    inside += [line for line in lines[last + 1 :] if ATTACHMENT.fullmatch(line.text)]
    if title is None or any(bare(title) in bare(line.text) for line in inside[:8]):
        return inside
    start = lines.index(inside[0]) if inside else 0
    below = max((i + 1 for i in range(start) if bare(title) in bare(lines[i].text)), default=start)
    second = subtitles(page)
    between = [x for x in lines[below:start] if UNDER_TITLE.fullmatch(x.text) or bare(x.text) in second]
    return [PageLine(title), *between, *inside]


def _without_related(lines: list[PageLine]) -> list[PageLine]:
    """The lines without those that only lead to other texts, from a label such as 延伸阅读： on."""
    kept: list[PageLine] = []
    related = False
    for line in lines:
        related = line.related or (related and line.linked)
        if not related:
            kept.append(line)
    return kept


def _decode_html(data: bytes) -> tuple[str, bool]:
    declared = CHARSET.search(data[:4096])
    if declared:
        name = declared.group(1).decode("ascii").lower()
        try:
            return gb18030(data) if name in ("gb2312", "gbk", "gb18030") else data.decode(name), False
        except (UnicodeDecodeError, LookupError):
            pass  # the page says one thing and is another
    return decode(data)


def bare(text: str) -> str:
    """Without white space."""
    return "".join(text.split())
