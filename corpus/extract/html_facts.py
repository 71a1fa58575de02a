"""What a web page states of its document: in its head, and in the table of data that official pages carry."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

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
LONGEST_LABEL = 12


def facts_of(root: HtmlElement) -> dict[str, str]:
    """title, issuer, number and issued, as far as the page states them."""
    facts: dict[str, str] = {}
    for name in META_TITLE:
        for meta in root.xpath("//meta[@name=$n or @property=$n]/@content", n=name):
            facts.setdefault("title", " ".join(str(meta).split()))
    for cell in root.iter("td", "th"):
        label, following = label_of(cell), cell.getnext()
        if label in FACT_LABELS and following is not None:  # more exact than what the head says
            value = " ".join(following.text_content().split())
            if value:
                facts[FACT_LABELS[label]] = value
    return {key: value for key, value in facts.items() if 0 < len(value) <= 200}


def label_of(cell: HtmlElement) -> str:
    """The text of a short cell without white space, colons and brackets."""
    text = cell.text_content() if len(cell) < LONGEST_LABEL else ""
    return re.sub(r"[\s\u3000:：\[\]【】]", "", text[: 4 * LONGEST_LABEL])[:LONGEST_LABEL]
