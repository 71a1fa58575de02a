"""The paragraphs of an Answer: those that it cites, and those that it lists as found."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.citation import Citation, Span
from assistant.evidence import Evidence
from assistant.retrieve import Retrieved
from index import Hit

AROUND = 0.4
"""Share of the list that is held for documents around a place that is named."""
Place = tuple[int, int]
"""A paragraph: the row of its document and its number."""


def cited(chosen: Sequence[Evidence], found: Retrieved) -> list[Citation]:
    """A citation for each paragraph that the pieces of evidence stand in, in their order."""
    spans = {id(hit): tuple(sorted((e.start, e.end) for e in chosen if e.hit is hit)) for hit in _hits_of(chosen)}
    return [_citation(n, hit, spans[id(hit)], found) for n, hit in enumerate(_hits_of(chosen), 1)]


def listed(found: Retrieved, chosen: Sequence[Evidence], first: Sequence[Evidence], k: int) -> tuple[Citation, ...]:
    """The k best paragraphs found, the best first; before them those that the reason of a refusal speaks of (`first`),
    last those cited that were not searched for: the items of a list. Of more than k that are cited the first k.
    """
    spans = {_place(hit): tuple((e.start, e.end) for e in first if e.hit is hit) for hit in _hits_of(first)}
    cited_too = _hits_of(chosen)
    hits = [*_hits_of(first), *found.recall.hits, *found.recall.besides, *cited_too]
    hits = list({_place(hit): hit for hit in hits}.values())
    kept = _kept(hits, [_place(hit) for hit in cited_too], found.around, k)
    return tuple(_citation(0, hit, spans.get(_place(hit)) or _best(hit), found) for hit in kept)


def told_in(citations: Sequence[Citation]) -> set[Place]:
    """The paragraphs that are cited, and those that say nearly the same."""
    every = (one for citation in citations for one in (citation, *citation.twins))
    return {(one.entry.row, one.paragraph.number) for one in every}


def _kept(hits: Sequence[Hit], cited: Sequence[Place], around: Collection[int], k: int) -> list[Hit]:
    """k of the hits: what is cited, the first others, and for the rest documents `around` a place that is named: else
    its own documents crowd out what holds for the whole country, and so there, too.
    """
    at = {_place(hit): i for i, hit in enumerate(hits)}
    kept = [at[place] for place in dict.fromkeys(cited)][:k]
    held = int(AROUND * k) if around else 0
    others = [i for i in range(len(hits)) if i not in kept]
    kept += others[: max(0, k - len(kept) - held)]
    kept += [i for i in others if hits[i].entry.row in around and i not in kept][: k - len(kept)]
    kept += [i for i in others if i not in kept][: k - len(kept)]
    return [hits[i] for i in sorted(kept)]


def _place(hit: Hit) -> Place:
    return hit.entry.row, hit.paragraph.number


def _best(hit: Hit) -> tuple[Span, ...]:
    return ((hit.passages[0].start, hit.passages[0].stop),)


def _hits_of(chosen: Sequence[Evidence]) -> list[Hit]:
    return list({id(e.hit): e.hit for e in chosen}.values())


def _citation(n: int, hit: Hit, spans: tuple[Span, ...], found: Retrieved) -> Citation:
    twins = found.twins.get(_place(hit), ())
    also = tuple(Citation(0, twin.entry, twin.paragraph, (), twin.score) for twin in twins)
    return Citation(n, hit.entry, hit.paragraph, spans, hit.score, also)
