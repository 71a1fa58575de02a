"""How good retrieval and answers are on a question set.

A set is JSON lines {"id", "question", "kind", "doc", "evidence", "history"}; evidence are verbatim
spans, either strings or {"doc", "text"}. An empty list means that the library cannot answer.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Citation
from assistant.ask import ask
from assistant.errors import BadInput
from corpus.errors import Refused
from corpus.lines import HIDDEN
from corpus.read import extracted_text
from index import Library

K = 10
LONG_SPAN = 30
"""Of a longer span its first or last END characters suffice: it can cross paragraphs."""
END = 25
SHORTEST_PART = 15
"""A paragraph this long is right when it lies inside a span."""
DISTINCT = 25
"""A span this long is found wherever it stands; a shorter one only in the document named."""


@dataclass(frozen=True)
class Evidence:
    """A span that answers, and the document that it was taken from, if the set names it."""

    text: str
    doc: str | None


@dataclass(frozen=True)
class Row:
    """One question of a set."""

    id: str
    question: str
    kind: str
    evidence: tuple[Evidence, ...]
    history: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What became of one question.

    `ranks` are, for each piece of evidence, the rank of the first right hit from 1, or 0;
    `verbatim` and `traceable` count citations that are, of `cited`.
    """

    row: Row
    verdict: str
    ranks: tuple[int, ...]
    exact: bool
    cited: int
    verbatim: int
    traceable: int
    supported: bool
    took_ms: float

    @property
    def rank(self) -> int:
        """Rank of the first right hit, 0 if there is none among the first K."""
        return min((r for r in self.ranks if r), default=0)


def read_questions(path: Path) -> list[Row]:
    """The rows of a question set. Raises BadInput."""
    rows = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(path=str(path), line="0", detail=type(error).__name__) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            rows.append(_row(data))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput(path=str(path), line=str(number), detail=f"{type(error).__name__} {error}") from error
    return rows


def _row(data: dict[str, Any]) -> Row:
    default = data.get("doc")
    if not isinstance(data["question"], str):
        raise TypeError("question")
    evidence = tuple(
        Evidence(e, default) if isinstance(e, str) else Evidence(e["text"], e.get("doc", default))
        for e in data.get("evidence", [])
    )
    return Row(str(data["id"]), data["question"], data.get("kind", "qa"), evidence, tuple(data.get("history", [])))


def evaluate(
    library: Library, rows: Sequence[Row], report: Callable[[int], None] = lambda done: None
) -> Iterator[Result]:
    """Ask every question and judge the answers."""
    sources: dict[str, str] = {}
    for done, row in enumerate(rows, 1):
        answer = ask(library, row.question, history=row.history, k=K)
        yield judge(row, answer, lambda citation: _source_text(library, citation, sources))
        report(done)


def judge(row: Row, answer: Answer, source_text: Callable[[Citation], str]) -> Result:
    """Hold one answer against what was expected."""
    ranks = tuple(next((rank for rank, hit in enumerate(answer.hits, 1) if is_right(hit, e)), 0) for e in row.evidence)
    first = answer.hits[0] if answer.hits else None
    sentences = answer.sentences
    by_number = {c.n: c for c in answer.citations}
    return Result(
        row=row,
        verdict=answer.verdict,
        ranks=ranks,
        exact=first is not None
        and any(bare(e.text) in bare(first.paragraph.text) and is_right(first, e) for e in row.evidence),
        cited=len(sentences),
        verbatim=sum(
            any(by_number[s.citation].paragraph.text[a:b] == s.text for a, b in by_number[s.citation].evidence)
            for s in sentences
        ),
        traceable=sum(
            bare(by_number[s.citation].paragraph.text) in source_text(by_number[s.citation]) for s in sentences
        ),
        supported=any(is_right(c, e) for c in answer.citations for e in row.evidence),
        took_ms=answer.took_ms,
    )


def is_right(hit: Citation, evidence: Evidence) -> bool:
    """Whether a paragraph holds a span, by the rules above."""
    text, span = bare(hit.paragraph.text), bare(evidence.text)
    if evidence.doc and len(span) < DISTINCT and evidence.doc not in hit.entry.names:
        return False
    ends = (span[:END], span[-END:]) if len(span) > LONG_SPAN else ()
    return span in text or (len(text) >= SHORTEST_PART and text in span) or any(end in text for end in ends)


def bare(text: str) -> str:
    """NFKC without white space, as the sets compare."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _source_text(library: Library, citation: Citation, known: dict[str, str]) -> str:
    """The whole text of the file that a citation's document came from, read afresh."""
    id = citation.entry.id
    if id not in known:
        try:
            known[id] = bare(HIDDEN.sub("", extracted_text(library.document(id).source.origin)))
        except Refused:
            known[id] = ""
    return known[id]


def summarise(results: Iterable[Result]) -> dict[str, dict[str, float]]:
    """Measures by kind, and for all kinds together under "all"."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(result.row.kind, []).append(result)
        groups.setdefault("all", []).append(result)
    if len(groups) == 2:
        groups.pop(next(kind for kind in groups if kind != "all"))
    return {kind: _measures(group) for kind, group in groups.items()}


def _measures(group: Sequence[Result]) -> dict[str, float]:
    answerable = [r for r in group if r.row.evidence]
    refusable = [r for r in group if not r.row.evidence]
    cited = sum(r.cited for r in group)
    times = sorted(r.took_ms for r in group)
    measures: dict[str, float] = {"questions": len(group)}
    if answerable:
        for k in (1, 5, 10):
            measures[f"hit@{k}"] = _mean(0 < r.rank <= k for r in answerable)
        measures["recall@10"] = _mean_of(sum(rank > 0 for rank in r.ranks) / len(r.ranks) for r in answerable)
        measures["MRR@10"] = _mean_of(1 / r.rank if r.rank else 0.0 for r in answerable)
        measures["nDCG@10"] = _mean_of(map(_ndcg, answerable))
        measures["exact"] = _mean(r.exact for r in answerable)
        measures["supported"] = _mean(r.supported for r in answerable)
        measures["wrongly refused"] = _mean(r.verdict == "not_found" for r in answerable)
    if refusable:
        measures["refused"] = _mean(r.verdict == "not_found" for r in refusable)
    if cited:
        measures["verbatim"] = sum(r.verbatim for r in group) / cited
        measures["traceable"] = sum(r.traceable for r in group) / cited
    measures["p50 ms"] = times[len(times) // 2]
    measures["p95 ms"] = times[min(len(times) - 1, int(0.95 * len(times)))]
    return measures


def _ndcg(result: Result) -> float:
    """Binary gains: each piece of evidence counts at the rank where it is first found."""
    gained = sum(1 / math.log2(rank + 1) for rank in set(result.ranks) if rank)
    ideal = sum(1 / math.log2(i + 1) for i in range(1, min(len(result.ranks), K) + 1))
    return gained / ideal


def _mean(values: Iterable[bool]) -> float:
    return _mean_of(float(v) for v in values)


def _mean_of(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
