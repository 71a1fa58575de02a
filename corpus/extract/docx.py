"""Word documents (.docx): the text that a reader of the printed page sees, a paragraph a line."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from corpus.errors import Refused
from corpus.extract.extracted import Extracted
from corpus.extract.numbering import Numbering
from corpus.extract.word_body import BodyReader, Written
from corpus.extract.word_package import WordPackage
from corpus.extract.word_styles import Styles
from corpus.extract.wordml import attribute, child, children

A4 = (11_906, 16_838)
"""Twentieths of a point."""
PAGE_SHARE = 0.3
"""Share of a page that a picture takes up at least if it is the picture of a page."""
TITLE_LINES = 12
"""Lines in which the title is looked for; later ones are those of annexes."""
NOTES = ("footnote", "endnote")


def extract_docx(data: bytes, read_embedded: Callable[[bytes], list[str]] = lambda _: []) -> Extracted:
    """The text of a .docx, a paragraph a line, the cells of a table row parted by tabs.

    `read_embedded` gives the lines of a file of another format that stands in for paragraphs.

    Automatic numbers are put in front of their paragraphs, tracked changes are accepted, notes
    stand at the end; headers, footers, comments, hidden text and the table of contents are left out.
    Raises Refused: damaged, encrypted, empty, no_text_layer, limits, format.
    """
    package = WordPackage(data)
    try:
        lines, pictures = _read(package, read_embedded)
    except RecursionError as error:
        raise Refused("limits") from error
    if not any(line.text.strip() for line in lines):
        raise Refused("no_text_layer" if pictures else "empty")
    page = _page_area(package.main)
    offsets = _offsets(lines)
    title = _title(lines)
    return Extracted(
        "\n".join(line.text for line in lines),
        whole_lines=True,
        facts={"title": title} if title else {},
        flags=("pictures",) if any(area > PAGE_SHARE * page for area in pictures) else (),
        headings=tuple((at, line.level) for at, line in zip(offsets, lines, strict=True) if line.level),
    )


def _read(package: WordPackage, read_embedded: Callable[[bytes], list[str]]) -> tuple[list[Written], list[float]]:
    styles = Styles(package.related("styles"))
    numbering = Numbering(package.related("numbering"), styles)
    body = BodyReader(styles, numbering, package.main, lambda id_: read_embedded(package.embedded(id_)))
    lines = body.lines(package.main)
    for kind in NOTES:
        story = package.related(f"{kind}s")
        if story is not None:
            notes = {attribute(note, "id"): note for note in children(story, kind)}
            reader = BodyReader(styles, numbering, story, lambda _: [])
            for id_ in dict.fromkeys(id_ for of, id_ in body.notes if of == kind):
                lines += reader.lines(notes[id_]) if id_ in notes else []
    return lines, body.pictures


def _offsets(lines: list[Written]) -> list[int]:
    offsets, at = [], 0
    for line in lines:
        offsets.append(at)
        at += len(line.text) + 1
    return offsets


def _title(lines: list[Written]) -> str:
    """The first run of lines in the style of a title, put together."""
    head = lines[:TITLE_LINES]
    first = next((i for i, line in enumerate(head) if line.title), len(head))
    last = next((i for i in range(first, len(head)) if not head[i].title), len(head))
    return "".join(line.text for line in head[first:last])


def _page_area(body: etree._Element) -> float:
    """Square points of a page of the last section."""
    size = child(next(iter([*children(body, "sectPr")][-1:]), None), "pgSz")
    sides = [attribute(size, side) or "" for side in ("w", "h")]
    width, height = map(int, sides) if all(s.isdigit() and len(s) < 8 for s in sides) else A4
    return (width or A4[0]) * (height or A4[1]) / 400
