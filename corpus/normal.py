"""The form of a text in which it is searched, with a map back to the original offsets.

NFKC, simplified characters, folded quotation marks, lower case, no white space. It exists for
searching only: nothing in this form is ever shown as quoted.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from opencc import OpenCC

from corpus.lines import HIDDEN

# Quotation marks and dashes that writers and web sites exchange freely.
SAME = {
    **dict.fromkeys("“”„‟＂「」『』﹁﹂﹃﹄〝〞", '"'),
    **dict.fromkeys("‘’‚‛＇", "'"),
    **dict.fromkeys("—―‐‑‒–−─", "-"),
    **dict.fromkeys("·•・‧", "·"),
    "。": ".",
    "、": ",",
    "〔": "[",
    "〕": "]",
    "×": "x",
}


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    convert = OpenCC("t2s").convert
    pairs = ((chr(c), convert(chr(c))) for c in range(0x3400, 0xA000))
    return {a: b for a, b in pairs if a != b and len(b) == 1}


REMEMBERED = 65536
"""Characters whose searched form is kept in memory."""


@lru_cache(maxsize=REMEMBERED)
def fold_character(character: str) -> str:
    """The searched form of one character; empty for white space and hidden characters.

    >>> fold_character("Ａ"), fold_character("會"), fold_character("\\u3000")
    ('a', '会', '')
    """
    if character.isspace() or HIDDEN.match(character):
        return ""
    if character in SAME:
        return SAME[character]
    folded = unicodedata.normalize("NFKC", character).lower()
    return "".join(_simplified().get(c, SAME.get(c, c)) for c in folded if not c.isspace())


class _Folded(dict[int, str]):
    """The searched forms of the characters met so far, as str.translate wants them; `uneven` are those of them whose
    form is not one character.
    """

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, point: int) -> str:
        folded = fold_character(chr(point))
        if len(folded) != 1:
            self.uneven.add(chr(point))
        if len(self) < REMEMBERED:
            self[point] = folded
        return folded


_folded = _Folded()


def fold(text: str) -> str:
    """The searched form of a text.

    >>> fold("「全國」 １２個")
    '"全国"12个'
    """
    return text.translate(_folded)


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """The searched form, and for each of its characters the offset of the one it came from."""
    folded = fold(text)
    if len(folded) == len(text) and _folded.uneven.isdisjoint(text):
        return folded, list(range(len(text)))
    parts: list[str] = []
    origin: list[int] = []
    for offset, character in enumerate(text):
        folded = fold_character(character)
        parts.append(folded)
        origin.extend([offset] * len(folded))
    return "".join(parts), origin


APART = {**SAME, "、": "、", "×": "×", "。": "。"}
"""As SAME, but what is a slip in a quotation stays apart: a comma for a pause mark, x for ×, a point for a stop."""
WIDTHS = ("<wide>", "<narrow>", "<vertical>")
"""Compatibility forms that are the same character in another width; ² and ① are others than 2 and 1."""


@lru_cache(maxsize=REMEMBERED)
def _closely(character: str) -> str:
    if character.isspace() or HIDDEN.match(character):
        return ""
    if character in APART:
        return APART[character]
    wide = unicodedata.decomposition(character).startswith(WIDTHS)
    folded = unicodedata.normalize("NFKC" if wide else "NFC", character)
    return "".join(_simplified().get(c, APART.get(c, c)) for c in folded if not c.isspace())


def fold_closely(text: str) -> tuple[str, list[int]]:
    """The form in which a quotation is compared, with the offset of the character each of its own came from.

    Equal in it are texts that differ in nothing but width, script, white space and the style of quotation
    marks; searching folds more: capitals, and 、 and ，.

    >>> fold_closely("「一、二」")[0] == fold_closely("“一、二”")[0] != fold_closely("“一，二”")[0]
    True
    """
    parts: list[str] = []
    origin: list[int] = []
    for offset, character in enumerate(text):
        folded = _closely(character)
        parts.append(folded)
        origin.extend([offset] * len(folded))
    return "".join(parts), origin


def traditional_share(text: str) -> float:
    """Share of the Chinese characters of a text that have another, simplified form."""
    counts = Counter(text)
    traditional = sum(counts[c] for c in counts.keys() & _simplified().keys())
    if not traditional:
        return 0.0
    return traditional / sum(n for c, n in counts.items() if "\u3400" <= c < "\ua000")
