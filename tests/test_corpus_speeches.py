"""The five speeches as sharing sites show them: every line told apart by hand, document or site.

`data/speeches_web.json` holds line numbers, and for the text without line breaks the ranges of its
sentences: what is the document's must be kept, character by character, and nothing else may be.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus import Document, read_document
from corpus.lines import HIDDEN

SPEECHES = Path(__file__).parents[2] / "shared" / "corpus" / "speeches_web"
LABELS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "speeches_web.json").read_text(encoding="utf-8")
)
pytestmark = pytest.mark.skipif(not SPEECHES.is_dir(), reason="the speeches, ../shared/corpus, are not here")


@cache
def reading(name: str) -> tuple[str, Document]:
    path = SPEECHES / name
    return path.read_text(encoding="utf-8-sig"), read_document(path)


def labelled(name: str, label: str) -> set[int]:
    """Offsets of the seen characters of the file that bear this label."""
    text = reading(name)[0]
    offsets: set[int] = set()
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if number in LABELS[name][label]:
            offsets |= set(range(start, start + len(line)))
        for a, b, said in LABELS[name].get("ranges", {}).get(str(number), ()):
            if said == label:
                offsets |= set(range(start + a, start + b))
        start += len(line) + 1
    return {i for i in offsets if not text[i].isspace() and not HIDDEN.match(text[i])}


def kept(name: str) -> set[int]:
    """Offsets of the characters of the file that are in a paragraph."""
    text, document = reading(name)
    offsets: set[int] = set()
    for paragraph in document.paragraphs:
        ends = [*(a for a, _ in paragraph.pieces[1:]), len(paragraph.text)]
        for (a, b), end in zip(paragraph.pieces, ends, strict=True):
            offsets |= set(range(b, b + end - a))
    return {i for i in offsets if not text[i].isspace()}


def shown(name: str, offsets: set[int]) -> str:
    return "".join(reading(name)[0][i] for i in sorted(offsets))


@pytest.mark.parametrize("name", LABELS)
def test_every_line_has_one_label(name: str) -> None:
    text = reading(name)[0]
    seen = {i for i, c in enumerate(text) if not c.isspace() and not HIDDEN.match(c)}
    body, clutter = labelled(name, "body"), labelled(name, "clutter")
    assert not body & clutter
    assert body | clutter == seen


@pytest.mark.parametrize("name", LABELS)
def test_nothing_of_the_speech_is_lost(name: str) -> None:
    assert shown(name, labelled(name, "body") - kept(name)) == ""


@pytest.mark.parametrize("name", LABELS)
def test_nothing_of_the_site_is_left(name: str) -> None:
    assert shown(name, kept(name) & labelled(name, "clutter")) == ""


@pytest.mark.parametrize("name", LABELS)
def test_what_was_taken_is_on_record_where_it_stood(name: str) -> None:
    text, document = reading(name)
    assert all(text[r.at : r.at + len(r.text)] == r.text for r in document.removed)
    taken = {r.at + i for r in document.removed for i, c in enumerate(r.text) if not c.isspace()}
    assert taken == labelled(name, "clutter")


def test_the_text_whose_site_ends_a_preview_is_flagged() -> None:
    assert [n for n in LABELS if "truncated" in reading(n)[1].quality] == ["004_15fbe324ed7cf1af.txt"]
