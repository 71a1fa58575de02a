"""Asking a library every question of a set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.ask import ask
from assistant.citation import Citation
from assistant.evaluate.judging import K, Result, bare, judge
from assistant.evaluate.questions import Row
from corpus.errors import Refused
from corpus.lines import HIDDEN
from corpus.read import extracted_text
from index import Library


def evaluate(library: Library, rows: Sequence[Row]) -> Iterator[Result]:
    """Ask every question and judge the answers, one after the other."""
    sources: dict[str, str] = {}
    for row in rows:
        answer = ask(library, row.question, history=row.history, k=K)
        yield judge(row, answer, lambda citation: _source_text(library, citation, sources))


def _source_text(library: Library, citation: Citation, known: dict[str, str]) -> str:
    """The whole text of the file that a citation's document came from, read afresh."""
    id = citation.entry.id
    if id not in known:
        try:
            known[id] = bare(HIDDEN.sub("", extracted_text(library.document(id).source.origin)))
        except Refused:
            known[id] = ""
    return known[id]
