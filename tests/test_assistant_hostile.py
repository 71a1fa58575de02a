"""Hostile questions: as long as a question may be, made to confuse each pattern, cost seconds at most."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hostile_patterns import within

from assistant.ask import ask
from assistant.errors import BadPattern
from assistant.followup import place_in_chat
from assistant.points import series_near
from assistant.question import LONGEST, understand
from assistant.references import parts_of, read_named
from assistant.stated import PATTERNS
from assistant.support import absences
from assistant.wording.need import read_need
from assistant.wording.pattern import has_slots, read_pattern
from corpus import Paragraph
from corpus.normal import fold
from index import Library

SECONDS = 20.0  # a catastrophe takes minutes; a busy machine must not look like one
UNITS = (
    "0", "1", "1.", "⒛", "ﷺ", "一", "十", "第一", "第一次", "1万，", "19年", "07、", "2023年", "二〇二三年", "80岁，", "1234元", "（", "《", "《清》",
    "“", "“清”", "〔", "国发〔", "国发〔2018〕39号", "令", "命令第1号", "在", "在清区", "清县", "区", "四川", "四川省和", "和", "清", "清里", "报告",
    "清报告里", "那篇", "讲话", "大", "二十大", "党的二十大报告", "省级", "各", "比较", "分别", "谁", "率", "率几", "多少", "几", "百分之", "x", "1x",
    "那", "呢", "它的", "是", "一是", "首先", "最后一点", "\u200b", "，", "。", "？", " ", "a", "好的", "😀", "\ud800",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_a_question_of_repeated_characters_is_read_in_time(unit: str) -> None:
    began = time.perf_counter()
    asked = ("比较" + unit * LONGEST)[:LONGEST]
    question = understand(asked, [asked] * 1000)
    named = read_named(question.standalone)
    parts_of(named, fold(question.standalone))
    absences(question, named, fold(asked.encode("utf-8", "replace").decode()))
    place_in_chat(unit * 20, [unit * 20] * 1000)
    assert time.perf_counter() - began < SECONDS


@pytest.mark.parametrize("unit", UNITS)
def test_a_paragraph_of_repeated_characters_is_searched_for_points_and_particulars_in_time(unit: str) -> None:
    began = time.perf_counter()
    text = (unit * 100_000)[:100_000]
    series_near({1: Paragraph(1, "body", text, ())}, 1)
    for pattern in PATTERNS.values():
        list(pattern.finditer(text))
    assert time.perf_counter() - began < SECONDS


@pytest.mark.parametrize(
    "unit",
    [*UNITS, "的句", "用句", "这类句", "好", "一句", "形象点", "。。。", "......", "…", "X", "既要。。。", "“清", "* "],
)
def test_a_request_for_wording_of_repeated_characters_is_read_in_time(unit: str) -> None:
    asked = f"既要{(unit * LONGEST)[: LONGEST - 3]}x"
    with within(SECONDS):
        read_need(asked)
        has_slots(asked)
        with suppress(BadPattern):
            read_pattern(asked)


@pytest.mark.parametrize(
    "unit", ["多少个镇2023年", "《通知》", "各区和各县的比较，四川", "全市安全生产工作会议第三次", "\ud800", "，。？"]
)
def test_a_question_as_long_as_may_be_is_answered_in_time(sample: Library, unit: str) -> None:
    began = time.perf_counter()
    asked = (unit * LONGEST)[: 2 * LONGEST]
    answer = ask(sample, asked, history=[asked] * 1000)
    assert len(answer.question) <= LONGEST
    for sentence in answer.sentences:
        assert any(sentence.text in c.paragraph.text for c in answer.citations)
    assert time.perf_counter() - began < SECONDS
