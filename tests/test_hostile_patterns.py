"""The tool that tries every expression of the project finds them all, and sees one that never ends."""

from __future__ import annotations

import re
import signal

import hostile_patterns
import pytest
from hostile_patterns import BOUNDED, BOUNDING, PACKAGES, ROOT, anywhere, patterns, pieces, slowest


def test_expressions_are_found_where_modules_keep_them_and_where_they_are_written() -> None:
    found = dict(patterns())
    assert len(found) > 300
    assert "corpus.breaks.NUMBERED" in found
    assert any(name.startswith("corpus/structure/head.py:") for name in found)


def test_an_expression_is_tried_anywhere_unless_it_is_only_matched() -> None:
    assert not anywhere("corpus.breaks.NUMBERED")
    assert anywhere("corpus.lines.HIDDEN")


@pytest.mark.parametrize("name", BOUNDED)
def test_what_is_tried_on_short_lines_is_used_on_short_lines_only(name: str) -> None:
    using = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if re.search(rf"\b{name}\b(?! =)", path.read_text(encoding="utf-8"))
    }
    assert using
    assert using <= BOUNDING


def test_the_pieces_of_an_expression_are_its_letters_and_words() -> None:
    assert set(pieces(re.compile(r"来源[:：]\s*(\d+)"))) >= {"来源", ":", "：", " ", "7"}


def test_an_expression_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile_patterns, "SECONDS", 0.3)
    before = signal.signal(signal.SIGPROF, hostile_patterns._give_up)
    try:
        seconds, _ = slowest("x", re.compile("(?:(?:1|11)+)+b"), anywhere=False)
    finally:
        signal.signal(signal.SIGPROF, before)
    assert 0.2 < seconds < 3
