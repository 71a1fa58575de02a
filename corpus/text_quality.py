"""Flags of a text's quality that a reader should know of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from corpus.normal import traditional_share

PLACEHOLDER = re.compile(
    r"[X×Ｘ]{1,4}(?=[市县区省镇乡村街路]|同志|党|委|政府)|[X×Ｘ]{2,}|某[市县区镇]|(?<![A-Za-z])[XxＸ](?=[委市县区省月日])|202[xX]"
)
MARK = re.compile("[X×Ｘx某]")
MARKS = ("X", "×", "Ｘ", "x", "某")
FEWEST = 3
SAMPLE = 5_000
"""Characters that are enough to tell the script of a text."""


def is_anonymised(text: str) -> bool:
    """Whether names or figures are replaced by X or 某."""
    if sum(map(text.count, MARKS)) < FEWEST:
        return False
    return sum(1 for _ in islice(_placeholders(text), FEWEST)) == FEWEST


def _placeholders(text: str) -> Iterator[int]:
    """Where placeholders end; only where a mark stands is the whole pattern tried, which is far faster."""
    end = 0
    for mark in MARK.finditer(text):
        at = mark.start()
        if at < end:
            continue
        begin = at - 3 if text[at - 3 : at] == "202" and at - 3 >= end else at
        if found := PLACEHOLDER.match(text, begin) or PLACEHOLDER.match(text, at):
            end = found.end()
            yield end


def quality_flags(text: str) -> tuple[str, ...]:
    """anonymised: names or figures replaced by X or 某; traditional: written in traditional script."""
    flags = []
    if is_anonymised(text):
        flags.append("anonymised")
    if traditional_share(text[: 4 * SAMPLE : max(1, min(4, len(text) // SAMPLE))]) > 0.08:
        flags.append("traditional")
    return tuple(flags)
