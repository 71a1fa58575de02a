"""问答 as a sheet: each question with the sentences that answer it, out of the library by their citations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.export.passages import SHORT, passage, read_places
from assistant.export.references import References
from assistant.export.sections import ordinal
from assistant.export.sheet import Block, Sheet, block, heading, titled
from assistant.messages import say
from index import Library


@dataclass(frozen=True)
class Turn:
    """A question, and the ids of the citations whose words answer it; none if nothing in the library does."""

    question: str
    places: tuple[str, ...] = ()


def turn_of(answer: Answer) -> Turn:
    """What of an answer is exported."""
    places = (f"{c.entry.id}:{c.paragraph.number}:{a}-{b}" for c in answer.citations for a, b in c.evidence)
    return Turn(answer.question, tuple(places))


def answers_sheet(library: Library, turns: Sequence[Turn], language: str = "zh") -> Sheet:
    """One answer under its question, or a chat with a heading for each. Raises IndexingError."""
    found = [read_places(library, turn.places) for turn in turns]
    references = References([citation for citations in found for citation in citations])
    alone = len(turns) == 1 and len(turns[0].question) <= SHORT
    title = turns[0].question if alone else say("export.answers", language)
    blocks: list[Block] = []
    for n, (turn, citations) in enumerate(zip(turns, found, strict=True), 1):
        blocks += [] if alone else _asked(n if len(turns) > 1 else 0, turn.question, language)
        blocks += [passage(citation, references, language) for citation in citations] or [_nothing(language)]
    return titled(title, (*blocks, *references.blocks(language)))


def _nothing(language: str) -> Block:
    return block("body", say("not_found", language) + ("。" if language == "zh" else "."))


def _asked(n: int, question: str, language: str) -> Iterator[Block]:
    """一、question; a long one below its heading. `n` is 0 for the only one."""
    number = ordinal(n, language) if n else ""
    if len(question) <= SHORT:
        yield heading(1, f"{number}{question}")
    else:
        yield heading(1, f"{number}{say('export.question', language)}")
        yield block("body", question)
