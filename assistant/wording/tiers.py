"""Which source of a wording to trust first: what an authority issued, what a site shares, what was made unreadable."""

from __future__ import annotations

import re

from index import Entry

TIERS = ("official", "shared", "anonymised", "rewritten")
"""官方原件, 网络文本, 隐名文本, 疑似伪原创: in the order in which they are cited."""
# What only an authority writes, and every copy of which says so in its title.
OFFICIAL = re.compile(
    r"政府工作报告|全国(?:人民)?代表大会|第[一二三四五六七八九十]+次全国代表大会|国务院|人民政府(?!门户)|^中华人民共和国"
)
UNSURE = frozenset({"anonymised", "truncated", "ocr", "mixed_encoding"})


def tier_of(entry: Entry) -> int:
    """The place of a document's source in TIERS, from 0.

    What is flagged as rewritten or as missing its names is that, whatever it says of itself; official is what
    states an issuer or a number, or is a report or law by its title.
    """
    if "rewritten" in entry.quality:
        return TIERS.index("rewritten")
    if UNSURE & set(entry.quality):
        return TIERS.index("anonymised")
    if entry.number or entry.issuer or OFFICIAL.search(entry.title):
        return TIERS.index("official")
    return TIERS.index("shared")
