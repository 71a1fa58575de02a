"""A quotation with its source, as it is copied into other texts."""

from __future__ import annotations

import re

from assistant.citation import Citation

# What Markdown reads as markup; a backslash in front makes it a character.
MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$&])")
REPORT = re.compile("报告$")


def plain(text: str, citation: Citation) -> str:
    """The words in quotation marks, and where they stand."""
    return f"“{text}”——{citation.printed}"


def gbt7714(text: str, citation: Citation) -> str:
    """A reference by GB/T 7714-2015: 责任者. 题名: 发文字号[类型]. 日期: 页码, with the paragraph for the page.

    Types are those of its annex B: R for a report, Z for anything else that is published nowhere.
    What is unknown of a document is left out.
    """
    entry = citation.entry
    title = entry.title.strip("《》")
    named = f"{title}: {entry.number}" if entry.number else title
    kind = "R" if REPORT.search(entry.kind or title) else "Z"
    author = f"{entry.issuer}. " if entry.issuer else ""
    where = f"第{citation.paragraph.number}段"
    return (
        f"{author}{named}[{kind}]. {entry.issued}: {where}." if entry.issued else f"{author}{named}[{kind}]. {where}."
    )


def markdown(text: str, citation: Citation) -> str:
    """A block quotation; characters of the text that Markdown would read as markup are escaped."""
    lines = "\n".join(f"> {escaped(line)}" for line in text.split("\n"))
    return f"{lines}\n>\n> —— {escaped(citation.printed)}"


def escaped(text: str) -> str:
    """A text that Markdown shows as its characters.

    >>> escaped("![图](x)")
    '\\\\!\\\\[图\\\\]\\\\(x\\\\)'
    """
    return MARKUP.sub(r"\\\1", text)


FORMS = {"plain": plain, "gbt7714": gbt7714, "markdown": markdown}
"""By the names of `youju quote --copy`."""
