"""Sentences as a model could write them of the sample library: made out of its own by a seed, faithful ones and others.

Faithful are whole sentences, sentences without one clause, clauses put together, sentences with a lead. The others have
a figure, a year, a name or the sense changed, figures changed for one another, a clause out of another document, or
cite another paragraph.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.citation import Citation
from assistant.synthesis.reply import is_plain
from corpus.mentions.figures import find_figures
from corpus.sentences import sentence_spans
from index import Library

CLAUSES = re.compile(r"[^，；。]+[，；。]?")
UNITED = 12
"""Characters of a clause that says something."""
SENTENCE = range(24, 160)
SENSE = (
    ("增长", "下降"), ("提高", "降低"), ("增加", "减少"), ("不得少于", "不得超过"), ("不超过", "不少于"), ("最慢", "最快"),
    ("不得", "可以"), ("不能", "可以"), ("没有", "已经"), ("未能", "已经"), ("严禁", "允许"), ("必须", "不必"), ("应当", "不应当"),
)  # fmt: skip
PLACES = ("望溪区", "云沐区", "松浦县", "栖岭县", "澜川市")


@dataclass(frozen=True)
class Planted:
    """A sentence, the citation it gives, and what was done to it; `true` if its source still carries it."""

    kind: str
    text: str
    citation: Citation
    true: bool


def planted(library: Library, seed: int = 7, most: int = 60) -> list[Planted]:
    """At most so many of each kind."""
    random_ = random.Random(seed)
    places = _places(library)
    random_.shuffle(places)
    found: dict[str, list[Planted]] = {}
    for citation in places:
        for each in _of(citation, places, random_):
            if is_plain(each.text) and len(found.setdefault(each.kind, [])) < most:
                found[each.kind].append(each)
    return [each for kind in found.values() for each in kind]


def _places(library: Library) -> list[Citation]:
    entries = library.entries()
    return [
        Citation(1, entry, paragraph, ((0, len(paragraph.text)),), 0.0)
        for entry in entries
        for paragraph in library.document(entry.id).paragraphs
        if paragraph.role in ("body", "opening") and len(paragraph.text) > SENTENCE.start
    ]


def _of(citation: Citation, places: list[Citation], random_: random.Random) -> Iterator[Planted]:
    text = citation.paragraph.text
    sentences = [text[a:b] for a, b in sentence_spans(text) if b - a in SENTENCE and _whole(text[a:b])]
    if not sentences:
        return
    sentence = random_.choice(sentences)
    clauses = CLAUSES.findall(sentence)
    title = citation.entry.title.strip("《》")
    yield Planted("verbatim", sentence, citation, True)
    if citation.entry.title == title and len(title) < 60:
        yield Planted("led", f"《{title}》提出，{sentence}", citation, True)
    if len(clauses) > 2:
        yield Planted("shortened", "".join([clauses[0], *clauses[2:]]), citation, True)
    if len(sentences) > 1:
        ends = [CLAUSES.findall(s)[-1] for s in sentences[:2]]
        if all(len(end) > UNITED for end in ends) and all(_whole(end) for end in ends):
            yield Planted("joined", f"{ends[0].rstrip('。；，')}，{ends[1]}", citation, True)
    yield from _changed(sentence, citation, random_)
    other = random_.choice([p for p in places if p.entry.id != citation.entry.id])
    near = [p for p in places if p.entry.id == citation.entry.id and p is not citation]
    yield Planted("other document", sentence, other, False)
    if near:
        yield Planted("other paragraph", sentence, random_.choice(near), False)
    strange = [c for a, b in sentence_spans(other.paragraph.text) for c in CLAUSES.findall(other.paragraph.text[a:b])]
    long = [c for c in strange if len(c) > UNITED and _whole(c)]
    if long:
        yield Planted("stitched", f"{sentence.rstrip('。')}，{random_.choice(long)}", citation, False)


def _whole(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("“”", "《》", "（）"))


def _changed(sentence: str, citation: Citation, random_: random.Random) -> Iterator[Planted]:
    figures = [m for m in find_figures(0, sentence) if m.value[:1].isdigit()]
    if figures:
        m = random_.choice(figures)
        digit = random_.choice([d for d in "123456789" if d != m.value[0]])
        yield Planted("figure", sentence[: m.start] + digit + sentence[m.start + 1 :], citation, False)
    if len({m.value for m in figures}) > 1 and len({(m.unit, m.of) for m in figures[:2]}) == 2 and figures[0].value != figures[1].value:  # fmt: skip
        a, b = figures[:2]
        text = sentence
        swapped = (
            text[: a.start]
            + b.value
            + text[a.start + len(a.value) : b.start]
            + a.value
            + text[b.start + len(b.value) :]
        )
        yield Planted("swapped", swapped, citation, False)
    if found := re.search(r"20\d\d(?=年)", sentence):
        year = int(found.group()) + random_.choice((-2, -1, 1, 2))
        yield Planted("year", f"{sentence[: found.start()]}{year}{sentence[found.end() :]}", citation, False)
    for one, two in SENSE:
        for a, b in ((one, two), (two, one)):
            if a in sentence and b not in citation.paragraph.text:
                yield Planted("sense", sentence.replace(a, b, 1), citation, False)
    named = [place for place in PLACES if place in sentence]
    strange = [
        p
        for p in PLACES
        if p not in citation.paragraph.text and p not in citation.entry.title and p not in (citation.entry.issuer or "")
    ]
    if named and strange:
        yield Planted("place", sentence.replace(named[0], random_.choice(strange), 1), citation, False)
