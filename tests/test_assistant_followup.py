"""Questions among others of one chat: what they lean on, and how they read by themselves."""

from __future__ import annotations

import pytest

from assistant.followup import leans, place_in_chat, point_of


@pytest.mark.parametrize(
    "asked",
    [
        "乡村振兴现场推进会提了哪些要求",
        "护照怎么办理",
        "什么时候是森林防火期？",
        "继续教育有什么规定",
        "再就业怎么帮扶",
        "优化营商环境的这套办法都有哪些措施和要求呢",
        "这几年招商引资怎么样",
        "哪些县区整改得慢",
        "那个省的目标最高",
        "你几岁了",
    ],
)
def test_a_new_question_does_not_lean_on_the_one_before(asked: str) -> None:
    turn = place_in_chat(asked, ["推诿扯皮怎么批评"])
    assert (turn.standalone, turn.leans) == (asked, False)


@pytest.mark.parametrize(
    "asked", ["那停车场呢", "第二点具体怎么说的", "它的目标是多少", "为什么？", "停车场呢？", "具体数字"]
)
def test_a_follow_up_leans_on_the_one_before(asked: str) -> None:
    assert leans(asked)
    turn = place_in_chat(asked, ["去年新建了多少座公厕"])
    assert turn.leans
    assert "去年新建了" in turn.standalone


@pytest.mark.parametrize(
    ("history", "asked", "standalone"),
    [
        (["2023年四川新建了多少所学校？"], "那2022年呢", "2022年四川新建了多少所学校"),
        (["2023年四川省新建了多少所学校？"], "云南呢", "2023年云南省新建了多少所学校"),
        (["四川新建了多少所学校"], "那2022年呢", "2022年四川新建了多少所学校"),
        (["去年新建了多少座公厕？"], "那停车场呢", "去年新建了多少停车场"),
        (["上海2026年计划新增多少座公园", "绿道要新建多少"], "它今年打算投多少钱", "上海2026年今年打算投多少钱"),
        (["会上提了哪三条要求？"], "第二点呢", "会上提了哪三条要求：其中第二点呢"),
        (["会上提了哪三条要求？", "第一点呢"], "那第三点呢", "会上提了哪三条要求：其中第三点呢"),
        (["2023年全市优良率是多少"], "那22年呢", "2022年全市优良率是多少"),
        (["96年物价涨了多少"], "那04年呢", "2004年物价涨了多少"),
        (["推诿扯皮怎么批评"], "原话", "推诿扯皮怎么批评；原话"),
        (["浙江2026年就业目标", "江苏呢"], "两个省哪个高", "浙江和江苏2026年就业目标哪个高"),
        (["浙江省2026年就业目标", "江苏省呢"], "哪个高", "浙江和江苏2026年就业目标哪个高"),
        (["积分入户要什么条件", "什么时候公示"], "为什么", "积分入户要什么条件；什么时候公示；为什么"),
    ],
)
def test_a_follow_up_reads_by_itself(history: list[str], asked: str, standalone: str) -> None:
    assert place_in_chat(asked, history).standalone == standalone


@pytest.mark.parametrize(
    ("asked", "point"), [("第十二条是什么", 12), ("最后一点", -1), ("倒数第二项", -2), ("首先呢", 1), ("第二产业呢", 0)]
)
def test_the_point_asked_for_is_a_number(asked: str, point: int) -> None:
    assert point_of(asked) == point
