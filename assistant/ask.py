"""From a question to an Answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, replace

from assistant.answer import Answer, Citation, Sentence
from assistant.evidence import Evidence, select, weigh_sentences
from assistant.question import Question, understand
from assistant.support import missing_particular, of_the_years
from corpus.normal import fold
from index import Filters, Hit, Library, Recall, Snapshot

HITS = 10
"""Paragraphs that an Answer lists unless told otherwise."""
SENTENCES = 4
"""Pieces of evidence that an answer is made of, at the most."""


def ask(
    library: Library,
    asked: str,
    *,
    history: Sequence[str] = (),
    filters: Filters | None = None,
    k: int = HITS,
) -> Answer:
    """Answer a question out of one published state of the library.

    `history` are the earlier questions of the same chat, oldest first; `k` how many hits the
    Answer lists. Raises IndexingError.
    """
    began = time.perf_counter()
    question = understand(asked, history)
    answer = library.read(lambda snapshot: _answer(snapshot, question, filters or Filters(), k))
    return replace(answer, took_ms=1000 * (time.perf_counter() - began))


def _answer(snapshot: Snapshot, question: Question, filters: Filters, k: int) -> Answer:
    recall = snapshot.search(question.standalone, max(k, HITS), filters) if question.standalone else Recall(())
    hits = recall.hits
    weighed = weigh_sentences(question, of_the_years(question, hits), snapshot)
    chosen = select(weighed, SENTENCES)
    reason = missing_particular(question, recall, snapshot.model, _hits_of(chosen), " ".join(e.text for e in chosen))
    citations = [] if reason else _citations(chosen, hits)
    return Answer(
        question=question.asked,
        understood=question.standalone,
        filters={name: value for name, value in asdict(filters).items() if value},
        verdict="not_found" if reason else "answered",
        sentences=tuple(s for citation in citations for s in _sentences(citation)),
        citations=tuple(citations),
        hits=tuple(
            Citation(0, h.entry, h.paragraph, ((h.passages[0].start, h.passages[0].stop),), h.score) for h in hits[:k]
        ),
        suggestions=_suggestions(hits, filters) if reason else (),
        reason=reason,
        confidence=0.0 if reason else 1.0,
    )


def _hits_of(chosen: Sequence[Evidence]) -> list[Hit]:
    return list({id(e.hit): e.hit for e in chosen}.values())


def _citations(chosen: Sequence[Evidence], hits: Sequence[Hit]) -> list[Citation]:
    """A citation for each paragraph used; equal paragraphs elsewhere are named in it, not repeated."""
    citations: list[Citation] = []
    seen: set[str] = set()
    for hit in _hits_of(chosen):
        text = fold(hit.paragraph.text)
        if text in seen:
            continue
        seen.add(text)
        spans = tuple(sorted((e.start, e.end) for e in chosen if e.hit is hit))
        also = tuple(
            f"{h.entry.id}:{h.paragraph.number}" for h in hits if h is not hit and fold(h.paragraph.text) == text
        )
        citations.append(Citation(len(citations) + 1, hit.entry, hit.paragraph, spans, hit.score, also))
    return citations


def _sentences(citation: Citation) -> list[Sentence]:
    return [Sentence(citation.paragraph.text[a:b], citation.n) for a, b in citation.evidence]


def _suggestions(hits: Sequence[Hit], filters: Filters) -> tuple[str, ...]:
    """The headings nearest to what was asked, as questions that the library can answer."""
    nearest = []
    for hit in hits[:6]:
        topic = hit.paragraph.heading_path[-1] if hit.paragraph.heading_path else ""
        title = hit.entry.title.strip("《》")
        nearest.append(f"《{title}》关于“{topic.strip()}”怎么说" if topic else f"《{title}》主要讲了什么")
    return tuple(dict.fromkeys(nearest))[:3]
