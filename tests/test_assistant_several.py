"""Several questions in one: each is answered by itself, or all as one where that can't be done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import fresh
from hypothesis import given
from hypothesis import strategies as st

from assistant.ask import ask
from assistant.several import MOST, questions_in
from assistant.telling import lead_of
from assistant.web.render import answer_html
from index import Encoder, Filters, Library

RULES = """石桥区创业担保贷款办法
第一章 额度
个人创业担保贷款额度最高三十万元，合伙创业的最高五十万元。
第二章 贴息
财政部门按贷款实际利率的百分之五十给予贴息，贴息期限不超过三年。
第三章 受理
申请人向街道便民服务中心提出申请，五个工作日内答复，由区人社局负责复核。
石桥区人民政府
2023年5月8日
"""
ELSEWHERE = """云岭区就业服务办法
云岭区城镇新增就业目标为每年三千人，贴息资金每季度拨付一次。
云岭区人民政府
2023年6月8日
"""
OTHER = """石桥区河道保洁办法
河道保洁员每周巡河两次，发现漂浮物当日清理。
石桥区水务局
2023年6月1日
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("rules")
    (folder / "就业").mkdir()
    (folder / "就业" / "贷款办法.txt").write_text(RULES, encoding="utf-8")
    (folder / "服务办法.txt").write_text(ELSEWHERE, encoding="utf-8")
    (folder / "保洁办法.txt").write_text(OTHER, encoding="utf-8")
    library = fresh(tmp_path_factory.mktemp("several") / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder]))
    yield library
    library.close()


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("创业担保贷款最高能贷多少，贴息怎么算", ("创业担保贷款最高能贷多少", "贴息怎么算")),
        ("请问社保卡怎么申领？密码怎么设置？谢谢", ("请问社保卡怎么申领", "密码怎么设置")),
        ("申请要什么材料 几个工作日能办好", ("申请要什么材料", "几个工作日能办好")),
        ("粮食产量目标是多少？蔬菜呢？要怎么保？", ()),  # 蔬菜呢 is too short to be asked by itself
        ("对困难企业，有哪些补贴", ()),
        ("北京、上海的目标是多少，谁最高", ()),
        ("“谁来管，怎么管”出自哪里", ()),
        ("承揽人可以将工作交给第三人吗，承揽人把工作交给第三人要同意吗", ()),
        ("无论什么单位，是否都要参加", ()),
        ("贷几次也行，最多几年还清", ()),
        ("这几年就业形势严峻，采取了哪些措施", ()),
        ("对于怎样推进清淤，讲话提出了哪些要求", ()),
        ("1、公租房怎么申请？2、租金多少？", ("公租房怎么申请", "租金多少")),
        ("有两个问题想请教：1.公租房怎么申请；2.租金多少", ("公租房怎么申请", "租金多少")),
        ("材料是什么？时间是什么？地点是什么？费用是什么？", ()),
    ],
)
def test_questions_are_told_apart_by_their_words_of_asking(asked: str, parts: tuple[str, ...]) -> None:
    assert questions_in(asked) == parts


@given(st.text(st.sampled_from("怎么办多少？，；。 “”《》（）贴息申领/谢!"), max_size=40))
def test_questions_are_parts_of_what_was_asked(asked: str) -> None:
    parts = questions_in(asked)
    assert len(parts) <= MOST
    assert len(parts) != 1
    at = 0
    for part in parts:
        first = part.split("，")[0]
        assert first in asked[at:]
        at = asked.index(first, at) + len(first)


def test_each_question_is_answered_under_its_own_words(library: Library) -> None:
    answer = ask(library, "创业担保贷款最高能贷多少，贴息怎么算？", k=3)
    assert answer.by == "question"
    assert answer.question == "创业担保贷款最高能贷多少，贴息怎么算？"
    first = {s.of: s.text for s in reversed(answer.sentences)}
    assert "三十万元" in first["创业担保贷款最高能贷多少"]
    assert "百分之五十" in first["贴息怎么算"]
    assert [c.n for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    for sentence in answer.sentences:
        citation = answer.citations[sentence.citation - 1]
        assert sentence.text in [citation.paragraph.text[a:b] for a, b in citation.evidence]
    listed = {(hit.entry.row, hit.paragraph.number) for hit in answer.hits}
    assert {(c.entry.row, c.paragraph.number) for c in answer.citations} <= listed
    leads = [lead_of(answer, s, "zh") for s in answer.sentences]
    assert [lead for lead in leads if lead] == ["创业担保贷款最高能贷多少：", "贴息怎么算："]
    html = answer_html(answer, 1, "zh")
    assert html.count('<span class="yj-of">') == 2
    assert "逐一作答" in html


def test_what_is_answered_is_not_lost_with_what_is_not(library: Library) -> None:
    answer = ask(library, "河道保洁员每周巡河几次，工资是多少")
    assert (answer.verdict, answer.by, answer.missing) == ("answered", "question", ("工资是多少",))
    assert next((s.of, s.text) for s in answer.sentences) == (
        "河道保洁员每周巡河几次",
        "河道保洁员每周巡河两次，发现漂浮物当日清理。",
    )
    assert "可单独再问：工资是多少" in answer_html(answer, 1, "zh")
    turned = ask(library, "工资是多少，河道保洁员每周巡河几次")
    assert (turned.verdict, turned.by, turned.missing) == ("answered", "question", ("工资是多少",))


@pytest.mark.parametrize(
    "asked", ["{}，护照照片怎么拍？", "护照照片怎么拍？{}", "{}，护照照片怎么拍，足球赛几点开始？"]
)
def test_a_question_that_nothing_answers_is_named_beside_the_answer_to_the_other(library: Library, asked: str) -> None:
    answer = ask(library, asked.format("创业担保贷款最高能贷多少"))
    assert (answer.verdict, answer.by) == ("answered", "question")
    assert answer.missing == ("护照照片怎么拍", "足球赛几点开始")[: asked.count("怎么") + asked.count("几点")]
    assert {s.of for s in answer.sentences} == {"创业担保贷款最高能贷多少"}
    assert "三十万元" in answer.sentences[0].text
    assert "可单独再问：护照照片怎么拍" in answer_html(answer, 1, "zh")


@pytest.mark.parametrize("filters", [Filters(year=2023), Filters(folder="就业")])
def test_a_question_that_nothing_answers_costs_no_answer_under_filters(library: Library, filters: Filters) -> None:
    for asked in ("{}，护照照片怎么拍？", "护照照片怎么拍？{}"):
        answer = ask(library, asked.format("创业担保贷款最高能贷多少"), filters=filters)
        assert "三十万元" in answer.sentences[0].text


@pytest.mark.parametrize(
    "asked", ["护照照片怎么拍？要交哪些材料？", "2023年护照照片怎么拍？创业担保贷款最高能贷多少？"]
)
def test_what_leans_on_a_question_that_nothing_answers_is_not_answered_without_it(library: Library, asked: str) -> None:
    assert questions_in(asked)
    assert ask(library, asked).by != "question"


@pytest.mark.parametrize(
    "asked",
    [
        "申请几个工作日内答复，街道怎么受理申请？",  # what is cited speaks of the second
        "申请几个工作日内答复，哪个部门负责复核？",  # one sentence says both
        "石桥区创业担保贷款最高能贷多少，城镇新增就业目标是多少？",  # another place says so
    ],
)
def test_what_can_not_be_answered_one_by_one_is_answered_as_one(library: Library, asked: str) -> None:
    assert questions_in(asked)
    assert not ask(library, asked).by


def test_the_second_question_goes_on_from_the_first_and_both_are_held_to_the_filters(library: Library) -> None:
    answer = ask(library, "创业担保贷款最高能贷多少，贴息怎么算？", filters=Filters(folder="就业"))
    assert answer.by == "question"
    assert {c.entry.title for c in answer.hits} == {"石桥区创业担保贷款办法"}


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("创业担保贷款最高能贷多少，河道保洁员每周巡河几次", ["石桥区创业担保贷款办法", "石桥区河道保洁办法"]),
        ("石桥区创业担保贷款最高能贷多少，河道保洁员每周巡河几次", ["石桥区创业担保贷款办法", "石桥区河道保洁办法"]),
    ],
)
def test_matters_of_two_documents_are_answered_each_out_of_its_own(
    library: Library, asked: str, titles: list[str]
) -> None:
    answer = ask(library, asked)
    assert answer.by == "question"
    first = [answer.citations[s.citation - 1].entry.title for s in answer.sentences if lead_of(answer, s, "zh")]
    assert first == titles
