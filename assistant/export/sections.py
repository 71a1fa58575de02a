"""Sections of a sheet under numbered headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.export.sheet import Block, heading
from assistant.messages import say
from corpus.extract.numerals import numeral


def ordinal(n: int, language: str) -> str:
    """The number of a heading of the first level.

    >>> ordinal(12, "zh"), ordinal(12, "en")
    ('十二、', '12. ')
    """
    return f"{numeral(n, 'chineseCountingThousand')}、" if language == "zh" else f"{n}. "


def sections(parts: Mapping[str, Sequence[Block]], language: str) -> Iterator[Block]:
    """Those that hold something, each under a heading that names its message."""
    for n, (key, blocks) in enumerate(((key, blocks) for key, blocks in parts.items() if blocks), 1):
        yield heading(1, ordinal(n, language) + say(key, language))
        yield from blocks
