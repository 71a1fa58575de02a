"""The searched form: what readers take for the same is the same, and every character maps back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.normal import fold, fold_character, fold_with_map, traditional_share

CHARACTERS = "河會議臺灣“”「」‘’—－Ａａ１①㎡½ﬁİß 　\t\n\u200b\ufeff。、〔〕×·㈠…"
texts = st.lists(st.sampled_from(CHARACTERS) | st.characters(codec="utf-8"), max_size=60).map("".join)


@settings(deadline=None)
@given(texts)
def test_every_folded_character_comes_from_the_one_it_is_mapped_to(text: str) -> None:
    folded, origin = fold_with_map(text)
    assert len(origin) == len(folded)
    for character, offset in zip(folded, origin, strict=True):
        assert character in fold_character(text[offset])


@settings(deadline=None)
@given(texts)
def test_the_map_goes_forward_and_skips_only_what_folds_to_nothing(text: str) -> None:
    _, origin = fold_with_map(text)
    assert origin == sorted(origin)
    assert all(fold_character(text[i]) == "" for i in set(range(len(text))) - set(origin))


@settings(deadline=None)
@given(texts)
def test_folding_with_and_without_the_map_is_the_same(text: str) -> None:
    assert fold_with_map(text)[0] == fold(text)


@settings(deadline=None)
@given(st.data(), texts)
def test_a_find_in_the_folded_text_maps_back_to_a_span_that_folds_to_it(data: st.DataObject, text: str) -> None:
    folded, origin = fold_with_map(text)
    if not folded:
        return
    start = data.draw(st.integers(0, len(folded) - 1))
    end = data.draw(st.integers(start + 1, len(folded)))
    assert folded[start:end] in fold(text[origin[start] : origin[end - 1] + 1])


@settings(deadline=None)
@given(texts, texts)
def test_folding_two_texts_together_is_folding_each(a: str, b: str) -> None:
    assert fold(a + b) == fold(a) + fold(b)


@settings(deadline=None)
@given(texts)
def test_no_white_space_is_left(text: str) -> None:
    assert not any(character.isspace() for character in fold(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全國會議", "全国会议"),
        ("「清淤」", "“清淤”"),
        ("『清淤』", "＂清淤＂"),
        ("‘清淤’", "'清淤'"),
        ("１２．５％", "12.5%"),
        ("ＡＢＣ", "abc"),
        ("第 一 條\n規\u3000定", "第一条规定"),
        ("清\u200b淤\ufeff", "清淤"),
        ("石桥政发〔2022〕31号", "石桥政发[2022]31号"),
        ("清淤——护岸", "清淤－－护岸"),
        ("3×5", "3x5"),
        ("㎡", "m2"),
        ("清淤，护岸；绿化：保洁！", "清淤,护岸;绿化:保洁!"),
    ],
)
def test_what_readers_take_for_the_same_folds_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("清淤", "清於"), ("12", "21"), ("已", "己"), ("九十", "90")])
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_one_character_that_becomes_several_maps_to_itself() -> None:
    assert fold_with_map("约½㎡") == ("约1⁄2m2", [0, 1, 1, 1, 2, 2])


def test_traditional_share_counts_only_chinese_characters() -> None:
    assert traditional_share("") == traditional_share("abc 123，。") == 0.0
    assert traditional_share("会议abc") == 0.0
    assert traditional_share("會議abc") == 1.0
    assert traditional_share("會议") == 0.5
