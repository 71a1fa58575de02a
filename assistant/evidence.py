"""Which sentences of the paragraphs found answer the question."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from assistant.asking import ASKING
from assistant.figures import best_figure
from assistant.question import Question
from assistant.stated import states
from corpus.normal import fold
from corpus.sentences import sentence_spans
from index import Hit, Snapshot
from index.tokens import masked_alike, terms_asked, words

PARAGRAPHS = 4
"""Paragraphs whose sentences are weighed."""
SHORTEST = 8
"""Characters of a sentence that can answer; 怎么办？ and 为什么？ can't."""
LONGEST = 240
"""Characters of one piece of evidence; beyond it nobody reads on."""
NOTHING: Mapping[str, str] = MappingProxyType({})
STATED = 0.15
"""What a sentence gains that states the kind of particular asked for."""
MOSTLY = 0.6
"""Share of a full form's words that a text holds which says the same."""
BESIDE = 0.72
"""Share of the best sentence's weight that another one needs to stand in the answer."""


@dataclass(frozen=True)
class Evidence:
    """依据: hit.paragraph.text[start:end], and how well it fits (about 0 to 1)."""

    hit: Hit
    start: int
    end: int
    weight: float

    @property
    def text(self) -> str:
        """The source's own characters."""
        return self.hit.paragraph.text[self.start : self.end]


@dataclass(frozen=True)
class Rarity:
    """How rare what a question says is in a library: ln(N / n), as in the inverse document frequency.

    `terms` are those that the library knows; `words` are whole words, also unknown ones;
    `unknown_share` is how much of the words' rarity no passage holds; `meant` are the words of the full
    forms of abbreviations in the question, or the other way round.
    """

    terms: Mapping[str, float]
    words: Mapping[str, float]
    unknown_share: float
    meant: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """Sum over the terms."""
        return sum(self.terms.values())

    def read(self, text: str) -> str:
        """A folded text, with the question's own words behind it for those that it says in full, in short or masked.

        >>> Rarity({}, {}, 0.0, {"创文": ("创建", "全国", "文明城市")}).read("创建文明城市")
        '创建文明城市 创文'
        """
        held = [said for said, full in self.meant.items() if sum(w in text for w in full) >= MOSTLY * len(full)]
        return " ".join([text, *held, *masked_alike(text)])

    def share_in(self, text: str) -> float:
        """How much of the rarity of the terms a folded text holds, 0 to 1."""
        text = self.read(text)
        return sum(w for t, w in self.terms.items() if t in text) / self.total if self.total else 0.0


def rarity_of(question: Question, snapshot: Snapshot, meant: Mapping[str, str] = NOTHING) -> Rarity:
    """Look the terms of a question up; those of earlier questions count half. `meant` are its abbreviations."""
    own = set(terms_asked(question.asked))
    wanted = [t for t in dict.fromkeys(terms_asked(question.standalone)) if t not in ASKING]
    counts = snapshot.rarity(wanted)
    full = {said: tuple(w for w in words(text) if len(w) > 1 or w == fold(text)) for said, text in meant.items()}
    for said, parts in full.items():  # what the library knows by another name only is no unknown word
        counts |= {t: min(snapshot.rarity(parts).values()) for t in terms_asked(said) if counts.get(t) == 0}
    size = max(snapshot.size(), 1)
    weights = {t: math.log((size + 1) / (n + 0.5)) * (1.0 if t in own else 0.5) for t, n in counts.items()}
    # A word that jieba cuts in two is known by its parts; what counts is whether it stands anywhere.
    plain = {w: weights[w] for w in dict.fromkeys(words(question.standalone)) if len(w) > 1 and w in weights}
    unknown = sum(v for w, v in plain.items() if not counts[w])
    total = sum(plain.values())
    return Rarity({t: w for t, w in weights.items() if counts[t]}, plain, unknown / total if total else 1.0, full)


def weigh_sentences(question: Question, hits: Sequence[Hit], rarity: Rarity) -> list[Evidence]:
    """The sentences of the best paragraphs, best first.

    A sentence weighs by the question's rare terms that it holds (with half their weight where only
    title or heading hold them), by the likeness in meaning of its passage, and by the rank of its
    paragraph.
    """
    candidates = _candidates(hits)
    if not candidates or not rarity.terms:
        return []
    cosines = [cosine for _, _, _, cosine in candidates]
    top, bottom = max(cosines), min(cosines)
    best = hits[0].score
    weighed = []
    for hit, a, b, cosine in candidates:
        close = (cosine - bottom) / (top - bottom) if top > bottom else 1.0
        rank = math.exp(0.6 * (hit.score - best))
        asked = STATED if question.wants and states_what_is_asked(question, hit.paragraph.text[a:b], rarity) else 0.0
        weight = 0.45 * coverage(rarity, hit, a, b) + 0.25 * close + 0.3 * rank + asked
        weighed.append(Evidence(hit, a, b, weight))
    return sorted(weighed, key=lambda e: -e.weight)


def states_what_is_asked(question: Question, sentence: str, rarity: Rarity) -> bool:
    """Whether a sentence states the kind of particular asked for: a figure in that unit, masked or not, a time, …"""
    if question.wants == "figure":
        return best_figure(sentence, question.unit, rarity.terms)[0] is not None
    return states(question.wants, "", fold(sentence))


def select(weighed: Sequence[Evidence], most: int) -> list[Evidence]:
    """The sentences of the answer: the best, and up to `most` that come near it.

    Neighbours in one paragraph become one piece; pieces keep the order of their weight.
    """
    if not weighed:
        return []
    floor = BESIDE * weighed[0].weight
    chosen = [e for e in weighed if e.weight >= floor][:most]
    merged: list[Evidence] = []
    for evidence in chosen:
        for i, other in enumerate(merged):
            if other.hit is evidence.hit and _adjoin(other, evidence):
                start, end = min(other.start, evidence.start), max(other.end, evidence.end)
                merged[i] = Evidence(other.hit, start, end, other.weight)
                break
        else:
            merged.append(evidence)
    return merged


def _adjoin(a: Evidence, b: Evidence) -> bool:
    gap = max(a.start, b.start) - min(a.end, b.end)
    return gap <= 1 and max(a.end, b.end) - min(a.start, b.start) <= LONGEST


def _candidates(hits: Sequence[Hit]) -> list[tuple[Hit, int, int, float]]:
    """The sentences of the passages found in the best paragraphs, with the passage's cosine."""
    found: list[tuple[Hit, int, int, float]] = []
    stating = [hit for hit in hits if hit.paragraph.role != "heading"] or list(hits)
    for hit in stating[:PARAGRAPHS]:
        for a, b in sentence_spans(hit.paragraph.text):
            cosines = [p.cosine for p in hit.passages if a < p.stop and p.start < b]
            if cosines and (b - a >= SHORTEST or len(hit.paragraph.text) < 2 * SHORTEST):
                found.append((hit, a, b, max(cosines)))
    return found


def coverage(rarity: Rarity, hit: Hit, start: int, end: int) -> float:
    """How much of the question a part of a paragraph holds; what only title or headings hold counts half."""
    if not rarity.total:
        return 0.0
    own = rarity.read(fold(hit.paragraph.text[start:end]))
    above = rarity.read(fold(" ".join([hit.entry.title, *hit.paragraph.heading_path])))
    held = sum(w * (1.0 if t in own else 0.5 if t in above else 0.0) for t, w in rarity.terms.items())
    return held / rarity.total
