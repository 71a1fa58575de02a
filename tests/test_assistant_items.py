"""What stands below a lead-in comes with it; a law that the library has not got is named as missing."""

from __future__ import annotations

import pytest
from conftest import fresh

from assistant.ask import ask
from index import Encoder, Library

RULES = """石桥县公共浴室管理办法
石政发〔2023〕9号
第一条 为了规范公共浴室的开办和经营，制定本办法。
第二条 开办公共浴室应当同时符合下列条件：
（一）有固定的场所，面积不小于二百平方米；
（二）锅炉经检验合格；
（三）从业人员持有健康证明。
第三条 公共浴室应当在门口公示水温和价格。
第四条 对老年人的优惠按下列标准执行：（一）年满六十周岁的半价；
（二）年满七十周岁的免费。
第五条 本办法自2023年10月1日起施行。
石桥县人民政府
2023年8月9日
"""
NOTICE = """石桥县人民政府关于加强城区养护的通知
各乡镇人民政府，县政府各部门：
一、加强道路养护
第十条线路的路灯由县城管局维修，坏灯三日之内更换。
二、加强绿地养护
行道树每年修剪两次，枯枝随时清理。
三、做好供暖收费
供暖费按户收取，计算公式为：
供暖费＝套内面积×每平方米二十二元。空置房减半。
欠费的户不得停暖。
石桥县人民政府
2024年3月5日
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Library:
    folder = tmp_path_factory.mktemp("items")
    (folder / "石桥县公共浴室管理办法.txt").write_text(RULES, encoding="utf-8")
    (folder / "关于加强城区养护的通知.txt").write_text(NOTICE, encoding="utf-8")
    library = fresh(folder / "library", encoder)
    with library.writing() as writer:
        list(writer.add(sorted(folder.glob("*.txt"))))
    return library


def told(library: Library, question: str) -> list[str]:
    answer = ask(library, question)
    assert all(s.text == c.paragraph.text[a:b] for c in answer.citations for (a, b), s in zip(
        c.evidence, [s for s in answer.sentences if s.citation == c.n], strict=True
    ))  # fmt: skip
    return [sentence.text for sentence in answer.sentences]


def test_what_a_colon_promises_follows_it(small: Library) -> None:
    lines = told(small, "供暖费的计算公式是什么")
    at = lines.index("供暖费按户收取，计算公式为：")
    assert lines[at + 1] == "供暖费＝套内面积×每平方米二十二元。"


def test_the_items_of_a_list_follow_what_leads_them_in(small: Library) -> None:
    lines = told(small, "开办公共浴室应当符合哪些条件")
    at = lines.index("第二条 开办公共浴室应当同时符合下列条件：")
    assert [line[:3] for line in lines[at + 1 : at + 4]] == ["（一）", "（二）", "（三）"]
    assert not any(line.startswith("（四）") for line in lines)


def test_a_list_that_begins_beside_its_lead_in_goes_on_below(small: Library) -> None:
    lines = told(small, "公共浴室对老年人有什么优惠标准")
    at = next(i for i, line in enumerate(lines) if "优惠按下列标准执行" in line)
    assert lines[at + 1] == "（二）年满七十周岁的免费。"


def test_what_leads_nothing_in_stands_alone(small: Library) -> None:
    assert not any("（" in line for line in told(small, "公共浴室要公示什么"))


@pytest.mark.parametrize("question", ["《城市绿化条例》第十条怎么规定的", "石桥县养犬管理条例怎么规定"])
def test_a_law_that_is_not_there_is_named(small: Library, question: str) -> None:
    answer = ask(small, question)
    assert (answer.verdict, answer.reason) == ("not_found", "document")
    assert answer.missing[0].strip("《》") in question


@pytest.mark.parametrize("question", ["《石桥县公共浴室管理办法》第三条", "公共浴室管理办法第二条怎么规定的"])
def test_an_article_of_a_law_that_is_there_is_answered(small: Library, question: str) -> None:
    assert ask(small, question).verdict == "answered"


def test_a_number_of_a_document_held_out_with_a_wrong_digit_is_put_right(small: Library) -> None:
    answer = ask(small, "“石政发〔2023〕8号”，对吗？")
    assert answer.quotation and answer.quotation.matches[0].words == "石政发〔2023〕9号"


def test_a_topic_is_no_quotation_unless_it_stands_so(sample: Library) -> None:
    assert ask(sample, "社区食堂老年人助餐补贴的标准和对象").quotation is None
    assert ask(sample, "对80周岁及以上老年人每餐补助3元").quotation
    assert ask(sample, "对80周岁以上老年人每餐补助4元，出处").quotation
