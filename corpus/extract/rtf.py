"""RTF whose Chinese bytes are not declared as such, as some office systems write it."""

from __future__ import annotations

import re

from corpus.extract.text import everyday_share

# A run of escaped bytes above ASCII, or of such bytes as they are.
ESCAPED = re.compile(rb"(?:\\'[89a-fA-F][0-9a-fA-F]){2,400}|[\x81-\xfe]{2,400}")
CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
# Fonts said to hold Western letters (0) or whatever the system has (1).
WESTERN_FONT = re.compile(rb"\\fcharset[01](?!\d)")
# Other scripts of two bytes, and UTF-8: what is declared as these is left as it is.
OTHER_PAGES = (b"932", b"949", b"950", b"65001")
FEWEST_BYTES = 8
EVERYDAY = 0.8
SAMPLE = 2_000
"""Runs that are looked at."""


def declare_gbk(data: bytes) -> bytes:
    """The RTF with GBK (code page 936) declared where its bytes are GBK beyond doubt.

    >>> declare_gbk(rb"{\\rtf1\\ansi \\'c7\\'e5\\'d3\\'d9\\'b9\\'a4\\'d7\\'f7\\par}")
    b"{\\\\rtf1\\\\ansi\\\\ansicpg936 \\\\'c7\\\\'e5\\\\'d3\\\\'d9\\\\'b9\\\\'a4\\\\'d7\\\\'f7\\\\par}"
    """
    page = CODE_PAGE.search(data)
    if (page and page.group(1) in OTHER_PAGES) or not _is_gbk(data):
        return data
    data = WESTERN_FONT.sub(rb"\\fcharset134", data)
    if page:
        return data[: page.start()] + rb"\ansicpg936" + data[page.end() :]
    return data.replace(rb"\ansi", rb"\ansi\ansicpg936", 1)


def _is_gbk(data: bytes) -> bool:
    runs = [found.group() for _, found in zip(range(SAMPLE), ESCAPED.finditer(data), strict=False)]
    raw = [bytes.fromhex(run.replace(b"\\'", b"").decode()) if run.startswith(b"\\") else run for run in runs]
    text = "".join(run.decode("gbk", errors="replace") for run in raw)
    return sum(map(len, raw)) >= FEWEST_BYTES and everyday_share(text) >= EVERYDAY
