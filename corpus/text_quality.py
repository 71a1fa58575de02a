"""Flags of a text's quality that a reader should know of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from corpus.normal import traditional_share

PLACEHOLDER = re.compile(
    r"[X×Ｘ]{1,4}(?=[市县区省镇乡村街路]|同志|党|委|政府)|[X×Ｘ]{2,}|某[市县区镇]|(?<![A-Za-z])[XxＸ](?=[委市县区省月日])|202[xX]"
)
# What gives a form for names or papers: 统一命名为“XX区XX街道长者饭堂”, or “XX区XX站”字样.
GIVEN = re.compile(
    r"(?:(?:命名|名称|统称|统一称|格式|式样|样式|模板|范本|范例|注明|标明|标注|标示|表述|写为|写作|填写|书写|落款|署名|编号)[^“”\"‘’「」『』。；;\n]{0,10}"
    r"|(?:例|比|譬|诸|(?<=[，,（(：:、]))如[：:，,]?)(?:[“\"‘「『][^“”\"‘’「」『』\n]{1,60}[”\"’」』][、，,和或及]?){0,8}[“\"‘「『][^“”\"‘’「」『』\n]{0,60}\Z"
)
OPENED = re.compile(r"[“\"‘「『][^“”\"‘’「」『』\n]{0,60}\Z")
NAMED = re.compile(r"[^“”\"‘’「」『』\n]{0,60}[”\"’」』]的?(?:字样|格式|式样|样式|形式|模板|命名)")
BEFORE = 240
"""Characters before a placeholder among which is looked for what gives a form."""
MARK = re.compile("[X×Ｘx某]")
MARKS = ("X", "×", "Ｘ", "x", "某")
FEWEST = 3
SAMPLE = 5_000
"""Characters that are enough to tell the script of a text."""


def is_anonymised(text: str) -> bool:
    """Whether names or figures are replaced by X or 某; forms that the text gives for names do not count.

    >>> is_anonymised("统一命名为“XX区XX街道XX村饭堂”"), is_anonymised("XX区XX街道XX村的饭堂")
    (False, True)
    """
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
            if not _in_form(text, begin):
                yield end


def _in_form(text: str, at: int) -> bool:
    """Whether what stands there is in quotation marks and given as the form of a name or paper."""
    before = text[max(0, at - BEFORE) : at]
    if not OPENED.search(before):
        return False
    return bool(GIVEN.search(before) or NAMED.match(text, at))


def quality_flags(text: str) -> tuple[str, ...]:
    """anonymised: names or figures replaced by X or 某; traditional: written in traditional script."""
    flags = []
    if is_anonymised(text):
        flags.append("anonymised")
    if traditional_share(text[: 4 * SAMPLE : max(1, min(4, len(text) // SAMPLE))]) > 0.08:
        flags.append("traditional")
    return tuple(flags)
