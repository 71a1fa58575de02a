"""A question that holds words out to be found (…，出自哪里): their source first, as it stands."""

from __future__ import annotations

from dataclasses import replace

from assistant.quotation import Quotation, look_up_near
from assistant.retrieve import SOURCE_ASKED, Retrieved
from corpus.normal import fold
from index import Filters, FoundPassage, Hit, Snapshot

SURE = 0.85
"""Similarity from which on words are a quotation although nothing asks for their source: 2019年国庆节放假安排 is none."""
SHORTEST = 8
"""Characters of words that are more than a term."""


def with_source(snapshot: Snapshot, asked: str, found: Retrieved, filters: Filters) -> Retrieved:
    """The same with the source of the words in front, if they are a quotation that the library has.

    The words are the evidence then, with the sentences whole that they stand in.
    """
    if not found.checking or found.parts or found.point:
        return found
    places = [(hit.entry, hit.paragraph) for hit in found.recall.hits]
    quotation = look_up_near(snapshot, asked, places, filters)
    if quotation.verdict == "not_found" or len(fold(quotation.quoted)) < SHORTEST:
        return found
    if not SOURCE_ASKED.search(fold(asked)) and quotation.matches[0].similarity < SURE:
        return found
    source = _hit(quotation, found)
    others = [hit for hit in found.recall.hits if (hit.entry.row, hit.paragraph.number) != _place(source)]
    return replace(
        found,
        recall=replace(found.recall, hits=(source, *others)[: max(len(found.recall.hits), 1)]),
        point=(source.passages[0].start, source.passages[0].stop),
        quotation=quotation,
    )


def _place(hit: Hit) -> tuple[int, int]:
    return hit.entry.row, hit.paragraph.number


def _hit(quotation: Quotation, found: Retrieved) -> Hit:
    """The source as a hit; its passage is the evidence, its other scores those that it was found with, if it was."""
    match = quotation.matches[0]
    paragraph = match.citation.paragraph
    text = match.text.split("\n")[0]
    start = paragraph.text.rfind(text, 0, match.citation.evidence[0][0] + len(text))
    hits = found.recall.hits
    known = next((h for h in hits if _place(h) == (match.citation.entry.row, paragraph.number)), None)
    best = max((hit.score for hit in hits), default=0.0)
    passage = FoundPassage(start, start + len(text), known.cosine if known else found.recall.nearest)
    return Hit(
        entry=match.citation.entry,
        paragraph=paragraph,
        passages=(passage,),
        score=best + match.similarity,
        cosine=passage.cosine,
        bm25=known.bm25 if known else max((hit.bm25 for hit in hits), default=0.0),
    )
