"""What was found as text with its sources, for programs that show text: chat programs, assistants.

They read it as Markdown, so what a document could make them do with its characters (load a picture, open a
link, redefine a mark of ours) is taken from it with a backslash; everything else stands as in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.about import entry_line, warnings_of
from assistant.answer import Answer
from assistant.citation import Citation
from assistant.messages import say
from assistant.outline import outline
from assistant.quotation import Quotation
from assistant.telling import difference_lines, lead_of, outside_line, search_lines, synthesis_lines, why
from assistant.wording import Wordings
from assistant.wording.report import wording_lines
from corpus import Document
from index import Entry

NEAREST = 3
"""Paragraphs that are named where nothing answers."""
OCCURRENCES = 10
"""Places of a quotation that are named."""
# ](address) links and loads pictures, ]: gives a mark an address, <tag makes HTML.
ACTIVE = re.compile(r"\](?=[(:\[])|<(?=[A-Za-z/!?])")


def inert(text: str) -> str:
    r"""Text of a document that a reader of Markdown shows and does not act on.

    >>> inert("![图](http://a.invalid/b.png)，a<b，[注]"), inert("<img src=x>")
    ('![图\\](http://a.invalid/b.png)，a\\<b，[注]', '\\<img src=x>')
    """
    return ACTIVE.sub(r"\\\g<0>", text)


def answer_blocks(answer: Answer, language: str) -> list[str]:
    """An answer as blocks of text: its sentences with their marks, its sources, what the search was held to."""
    blocks = [f"{lead_of(answer, s, language)}{inert(s.text)}[{s.citation}]" for s in answer.sentences]
    if answer.verdict == "not_found":
        blocks = [f"{say('not_found', language)}。{inert(why(answer, language))}", *_nearest(answer, language)]
    else:
        cited = (f"- [{c.n}] {_printed(c, language)}" for c in answer.citations)
        blocks.append("\n".join([f"{say('api.sources', language)}：", *cited]))
    understood = [say("understood", language, text=answer.understood)] if answer.understood != answer.question else []
    outside = outside_line(answer, language)
    notes = [*understood, *search_lines(answer, language), *([outside] if outside else [])]
    return [*blocks, *(inert(note) for note in notes)]


def synthesis_blocks(answer: Answer, language: str) -> list[str]:
    """The synthesis, to stand below the answer that it was made of; none without one."""
    if answer.synthesis is None:
        return []
    lines = (inert(line) for line in synthesis_lines(answer.synthesis, language))
    return ["\n".join([f"{say('synthesis', language)}：", *lines])]


def _nearest(answer: Answer, language: str) -> Iterator[str]:
    hits, suggestions = answer.apart[:NEAREST], answer.suggestions
    if hits:
        yield "\n".join([f"{say('nearest', language)}：", *(f"- {_printed(hit, language)}" for hit in hits)])
    if suggestions:
        yield "\n".join([f"{say('try', language)}：", *(f"- {inert(text)}" for text in suggestions)])


def _printed(citation: Citation, language: str) -> str:
    """The printed form, the id, and what is doubtful about the document."""
    return f"{inert(citation.printed)}  `{citation.id}`{warnings_of(citation.entry, language)}"


def quotation_blocks(found: Quotation, language: str) -> list[str]:
    """What became of a quotation: the verdict, its sources with what differs, where else the words stand."""
    blocks = [say(f"quote.{found.verdict}" if found.matches else "quote.nothing", language)]
    for match, attribution in zip(found.matches, found.attributions, strict=True):
        differences = difference_lines(match, attribution, language)
        lines = [inert(match.text), f"—— {_printed(match.citation, language)}", *map(inert, differences)]
        blocks.append("\n".join(lines))
        if found.verdict == "verbatim":
            break
    if found.verdict != "not_found" and found.occurrences:
        places = (f"- {_printed(citation, language)}" for citation in found.occurrences[:OCCURRENCES])
        blocks.append("\n".join([say("quote.count", language, count=found.count), *places]))
    return blocks


def wording_blocks(found: Wordings, language: str) -> list[str]:
    """Precedent wording as the command line tells it."""
    return ["\n".join(inert(line) for line in wording_lines(found, language))]


def list_blocks(entries: Iterable[Entry], total: int, language: str) -> list[str]:
    """Documents, a line each, below how many there are."""
    lines = [inert(entry_line(entry, language)) for entry in entries]
    return ["\n".join([say("api.documents", language, total=total, shown=len(lines)), *lines])]


def document_blocks(document: Document, start: int, stop: int, language: str) -> list[str]:
    """A document's facts and headings, then its paragraphs from number `start` to before `stop`, numbered."""
    shown = document.paragraphs[start - 1 : stop - 1]
    head = [f"{document.title}  `{document.id}`", *outline(document, language)]
    where = say("api.shown", language, first=start, last=start + len(shown) - 1, total=len(document.paragraphs))
    text = [f"{paragraph.number}　{paragraph.text}" for paragraph in shown]
    return ["\n".join(map(inert, block)) for block in (head, [where, *text] if shown else []) if block]
