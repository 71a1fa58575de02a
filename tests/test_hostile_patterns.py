"""The tool that tries every expression of the project finds them all, and sees one that never ends."""

from __future__ import annotations

import re

import hostile_patterns
import pytest
from hostile_patterns import BOUNDED, BOUNDING, LIMIT, PACKAGES, ROOT, anywhere, nearly, patterns, pieces, slowest


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
    module, _, own = name.rpartition(".")
    using = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if (path.stem == module.rpartition(".")[2] or f"from {module} import" in path.read_text(encoding="utf-8"))
        and re.search(rf"\b{own}\b(?! =)", path.read_text(encoding="utf-8"))
    }
    assert using
    assert using <= BOUNDING


def test_the_pieces_of_an_expression_are_its_letters_and_words() -> None:
    assert set(pieces(re.compile(r"来源[:：]\s*(\d+)"))) >= {"来源", ":", "：", " ", "7"}


@pytest.mark.parametrize("nested", [r"共(?:\s*(?:首页|\d{1,4}))*页", "(?:好|好的|的)+吗"])
def test_a_short_text_is_made_for_which_repeats_in_repeats_never_end(
    nested: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hostile_patterns, "SECONDS", 0.3)
    pattern = re.compile(nested)
    assert slowest("x", pattern, True, nearly(pattern))[0] > 0.2


def test_no_expression_of_the_project_tries_every_way_to_part_a_short_text() -> None:
    found = ((name, slowest(name, pattern, anywhere(name), nearly(pattern, 60))[0]) for name, pattern in patterns())
    assert [name for name, seconds in found if seconds > LIMIT] == []


def test_an_expression_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile_patterns, "SECONDS", 0.3)
    seconds, _ = slowest("x", re.compile("(?:(?:1|11)+)+b"), False, ["1" * 100])
    assert 0.2 < seconds < 3
