"""A list that is asked for is given whole, in its order."""

from __future__ import annotations

import re

import pytest

from assistant.ask import ask
from index import Library

MARK = re.compile(r"[（(]?([一二三])(?:[）)、]|是)")


def told(library: Library, asked: str) -> list[str]:
    answer = ask(library, asked)
    assert answer.verdict == "answered"
    for sentence in answer.sentences:
        citation = answer.citations[sentence.citation - 1]
        assert sentence.text in citation.paragraph.text
    places = [(c.entry.id, c.paragraph.number) for c in answer.citations]
    assert len(places) == len(set(places))
    return [sentence.text for sentence in answer.sentences]


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("创建全国文明城市动员大会讲了哪几点意见", ["下面，我讲三点意见", "一、", "二、", "三、"]),
        ("老旧小区改造有哪些问题", ["一是", "二是", "三是", "四是"]),
        ("整治形式主义有哪些措施", ["（一）", "（二）", "（三）"]),
    ],
)
def test_a_list_that_is_asked_for_is_given_whole(sample: Library, asked: str, begins: list[str]) -> None:
    sentences = told(sample, asked)
    places = [next(i for i, text in enumerate(sentences) if text.startswith(begin)) for begin in begins]
    assert places == list(range(places[0], places[0] + len(begins)))


@pytest.mark.parametrize(
    ("asked", "points"),
    [
        ("养老服务体系建设的重点任务有哪些", ["做实居家", "做优社区", "做强机构", "做专人才", "做严综合"]),
        ("数字政府建设三年行动计划的重点任务有几条", ["实施政务", "实施数据", "实施城市", "实施基础"]),
    ],
)
def test_a_heading_that_is_named_brings_its_list(sample: Library, asked: str, points: list[str]) -> None:
    assert [text[3:7] for text in told(sample, asked)[: len(points)]] == points


def test_a_number_is_not_answered_with_a_list(sample: Library) -> None:
    sentences = told(sample, "老旧小区改造还有多少个小区没有动工")
    assert not any(text.startswith("四是") for text in sentences)


@pytest.mark.parametrize("asked", ["整治形式主义由哪些部门督查", "老旧小区改造在哪几个小区试点"])
def test_what_is_no_list_of_points_is_not_answered_with_one(sample: Library, asked: str) -> None:
    sentences = [s.text for s in ask(sample, asked).sentences]
    assert not {"一", "二", "三"} <= {found.group(1) for text in sentences if (found := MARK.match(text))}


def test_what_is_asked_of_one_point_is_not_answered_with_all(sample: Library) -> None:
    asked = "整治形式主义加强监测有哪些措施"
    assert not any(s.text.startswith("（三）") for s in ask(sample, asked).sentences)


def test_what_was_chosen_of_a_point_stays_in_the_answer(sample: Library) -> None:
    sentences = told(sample, "整治形式主义有哪些措施")
    assert sentences[0].startswith("（一）压实责任。各县（区）")
