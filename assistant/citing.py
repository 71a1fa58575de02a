"""A quotation with its source, as it is copied into other texts."""

from __future__ import annotations

import re

from assistant.citation import WARNINGS, Citation
from assistant.messages import say
from index import Entry

# What Markdown reads as markup, and what it makes links of: a backslash in front makes it a character.
MARKUP = re.compile(r"[\\`*_\[\]<>|~$&{}@]|:(?=//)|(?<=www)\.", re.I)
# The same at the beginning of a line: headings, lists, rules.
BEGINNING = re.compile(r"\A([ \t]*)(?:([#+=!-])|(\d{1,9})([.)]))")
REPORT = re.compile("报告$")
HARMLESS = "near-duplicate"
"""The one warning that says nothing against a text."""


def plain(text: str, citation: Citation) -> str:
    """The words in quotation marks, where they stand, and what is doubtful about them."""
    return f"“{text}”——{citation.printed}{doubts(citation.entry)}"


def doubts(entry: Entry, language: str = "zh") -> str:
    """What goes along with every word of a document whose text is doubtful; "" for any other."""
    told = "；".join(told_doubts(entry, language))
    return f"（※{told}）" if told else ""


def told_doubts(entry: Entry, language: str = "zh") -> list[str]:
    """Each thing that is doubtful about a document's text, the gravest first."""
    return [say(f"quality.{flag}", language) for flag in WARNINGS if flag in entry.quality and flag != HARMLESS]


def gbt7714(text: str, citation: Citation) -> str:
    """The reference by GB/T 7714-2015 of the paragraph that the words stand in."""
    return reference(citation.entry, citation.paragraph.number) + doubts(citation.entry)


def reference(entry: Entry, paragraph: int | None = None) -> str:
    """A document by GB/T 7714-2015: 责任者. 题名: 发文字号[类型]. 日期: 页码, with the paragraph for the page.

    Types are those of its annex B: R for a report; Z for anything else, as it has none for laws, notices and
    speeches. What is unknown of a document is left out (8.1.4, 8.8.2 allow it for authors).
    """
    title = entry.title.strip("《》")
    named = f"{title}: {entry.number}" if entry.number else title
    kind = "R" if REPORT.search(entry.kind or title) else "Z"
    author = f"{entry.issuer}. " if entry.issuer else ""
    where = ": ".join(part for part in (entry.issued, f"第{paragraph}段" if paragraph else "") if part)
    return f"{author}{named}[{kind}].{f' {where}.' if where else ''}"


def markdown(text: str, citation: Citation) -> str:
    """A block quotation; characters of the text that Markdown would read as markup are escaped."""
    lines = "\n".join(f"> {escaped(line)}" for line in text.split("\n"))
    return f"{lines}\n>\n> —— {escaped(citation.printed + doubts(citation.entry))}"


def escaped(text: str) -> str:
    """A line that Markdown shows as its characters.

    >>> escaped("![图](x)，增长3.2%"), escaped("1.加强领导"), escaped("http://甲")
    ('\\\\!\\\\[图\\\\](x)，增长3.2%', '1\\\\.加强领导', 'http\\\\://甲')
    """
    text = MARKUP.sub(r"\\\g<0>", text)
    return BEGINNING.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", text, count=1)


FORMS = {"plain": plain, "gbt7714": gbt7714, "markdown": markdown}
"""By the names of `youju quote --copy`."""
