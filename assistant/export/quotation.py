"""核引文 as a sheet: what was quoted, what became of it, the source's own words, where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.citation import Citation
from assistant.export.references import References
from assistant.export.sections import sections
from assistant.export.sheet import Block, Sheet, block, titled
from assistant.messages import say
from assistant.quotation import Quotation
from assistant.telling import difference_lines

NEAREST = 3
"""Sources that are given if the words differ."""
LISTED = 50
"""Places that are listed."""


def quotation_sheet(found: Quotation, language: str = "zh") -> Sheet:
    """The report on one quotation."""
    matches = found.matches[: 1 if found.verdict == "verbatim" else NEAREST]
    places = found.occurrences[:LISTED] if found.verdict != "not_found" else ()
    references = References([*(match.citation for match in matches), *places])
    title = say("export.quotation", language)
    parts = {
        "export.quoted": [block("body", found.query)],
        "export.verdict": list(_verdict(found, language)),
        "export.source": [block("body", m.text, references.mark(m.citation, language)) for m in matches],
        "export.places": list(_places(places, found.count, references, language)),
    }
    return titled(title, (*sections(parts, language), *references.blocks(language)))


def _verdict(found: Quotation, language: str) -> Iterator[Block]:
    yield block("body", f"{say(f'quote.{found.verdict}' if found.matches else 'quote.nothing', language)}。")
    for match, attribution in list(zip(found.matches, found.attributions, strict=True))[:1]:
        yield from (block("body", line) for line in difference_lines(match, attribution, language))


def _places(places: tuple[Citation, ...], count: int, references: References, language: str) -> Iterator[Block]:
    if places:
        yield block("body", say("quote.count", language, count=count))
    for citation in places:
        yield block("body", citation.printed, references.number(citation))
