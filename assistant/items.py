"""What a lead-in leads in: 应当符合下列条件： answers nothing without the conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.evidence import Evidence
from corpus import Paragraph
from corpus.sentences import sentence_spans
from index import FoundPassage, Hit, Snapshot

MOST, LONGEST = 8, 900
"""Items that follow one lead-in into the answer, and characters of all of them."""
NUMBERED = r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[①-⑳]|[一二三四五六七八九十]是"
ITEM = re.compile(rf"\s*(?:{NUMBERED}|第[一二三四五六七八九十\d]{{1,3}}[步项])")
# The list begins in the paragraph of its lead-in and goes on below.
BEGUN = re.compile(rf"[：:]\s*(?:{NUMBERED})")
LESS = 0.01
"""Weight that an item has less than what stands before it."""


def with_items(snapshot: Snapshot, chosen: Sequence[Evidence]) -> list[Evidence]:
    """The same pieces of evidence, behind each that ends its paragraph and leads in a list the items of this, also
    those that were chosen by themselves; behind a colon without a list the sentence that follows.
    """
    led = [(e, list(_items(snapshot, e))) for e in chosen]
    items = {place_of(item) for _, below in led for item in below}
    pieces = (piece for e, below in led if place_of(e) not in items for piece in (e, *below))
    return list({(place_of(piece), piece.start): piece for piece in pieces}.values())


def place_of(piece: Evidence) -> tuple[int, int]:
    """The paragraph that it stands in: the row of its document and its number."""
    return piece.hit.entry.row, piece.hit.paragraph.number


def _items(snapshot: Snapshot, lead: Evidence) -> Iterator[Evidence]:
    paragraph = lead.hit.paragraph
    if paragraph.text[lead.end :].strip() or not (lead.text.rstrip().endswith(("：", ":")) or BEGUN.search(lead.text)):
        return
    row, left = lead.hit.entry.row, LONGEST
    below = snapshot.paragraphs([(row, paragraph.number + n) for n in range(1, MOST + 1)])
    for n in range(1, MOST + 1):
        item = below.get((row, paragraph.number + n))
        if n == 1 and item and lead.text.rstrip().endswith(("：", ":")) and _continues(item, paragraph):
            yield Evidence(hit_of(lead.hit, item), 0, sentence_spans(item.text)[0][1], lead.weight - LESS)
            return
        if item is None or not _is_item(item, paragraph) or len(item.text) > left:
            return
        left -= len(item.text)
        yield Evidence(hit_of(lead.hit, item), 0, len(item.text), lead.weight - n * LESS)


def _is_item(below: Paragraph, lead: Paragraph) -> bool:
    """Whether a paragraph is an item under a lead-in: numbered, and in the same part of the document, or in one that
    its own beginning is taken to head."""
    inside = below.heading_path[: len(lead.heading_path)] == lead.heading_path
    sentence = below.role == "heading" and below.text.rstrip().endswith(("。", "；"))
    alike = below.role == lead.role or (lead.role, below.role) == ("opening", "body")
    return inside and (alike or sentence) and ITEM.match(below.text) is not None


def _continues(below: Paragraph, lead: Paragraph) -> bool:
    """Whether a paragraph goes on where a colon ends the one above: 计算公式为：, 大会的主题是：."""
    here = below.heading_path == lead.heading_path and below.role == lead.role == "body"
    return here and ITEM.match(below.text) is None and bool(below.text.strip())


def hit_of(lead: Hit, item: Paragraph) -> Hit:
    """An item was not searched for: it stands by what its lead-in was found with."""
    passage = FoundPassage(0, len(item.text), lead.cosine)
    return Hit(lead.entry, item, (passage,), lead.score, lead.cosine, lead.bm25)
