"""Machine-rewritten texts: planted swaps in our own documents, a real rewritten speech, real clean documents."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from corpus import Document, Found, Refused, find_files, read_document
from corpus.collocations import Collocations, Others, Pairs, Totals, pair
from corpus.rewritten import FLAGGED, Shapes, Verdict, home_share, judge
from corpus.segment import Token, document_tokens

SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
DATA = Path(__file__).parent / "data"
SWAPS = dict(
    line.split() for line in (DATA / "synonyms.txt").read_text("utf-8").splitlines() if not line.startswith("#")
)
REWRITTEN = "001_"
real = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real documents, ../shared/corpus, are not here")


class Judges:
    """The documents of some folders as a library that judges."""

    def __init__(self, *folders: Path) -> None:
        self.documents = [d for folder in folders for d in read(folder)]
        self.tokens = [document_tokens(d) for d in self.documents]
        words = {i: [t.word for t in tokens] for i, tokens in enumerate(self.tokens)}
        self.words = words
        counts = Collocations.none().changed(words, {})
        self.totals, self.shapes = Totals(counts), Shapes(counts.words, counts.single.tolist())
        homes = [home_share(words[i], self.others(i)) for i in range(0, len(words), 3)]
        self.usual = float(np.median(homes))

    def others(self, own: int | None) -> Others:
        return Others(self.totals, None if own is None else self.words[own])

    def judge(self, tokens: Sequence[Token], own: int | None) -> Verdict:
        return judge(tokens, self.others(own), self.shapes, self.usual)

    def named(self, part: str) -> list[int]:
        return [i for i, d in enumerate(self.documents) if part in d.source.origin]


def read(folder: Path) -> list[Document]:
    found = []
    for file in find_files([folder]):
        if isinstance(file, Found):
            try:
                found.append(read_document(file.path, file.name))
            except Refused:
                continue
    return found


@cache
def everything() -> Judges:
    return Judges(CORPUS, SAMPLE)


@cache
def our_own() -> Judges:
    return Judges(SAMPLE)


@cache
def clean_scores() -> list[float]:
    """Of our own documents among all, as they are."""
    judges = everything()
    return [judges.judge(judges.tokens[i], i).score or 0.0 for i in judges.named("/corpus/sample/")]


def planted(document: Document, share: float, seed: int, whole_words: bool) -> Document:
    """A share of the words of two characters and more swapped: all places of some words, or places at random."""
    rnd = random.Random(seed)
    tokens = document_tokens(document)
    content = [t for t in tokens if len(t.word) >= 2]
    places = [t for t in content if t.word in SWAPS]
    rnd.shuffle(places)
    if whole_words:
        order = {word: n for n, word in enumerate(dict.fromkeys(t.word for t in places))}
        places.sort(key=lambda t: order[t.word])
    swapped = {(t.paragraph, t.start): t for t in places[: round(share * len(content))]}
    paragraphs = []
    for p in document.paragraphs:
        text = p.text
        here = sorted((t for (n, _), t in swapped.items() if n == p.number), key=lambda t: -t.start)
        for t in here:
            text = text[: t.start] + SWAPS[t.word] + text[t.end :]
        paragraphs.append(replace(p, text=text))
    return replace(document, paragraphs=tuple(paragraphs))


def auc(clean: Sequence[float], changed: Sequence[float]) -> float:
    """Chance that a changed one has a higher score than a clean one."""
    pairs = [(a, b) for a in clean for b in changed]
    return sum(1.0 if b > a else 0.5 if b == a else 0.0 for a, b in pairs) / len(pairs)


def test_a_pair_is_found_if_and_only_if_it_was_counted() -> None:
    rnd = np.random.default_rng(1)
    documents = {i: [f"词{n}" for n in rnd.integers(0, 300, 400)] for i in range(30)}
    counts = Collocations.none().changed(documents, {})
    counted = Counter(p for words in documents.values() for p in set(pairwise(words)))
    names = [(a, b) for a in counts.words for b in counts.words[:100]]
    keys = pair(counts.numbers(a for a, _ in names), counts.numbers(b for _, b in names))
    assert counts.next.of(keys).tolist() == [counted[name] for name in names]
    assert Collocations.none().next.of(keys[:3]).tolist() == [0, 0, 0]


def test_there_are_enough_pairs_to_plant() -> None:
    assert len(SWAPS) >= 150
    assert all(a != b for a, b in SWAPS.items())


@real
@pytest.mark.parametrize(
    ("share", "whole_words", "floor"),
    [(0.05, True, 0.92), (0.1, True, 0.95), (0.1, False, 0.95), (0.2, True, 0.97), (0.4, True, 0.95)],
)
def test_planted_swaps_tell_a_document_from_its_clean_self(share: float, whole_words: bool, floor: float) -> None:
    judges = everything()
    changed = [
        judges.judge(document_tokens(planted(judges.documents[i], share, 1, whole_words)), i).score or 0.0
        for i in judges.named("/corpus/sample/")
    ]
    assert auc(clean_scores(), changed) >= floor


def test_among_our_own_documents_alone_swaps_are_seen_too() -> None:
    judges = our_own()
    clean = [judges.judge(tokens, i).score for i, tokens in enumerate(judges.tokens)]
    changed = [judges.judge(document_tokens(planted(d, 0.2, 1, True)), i).score for i, d in enumerate(judges.documents)]
    assert None not in clean
    assert max(s or 0 for s in clean) < FLAGGED
    assert auc([s or 0 for s in clean], [s or 0 for s in changed]) >= 0.95


@real
def test_of_all_real_documents_only_the_rewritten_speech_is_flagged() -> None:
    judges = everything()
    verdicts = [judges.judge(tokens, i) for i, tokens in enumerate(judges.tokens)]
    flagged = [judges.documents[i].source.name for i, verdict in enumerate(verdicts) if verdict.rewritten]
    assert [Path(name).name[:4] for name in flagged] == [REWRITTEN]
    assert all(bool(verdict.suspicions) == verdict.rewritten for verdict in verdicts)


@real
def test_the_likely_originals_of_the_rewritten_speech_are_mostly_right() -> None:
    """The labels were made by reading, before there was anything that detects."""
    judges = everything()
    [i] = judges.named(f"/{REWRITTEN}")
    document = judges.documents[i]
    labels = {s["at"]: s for s in json.loads((DATA / "rewritten_001.json").read_text("utf-8"))["spans"]}
    found = judges.judge(judges.tokens[i], i).suspicions
    right = 0
    for s in found:
        paragraph = document.paragraphs[s.paragraph - 1]
        assert paragraph.text[s.start : s.end] == s.word
        a, b = max(piece for piece in paragraph.pieces if piece[0] <= s.start)
        label = labels.get(b + s.start - a)
        right += bool(label and s.likely[0] in label["original"])
    assert len(found) >= 150
    assert right / len(found) >= 0.6
    assert {s.word: s.likely[0] for s in found}["创立"] == "创建"


def test_a_small_library_and_a_short_document_say_nothing() -> None:
    judges = our_own()
    counts = Collocations.none().changed({i: judges.words[i] for i in range(20)}, {})
    few = Others(Totals(counts), None)
    shapes = Shapes(counts.words, counts.single.tolist())
    assert judge(judges.tokens[30], few, shapes) == Verdict(None)
    assert judges.judge(judges.tokens[0][:100], 0) == Verdict(None)
    assert judges.judge([], None) == Verdict(None)


def test_a_document_strange_to_the_library_is_not_judged() -> None:
    judges = our_own()
    verdict = judge(judges.tokens[0], judges.others(0), judges.shapes, usual=1.5)
    assert verdict.score is None
    assert verdict.home > 0


def test_a_document_does_not_vouch_for_itself() -> None:
    judges = our_own()
    with_itself = home_share(judges.words[3], judges.others(None))
    assert with_itself == 1.0
    assert home_share(judges.words[3], judges.others(3)) < 0.9


def test_judging_twice_gives_the_same() -> None:
    judges = our_own()
    document = planted(judges.documents[5], 0.2, 1, True)
    assert judges.judge(document_tokens(document), 5) == judges.judge(document_tokens(document), 5)


@pytest.mark.parametrize("slots", [-4, 0, 3])
def test_pairs_are_found_however_many_share_a_slot(monkeypatch: pytest.MonkeyPatch, slots: int) -> None:
    monkeypatch.setattr("corpus.collocations.SLOTS", slots)
    drawn = np.random.default_rng(1)
    keys = np.unique(drawn.integers(0, 1 << 40, 1000))
    counts = drawn.integers(1, 9, len(keys)).astype(np.int32)
    known = dict(zip(keys.tolist(), counts.tolist(), strict=True))
    asked = np.concatenate([keys[::2], drawn.integers(0, 1 << 40, 1000)])
    assert Pairs(keys, counts).of(asked).tolist() == [known.get(key, 0) for key in asked.tolist()]


def test_no_pair_is_found_among_none() -> None:
    assert Pairs.none().of(np.arange(3)).tolist() == [0, 0, 0]
