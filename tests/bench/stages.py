"""How long each stage of a question takes, by timing the functions that do the work."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant import answering
from assistant.ask import ask
from index import Filters
from index.encoder import Encoder
from index.library import Library
from index.store import Store
from index.vectors import VectorIndex
from index.words import WordIndex

STAGES: dict[str, tuple[tuple[Any, str], ...]] = {
    "encoding the question": ((Encoder, "query"),),
    "dense search": ((VectorIndex, "search"), (VectorIndex, "scores")),
    "lexical search": ((WordIndex, "search"), (WordIndex, "frequency")),
    "fetching rows": ((Store, "passage_rows"), (Store, "entries_by_row"), (Store, "paragraphs")),
    "choosing by filters": ((Store, "rows"), (Store, "passage_ids")),
    "reading close calls": ((Encoder, "relevance"),),
    "evidence": ((answering, "weigh_sentences"), (answering, "select"), (answering, "support")),
}
WHOLE, REST = "question → Answer", "ranking and the rest"
Times = dict[str, list[float]]


@contextmanager
def _timed(times: dict[str, float]) -> Iterator[None]:
    """While this holds, the functions of STAGES add to `times`, milliseconds; what is inside another counts once."""
    saved = []
    open_stages: list[list[float]] = []

    def timing(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            open_stages.append([0.0])
            began = time.perf_counter()
            try:
                return function(*given, **named)
            finally:
                took = 1000 * (time.perf_counter() - began)
                times[stage] += took - open_stages.pop()[0]
                if open_stages:
                    open_stages[-1][0] += took

        return timed

    for stage, functions in STAGES.items():
        for owner, name in functions:
            if (function := getattr(owner, name, None)) is not None:
                saved.append((owner, name, function))
                setattr(owner, name, timing(stage, function))
    try:
        yield
    finally:
        for owner, name, function in saved:
            setattr(owner, name, function)


def ask_all(library: Library, before: list[str], questions: list[str], **given: Any) -> Times:
    """Milliseconds of each stage for each question; those `before` are asked first, for nothing."""
    for question in before:
        ask(library, question, **given)
    found: Times = defaultdict(list)
    for question in questions:
        times = dict.fromkeys(STAGES, 0.0)
        with _timed(times):
            began = time.perf_counter()
            ask(library, question, **given)
            whole = 1000 * (time.perf_counter() - began)
        for stage, took in {**times, REST: whole - sum(times.values()), WHOLE: whole}.items():
            found[stage].append(took)
    return found


def asked_by_itself(root: Path, before: list[str], questions: list[str]) -> tuple[Times, Times]:
    """Questions without and with a filter, for a process that does nothing else."""
    library = Library.open(root)
    times = ask_all(library, before, questions)
    return times, ask_all(library, before, questions, filters=Filters(year=2018))


def quantiles(values: list[float]) -> tuple[float, float, float]:
    """p50, p95, p99."""
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]
