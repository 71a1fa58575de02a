"""Asking a library every question of a set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.ask import ask
from assistant.citation import Citation
from assistant.evaluate.judging import K, Result, bare, family_rank, judge
from assistant.evaluate.questions import Row
from assistant.wording import wording
from corpus.errors import Refused
from corpus.lines import HIDDEN
from corpus.read import extracted_text
from index import Library


def evaluate(library: Library, rows: Sequence[Row]) -> Iterator[Result]:
    """Ask every question and judge the answers, one after the other."""
    sources: dict[str, str] = {}
    for row in rows:
        answer = ask(library, row.question, history=row.history, k=K)
        result = judge(row, answer, lambda citation: _source_text(library, citation, sources))
        yield replace(result, wording=_wording_rank(library, row)) if row.kind == "wording" else result


def _wording_rank(library: Library, row: Row) -> int:
    """What the command for wording makes of a question, besides the answer."""
    return family_rank(row, wording(library, row.question, k=K).families)


def _source_text(library: Library, citation: Citation, known: dict[str, str]) -> str:
    """The whole text of the file that a citation's document came from, read afresh."""
    id = citation.entry.id
    if id not in known:
        try:
            known[id] = bare(HIDDEN.sub("", extracted_text(library.document(id).source.origin)))
        except Refused:
            known[id] = ""
    return known[id]
