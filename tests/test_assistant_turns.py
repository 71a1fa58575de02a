"""What goes on from an answer: its second point, another particular of the same matter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import fresh

from assistant.ask import ask
from assistant.followup import place_in_chat
from assistant.question import understand
from index import Encoder, Library

RULES = """云岭市公租房管理办法
第一条　为了规范公租房管理，制定本办法。
第二条　公租房由市住房保障中心统一建设。
第三条　申请公租房应当有本市户籍，家庭人均住房面积不到十五平方米。
第四条　申请公租房的家庭，人均月收入应当低于三千元。
第五条　公租房的分配结果公示七天。鉴于群众最关心分配是否公平，公示期内可以实名举报。
第六条　公租房的租金按照市场租金的六成收取，每季度第一个月缴纳。
第七条　退出公租房的家庭三个月内腾退。
"""
OTHER = """云岭市农贸市场管理办法
第一条　农贸市场的摊位租金由经营者和市场协商。
第二条　农贸市场每天清扫两次。
第三条　活禽交易区单独设置。
"""


MEETING = """在云岭市志愿服务推进会上的讲话
（2023年5月8日）
同志们：
一、看清形势
志愿服务的队伍壮大了，注册人数到了三万。
二、当好志愿者
对每一位志愿者，我提四条希望。
第一，希望大家量力而行，有一小时出一小时。
第二，希望大家学会一门手艺，理发、修车都好。
第三，希望大家守时守信，约好的事不误点。
第四，希望大家平安回家，夜间活动结伴同行。
三、办好服务站
服务站周末不关门，茶水自取。
四、落实经费
经费由区里统一拨付。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("rules")
    (folder / "云岭市公租房管理办法.txt").write_text(RULES, encoding="utf-8")
    (folder / "云岭市农贸市场管理办法.txt").write_text(OTHER, encoding="utf-8")
    (folder / "推进会讲话.txt").write_text(MEETING, encoding="utf-8")
    library = fresh(tmp_path_factory.mktemp("turns") / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder]))
    yield library
    library.close()


FIRST = "申请公租房要符合什么条件"


def test_the_second_point_is_the_answers_second_sentence_where_no_list_is_near(library: Library) -> None:
    first = ask(library, FIRST)
    told = [s.text for s in first.sentences]
    assert len(told) > 1
    second = ask(library, "第二点具体怎么说", history=[FIRST])
    assert [s.text in told or told[1] in s.text for s in second.sentences] == [True]
    assert "第二条　公租房由市住房保障中心" not in second.sentences[0].text


def test_a_point_is_that_of_the_list_that_was_given(library: Library) -> None:
    """And not the chapter of that number, nor one of another list of the document."""
    asked = "志愿服务推进会对志愿者提了哪几条希望"
    given = [s.text for s in ask(library, asked).sentences]
    assert [text[:2] for text in given if text.startswith("第")] == ["第一", "第二", "第三", "第四"]
    for point, told in (("第三条", "守时守信"), ("第二点呢", "学会一门"), ("最后一条", "平安回家")):
        answer = ask(library, point, history=[asked])
        assert told in answer.sentences[0].text
    then = ask(library, "还有呢", history=[asked, "第二点呢"])
    assert (then.question, "守时守信" in then.sentences[0].text) == ("还有呢", True)


def test_the_second_article_is_that_of_the_rules(library: Library) -> None:
    answer = ask(library, "第二条呢", history=[FIRST])
    assert "住房保障中心统一建设" in answer.sentences[0].text


def test_a_point_that_is_not_there_is_not_made_up(library: Library) -> None:
    answer = ask(library, "第九点是什么", history=[FIRST])
    assert (answer.verdict, answer.reason, answer.missing) == ("not_found", "ordinal", ("第九点",))


def test_another_particular_is_looked_for_in_the_same_matter(library: Library) -> None:
    answer = ask(library, "那租金怎么收", history=[FIRST])
    assert "市场租金的六成" in answer.sentences[0].text
    assert understand("那租金怎么收", [FIRST]).own == "租金怎么收"


@pytest.mark.parametrize("why", ["那为什么呢", "为什么", "那原因呢"])
def test_who_asks_why_is_not_given_the_figure_once_more(library: Library, why: str) -> None:
    first = "公租房的租金按市场租金的多少收取"
    assert ask(library, first).verdict == "answered"
    answer = ask(library, why, history=[first])
    assert (answer.verdict, answer.reason) == ("not_found", "reason")


def test_a_reason_that_stands_there_is_given(library: Library) -> None:
    answer = ask(library, "为什么", history=["公租房的分配结果公示期内可以实名举报吗"])
    assert answer.verdict == "answered"
    assert any("鉴于群众最关心" in s.text for s in answer.sentences)


def test_what_is_asked_now_is_what_is_wanted() -> None:
    wants = [
        understand(q, ["公租房的租金按市场租金的多少收取"]).wants for q in ("那什么时候缴", "为什么", "具体怎么说")
    ]
    assert wants == ["time", "reason", "figure"]


def test_another_place_after_a_point_is_asked_of_the_question_before_it() -> None:
    turn = place_in_chat("那四川呢", ["浙江2026年有哪三条措施", "第二条具体怎么说"])
    assert turn.standalone == "四川2026年有哪三条措施"
