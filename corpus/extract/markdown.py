"""Markdown: its marks are taken off, its words are kept."""

from __future__ import annotations

import re

from corpus.extract.extracted import Extracted
from corpus.extract.text import decode

COMMENT = re.compile(r"<!--.{0,2000}?-->", re.S)
IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)")
LINK = re.compile(r"\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)")
HEADING = re.compile(r"^#{1,6}[ \t]+", re.M)
BULLET = re.compile(r"^[ \t]*[*+-][ \t]+", re.M)
STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1")
RULE = re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}$", re.M)
# A list entry that is nothing but a link leads elsewhere: it is the page's menu, not its text.
MENU_ENTRY = re.compile(
    r"^[ \t]*(?:[*+-][ \t]+)?(?:#{1,6}[ \t]*)?(?:!?\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)[ \t]*)+$", re.M
)
TITLE = re.compile(r"\A\s*(?:#[ \t]+|Title:[ \t]*)(.{2,200})")
# What programs that save web pages as Markdown put before the page.
SAVED_PAGE = re.compile(r"^(?:Title|URL Source|Published Time|Markdown Content):.*$", re.M)


def extract_markdown(data: bytes) -> Extracted:
    """The words of a Markdown file; the first heading or the saved page's title is its title."""
    text, mixed = decode(data)
    text = text.replace("\r\n", "\n")
    found = TITLE.match(text)
    facts = {"title": found.group(1).split(" - ")[0].strip()} if found else {}
    for pattern in (COMMENT, MENU_ENTRY, SAVED_PAGE, IMAGE):
        text = pattern.sub("", text)
    text = LINK.sub(r"\1", text)
    for pattern in (RULE, HEADING, BULLET):
        text = pattern.sub("", text)
    text = STRONG.sub(r"\2", text)
    if facts and SAVED_PAGE.search(found.group(0) if found else ""):
        text = facts["title"] + "\n" + text
    return Extracted(text, facts=facts, flags=("mixed_encoding",) if mixed else ())
