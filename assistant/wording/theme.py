"""Parallel headings for a theme and a pattern, the best sets first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.wording.concordance import entries_of
from assistant.wording.families import LIGHT
from assistant.wording.headings import HeadingSet, bare_heading, matching, sets_of, theme_of
from assistant.wording.tiers import tier_of
from corpus.normal import fold
from corpus.segment import segmenter
from index import Filters, Snapshot
from index.tokens import terms_asked

POOL = 100
"""Passages that the searches put up besides the headings."""
MOST = 4000
"""Headings whose likeness in meaning is looked at; in a larger library those of the first sets."""
FITS = 0.5
"""Share of a theme's words, weighed by how rare they are, that a set holds which fits it: of 安全生产, 安全 and not 生产.
Nearness alone shows none: over twelve themes the nearest sets without such a word were as often beside the theme.
"""
COMPOUND = 3
"""Characters over which a word is taken apart: 乡村振兴 fits 乡村全面振兴 too."""
CLOSE, HELD, DEMOTED = 4.0, 1.0, 0.1
"""Weights of the cosine with the nearest two headings and of the rare terms held; what each tier of source loses."""


def sets_for(snapshot: Snapshot, query: str, filters: Filters) -> list[tuple[HeadingSet, float]]:
    """Parallel sets with their scores: with a theme those that hold it in a heading, one above or the title; without
    one all, those with most patterns in common first.
    """
    allowed = set(snapshot.rows(filters)) if filters else None
    sets = [s for s in matching(sets_of(snapshot), query) if allowed is None or s.document in allowed]
    theme = theme_of(query)
    entries = entries_of(snapshot)
    words = _words(snapshot, theme)
    sets = [s for s in sets if _share(_text(s, entries[s.document].title), words) >= FITS] if words else sets
    scores = _scores(snapshot, sets, theme) if theme else [float(len(s.patterns)) for s in sets]
    told = [score - DEMOTED * tier_of(entries[s.document]) for s, score in zip(sets, scores, strict=True)]
    order = sorted(range(len(sets)), key=lambda i: (-told[i], sets[i].document, sets[i].headings[0].number))
    return [(sets[i], told[i]) for i in order]


def _scores(snapshot: Snapshot, sets: Sequence[HeadingSet], theme: str) -> list[float]:
    places = [(s.document, p.number) for s in sets for p in s.headings][:MOST]
    near: dict[tuple[int, int], float] = {}
    for found in snapshot.sentences([theme], POOL, also=places):
        at = (found.row.document, found.row.paragraph)
        near[at] = max(near.get(at, 0.0), found.cosine)
    size = snapshot.size()
    rarity = {t: math.log(1 + size / (n + 0.5)) for t, n in snapshot.rarity(terms_asked(theme)).items() if n}
    return [_score(s, near, rarity, entries_of(snapshot)[s.document].title) for s in sets]


def _words(snapshot: Snapshot, theme: str) -> dict[str, float]:
    """The words of a theme, each with how rare it is; one that the library lacks is the rarest."""
    cut = dict.fromkeys(segmenter().cut_for_search(fold(theme), HMM=False))
    told = [w for w in cut if w.isalnum() and w not in LIGHT and not (len(w) > COMPOUND and w[:2] in cut)]
    counts = snapshot.rarity(told)
    return {word: math.log(1 + snapshot.size() / (counts.get(word, 0) + 0.5)) for word in told}


def _text(found: HeadingSet, title: str) -> str:
    above = found.headings[0].heading_path
    return fold("\n".join((title, *above, *(bare_heading(p.text) for p in found.headings))))


def _share(text: str, weights: Mapping[str, float]) -> float:
    return sum(weight for word, weight in weights.items() if word in text) / (sum(weights.values()) or 1.0)


def _score(found: HeadingSet, near: Mapping[tuple[int, int], float], rarity: Mapping[str, float], title: str) -> float:
    cosines = sorted((near.get((found.document, p.number), 0.0) for p in found.headings), reverse=True)[:2]
    return CLOSE * sum(cosines) / len(cosines) + HELD * _share(_text(found, title), rarity)
