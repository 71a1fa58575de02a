"""A question of a chat that goes on from the one before, though none of its words says so."""

from __future__ import annotations

import pytest

from assistant.ask import ask
from index import Library

WORKS, CUTS = "老旧小区改造推进会讲了什么", "整治形式主义有哪些措施"


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        (WORKS, "完工率是多少", "完工率68.6%"),
        (WORKS, "谁来验收", "必须有居民代表签字"),
        (CUTS, "多长时间采集一次", "每季度采集一次"),
        ("防汛值班要遵守什么", "从什么时候开始", "5月1日至9月30日"),  # alone it is answered out of a walk in the park
        ("森林防火期怎么管火", "从什么时候开始", "2023年11月1日至2024年4月30日"),
        (WORKS, "存在什么问题", "一是资金缺口"),
    ],
)
def test_what_names_nothing_is_asked_of_what_was_asked_before(
    sample: Library, before: str, asked: str, told: str
) -> None:
    answer = ask(sample, asked, history=[before])
    assert answer.understood == f"{before}；{asked}"
    assert any(told in sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    "asked", ["怎么减肥", "讲个笑话", "我好无聊", "你几岁了", "能养狗吗", "？？", "a", "有没有电梯房源"]
)
@pytest.mark.parametrize("before", [WORKS, CUTS])
def test_what_has_nothing_to_do_with_it_is_not_answered_out_of_it(sample: Library, before: str, asked: str) -> None:
    assert ask(sample, asked, history=[before]).verdict == "not_found"


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        (WORKS, "完工率", "完工率68.6%"),
        (CUTS, "观测点", "65个基层观测点"),
        ("老旧小区改造居民户均出资", "多少钱", "居民户均出资620元"),
        (CUTS, "问责", "问责"),
    ],
)
def test_a_word_is_asked_of_what_was_asked_before(sample: Library, before: str, asked: str, told: str) -> None:
    assert any(told in sentence.text for sentence in ask(sample, asked, history=[before]).sentences)


@pytest.mark.parametrize("asked", ["什么是空气质量优良率", "森林防火期是什么时候"])
def test_what_says_of_what_it_asks_is_answered_as_without_a_chat(sample: Library, asked: str) -> None:
    alone = ask(sample, asked)
    assert ask(sample, asked, history=[CUTS]).verdict == alone.verdict


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        ("2023年空气质量优良率是多少", "2024年目标是多少", "地区生产总值增长6%左右"),
        ("老旧小区改造有哪些困难", "有哪些做法", "先征求意见再出图"),
    ],
)
def test_a_year_is_a_matter_of_its_own_and_little_said_is_enough(
    sample: Library, before: str, asked: str, told: str
) -> None:
    assert any(told in sentence.text for sentence in ask(sample, asked, history=[before]).sentences)


def test_another_matter_is_answered_as_if_nothing_had_been_asked(sample: Library) -> None:
    asked = "防汛值班要遵守什么"
    assert ask(sample, asked, history=[CUTS]).understood == asked
