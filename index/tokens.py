"""A text as the terms of the lexical index: jieba's words, and pairs of neighbouring characters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from corpus.normal import fold
from corpus.segment import SLICE, segmenter

LONGEST_QUERY = 400
"""Terms of a question that are looked up; a pasted page has thousands."""
ALSO = 0.5
"""Weight of a term that is asked for only because an abbreviation stands for it, or it for an abbreviation."""
# Words of asking, which are rare in what states and so would weigh much: 什么, 哪些, 如何.
ASKING = re.compile(
    "为什么|什么样|有没有|哪一个|哪一年|百分之几|多少钱|请问|告诉|什么|多少|哪些|哪个|哪里|哪几|哪年|怎么办|怎么|怎样|如何|"
    "是否|一下|一共|总共|分别|各自|原文|原话|到底|大概|时候|几个|几项|几条|几年|为何|何时|何种|有何|还是|啥|谁|哪|吗|呢|吧"
)
RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:\.[0-9]+)?%?")
MASKED = re.compile(r"(?:x{1,4}|某{1,2}|\*{1,4}|_{1,4})(?=(?P<level>[省市州县区镇乡村]))")
"""A place whose name was taken out: X市, ××市, 某市, *市."""
MASKS = ("x", "xx", "某")
"""How places are masked; an asterisk is no term."""
CHINESE = re.compile(r"[\u3400-\u9fff]+")


def words(text: str) -> list[str]:
    """The words of a text in folded form, long words with the shorter ones inside them.

    >>> "文明城市" in words("全国文明城市")
    True
    """
    return _words(fold(text))


def _words(folded: str) -> list[str]:
    found: list[str] = []
    for start in range(0, len(folded), SLICE):
        found += filter(RUN.fullmatch, segmenter().cut_for_search(folded[start : start + SLICE]))
    return found


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters: what words miss when jieba cuts elsewhere.

    >>> bigrams("放管服 改革")
    ['放管', '管服', '服改', '改革']
    """
    return _bigrams(fold(text))


def _bigrams(folded: str) -> list[str]:
    return [a + b for run in CHINESE.findall(folded) for a, b in pairwise(run)]


def terms(text: str) -> list[str]:
    """All terms under which a text is found. Words of two characters count twice, as both."""
    folded = fold(text)
    return _words(folded) + _bigrams(folded)


@lru_cache(maxsize=64)
def terms_asked(question: str) -> tuple[str, ...]:
    """The terms of a question, which is looked at from several sides; no more than LONGEST_QUERY."""
    return tuple(terms(question)[:LONGEST_QUERY])


def masked_alike(text: str) -> tuple[str, ...]:
    """The ways in which the places that a text masks are masked elsewhere, folded.

    >>> masked_alike("××市的做法"), masked_alike("石桥市的做法")
    (('x市', 'xx市', '某市'), ())
    """
    levels = dict.fromkeys(found["level"] for found in MASKED.finditer(fold(text)))
    return tuple(mask + level for level in levels for mask in MASKS)


def told(question: str) -> tuple[str, ...]:
    """The terms of a question without its words of asking; all, if it has no others.

    >>> told("创文有哪些措施"), told("为什么")
    (('创文', '有', '措施', '创文', '文有', '措施'), ('什么', '为什么', '为什', '什么'))
    """
    kept = set(terms(ASKING.sub("|", fold(question))))
    return tuple(term for term in terms_asked(question) if term in kept) or terms_asked(question)


def weighed(question: str, also: Iterable[str] = ()) -> dict[str, float]:
    """The terms of a question, each by how often it stands there; of a masked place all its spellings; what is
    asked for beside them weighs ALSO.

    >>> weighed("创文", ["创建"])
    {'创文': 2.0, '创建': 0.5}
    """
    weights: dict[str, float] = {}
    for term in told(question):
        weights[term] = weights.get(term, 0.0) + 1.0
    for text in masked_alike(question):
        weights |= {term: 1.0 for term in terms(text) if term not in weights}
    return weights | {term: ALSO for text in also for term in terms_asked(text) if term not in weights}
