"""Patterns with slots: the same matches as a regular expression, in time that hostile ones can't stretch."""

from __future__ import annotations

import re
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import BadPattern
from assistant.wording.pattern import GAP, LONGEST_PART, MOST_PARTS, Pattern, has_slots, read_pattern
from index.slots import slot_matches


def found(text: str, pattern: Pattern) -> list[tuple[int, int]]:
    return slot_matches(np.array([ord(c) for c in text], np.uint32), pattern.parts, pattern.gap)


def expected(text: str, pattern: Pattern) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(pattern.expression, text)]


LETTERS = "以之心本,.1\n"


@settings(max_examples=1500, deadline=None)
@given(
    st.text(LETTERS, max_size=60),
    st.lists(st.text("以之心本,.1", min_size=1, max_size=2), min_size=1, max_size=4),
    st.integers(1, 7),
)
def test_slots_match_what_the_regular_expression_matches(text: str, parts: list[str], gap: int) -> None:
    pattern = Pattern(tuple(parts), gap)
    assert found(text, pattern) == expected(text, pattern)


def test_gaps_go_over_commas_but_not_over_the_end_of_a_sentence() -> None:
    pattern = read_pattern("既要…又要…")
    assert found("既要快,又要好", pattern) == [(0, 6)]
    assert found("既要快.又要好", pattern) == []
    assert found("既要增3.5倍又要稳", pattern) == [(0, 9)]  # the point of a figure ends nothing
    assert found("既要又要", pattern) == []  # a slot takes one character at the least
    assert found("既要" + "好" * GAP + "又要", pattern) and not found("既要" + "好" * (GAP + 1) + "又要", pattern)


def test_a_pattern_that_would_stall_a_regular_expression_is_found_at_once() -> None:
    text = "的" * 200_000
    assert found(text, Pattern(("的",) * MOST_PARTS, 60))[0] == (0, 2 * MOST_PARTS - 1)
    assert found(text, Pattern(("的",) * (MOST_PARTS - 1) + ("末",), 60)) == []


@pytest.mark.parametrize("text", ["", "……", "的…" * 50_000, "的" * 100_000, "＿" * 100_000, "X" * 100_000])
def test_hostile_patterns_are_refused(text: str) -> None:
    with pytest.raises(BadPattern):
        read_pattern(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("以…之心…之本", ("以", "之心", "之本")),
        ("既要……又要……更要……", ("既要", "又要", "更要")),
        ("从＿＿到__", ("从", "到")),
        ("从X到×，再到*", ("从", "到", ",再到")),
        ("坚持...不动摇", ("坚持", "不动摇")),
    ],
)
def test_slots_are_written_in_many_ways(text: str, parts: tuple[str, ...]) -> None:
    assert read_pattern(text).parts == parts


def test_only_what_has_parts_around_a_mark_looks_like_a_pattern() -> None:
    assert has_slots("以…之心") and has_slots("从X到X")
    assert not any(has_slots(text) for text in ("X市创建的话", "抓落实", "怎么写……", "A股和X光", "…"))


def test_gaps_are_held_to_a_limit() -> None:
    assert read_pattern("从…到", 10_000).gap <= 60
    assert read_pattern("从…到", -3).gap == 1
    with pytest.raises(BadPattern):
        read_pattern(f"{'长' * (LONGEST_PART + 1)}…到")


def test_random_places_are_the_leftmost_ones() -> None:
    random = Random(11)
    for _ in range(300):
        text = "".join(random.choices("既要又,.好", k=120))
        pattern = Pattern(("既", "要", "又"), random.randint(1, 15))
        assert found(text, pattern) == expected(text, pattern)
