"""What is exported, before it takes a form: paragraphs by what they are, each of words and citation marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

HEADINGS = 9
"""Levels of headings; deeper ones stand on the last."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a paragraph; `mark` says that they are the mark of a citation, which stands raised."""

    text: str
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `kind` is one of page.LOOKS, or row: a row of a table, its cells parted by tabs.

    `gap` lines are left empty above it, `right` characters at its right.
    """

    kind: str
    runs: tuple[Run, ...]
    gap: int = 0
    right: int = 0

    @property
    def text(self) -> str:
        """Its words and marks."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file to be: its title, which names it, its paragraphs, and what is doubtful about the whole of it."""

    title: str
    blocks: tuple[Block, ...]
    doubts: tuple[str, ...] = ()


def block(kind: str, text: str, mark: str = "", *, gap: int = 0, right: int = 0) -> Block:
    """A paragraph of words, with the mark of their citation behind them.

    >>> block("body", "甲乙。", "[1]").text
    '甲乙。[1]'
    """
    return Block(kind, (Run(text), *([Run(mark, mark=True)] if mark else [])), gap, right)


def heading(level: int, text: str) -> Block:
    """A heading; level 1 is the outermost."""
    return block(f"heading{min(level, HEADINGS)}", text)


def titled(title: str, blocks: Iterable[Block]) -> Sheet:
    """A sheet under its title, with an empty line between."""
    first, *rest = blocks
    return Sheet(title, (block("title", title), replace(first, gap=1), *rest))
