"""Where the body of a document begins and ends: at its first and its last real sentence."""

from __future__ import annotations

import re

from corpus.clutter.patterns import (
    BETWEEN_BUTTONS,
    BUTTONS,
    DISCLAIMER,
    DOWNLOAD_NOTE,
    GREETING,
    NAVIGATION,
    PREVIEW_END,
    RELATED,
    SHARE_INTRO,
    SITE_FOOTER,
    SOURCE_LINE,
    is_site_speech,
)
from corpus.lines import Line

SENTENCE = re.compile(r"[。！？；]|[!?;](?=$|[\s”])")
SALUTATION_LINE = re.compile(r"^(?:尊敬的|各位|同志们|同胞们|女士们|朋友们).{0,80}[：:！!]?$|^.{1,60}[：:]$")
FEWEST = 25
"""Characters of a line that is surely a sentence and not a label."""
LONGEST_CLUTTER = 400
"""No pattern of clutter matches a longer line."""
SITE_SENTENCES = (SHARE_INTRO, DOWNLOAD_NOTE, GREETING, SITE_FOOTER, RELATED, DISCLAIMER, PREVIEW_END)


def is_sentence(text: str) -> bool:
    """Whether a line is a sentence of the document.

    >>> is_sentence("下面是小编为大家整理的在清淤工作会议上的讲话，供大家参考。")
    False
    """
    if len(text) < FEWEST or not SENTENCE.search(text):
        return False
    return len(text) > LONGEST_CLUTTER or not (
        is_site_speech(text) or any(pattern.fullmatch(text) for pattern in SITE_SENTENCES)
    )


def is_buttons(text: str) -> bool:
    """Whether a line holds nothing but names of page controls.

    >>> is_buttons("【打印】 【关闭窗口】")
    True
    """
    return len(text) <= 60 and all(part in BUTTONS for part in BETWEEN_BUTTONS.split(text) if part)


def body_of(lines: list[Line]) -> tuple[int, int]:
    """Index of the first line of the document's body, and of the first after its last."""
    start = next((i for i, line in enumerate(lines) if is_sentence(line.text) or _is_salutation(line.text)), len(lines))
    end = next((i + 1 for i in range(len(lines) - 1, -1, -1) if is_sentence(lines[i].text)), len(lines))
    return start, max(start, end)


def outside(lines: list[Line]) -> list[int]:
    """Indexes of the lines before and after the body."""
    start, end = body_of(lines)
    return [*range(start), *range(end, len(lines))]


def _is_salutation(text: str) -> bool:
    return (
        len(text) <= 100
        and bool(SALUTATION_LINE.match(text))
        and not (SOURCE_LINE.match(text) or is_buttons(text) or RELATED.match(text) or NAVIGATION.match(text))
    )
