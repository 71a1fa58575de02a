"""Holding an answer against the evidence that a question set expects."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer import Answer, Verdict
from assistant.citation import Citation
from assistant.evaluate.questions import Evidence, Row
from assistant.wording import Family
from index import Hit

K = 10
"""Hits that are looked at."""
LONG_SPAN = 30
"""Of a longer span its first or last END characters suffice: it can cross paragraphs."""
END = 25
SHORTEST_PART = 15
"""A paragraph this long is right when it lies inside a span."""
DISTINCT = 25
"""A span this long is found wherever it stands; a shorter one only in the document named."""


@dataclass(frozen=True)
class Result:
    """What became of one question.

    `ranks` are, for each piece of evidence, the rank of the first right hit from 1, or 0 if there is
    none among the first K; no ranks mean that the library cannot answer. `exact`: the first hit holds
    a whole span and is of the document named. `verbatim` and `traceable` count sentences that stand
    in their paragraph, and whose paragraph stands in its file, of `cited`. `supported`: a citation is
    right. `confidence` is the answer's own, 0 to 1. `wording` is, for kind wording, the rank of the first
    family of `youju wording` whose text is right, 0 if there is none among the first K.
    """

    id: str
    question: str
    kind: str
    verdict: Verdict
    ranks: tuple[int, ...]
    exact: bool
    cited: int
    verbatim: int
    traceable: int
    supported: bool
    confidence: float
    took_ms: float
    wording: int = 0

    @property
    def rank(self) -> int:
        """Rank of the first right hit, 0 if there is none among the first K."""
        return min((r for r in self.ranks if r), default=0)

    @property
    def answerable(self) -> bool:
        """Whether the library holds evidence."""
        return bool(self.ranks)


def judge(row: Row, answer: Answer, source_text: Callable[[Citation], str]) -> Result:
    """Hold one answer against what was expected; `source_text` is the bare text of a citation's file."""
    by_number = {c.n: c for c in answer.citations}
    cited = [(s.text, by_number[s.citation]) for s in answer.sentences]
    return Result(
        id=row.id,
        question=row.question,
        kind=row.kind,
        verdict=answer.verdict,
        ranks=tuple(_rank(answer, evidence) for evidence in row.evidence),
        exact=any(_is_exact(hit, e) for hit in answer.hits[:1] for e in row.evidence),
        cited=len(cited),
        verbatim=sum(any(c.paragraph.text[a:b] == text for a, b in c.evidence) for text, c in cited),
        traceable=sum(bare(c.paragraph.text) in source_text(c) for _, c in cited),
        supported=any(is_right(c, e) for c in answer.citations for e in row.evidence),
        confidence=answer.confidence,
        took_ms=answer.took_ms,
    )


def _rank(answer: Answer, evidence: Evidence) -> int:
    return next((rank for rank, hit in enumerate(answer.hits[:K], 1) if is_right(hit, evidence)), 0)


def family_rank(row: Row, families: Sequence[Family]) -> int:
    """The rank of the first family of wordings whose text is right, 0 if there is none among the first K."""
    return next((n for n, f in enumerate(families[:K], 1) if any(_is_family(f, e) for e in row.evidence)), 0)


def _is_family(family: Family, evidence: Evidence) -> bool:
    names = family.head.citation.entry.names
    if evidence.doc and len(bare(evidence.text)) < DISTINCT and evidence.doc not in names:
        return False
    return holds(family.head.text, evidence.text)


def _is_exact(hit: Citation, evidence: Evidence) -> bool:
    return bare(evidence.text) in bare(hit.paragraph.text) and (not evidence.doc or evidence.doc in hit.entry.names)


def is_right(hit: Citation | Hit, evidence: Evidence) -> bool:
    """Whether a paragraph holds a span, or enough of it, in the document where it has to stand."""
    if evidence.doc and len(bare(evidence.text)) < DISTINCT and evidence.doc not in hit.entry.names:
        return False
    return holds(hit.paragraph.text, evidence.text)


def holds(paragraph: str, span: str) -> bool:
    """Whether a paragraph contains a span, lies inside it, or holds the beginning or end of a long one.

    >>> holds("一、全年整治 排污口146个。", "整治排污口146个")
    True
    >>> holds("整治排污口，", "全年整治排污口，逐一销号")  # too short to be evidence on its own
    False
    """
    text, span = bare(paragraph), bare(span)
    ends = (span[:END], span[-END:]) if len(span) > LONG_SPAN else ()
    return span in text or (len(text) >= SHORTEST_PART and text in span) or any(end in text for end in ends)


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """NFKC without white space, as the sets compare.

    >>> bare("全年　１２ 个")
    '全年12个'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())
