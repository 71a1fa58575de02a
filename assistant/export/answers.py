"""问答 as a sheet: each question with the sentences that answer it, out of the library by their citations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.citation import Citation, Span
from assistant.export.passages import SHORT, passage, read_places
from assistant.export.references import References
from assistant.export.sections import ordinal
from assistant.export.sheet import Block, Sheet, block, heading, titled
from assistant.messages import say
from index import Library


@dataclass(frozen=True)
class Turn:
    """A question, and the ids of the citations whose words answer it; none if nothing in the library does. In an answer
    by year, place or question `of` says for each whose words they are.
    """

    question: str
    places: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


def turn_of(answer: Answer) -> Turn:
    """What of an answer is exported."""
    if not answer.by:
        return Turn(answer.question, tuple(_place(c, span) for c in answer.citations for span in c.evidence))
    cited = [(s, answer.citations[s.citation - 1]) for s in answer.sentences]
    spans = (next(span for span in c.evidence if c.paragraph.text[slice(*span)] == s.text) for s, c in cited)
    places = tuple(_place(c, span) for (_, c), span in zip(cited, spans, strict=True))
    return Turn(answer.question, places, tuple(f"{s.of}年" if answer.by == "year" else s.of for s, _ in cited))


def _place(citation: Citation, span: Span) -> str:
    return f"{citation.entry.id}:{citation.paragraph.number}:{span[0]}-{span[1]}"


def answers_sheet(library: Library, turns: Sequence[Turn], language: str = "zh") -> Sheet:
    """One answer under its question, or a chat with a heading for each. Raises IndexingError."""
    found = [_read(library, turn) for turn in turns]
    references = References([citation for told in found for citation, _ in told])
    alone = len(turns) == 1 and len(turns[0].question) <= SHORT
    title = turns[0].question if alone else say("export.answers", language)
    blocks: list[Block] = []
    for n, (turn, told) in enumerate(zip(turns, found, strict=True), 1):
        blocks += [] if alone else _asked(n if len(turns) > 1 else 0, turn.question, language)
        before = ""
        for citation, of in told:
            blocks += [heading(1 if alone else 2, of)] if of not in ("", before) else []
            blocks.append(passage(citation, references, language))
            before = of
        blocks += [] if told else [_nothing(language)]
    return titled(title, (*blocks, *references.blocks(language)))


def _read(library: Library, turn: Turn) -> list[tuple[Citation, str]]:
    """Each with whose words they are, without those that name nothing in the library."""
    of = turn.of if len(turn.of) == len(turn.places) else ("",) * len(turn.places)
    every = zip(turn.places, of, strict=True)
    return [(citation, whose) for place, whose in every for citation in read_places(library, [place])]


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
