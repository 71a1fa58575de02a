"""Lines to paragraphs: the role of each and the headings above it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from corpus.document import Paragraph
from corpus.lines import Line
from corpus.structure.head import TITLE_END, head_roles
from corpus.structure.headings import find_headings
from corpus.structure.numbering import Numbering, read_numbering
from corpus.structure.ranks import Heading, own_ranks
from corpus.structure.tail import tail_roles

RUN_IN = re.compile(r"^.{2,60}?[。！？：:]")
ABOVE_ALL = ("title", "subtitle", "byline", "salutation", "signature", "attachment", "date")
"""Roles that stand under no heading."""
INSIDE = 0.1
LOST_SPACE = 8
RUNNING = ("body", "opening", "closing")


def structure(lines: list[Line], titles: Sequence[str] = (), marked: Sequence[tuple[int, int]] = ()) -> list[Paragraph]:
    """Paragraphs with number, role and heading path.

    `titles` are what the format and the file name say the title is; `marked` the offsets in the
    extracted text of lines that the format marks as headings, with their level.
    """
    texts = [line.text for line in lines]
    roles, headings = _roles(texts, titles, _marked_lines(lines, marked))
    numbers = [read_numbering(text) if role in RUNNING else None for text, role in zip(texts, roles, strict=True)]
    ranks = _ranks(numbers, headings)
    paragraphs: list[Paragraph] = []
    stack: list[tuple[float, str]] = []
    for i, (line, role) in enumerate(zip(lines, roles, strict=True)):
        number, rank = numbers[i], ranks.get(i)
        if rank is not None:
            stack = [entry for entry in stack if entry[0] < rank]
        run_in = _run_in_heading(line.text) if number else None
        if run_in and rank is not None:
            stack.append((rank, run_in))
        if role == "attachment":
            stack = []
        above = () if role in ABOVE_ALL else tuple(text for _, text in stack)
        paragraphs.append(Paragraph(i + 1, role, line.text, above, line.pieces))
        if role == "heading" and rank is not None:
            stack.append((rank, line.text))
    return paragraphs


def _ranks(numbers: Sequence[Numbering | None], headings: Mapping[int, Heading]) -> dict[int, float]:
    """The rank of every heading and of every numbered paragraph, by line.

    A paragraph whose number goes on from a heading ranks with it; a row of its own stands inside.
    """
    own = {n.style for h in headings.values() if (n := h.numbering)}
    others = own_ranks([n for n in numbers if n and n.style not in own])
    ranks: dict[int, float] = {}
    last: dict[str, tuple[int, float]] = {}  # of each style: the value and rank that a number goes on from
    opened = 0.0  # rank of the heading that is open
    for i, number in enumerate(numbers):
        heading = headings.get(i)
        if heading:
            opened = ranks[i] = heading.rank
            if heading.numbering:
                last[heading.numbering.style] = (heading.numbering.value, opened)
                last.pop("inside " + heading.numbering.style, None)
        elif number:
            inside = "inside " + number.style
            rank = others.get(number.style, float(number.rank))
            value, beside = last.get(inside) or last.get(number.style) or (0, rank)
            if number.value == value + 1 and (value or (number.style in others and rank > opened)):
                ranks[i] = beside
                last[inside if inside in last else number.style] = (number.value, beside)
            elif number.style in own or (number.value == 1 and rank < opened):
                ranks[i] = max(opened, rank) + INSIDE
                last[inside] = (number.value, ranks[i])
            else:
                ranks[i] = rank
                last[number.style] = (number.value, rank)
    return ranks


def heading_level(text: str) -> int | None:
    """The usual level of a numbered heading or paragraph: 1 for 第一编 up to 7 for （1）; None if not numbered.

    >>> heading_level("（一）坚持规划引领"), heading_level("2.5万人")
    (5, None)
    """
    number = read_numbering(text)
    return number.rank if number else None


def _roles(texts: list[str], titles: Sequence[str], marked: dict[int, int]) -> tuple[list[str], dict[int, Heading]]:
    roles = ["body"] * len(texts)
    head = head_roles(texts, titles)
    end = max(head, default=-1) + 1
    for i, role in {**tail_roles(texts, end), **head}.items():
        roles[i] = role
    free = [role == "body" and i >= end and "\t" not in texts[i] for i, role in enumerate(roles)]
    headings = find_headings(texts, free, marked)
    for i in _attached_titles(texts, roles, headings):
        del headings[i]
        roles[i] = "attachment"
    for i in headings:
        roles[i] = "heading"
    first = next((i for i in range(end, len(texts)) if roles[i] != "note"), None)
    if first is not None and roles[first] == "body" and read_numbering(texts[first]) is None:
        roles[first] = "opening"
    return roles, headings


def _attached_titles(texts: Sequence[str], roles: Sequence[str], headings: Mapping[int, Heading]) -> list[int]:
    """Unnumbered lines behind the first attachment that are the title of the next: …的规定, …成员名单."""
    first = roles.index("attachment") if "attachment" in roles else len(texts)
    plain = [i for i, heading in headings.items() if heading.numbering is None and i > first]
    ends = [i for i in plain if TITLE_END.search(texts[i]) or texts[i].endswith(("名单", "表"))]
    return sorted({*ends, *(i - 1 for i in ends if i - 1 in plain)})


def _marked_lines(lines: list[Line], marked: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The level that the format gives to lines, by their index."""
    starts = [line.at for line in lines]
    found: dict[int, int] = {}
    for offset, level in marked:
        i = bisect_right(starts, offset) - 1
        if i >= 0 and offset - starts[i] < len(lines[i].text):
            found.setdefault(i, level)
        elif i + 1 < len(lines) and starts[i + 1] - offset <= LOST_SPACE:
            found.setdefault(i + 1, level)  # the format counts white space that the line has lost
    return found


def _run_in_heading(text: str) -> str | None:
    """（一）坚持规划引领，提高城市品质。规划是…: what stands before the first stop."""
    found = RUN_IN.match(text)
    return found.group(0).rstrip("。！？：:") if found and found.end() < len(text) else None
