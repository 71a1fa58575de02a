"""Markdown: its marks are taken off, its words are kept; of a saved web page only the document is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.extract.extracted import Extracted
from corpus.extract.text import decode

COMMENT = re.compile(r"<!--.{0,2000}?-->", re.S)
IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)")
LINK = re.compile(r"\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)")
HEADING = re.compile(r"(#{1,6})[ \t]+")
CLOSING_MARKS = re.compile(r"(?<![ \t])[ \t]+#{1,6}[ \t]*\Z")
BULLET = re.compile(r"\A[ \t]*[*+-][ \t]+")
STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1")
THEMATIC_BREAK = re.compile(r"[ \t]*(?:[-*_=][ \t]*){3,}")
TABLE_RULE = re.compile(r"[ \t]*+(?:\|[ \t]*+)?:?-{2,}+:?[ \t]*+(?:\|[ \t]*+:?-{2,}+:?[ \t]*+)*+\|?[ \t]*+")
TABLE_ROW = re.compile(r"[ \t]*\|(.*)\|[ \t]*")
# A list entry that is nothing but a link leads elsewhere: it is the page's menu, not its text.
MENU_ENTRY = re.compile(r"[ \t]*(?:[*+-][ \t]+)?(?:#{1,6}[ \t]*)?(?:!?\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)[ \t]*)+")
# What programs that save web pages as Markdown put before the page.
SAVED_PAGE = re.compile(r"(?:Title|URL Source|Published Time|Markdown Content):.*")
SAVED_TITLE = re.compile(r"\A\s*Title:[ \t]*(.{2,200})")
LONGEST_BOLD = 40
"""Characters of a line in bold that is a heading."""
BOLD_LEVEL = 7


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """`level` is the number of its # marks, 7 for a short line all in bold, 0 for text."""

    text: str
    level: int = 0


def extract_markdown(data: bytes) -> Extracted:
    """The words of a Markdown file; the first heading or the saved page's title is its title."""
    text, mixed = decode(data)
    text = COMMENT.sub("", text.replace("\r\n", "\n"))
    saved = SAVED_TITLE.match(text)
    lines = [_unmarked(line) for line in text.split("\n") if not _is_menu(line)]
    title = saved.group(1).split(" - ")[0].strip() if saved else _first_heading(lines)
    if saved:
        lines = _document_part(lines, title)
    return Extracted(
        "\n".join(line.text for line in lines),
        facts={"title": title} if title else {},
        flags=("mixed_encoding",) if mixed else (),
        headings=_headings(lines, title),
    )


def _is_menu(line: str) -> bool:
    return bool(
        MENU_ENTRY.fullmatch(line) or SAVED_PAGE.fullmatch(line) or (TABLE_RULE.fullmatch(line) and "|" in line)
    )


def _unmarked(line: str) -> MarkedLine:
    if THEMATIC_BREAK.fullmatch(line):
        return MarkedLine("")
    line = LINK.sub(r"\1", IMAGE.sub("", line))
    row = TABLE_ROW.fullmatch(line)
    if row:
        line = "\t".join(cell.strip() for cell in row.group(1).split("|"))
    heading = HEADING.match(line)
    level = len(heading.group(1)) if heading else 0
    line = CLOSING_MARKS.sub("", line[heading.end() :]) if heading else BULLET.sub("", line)
    bold = STRONG.fullmatch(line.strip())
    if bold and not level and len(bold.group(2)) <= LONGEST_BOLD and bold.group(2)[-1] not in "。；，":
        level = BOLD_LEVEL
    return MarkedLine(STRONG.sub(r"\2", line), level)


def _first_heading(lines: list[MarkedLine]) -> str:
    first = next((line for line in lines if line.text.strip()), MarkedLine(""))
    return first.text.strip() if first.level == 1 and len(first.text.strip()) > 1 else ""


def _document_part(lines: list[MarkedLine], title: str) -> list[MarkedLine]:
    """From the heading that is the saved page's title to the one that repeats it, for telephones or printing."""
    wanted = "".join(title.split())
    places = [i for i, line in enumerate(lines) if line.level and "".join(line.text.split()) == wanted]
    if not places:
        return [MarkedLine(title, 1), *lines]
    return lines[places[0] : places[1] if len(places) > 1 else None]


def _headings(lines: list[MarkedLine], title: str) -> tuple[tuple[int, int], ...]:
    """Offset and level of the headings but the title; levels count from 1 over the kinds that are there."""
    marked = [line.level if line.text.strip() != title and line.text.strip() else 0 for line in lines]
    levels = {kind: level for level, kind in enumerate(sorted(set(marked) - {0}), 1)}
    found: list[tuple[int, int]] = []
    offset = 0
    for line, kind in zip(lines, marked, strict=True):
        if kind:
            found.append((offset, levels[kind]))
        offset += len(line.text) + 1
    return tuple(found)
