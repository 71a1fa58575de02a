"""Which lines are headings, and how the styles of headings rank in this document.

A heading is a line of its own above running text: numbered, marked by the format, or told by its
looks: short, without end punctuation, between paragraphs that end, and with siblings like it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.structure.numbered import numbered, spoken_heads
from corpus.structure.numbering import read_numbering, read_spoken
from corpus.structure.plain import bulleted_heads, plain_heads, stopped_heads
from corpus.structure.ranks import PLAIN_RANK, STOPPED_RANK, Heading, rank_plain, ranked

ARTICLE = re.compile(r"^第[一二三四五六七八九十百零〇\d]{1,6}条")
FEWEST_ARTICLES = 5
BARE_RANK = {"一": 4.0, "（": 5.0}


def find_headings(texts: Sequence[str], free: Sequence[bool], marked: Mapping[int, int]) -> dict[int, Heading]:
    """The headings by their line's index.

    `free` says which lines may be headings at all (the rest is title, signature, table …); `marked`
    holds the level of lines that the format marks as headings.
    """
    numbers = [read_numbering(text) for text in texts]
    found: dict[int, Heading] = {}
    for i in numbered(texts, numbers, free):
        number = numbers[i]
        found[i] = Heading(number.rank if number else BARE_RANK["（" if texts[i][0] in "（(" else "一"], number)
    for i in spoken_heads(texts, free, found):
        spoken = read_spoken(texts[i])
        if spoken:
            found[i] = Heading(STOPPED_RANK if texts[i].endswith("。") else spoken.rank, spoken)
    found = ranked(found)
    if sum(bool(ARTICLE.match(text)) for text in texts) >= FEWEST_ARTICLES:
        return found  # a law has chapters and articles, and short articles that look like headings
    bulleted = bulleted_heads(texts, numbers, free)
    plain = plain_heads(texts, numbers, free, found | dict.fromkeys(bulleted, Heading(PLAIN_RANK)), marked)
    stopped = stopped_heads(texts, numbers, free, {*found, *plain, *bulleted})
    found |= {i: Heading(STOPPED_RANK) for i in stopped}
    return found | rank_plain(texts, plain, bulleted, found, marked)
