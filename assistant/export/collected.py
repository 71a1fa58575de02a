"""摘录本 as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.excerpts import Excerpt, notes
from assistant.export.passages import passage, read_places
from assistant.export.references import References
from assistant.export.sheet import Block, Sheet, block, titled
from assistant.messages import say
from index import Library


def collected_sheet(library: Library, excerpts: Sequence[Excerpt], language: str = "zh") -> Sheet:
    """Each with its mark; what the library has no more, so that nobody can check it, says so beside itself."""
    known = {c.id: c for c in read_places(library, (e.id for e in excerpts if not e.gone))}
    references = References([known[e.id] for e in excerpts if e.id in known])
    blocks: list[Block] = []
    for excerpt in excerpts:
        if excerpt.id in known:
            blocks.append(passage(known[excerpt.id], references, language))
        else:
            blocks += _gone(excerpt, language)
    none = [] if blocks else [block("body", say("excerpt.none", language))]
    return titled(say("excerpt.title", language), (*blocks, *none, *references.blocks(language)))


def _gone(excerpt: Excerpt, language: str) -> Iterator[Block]:
    yield block("body", f"{excerpt.text}——{excerpt.printed}")
    yield from (block("remark", f"※ {note}") for note in notes(excerpt, language))
