"""Which abbreviations a library knows: those that its documents state, and those that every writer knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from corpus.abbreviations import abbreviations, known
from corpus.normal import fold
from corpus.segment import segmenter


@dataclass(frozen=True)
class Abbreviations:
    """By short form the full one, and by full form the short one, all folded."""

    full: Mapping[str, str]
    short: Mapping[str, str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Abbreviations:
        """Those that the texts state, of several full forms the one stated most often; then those of the list."""
        stated = Counter((a.short, a.full) for text in texts for a in abbreviations(text))
        pairs = [pair for pair, _ in sorted(stated.items(), key=lambda item: (-item[1], item[0]))]
        pairs += [(a.short, a.full) for a in known()]
        return cls(dict(reversed(pairs)), {full: short for short, full in reversed(pairs)})

    def meant(self, text: str) -> dict[str, str]:
        """What stands in a text, with what it is short for or what is short for it.

        A short form has to begin and end where words do: 三保 does not stand in 三保险.

        >>> Abbreviations({"三保": "保工资,保运转"}, {}).meant("三保全年支出")
        {'三保': '保工资,保运转'}
        """
        folded = fold(text)
        found = {a: b for a, b in self.full.items() if a in folded and b not in folded and _stands(a, folded)}
        found |= {a: b for a, b in self.short.items() if a in folded and b not in folded}
        return {a: b for a, b in found.items() if not any(a != other and a in other for other in found)}


def _stands(short: str, text: str) -> bool:
    """Whether a short form is a word in a text that holds it: no word reaches over its ends, or words would be fewer.

    >>> _stands("三保", "三保资金"), _stands("三保", "三保全年"), _stands("三保", "三保险")
    (True, True, False)
    """
    before, _, behind = text.partition(short)
    words, cut = _words(text), [*_words(before), short, *_words(behind)]
    ends = set(accumulate(map(len, words), initial=0))
    return {len(before), len(before) + len(short)} <= ends or len(cut) < len(words)


def _words(text: str) -> list[str]:
    return list(segmenter().cut(text, HMM=False))
