"""Web pages: the blocks of the element that holds the document, without the page around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from corpus.errors import Refused
from corpus.extract.extracted import Extracted
from corpus.extract.text import decode

CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
# Never part of a document's text.
SKIPPED = {
    "script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "button",
    "select", "option", "textarea", "input", "iframe", "object", "svg", "canvas", "video", "audio",
}  # fmt: skip
BLOCKS = {
    "p", "div", "td", "th", "tr", "table", "tbody", "li", "ul", "ol", "dl", "dt", "dd", "section",
    "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr",
    "body", "html", "center", "caption", "figure", "figcaption", "fieldset", "address", "label",
}  # fmt: skip
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.I)
HIDING_RULE = re.compile(r"\.([\w-]{1,60})\s*\{[^{}]{0,300}display\s*:\s*none", re.I)
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|breadcrumb|crumb|sidebar|share|related|recommend|copyright|footer|"
    r"toolbar|banner|login|search|pagination|hot-?list)",
    re.I,
)
# An element named like furniture that holds more sentences than this is the document after all.
FURNITURE_SENTENCES = 5
SPACE = re.compile(r"[ \t\r\n\f]+")
CHINESE_GAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")
SENTENCE = re.compile(r"[。；！？，]")
# 政府信息公开 pages carry a table of the document's data; each label and the field it fills.
FACT_LABELS = {
    "标题": "title",
    "名称": "title",
    "发文机关": "issuer",
    "发布机构": "issuer",
    "发文字号": "number",
    "文号": "number",
    "成文日期": "issued",
}
META_TITLE = ("ArticleTitle", "og:title")


def extract_html(data: bytes) -> Extracted:
    """The text of a saved web page, a block a line; its data table and head give the facts."""
    text, mixed = _decode_html(data)
    try:
        root = lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused("damaged", str(error)[:80]) from error
    facts = _facts(root)
    hidden = {m.group(1) for style in root.iter("style") for m in HIDING_RULE.finditer(style.text or "")}
    main = _main_element(root, hidden)
    lines = _blocks(main, hidden)
    if "title" in facts and not any(facts["title"] in line for line in lines[:8]):
        lines.insert(0, facts["title"])
    return Extracted("\n".join(lines), whole_lines=True, facts=facts, flags=("mixed_encoding",) if mixed else ())


def _decode_html(data: bytes) -> tuple[str, bool]:
    declared = CHARSET.search(data[:4096])
    if declared:
        name = declared.group(1).decode("ascii").lower()
        encoding = "gb18030" if name in ("gb2312", "gbk") else name
        try:
            return data.decode(encoding), False
        except (UnicodeDecodeError, LookupError):
            pass  # the page says one thing and is another
    return decode(data)


def _skipped(element: lxml.html.HtmlElement, hidden: set[str]) -> bool:
    if not isinstance(element.tag, str) or element.tag in SKIPPED:
        return True
    if element.tag in ("body", "html"):
        return False  # some pages hide the whole body until their script has run
    classes = element.get("class") or ""
    if "hidden" in element.attrib or HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    if hidden and not hidden.isdisjoint(classes.split()):
        return True
    if not (FURNITURE.search(classes) or FURNITURE.search(element.get("id") or "")):
        return False
    return (element.text_content() or "").count("。") <= FURNITURE_SENTENCES


def _main_element(root: lxml.html.HtmlElement, hidden: set[str]) -> lxml.html.HtmlElement:
    """The innermost element that still holds nine tenths of the page's sentences."""
    weight: dict[lxml.html.HtmlElement, int] = {}

    def weigh(element: lxml.html.HtmlElement, depth: int) -> int:
        if depth > 200 or _skipped(element, hidden):
            return 0
        total = len(SENTENCE.findall(element.text or ""))
        for child in element:
            total += weigh(child, depth + 1) + len(SENTENCE.findall(child.tail or ""))
        weight[element] = total
        return total

    whole = weigh(root, 0)
    element = root
    while True:
        heavy = [c for c in element if weight.get(c, 0) >= 0.9 * whole and c.tag in BLOCKS]
        if not heavy or heavy[0].tag == "p":
            return element
        element = heavy[0]


def _blocks(element: lxml.html.HtmlElement, hidden: set[str]) -> list[str]:
    """The text of each block; the cells of a table row stand in one line, parted by tabs."""
    lines: list[str] = []
    current: list[str] = []

    def end() -> None:
        line = _tidy("".join(current))
        current.clear()
        if line:
            lines.append(line)

    for kind, text in _walk(element, hidden, 0):
        if kind == "text":
            current.append(text)
        else:
            end()
    end()
    return lines


def _tidy(text: str) -> str:
    cells = [CHINESE_GAP.sub("", SPACE.sub(" ", cell)).strip() for cell in text.split("\x00")]
    return "\t".join(cell for cell in cells if cell)


def _walk(element: lxml.html.HtmlElement, hidden: set[str], depth: int) -> Iterator[tuple[str, str]]:
    if depth > 200 or _skipped(element, hidden):
        return
    if element.tag == "tr" and _is_data_row(element):
        yield "break", ""
        for cell in element:
            if isinstance(cell.tag, str):
                yield "text", "\x00" + "".join(t for k, t in _inner(cell, hidden, depth) if k == "text")
        yield "break", ""
        return
    breaks = element.tag in BLOCKS or element.tag == "br"
    if breaks:
        yield "break", ""
    yield from _inner(element, hidden, depth)
    if breaks:
        yield "break", ""


def _inner(element: lxml.html.HtmlElement, hidden: set[str], depth: int) -> Iterator[tuple[str, str]]:
    if element.text:
        yield "text", element.text
    for child in element:
        yield from _walk(child, hidden, depth + 1)
        if child.tail:
            yield "text", child.tail


def _is_data_row(row: lxml.html.HtmlElement) -> bool:
    """A row of data has several cells and no inner table; a layout row holds the page itself."""
    cells = [c for c in row if c.tag in ("td", "th")]
    filled = [c for c in cells if (c.text_content() or "").strip()]
    return len(filled) > 1 and not any(c.xpath(".//table") or len(c.text_content()) > 1500 for c in cells)


def _page_title(root: lxml.html.HtmlElement) -> str:
    """The head's title without the site's name behind it."""
    title = " ".join((root.findtext(".//title") or "").split())
    return re.split(r"\s*[-_|–—]\s*", title)[0]


def _facts(root: lxml.html.HtmlElement) -> dict[str, str]:
    facts: dict[str, str] = {}
    for name in META_TITLE:
        for meta in root.xpath("//meta[@name=$n or @property=$n]/@content", n=name):
            facts.setdefault("title", " ".join(str(meta).split()))
    headings = [" ".join((h.text_content() or "").split()) for h in root.iter("h1")]
    for heading in [*headings, _page_title(root)]:
        if 6 <= len(heading) <= 80 and "：" not in heading[-1:] and ">" not in heading:
            facts.setdefault("title", heading)
    for cell in root.iter("td", "th"):
        label = re.sub(r"[\s\u3000:：\[\]【】]", "", cell.text_content() or "")[:12]
        following = cell.getnext()
        if label in FACT_LABELS and following is not None:  # more exact than what the head says
            value = " ".join((following.text_content() or "").split())
            if value:
                facts[FACT_LABELS[label]] = value
    return {key: value for key, value in facts.items() if 0 < len(value) <= 200}
