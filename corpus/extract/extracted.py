"""What an extractor gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Extracted:
    """`text` has one block a line. `whole_lines` says that each line is surely a whole paragraph.

    `facts` are what the format itself states: title, issuer, number, issued. `flags` go to
    the document's quality. `headings` are the lines that the format marks as headings: the offset
    of each in `text`, and its level from 1, the outermost. `is_table` says that no site has put anything
    between the lines: rows that look like clutter, or like one another, are rows all the same.
    """

    text: str
    whole_lines: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    is_table: bool = False
