"""A Word draft: its paragraphs as they are read, each character with the element that it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.errors import Refused
from corpus.extract.word_body import blocks_of, cells_of, rows_of
from corpus.extract.word_package import BROKEN, WordPackage
from corpus.extract.word_runs import CHARACTERS, LINE_BREAK, SKIPPED, alternative, is_placeholder
from corpus.extract.word_styles import Styles
from corpus.extract.word_symbols import symbol
from corpus.extract.wordml import attribute, child, children, local

LARGEST_PART = 32_000_000
"""Bytes of one part. The tree of what is larger could fill the memory, and no draft has a tenth of it."""
NOTES = ("footnote", "endnote")


@dataclass(frozen=True, slots=True)
class Letter:
    """Where a character stands: in the text of `element` at `offset`; a tab, break or note mark is an element alone.

    The characters of a note all stand in its mark, which is where a comment on them belongs.
    """

    element: etree._Element
    offset: int = 0


@dataclass
class _Walked:
    """One paragraph: its characters, and the boxes and notes that hang on it."""

    characters: list[str] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str, etree._Element]] = field(default_factory=list)

    def put(self, text: str, element: etree._Element) -> None:
        """Characters of one element."""
        self.characters += text
        self.letters += [Letter(element, at) for at in range(len(text))]


class WordDraft:
    """The package of a draft as it came, and the tree of its main part, to which comments can be put."""

    def __init__(self, data: bytes, package: WordPackage) -> None:
        self.data = data
        self.package = package
        self.body = package.main
        self._styles = Styles(package.related("styles"))

    @classmethod
    def open(cls, data: bytes) -> WordDraft:
        """Raises Refused: damaged, encrypted, limits, format."""
        return cls(data, WordPackage(data, largest=LARGEST_PART, whole=True))

    def paragraphs(self) -> Iterator[tuple[str, tuple[Letter, ...]]]:
        """The paragraphs of body, tables, text boxes and notes, in reading order, blank ones too. Raises Refused."""
        notes: list[tuple[str, str, etree._Element]] = []
        try:
            yield from self._story(self.body, notes)
            yield from self._notes(notes)
        except RecursionError as error:
            raise Refused("limits") from error
        except BROKEN as error:
            raise Refused("damaged", str(error)[:80]) from error

    def _story(
        self, container: etree._Element, notes: list[tuple[str, str, etree._Element]]
    ) -> Iterator[tuple[str, tuple[Letter, ...]]]:
        for block in blocks_of(container):
            if local(block) == "tbl":
                for cell in (cell for row in rows_of(block) for cell in cells_of(row)):
                    yield from self._story(cell, notes)
            elif local(block) == "p":
                walked = _Walked()
                self._inside(block, walked, attribute(child(block, "pPr", "pStyle")))
                notes += walked.notes
                yield "".join(walked.characters), tuple(walked.letters)
                for box in walked.boxes:
                    yield from self._story(box, notes)

    def _notes(self, notes: list[tuple[str, str, etree._Element]]) -> Iterator[tuple[str, tuple[Letter, ...]]]:
        for kind in NOTES:
            story = self.package.related(f"{kind}s")
            known = {attribute(note, "id"): note for note in children(story, kind)} if story is not None else {}
            for note, mark in ((known[id_], mark) for of, id_, mark in notes if of == kind and id_ in known):
                for text, _ in self._story(note, []):
                    yield text, tuple(Letter(mark) for _ in text)

    def _inside(self, element: etree._Element, walked: _Walked, style: str | None) -> None:
        hidden = local(element) == "r" and self._styles.hidden(child(element, "rPr"), style)
        for inner in element:
            name = local(inner)
            if not name or hidden or name in SKIPPED:
                continue
            if name == "t":
                walked.put(inner.text or "", inner)
            elif name == "txbxContent":
                walked.boxes.append(inner)
            elif name == "br":
                walked.put(LINE_BREAK, inner)
            elif name in CHARACTERS:
                walked.put(CHARACTERS[name], inner)
            elif name == "sym":
                walked.put(symbol(attribute(inner, "font") or "", attribute(inner, "char") or "")[:1], inner)
            elif name.endswith("noteReference"):
                walked.notes.append((name.removesuffix("Reference"), attribute(inner, "id") or "", inner))
            elif name == "AlternateContent":
                chosen = alternative(inner)
                if chosen is not None:
                    self._inside(chosen, walked, style)
            elif name != "sdt" or not is_placeholder(inner):
                self._inside(inner, walked, style)
