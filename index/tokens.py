"""A text as the terms of the lexical index: jieba's words, and pairs of neighbouring characters."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.normal import fold
from corpus.segment import SLICE, segmenter

LONGEST_QUERY = 400
"""Terms of a question that are looked up; a pasted page has thousands."""
RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:\.[0-9]+)?%?")
CHINESE = re.compile(r"[\u3400-\u9fff]+")


def words(text: str) -> list[str]:
    """The words of a text in folded form, long words with the shorter ones inside them.

    >>> "文明城市" in words("全国文明城市")
    True
    """
    folded = fold(text)
    found: list[str] = []
    for start in range(0, len(folded), SLICE):
        for word in segmenter().cut_for_search(folded[start : start + SLICE]):
            if RUN.fullmatch(word):
                found.append(word)
    return found


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters: what words miss when jieba cuts elsewhere.

    >>> bigrams("放管服 改革")
    ['放管', '管服', '服改', '改革']
    """
    return [run[i : i + 2] for run in CHINESE.findall(fold(text)) for i in range(len(run) - 1)]


def terms(text: str) -> list[str]:
    """All terms under which a text is found. Words of two characters count twice, as both."""
    return words(text) + bigrams(text)


@lru_cache(maxsize=64)
def terms_asked(question: str) -> tuple[str, ...]:
    """The terms of a question, which is looked at from several sides; no more than LONGEST_QUERY."""
    return tuple(terms(question)[:LONGEST_QUERY])
