"""Answers: verbatim, cited, or 「库内未见依据」."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.ask import ask
from assistant.question import understand
from assistant.web.examples import EXAMPLES
from index import Filters, Library

# What a newcomer's first ten questions must find, in the order of EXAMPLES.
EXPECTED = (
    "推诿扯皮",
    "新增学位2.34万个",
    "对80周岁及以上老年人每餐补助3元",
    "一年原则上只查一次",
    "看大门，看墙上，看本子，就是不看车间",
    "2023年11月1日至2024年4月30日为全市森林防火期",
    "每周三为全市“无会日”",
    "每项给予300万元财政支持",
    "整改率84.6%，进度最慢",
    "低层住户顾虑采光和噪音",
)


def holds(answer: Answer) -> None:
    """What every answer must be."""
    numbers = [c.n for c in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for sentence in answer.sentences:
        citation = answer.citations[sentence.citation - 1]
        assert any(citation.paragraph.text[a:b] == sentence.text for a, b in citation.evidence)
    for citation in answer.citations:
        assert citation.evidence
        assert all(0 <= a < b <= len(citation.paragraph.text) for a, b in citation.evidence)
        assert any(
            (h.entry.id, h.paragraph.number) == (citation.entry.id, citation.paragraph.number) for h in answer.hits
        )
    if answer.verdict == "not_found":
        assert not answer.sentences
        assert not answer.citations
        assert answer.reason
    else:
        assert answer.sentences
        assert not answer.reason


def test_each_example_of_the_page_finds_what_it_asks_for(sample: Library) -> None:
    missing = []
    for question, expected in zip(EXAMPLES, EXPECTED, strict=True):
        answer = ask(sample, question)
        holds(answer)
        if answer.verdict != "answered" or not any(expected in c.paragraph.text for c in answer.citations):
            missing.append((question, answer.verdict, answer.reason, [s.text[:40] for s in answer.sentences]))
    assert missing == []


def test_citation_ids_name_the_evidence_in_the_stored_document(sample: Library) -> None:
    answer = ask(sample, "同一家企业一年最多检查几次")
    for citation in answer.citations:
        id, number, span = citation.id.split(":")
        start, end = map(int, span.split("-"))
        text = sample.document(id).paragraphs[int(number) - 1].text
        assert text[start:end].startswith(citation.paragraph.text[slice(*citation.evidence[0])])


@pytest.mark.parametrize(
    "question", ["红烧肉怎么做才好吃", "用Python怎么写快速排序", "how to learn guitar", "比特币现在多少钱一个"]
)
def test_questions_far_from_the_library_are_not_answered(sample: Library, question: str) -> None:
    answer = ask(sample, question)
    holds(answer)
    assert answer.verdict == "not_found"
    assert answer.suggestions


def test_a_year_that_the_library_does_not_have_is_not_answered(sample: Library) -> None:
    answer = ask(sample, "2015年全市改造了多少个老旧小区")
    assert (answer.verdict, answer.reason) == ("not_found", "year")


def test_a_figure_that_is_nowhere_stated_is_not_answered(library: Library) -> None:
    answer = ask(library, "河湖管护工作安排了多少公里绿道")
    assert answer.verdict == "not_found"
    assert answer.reason in ("figure", "far")


def test_an_amount_is_not_answered_with_something_that_is_none(sample: Library) -> None:
    answer = ask(sample, "志愿者每人补多少")
    assert (answer.verdict, answer.reason) == ("not_found", "figure")


def test_who_asks_what_a_term_is_gets_a_paragraph_that_has_it(sample: Library) -> None:
    told, untold = ask(sample, "“无会日”具体是哪一天"), ask(sample, "“首违不罚”是指什么")
    assert "每周三为全市“无会日”" in told.sentences[0].text
    assert (untold.verdict, untold.reason, untold.missing) == ("not_found", "particular", ("首违不罚",))


def test_the_words_of_a_document_are_looked_for_in_it(sample: Library) -> None:
    title = "澜川市老旧小区改造工作情况汇报"
    asked, held_out = (
        ask(sample, f"《{title}》里{rest}") for rest in ("讲加装电梯那一段的原文", "讲加装电梯意见难统一，对吗")
    )
    assert asked.filters == {"document": [f"《{title}》"]} and {c.entry.title for c in asked.hits} == {title}
    assert held_out.filters == {} and held_out.likely == {"document": [f"《{title}》"]}


def test_a_follow_up_uses_what_came_before(sample: Library) -> None:
    answer = ask(sample, "那2022年呢", history=["2023年全市空气质量优良率是多少？"])
    assert answer.understood == "2022年全市空气质量优良率是多少"
    assert any("86.3%" in h.paragraph.text for h in answer.hits[:3])
    alone = ask(sample, "那2022年呢")
    assert alone.understood == "那2022年呢"


def test_the_year_of_a_follow_up_is_remembered_and_long_questions_before_are_cut() -> None:
    question = understand("公厕呢", ["2023年建了多少路灯" + "，" * 3000, "那停车场呢"])
    assert question.years == (2023,)
    assert len(question.standalone) < 250
    assert understand("  ", ["2023年建了多少路灯"]).standalone == ""


def test_k_changes_the_list_of_hits_and_not_the_answer(sample: Library) -> None:
    few, many = (ask(sample, "老旧小区加装电梯难在哪里", k=k) for k in (1, 20))
    assert (len(few.hits), len(many.hits)) == (1, 20)
    assert few.citations == many.citations


@pytest.mark.parametrize("question", ["", "   ", "。" * 5, "？！", "。" * 5000])
def test_a_question_without_words_is_not_answered(sample: Library, question: str) -> None:
    assert ask(sample, question).verdict == "not_found"


@pytest.mark.parametrize(
    ("asked", "wants", "unit"),
    [
        ("建成了多少公里管网", "figure", "公里"),
        ("招商引资有几个专班", "figure", "个"),
        ("整治一共花了多少钱", "figure", "元"),
        ("这条要求是谁提的", "person", ""),
        ("为什么进度慢", "reason", ""),
        ("什么时候完成整改", "time", ""),
        ("怎么批评推诿扯皮", "", ""),
        ("空气优良率比例是百分之几", "figure", "%"),
        ("给我找几句金句", "", ""),
        ("申请要交几份材料", "figure", ""),
        ("森林面积增长了多少亩", "figure", "亩"),
        ("给多少人发了补贴", "figure", "人"),
        ("提高效率要抓好哪几件事", "", ""),
        ("优良率提高了几个百分点", "figure", "%"),
        ("医保能报百分之几", "figure", "%"),
        ("每人最高能补多少", "figure", "元"),
    ],
)
def test_what_is_asked_for_is_understood(asked: str, wants: str, unit: str) -> None:
    question = understand(asked)
    assert (question.wants, question.unit) == (wants, unit)


def test_a_unit_is_said_or_only_meant() -> None:
    assert all(
        understand(asked).unit_is_said for asked in ("投了多少资金", "优良率是多少", "修了多少公里路", "一共多少钱")
    )
    assert not any(understand(asked).unit_is_said for asked in ("森林面积增长了多少", "每户最高能补多少", "怎么修路"))


def test_filters_restrict_answers_and_are_told(sample: Library) -> None:
    answer = ask(sample, "工作有什么要求", filters=Filters(kind="通知"))
    assert answer.filters == {"kind": "通知"}
    assert {h.entry.kind for h in answer.hits} == {"通知"}
    assert ask(sample, "工作有什么要求", filters=Filters(kind="没有这种")).reason == "nothing"


def test_an_answer_is_json_in_the_shape_of_the_design(sample: Library) -> None:
    shape = json.loads(json.dumps(ask(sample, EXAMPLES[5], k=4).to_dict(), ensure_ascii=False))
    assert set(shape) >= {
        "question", "understood", "filters", "verdict", "sentences", "citations", "hits", "suggestions", "took_ms",
    }  # fmt: skip
    citation = shape["citations"][0]
    assert set(citation) >= {"n", "id", "document", "heading_path", "paragraph", "text", "evidence", "score", "also_in"}
    assert len(shape["hits"]) == 4
    assert "n" not in shape["hits"][0]
    assert set(citation["document"]) >= {"id", "title", "kind", "issuer", "issued", "source", "quality"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=60), st.text("AND OR NOT\"'()[]{}*:^~+-/\\0%_\x00《》“”的了", max_size=40)))
def test_no_question_breaks_it(sample: Library, question: str) -> None:
    holds(ask(sample, question))


def test_a_very_long_question_is_cut_not_refused(sample: Library) -> None:
    holds(ask(sample, "全市安全生产工作会议" * 2000))
