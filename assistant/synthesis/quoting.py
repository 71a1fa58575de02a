"""Words that a sentence gives in quotation marks: the source's own characters, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from assistant.quotation.edges import whole
from assistant.synthesis.basis import Basis, head_of
from corpus.normal import fold, fold_with_map

QUOTED = re.compile(r"“([^“”]{1,600})”|「([^「」]{1,600})」|\"([^\"]{1,600})\"|‘([^‘’]{1,600})’")
MARKS = re.compile(r"[“”「」\"]")
NEAR = 90.0
"""Likeness, 0 to 100, of words that were meant to be the source's."""
FEWEST = 10
"""Characters that can be near; shorter words are the source's or are not."""


def quoted_from(sentence: str, basis: Basis) -> tuple[str, str]:
    """The sentence with the source's own words in each quotation; and the first one that has no source, or empty."""
    missing = ""

    def put(found: re.Match[str]) -> str:
        nonlocal missing
        inner = found.group(found.lastindex or 1)
        words = _words_of(inner, _texts(basis))
        missing = missing or ("" if words else inner)
        return f"“{words}”"

    told = QUOTED.sub(put, sentence)
    if not missing and MARKS.search(QUOTED.sub("", sentence)):
        missing = "“"  # a quotation that begins and never ends
    return told, missing


def _texts(basis: Basis) -> list[str]:
    return [*basis.paragraphs, *(part for citation in basis.citations for part in head_of(citation))]


def _words_of(words: str, texts: Iterable[str]) -> str:
    """The source's characters for some words, empty if it has none like them."""
    texts, wanted = list(texts), fold(words)
    for text in texts:
        folded, origin = fold_with_map(text)
        at = folded.find(wanted) if wanted else -1
        if at >= 0:
            return text[origin[at] : origin[at + len(wanted) - 1] + 1]
    near = (_near(wanted, text) for text in texts)
    return next(filter(None, near), "")


def _near(wanted: str, text: str) -> str:
    folded, origin = fold_with_map(text)
    found = fuzz.partial_ratio_alignment(wanted, folded, score_cutoff=NEAR) if len(wanted) >= FEWEST else None
    if found is None or found.dest_end <= found.dest_start or len(folded) < len(wanted):
        return ""
    start, stop = whole(text, origin[found.dest_start], origin[found.dest_end - 1] + 1)
    return text[start:stop]
