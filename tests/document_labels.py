"""Facts of real documents, labelled by reading, and how well reading finds them.

tests/data/labels.json holds for each of 80 documents its metadata, its headings, and what three of
its paragraphs mention. A value in a list is one of several that honest readers accept; null among
them means that the document may be said not to state it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import Document, Paragraph
from corpus.normal import fold

LABELS = Path(__file__).parent / "data" / "labels.json"
FIELDS = (
    "title", "kind", "issuer", "number", "issued", "place", "level", "occasion", "speaker", "office", "addressee",
)  # fmt: skip
MENTIONS = ("cited", "quotations", "figures", "slogans")
START = 12


@dataclass
class Tally:
    """How many were given, of them right, and how many there were to find."""

    given: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.wanted if self.wanted else 1.0


def labels() -> list[dict[str, Any]]:
    """One dictionary a document."""
    rows: list[dict[str, Any]] = json.loads(LABELS.read_text(encoding="utf-8"))
    return rows


def fields_of(document: Document) -> dict[str, str]:
    """Each field's value; empty where the document does not state it."""
    values = {fact.name: fact.value for fact in document.facts}
    return {name: values.get(name, "") for name in FIELDS}


def accepted(label: object) -> tuple[set[str], bool]:
    """The values that are right, folded, and whether none is right too."""
    values = label if isinstance(label, list) else [label]
    return {fold(v).strip(",") for v in values if v}, None in values


def score_fields(pairs: list[tuple[Document, Mapping[str, Any]]]) -> tuple[dict[str, Tally], list[str]]:
    """A tally for each field, and a line for each mistake."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    mistakes = []
    for document, label in pairs:
        for name, value in fields_of(document).items():
            right, may_lack = accepted(label[name])
            hit = fold(value).strip(",") in right
            tally = tallies[name]
            tally.given += bool(value)
            tally.right += bool(value) and hit
            tally.wanted += not may_lack
            tally.found += not may_lack and hit
            if (value and not hit) or (not value and not may_lack):
                mistakes.append(f"{label['file']} {name}: {value!r}, not {label[name]!r}")
    return dict(tallies), mistakes


def tree_of(document: Document) -> list[tuple[int, str]]:
    """Depth and beginning of every heading."""
    headings = [p for p in document.paragraphs if p.role == "heading"]
    return [(len(p.heading_path) + 1, "".join(p.text.split())[:START]) for p in headings]


def same_tree(document: Document, label: Mapping[str, Any]) -> bool:
    """Whether the headings are exactly those labelled; optional ones may lack, or have any depth."""
    found = [(depth, fold(start)) for depth, start in tree_of(document)]
    wanted = [_heading(h) for h in label["headings"]]
    optional = tuple(start for _, start, may_lack in wanted if may_lack)
    firm = [(depth, start) for depth, start, may_lack in wanted if not may_lack]
    left = [h for h in found if not (optional and h[1].startswith(optional))]
    return len(left) == len(firm) and all(
        a[0] == b[0] and a[1].startswith(b[1]) for a, b in zip(left, firm, strict=True)
    )


def _heading(label: Any) -> tuple[int, str, bool]:
    if isinstance(label, dict):
        return label["depth"], fold(label["start"])[:START], True
    return label[0], fold(label[1])[:START], False


def score_mentions(pairs: list[tuple[Document, Mapping[str, Any]]]) -> tuple[dict[str, Tally], list[str]]:
    """A tally for each kind of mention over the labelled paragraphs, and a line for each mistake."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    mistakes = []
    for document, label in pairs:
        for stretch in label["paragraphs"]:
            found = found_in(document, stretch)
            for name in MENTIONS:
                wanted, optional = _wanted(name, stretch)
                given = found[name]
                tally = tallies[name]
                tally.given += len([g for g in given if g not in optional or g in wanted])
                tally.right += len([g for g in given if g in wanted])
                tally.wanted += len(wanted)
                tally.found += len([w for w in wanted if w in given])
                mistakes += [f"{label['file']} {name} not: {g}" for g in given - wanted - optional]
                mistakes += [f"{label['file']} {name} missed: {w}" for w in wanted - given]
    return dict(tallies), mistakes


def _wanted(name: str, stretch: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    def keys(rows: Any) -> set[str]:
        if name == "figures":
            return {fold(row[0] + row[1]) for row in rows}
        if name == "quotations":
            return {fold(row[1])[:8] for row in rows}
        return {fold(row) for row in rows}

    return keys(stretch.get(name, ())), keys(stretch.get(f"{name}_optional", ()))


def found_in(document: Document, stretch: Mapping[str, Any]) -> dict[str, set[str]]:
    """What the document says of a labelled stretch of its text."""
    found: dict[str, set[str]] = {name: set() for name in MENTIONS}
    names = {"cited": "cited", "quotation": "quotations", "figure": "figures", "slogan": "slogans"}
    for paragraph, start, end in _places(document, stretch):
        for mention in document.mentions:
            if mention.paragraph == paragraph.number and start <= mention.start < end and mention.type in names:
                found[names[mention.type]].add(_key(mention.type, paragraph.text[mention.start : mention.end]))
    return found


def _key(type_: str, text: str) -> str:
    bare = fold(text).strip("\"'《》<>")
    return bare[:8] if type_ == "quotation" else bare


def _places(document: Document, stretch: Mapping[str, Any]) -> Iterator[tuple[Paragraph, int, int]]:
    """The paragraphs, or the part of one, from the label's start to its end."""
    start = fold(stretch["start"])
    for index, paragraph in enumerate(document.paragraphs):
        at = fold(paragraph.text).find(start)
        if at < 0 or (at > 0 and "end" not in stretch):
            continue
        end = fold(paragraph.text).find(fold(stretch["end"]), at) if "end" in stretch else -1
        stop = _offset(paragraph.text, end + len(fold(stretch["end"]))) if end >= 0 else len(paragraph.text)
        yield paragraph, _offset(paragraph.text, at), stop
        if "end" in stretch and end < 0:
            yield from _until(document.paragraphs[index + 1 :], fold(stretch["end"]))
        return


def _until(paragraphs: tuple[Paragraph, ...], end: str) -> Iterator[tuple[Paragraph, int, int]]:
    for paragraph in paragraphs[:20]:
        at = fold(paragraph.text).find(end)
        yield paragraph, 0, len(paragraph.text) if at < 0 else _offset(paragraph.text, at + len(end))
        if at >= 0:
            return


def _offset(text: str, at: int) -> int:
    """The offset in the text of the character at `at` in its folded form."""
    seen = 0
    for offset, character in enumerate(text):
        if seen >= at:
            return offset
        seen += len(fold(character))
    return len(text)
