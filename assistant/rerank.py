"""The best paragraphs once more: those first that hold what the question says, themselves or in their headings; then
by what a model makes of them that reads each together with the question: all, if the user named a cross-encoder, else
the few between which it is a close call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from assistant.evidence import Rarity, coverage, states_what_is_asked
from assistant.question import Question
from corpus.sentences import sentence_spans
from index import Hit
from index.passages import LONGEST
from index.ranking import standard

LOOKED_AT = 20
"""Hits that are put in a new order; those behind stay where they are."""
COVERED, STATED = 0.5, 0.4
"""What a paragraph gains that holds all rare terms of the question, and one with a sentence that states the kind of
particular asked for, in standard deviations of the fused score."""
CLOSE, RIVALS, READ = 1.0, 3, 0.2
"""It is a close call if the scores of up to RIVALS hits lie within CLOSE standard deviations of the first's: then READ
times their relevance is added. Where many lie so near, the question fits a whole field, and reading all takes long.
"""
NEAR = 10
"""Hits among which the paragraph behind a heading or a lead-in is looked for."""
Score = Callable[[str, Sequence[Hit]], Sequence[float] | None]
"""What a model makes of each hit that reads it together with the question; None if there is none."""


def rerank(question: Question, hits: Sequence[Hit], rarity: Rarity) -> tuple[Hit, ...]:
    """Put the first hits in a new order; their scores say why."""
    first = [replace(hit, score=hit.score + _gain(question, hit, rarity)) for hit in hits[:LOOKED_AT]]
    return (*sorted(first, key=lambda hit: -hit.score), *hits[LOOKED_AT:])


def cross(question: Question, hits: Sequence[Hit], score: Score, most: int = LOOKED_AT) -> tuple[Hit, ...]:
    """The first hits in the order of their own and a cross-encoder's scores together; as they are without one."""
    first, rest = hits[:most], hits[most:]
    told = score(question.standalone, first) if len(first) > 1 else None
    if told is None:
        return tuple(hits)
    both = [replace(hit, score=by) for hit, by in zip(first, together([h.score for h in first], told), strict=True)]
    return (*sorted(both, key=lambda hit: -hit.score), *rest)


def close_call(question: Question, hits: Sequence[Hit], score: Score) -> tuple[Hit, ...]:
    """The hits with the first few in a new order, if it is a close call between them: by their own scores and what
    `score` tells of each. The scores stay with their places, as in behind_its_lead.
    """
    rivals = [hit for hit in hits[: RIVALS + 1] if hits[0].score - hit.score <= CLOSE]
    told = score(question.standalone, rivals) if 1 < len(rivals) <= RIVALS else None
    if told is None:
        return tuple(hits)
    both = sorted(zip(rivals, told, strict=True), key=lambda pair: -(pair[0].score + READ * pair[1]))
    return _in_place([*(hit for hit, _ in both), *hits[len(rivals) :]], hits)


def behind_its_lead(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits with the paragraph first that stands behind the first one, if that only leads in what follows and the
    other is among the first NEAR: who asks which measures there are wants these, not the heading over them.

    The scores stay with their places, since confidence is reckoned from how far the first stands before the rest.
    """
    at = next((i for i, hit in enumerate(hits[:NEAR]) if i and _leads_in(hits[0], hit)), 0)
    moved = [hits[at], *hits[:at], *hits[at + 1 :]] if hits else []
    return _in_place(moved, hits)


def _in_place(moved: Sequence[Hit], hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The same hits in another order, with the scores of the places where they come to stand."""
    return tuple(replace(hit, score=place.score) for hit, place in zip(moved, hits, strict=True))


def together(own: Sequence[float], other: Sequence[float]) -> list[float]:
    """Two scores of the same things added as standard scores, on the scale of the first.

    Both weigh the same: a cross-encoder reads more closely, but knows nothing of the documents, places and
    years that the question names, nor of masked figures, which our own score does. On our scale, since
    confidence is reckoned from how far the first stands before the rest.

    >>> [round(score, 2) for score in together([3.0, 2.0, 1.0], [-2.0, 9.0, -7.0])]
    [2.47, 2.68, 0.85]
    """
    own_scores = np.array(own, np.float64)
    fused = standard(standard(own_scores) + standard(np.array(other, np.float64)))
    spread = float(own_scores.std()) or 1.0
    return [float(score) for score in own_scores.mean() + spread * fused]


def _leads_in(lead: Hit, other: Hit) -> bool:
    """Whether a hit only leads in what follows, and another is the paragraph behind it and says something itself."""
    next_one = lead.entry.row == other.entry.row and lead.paragraph.number + 1 == other.paragraph.number
    return next_one and _is_lead(lead) and not _is_lead(other)


def _is_lead(hit: Hit) -> bool:
    """A heading, or a paragraph that ends in a colon and is no longer than a passage: a longer one says much itself."""
    text = hit.paragraph.text.rstrip()
    return hit.paragraph.role == "heading" or (text.endswith(("：", ":")) and len(text) <= LONGEST)


def _gain(question: Question, hit: Hit, rarity: Rarity) -> float:
    text = hit.paragraph.text
    stated = question.wants and any(states_what_is_asked(question, text[a:b], rarity) for a, b in sentence_spans(text))
    return COVERED * coverage(rarity, hit, 0, len(text)) + (STATED if stated else 0.0)
