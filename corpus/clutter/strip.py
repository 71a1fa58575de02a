"""The steps in their order, run until nothing more goes."""

from __future__ import annotations

from collections.abc import Callable

from corpus.clutter.anywhere import (
    drop_advertisement,
    drop_page_marks,
    drop_page_rest,
    drop_preview_end,
    drop_share_intro,
    drop_site_speech,
)
from corpus.clutter.around import (
    drop_buttons,
    drop_counters,
    drop_disclaimer,
    drop_download_notes,
    drop_file_name,
    drop_licence,
    drop_navigation,
    drop_related,
    drop_site_footer,
    drop_site_greeting,
    drop_source_line,
)
from corpus.clutter.copies import drop_repeated_title, drop_second_copy
from corpus.clutter.inside import Spans, drop_end_notes, drop_photo_captions, drop_whole_text_mark
from corpus.document import Removed
from corpus.lines import Line, cut, trim

Step = Callable[[list[Line]], set[int]] | Callable[[list[Line]], Spans]
"""Gives the indexes of the lines that go, or what goes inside of lines."""

STEPS: tuple[Step, ...] = (
    drop_whole_text_mark,
    drop_page_marks,
    drop_preview_end,
    drop_advertisement,
    drop_share_intro,
    drop_site_speech,
    drop_photo_captions,
    drop_end_notes,
    drop_download_notes,
    drop_licence,
    drop_related,
    drop_disclaimer,
    drop_page_rest,
    drop_site_greeting,
    drop_navigation,
    drop_file_name,
    drop_source_line,
    drop_counters,
    drop_buttons,
    drop_site_footer,
    drop_repeated_title,
    drop_second_copy,
)
"""In this order: what stands alone first, what needs to know where the body begins last."""

MOST_ROUNDS = 20
"""What one round takes can lay open more; five rounds were the most ever seen."""


def strip_clutter(lines: list[Line]) -> tuple[list[Line], list[Removed]]:
    """The lines of the document, and what was taken away, in the order of the steps.

    Cleaning what was cleaned takes nothing more.
    """
    removed: list[Removed] = []
    for _ in range(MOST_ROUNDS):
        before = len(removed)
        for step in STEPS:
            gone = step(lines)
            if gone:
                lines, taken = _without(lines, gone)
                removed += [Removed(line.text, step.__name__, line.at) for line in taken]
        if len(removed) == before:
            break
    order = [step.__name__ for step in STEPS]
    return lines, sorted(removed, key=lambda r: order.index(r.step))


def _without(lines: list[Line], gone: set[int] | Spans) -> tuple[list[Line], list[Line]]:
    kept: list[Line] = []
    taken: list[Line] = []
    for i, line in enumerate(lines):
        if i not in gone:
            kept.append(line)
        elif isinstance(gone, set):
            taken.append(line)
        else:
            parts, out = _cut_out(line, gone[i])
            kept += parts
            taken += out
    return kept, taken


def _cut_out(line: Line, spans: list[tuple[int, int]]) -> tuple[list[Line], list[Line]]:
    """What is left of a line, a line for each part, and what is cut out.

    A caption stood between paragraphs, a mark between title and text: the parts are not one paragraph.
    """
    left: list[Line | None] = []
    out: list[Line | None] = []
    position = 0
    for start, end in sorted(spans):
        if start > position:
            left.append(trim(cut(line, position, start)))
        out.append(trim(cut(line, max(start, position), end)))
        position = max(position, end)
    if position < len(line.text):
        left.append(trim(cut(line, position, len(line.text))))
    return [part for part in left if part], [part for part in out if part]
