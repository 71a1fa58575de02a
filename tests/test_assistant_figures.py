"""Which figure of a text a question asks for, and whether it is masked."""

from __future__ import annotations

import pytest

from assistant.figures import best_figure, figures_in, fits
from corpus.normal import fold


@pytest.mark.parametrize(
    ("text", "unit", "words", "found", "masked"),
    [
        ("改造小区12个，新增泊位X个", "个", ["泊位"], "x个", True),
        ("改造小区12个，新增泊位X个", "个", ["小区"], "12个", False),
        ("完成投资XX亿元，建成管网8公里", "公里", ["管网"], "8公里", False),
        ("占比达到百分之七十", "%", ["占比"], "百分之七十", False),
        ("全年开会三次", "元", ["开会"], None, False),
    ],
)
def test_the_figure_with_the_rare_words_around_it_is_meant(
    text: str, unit: str, words: list[str], found: str | None, masked: bool
) -> None:
    figure, _ = best_figure(text, unit, dict.fromkeys(words, 1.0))
    assert (fold(text)[figure.start : figure.stop] if figure else None) == found
    assert bool(figure and figure.masked) == masked


def test_counting_words_stand_for_each_other_and_money_for_none() -> None:
    assert fits("项", "个")
    assert not fits("元", "个")
    assert [f.unit for f in figures_in("投资3亿元")] == ["元"]
