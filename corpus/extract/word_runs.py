"""The text of one Word paragraph: its runs, fields and symbols, without what is deleted or hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from corpus.extract.word_styles import Styles
from corpus.extract.word_symbols import PRIVATE, overstruck, symbol, typed_symbols
from corpus.extract.wordml import attribute, child, children, local

LINE_BREAK = "\n"
PAGE_BREAK = "\f"
# Deleted or moved away, or said of the text and not part of it.
SKIPPED = {
    "del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "smartTagPr",
    "customXmlPr", "rt", "ctrlPr",
}  # fmt: skip
CONTENT = {"t", "txbxContent", "blip", "imagedata", "textpath"}
CHARACTERS = {
    "tab": " ",
    "ptab": " ",
    "cr": LINE_BREAK,
    "noBreakHyphen": "-",
    "softHyphen": "",
}
# A table of contents repeats the headings with the numbers of their pages.
DROPPED_FIELDS = {"TOC"}
EMU_PER_POINT = 12_700
POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "": 1.0}
SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,12})\s*(pt|in|cm|mm|px|)\s*(?=;|$)")


@dataclass
class _Field:
    instruction: str = ""
    in_result: bool = False

    @property
    def kind(self) -> str:
        words = self.instruction.split(maxsplit=1)
        return words[0].upper() if words else ""

    @property
    def shown(self) -> bool:
        return self.in_result and self.kind not in DROPPED_FIELDS


@dataclass
class Runs:
    """What has been read: pieces of text, and what stands beside it.

    `boxes` are the contents of text boxes (an element) and the words of WordArt (a string),
    `notes` the kind and id of each reference, `pictures` the size of each in square points.
    """

    parts: list[str] = field(default_factory=list)
    boxes: list[etree._Element | str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[float] = field(default_factory=list)


class RunReader:
    """Reads the inline content of a story; fields may run on from one paragraph to the next."""

    def __init__(self, styles: Styles, story: etree._Element) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        self._whole = _whole_fields(story)
        self._paragraph_style: str | None = None

    def read(self, paragraph: etree._Element) -> Runs:
        """The text and the boxes, notes and pictures of a paragraph."""
        self._paragraph_style = attribute(child(paragraph, "pPr", "pStyle"))
        runs = Runs()
        self._inside(paragraph, runs)
        return runs

    def _inside(self, element: etree._Element, runs: Runs) -> None:
        for inner in element:
            name = local(inner)
            if name in SKIPPED or not name:
                continue
            if name == "r":
                self._run(inner, runs)
            elif name == "AlternateContent":
                chosen = alternative(inner)
                if chosen is not None:
                    self._inside(chosen, runs)
            elif name in ("drawing", "pict", "object"):
                self._drawing(inner, runs)
            elif name == "t":
                self._text(inner.text or "", runs)
            elif name == "num" and local(element) == "f":  # a fraction of an equation
                self._inside(inner, runs)
                self._text("/", runs)
            elif name != "sdt" or not is_placeholder(inner):
                self._inside(inner, runs)

    def _run(self, run: etree._Element, runs: Runs) -> None:
        hidden = self._styles.hidden(child(run, "rPr"), self._paragraph_style)
        marked = False
        for inner in run:
            name = local(inner)
            if name == "fldChar":
                self._field_mark(inner, runs)
            elif name == "instrText":
                if self._fields and not self._fields[-1].in_result:
                    self._fields[-1].instruction += inner.text or ""
            elif hidden or name in SKIPPED or not name:
                continue
            elif name in ("footnoteReference", "endnoteReference"):
                marked = attribute(inner, "customMarkFollows") in ("1", "true", "on")
                if self._shown():
                    runs.notes.append((name.removesuffix("Reference"), attribute(inner, "id") or ""))
            elif marked and name in ("t", "sym"):
                continue  # the mark of a note that has one of its own
            elif name == "t" and PRIVATE.search(inner.text or ""):
                self._text(typed_symbols(inner.text, child(run, "rPr", "rFonts")), runs)
            else:
                self._part(inner, name, runs)

    def _part(self, part: etree._Element, name: str, runs: Runs) -> None:
        if name == "t":
            self._text(part.text or "", runs)
        elif name == "br":
            page = attribute(part, "type") in ("page", "column")
            self._text(PAGE_BREAK if page else LINE_BREAK, runs, raw=True)
        elif name in CHARACTERS:
            self._text(CHARACTERS[name], runs, raw=True)
        elif name == "sym":
            self._text(symbol(attribute(part, "font") or "", attribute(part, "char") or ""), runs)
        elif name in ("drawing", "pict", "object"):
            self._drawing(part, runs)
        elif name == "AlternateContent":
            chosen = alternative(part)
            for inner in chosen if chosen is not None else ():
                self._part(inner, local(inner), runs)
        elif len(part):
            self._inside(part, runs)

    def _text(self, text: str, runs: Runs, *, raw: bool = False) -> None:
        if self._shown():
            runs.parts.append(text if raw else text.replace("\n", " ").replace("\r", " ").replace("\t", " "))

    def _shown(self) -> bool:
        return all(one.shown for one in self._fields)

    def _field_mark(self, mark: etree._Element, runs: Runs) -> None:
        kind = attribute(mark, "fldCharType")
        if kind == "begin" and mark in self._whole:
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if not ended.in_result and ended.kind == "EQ":
                self._text(overstruck(ended.instruction), runs)

    def _drawing(self, element: etree._Element, runs: Runs) -> None:
        if not self._shown():
            return
        pictures = 0
        for part in _parts_of_drawing(element):
            name = local(part)
            if name == "txbxContent":
                runs.boxes.append(part)
            elif name == "textpath":
                runs.boxes.append(attribute(part, "string") or "")
            else:
                pictures += 1
        if pictures:
            runs.pictures.append(_area(element))


def alternative(element: etree._Element) -> etree._Element | None:
    """The first of the ways to say the same thing that has any content."""
    ways = list(children(element, "Choice", "Fallback"))
    return next((w for w in ways if any(local(e) in CONTENT for e in w.iter())), ways[0] if ways else None)


def is_placeholder(control: etree._Element) -> bool:
    """Whether a content control only shows what should be filled in: 单击此处输入文字。"""
    shown = child(control, "sdtPr", "showingPlcHdr")
    return shown is not None and (attribute(shown) or "true") not in ("0", "false", "off")


def _whole_fields(story: etree._Element) -> set[etree._Element]:
    """The begin and end marks that belong together: one without its end must not swallow the rest."""
    whole: set[etree._Element] = set()
    open_: list[etree._Element] = []
    for mark in story.iter("{*}fldChar"):
        if any(local(above) in ("del", "moveFrom") for above in mark.iterancestors()):
            continue
        if attribute(mark, "fldCharType") == "begin":
            open_.append(mark)
        elif attribute(mark, "fldCharType") == "end" and open_:
            whole |= {open_.pop(), mark}
    return whole


def _parts_of_drawing(element: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for inner in element:
        name = local(inner)
        if name in ("txbxContent", "textpath", "blip", "imagedata"):
            found.append(inner)
        elif name == "AlternateContent":
            chosen = alternative(inner)
            found += _parts_of_drawing(chosen) if chosen is not None else []
        else:
            found += _parts_of_drawing(inner)
    return found


def _area(element: etree._Element) -> float:
    """Square points that a picture takes up; 0 where its size is not stated."""
    extent = next(element.iter("{*}extent"), None)
    if extent is not None:
        sides = [attribute(extent, side) or "" for side in ("cx", "cy")]
        if all(s.isascii() and s.isdigit() and len(s) < 13 for s in sides):
            return int(sides[0]) * int(sides[1]) / EMU_PER_POINT**2
    areas = [_styled_area(attribute(shape, "style") or "") for shape in element.iter("{*}shape", "{*}rect")]
    return max(areas, default=0.0)


def _styled_area(style: str) -> float:
    sides = {side: float(size) * POINTS[unit] for side, size, unit in SIZE.findall(style[:2000]) if size.count(".") < 2}
    return sides.get("width", 0.0) * sides.get("height", 0.0)
