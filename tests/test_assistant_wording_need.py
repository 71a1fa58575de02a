"""Requests for wording: what is left when the words of asking are gone."""

from __future__ import annotations

import pytest

from assistant.wording.need import read_need


@pytest.mark.parametrize(
    ("asked", "meaning"),
    [
        ("想找几句批评部门互相推责任的话，写讲评稿用", "批评部门互相推责任"),
        ("给几个强调防汛不能松懈的范例", "强调防汛不能松懈"),
        ("环境卫生反弹怎么写", "环境卫生反弹"),
        ("动员会上要引几句对志愿者的寄语", "对志愿者的寄语"),
        ("河道就是城市名片这类提法", "河道就是城市名片"),
        ("有没有形容夜市热闹的好句子", "夜市热闹"),
        ("論述水質的重要性", "水质的重要性"),
        ("抓落实", "抓落实"),
        ("的话", "的话"),
    ],
)
def test_the_words_of_asking_go(asked: str, meaning: str) -> None:
    assert read_need(asked).meaning == meaning


def test_a_place_and_a_form_are_recognised() -> None:
    closing = read_need("推进会讲话最后一段怎么收尾")
    assert closing.place == "closing"
    assert read_need("开头怎么点题").place == "opening"
    assert read_need("写个从成绩转到问题的过渡句").place == "transition"
    assert "metaphor" in read_need("讲规划，来点形象的比喻").forms
    assert "importance" in read_need("谈水源保护的重要性").forms
    assert read_need("河长巡河走过场").place == "" and read_need("河长巡河走过场").forms == ()


def test_examples_letters_and_what_is_known_already() -> None:
    need = read_need("结尾要带“龙”字的排比，像“龙腾虎跃”这种")
    assert (need.letters, need.examples) == (("龙",), ("龙腾虎跃",))
    assert read_need("一江清水之外还有啥说法").known == ("一江清水",)


@pytest.mark.parametrize("asked", ["", "的", "？？？", "“”", "找" * 4000, "有没有" * 3000 + "吗", "几句" * 5000])
def test_nothing_breaks_it(asked: str) -> None:
    assert isinstance(read_need(asked).meaning, str)
