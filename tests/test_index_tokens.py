"""The same words in other characters are the same terms."""

import pytest

from index.tokens import masked_alike, terms, weighed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("「創文」工作", "“创文”工作"),
        ("『三保』底線", '"三保"底线'),
        ("增長１２．５％", "增长12.5%"),
        ("ＡＩ中心", "ai中心"),
        ("全　国\u200b文明 城市", "全国文明城市"),
        ("××市", "ＸＸ市"),
    ],
)
def test_script_width_and_quotation_marks_make_no_difference(one: str, other: str) -> None:
    """Traditional and simplified, full and half width, any marks, white space."""
    assert terms(one) == terms(other)


@pytest.mark.parametrize("asked", ["X市的做法", "××市的做法", "某市的做法", "*市的做法", "__市的做法"])
@pytest.mark.parametrize("stored", ["X市", "ＸＸ市", "某市"])
def test_a_masked_place_is_asked_for_in_all_its_spellings(asked: str, stored: str) -> None:
    """X市, ××市, 某市 and *市 are one."""
    assert set(terms(stored)) <= set(weighed(asked))


@pytest.mark.parametrize("text", ["6x8米", "某些市民", "x轴", "石桥市"])
def test_what_masks_no_place_is_left_alone(text: str) -> None:
    """A mask stands right before a level."""
    assert masked_alike(text) == ()
