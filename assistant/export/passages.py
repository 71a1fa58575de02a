"""Words of the library by the ids of their citations: a list of them, each with its mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.citation import Citation
from assistant.excerpts import cited
from assistant.export.references import References
from assistant.export.sheet import Block, Sheet, block, titled
from assistant.messages import say
from assistant.wording import Wordings
from assistant.wording.concordance import Line, sentence_around
from index import DocumentUnknown, Library

SHORT = 60
"""Characters of a question or query that can stand as a title or heading."""


def read_places(library: Library, ids: Iterable[str]) -> list[Citation]:
    """Their citations, without those that name nothing in the library. Raises IndexingError."""
    found = []
    for id_ in ids:
        try:
            citation = cited(library, id_)
        except DocumentUnknown:
            citation = None
        if citation:
            found.append(citation)
    return found


def words(citation: Citation) -> str:
    """The evidence, the source's own characters."""
    return "……".join(citation.paragraph.text[a:b] for a, b in citation.evidence)


def passage(citation: Citation, references: References, language: str) -> Block:
    """The words with their mark."""
    return block("body", words(citation), references.mark(citation, language))


def passages_sheet(library: Library, query: str, ids: Sequence[str], language: str = "zh") -> Sheet:
    """Wordings that were found for a query."""
    citations = read_places(library, ids)
    references = References(citations)
    name = say("export.wordings", language)
    title = say("export.wordings_of", language, query=query) if 0 < len(query) <= SHORT else name
    asked = [block("body", query)] if len(query) > SHORT else []
    listed = [passage(c, references, language) for c in citations] or [block("body", say("wording.none", language))]
    return titled(title, (*asked, *listed, *references.blocks(language)))


def places_of(found: Wordings) -> list[str]:
    """The ids of what a search for wording shows: heads of families, sets of headings whole, or sentences of lines."""
    if found.lines:
        return list(dict.fromkeys(map(place_of_line, found.lines)))
    return [
        variant.citation.id
        for family in found.families
        for variant in (family.head, *(family.variants if family.patterns else ()))
    ]


def place_of_line(line: Line) -> str:
    """The id of the sentences that an occurrence stands in."""
    start, stop = sentence_around(line)
    return f"{line.citation.entry.id}:{line.citation.paragraph.number}:{start}-{stop}"
