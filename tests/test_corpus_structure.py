"""Structure: levels, heading paths and the part that each paragraph plays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import ROLES, Paragraph
from corpus.lines import split_lines
from corpus.structure.paragraphs import heading_level, structure

SPEECH = """在全区防汛工作会议上的讲话
（2024年5月20日）
同志们：
今天召开全区防汛工作会议，主要任务是分析形势、安排工作，动员各方面力量打好主动仗。
一、认清形势，绷紧防汛这根弦
去年汛期我区平均降雨比常年多两成，老城区有11处路段积水，教训必须记取。
（一）有利条件
今年新建泵站3座，清淤管网62公里，排涝能力明显增强。
（二）薄弱环节。还有7个小区没有完成雨污分流，汛前必须采取临时措施。
1.设备老化。部分水泵已经用了二十年。
（1）查清数量。各街道月底之前报齐。
2.人手不足。夜间值守力量偏弱。
二、压实责任，守住防汛这条线
谁的辖区谁负责，谁的行业谁负责，谁出问题就追究谁的责任。
同志们，防汛无小事，让我们共同守护全区人民的平安。"""
NOTICE = """石桥区人民政府办公室
关于做好2024年防汛工作的
通知
石政办发〔2024〕12号
各街道办事处，区直各部门：
为做好今年防汛工作，现将有关事项通知如下，请认真贯彻落实。
一、明确目标
确保不死人、少损失，确保城市正常运行，确保群众生产生活秩序稳定。
二、落实措施
各单位要在5月底之前完成预案修订，6月上旬组织一次实战演练。
石桥区人民政府办公室
2024年5月6日"""


def parts(text: str, stated_title: str | None = None) -> list[Paragraph]:
    return structure(split_lines(text), (stated_title,) if stated_title else ())


def role(text: str, start: str) -> str:
    return next(p.role for p in parts(text) if p.text.startswith(start))


def path(text: str, start: str) -> tuple[str, ...]:
    return next(p.heading_path for p in parts(text) if p.text.startswith(start))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("第一编 总则", 1),
        ("第二章 河道管理", 2),
        ("第三节 监督检查", 3),
        ("一、工作目标", 4),
        ("二十三、附则", 4),
        ("（一）摸清底数", 5),
        ("(十二)强化督查", 5),
        ("1.责任到人", 6),
        ("12、加强巡查", 6),
        ("3．建立台账", 6),
        ("（1）逐户登记", 7),
        ("(15)按时上报", 7),
        ("2.5万人受益", None),
        ("2024年工作", None),
        ("一要抓早", None),
        ("第一，要抓早", None),
        ("第一条 为了加强管理", None),
        ("123.过长的编号", None),
        ("（2024年5月20日）", None),
        ("各街道：", None),
        ("", None),
    ],
)
def test_the_numbering_tells_the_level(text: str, level: int | None) -> None:
    assert heading_level(text) == level


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("在全区防汛工作", "title"),
        ("（2024年", "date"),
        ("同志们：", "salutation"),
        ("今天召开", "opening"),
        ("一、认清形势", "heading"),
        ("（一）有利条件", "heading"),
        ("（二）薄弱环节。还有", "body"),
        ("谁的辖区", "body"),
        ("同志们，防汛无小事", "closing"),
    ],
)
def test_the_parts_of_a_speech_are_told_apart(start: str, expected: str) -> None:
    assert role(SPEECH, start) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("石政办发", "byline"),
        ("各街道办事处", "salutation"),
        ("为做好今年防汛工作", "opening"),
        ("一、明确目标", "heading"),
        ("2024年5月6日", "date"),
    ],
)
def test_the_parts_of_a_notice_are_told_apart(start: str, expected: str) -> None:
    assert role(NOTICE, start) == expected


def test_a_title_over_several_lines_is_one_title() -> None:
    assert [p.text for p in parts(NOTICE) if p.role == "title"] == [
        "石桥区人民政府办公室",
        "关于做好2024年防汛工作的",
        "通知",
    ]


def test_the_issuer_and_the_date_at_the_end_are_a_signature() -> None:
    assert [(p.role, p.text) for p in parts(NOTICE)][-2:] == [
        ("signature", "石桥区人民政府办公室"),
        ("date", "2024年5月6日"),
    ]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("今天召开", ()),
        ("一、认清形势", ()),
        ("去年汛期", ("一、认清形势，绷紧防汛这根弦",)),
        ("（一）有利条件", ("一、认清形势，绷紧防汛这根弦",)),
        ("今年新建", ("一、认清形势，绷紧防汛这根弦", "（一）有利条件")),
        ("（二）薄弱环节", ("一、认清形势，绷紧防汛这根弦", "（二）薄弱环节")),
        ("1.设备老化", ("一、认清形势，绷紧防汛这根弦", "（二）薄弱环节", "1.设备老化")),
        ("（1）查清数量", ("一、认清形势，绷紧防汛这根弦", "（二）薄弱环节", "1.设备老化", "（1）查清数量")),
        ("2.人手不足", ("一、认清形势，绷紧防汛这根弦", "（二）薄弱环节", "2.人手不足")),
        ("二、压实责任", ()),
        ("谁的辖区", ("二、压实责任，守住防汛这条线",)),
    ],
)
def test_each_paragraph_stands_under_its_headings(start: str, expected: tuple[str, ...]) -> None:
    assert path(SPEECH, start) == expected


def test_the_head_of_a_document_stands_under_no_heading() -> None:
    for paragraph in parts(SPEECH)[:4]:
        assert paragraph.heading_path == ()


def test_chapters_and_sections_of_a_regulation_are_levels() -> None:
    text = """石桥区河道管理办法
第一章 总则
第一条 为了加强河道管理，保障防洪安全，制定本办法。
第二章 管理
第一节 巡查
第二条 区水务局每月巡查一次，街道每周巡查一次。
第二节 保洁
第三条 河道保洁由街道负责，经费由区财政保障。"""
    assert path(text, "第一条") == ("第一章 总则",)
    assert path(text, "第二条") == ("第二章 管理", "第一节 巡查")
    assert path(text, "第三条") == ("第二章 管理", "第二节 保洁")


def test_a_heading_that_ends_with_a_stop_is_one_if_smaller_numbers_follow() -> None:
    text = """全区防汛工作方案
一、主要任务
（一）抓好隐患排查。
1.排查河道。每条河道落实一名河长。
2.排查泵站。每座泵站试机一次。
（二）抓好物资储备。
编织袋、冲锋舟、抽水泵备足备齐，专人保管。"""
    assert role(text, "（一）") == "heading"
    assert path(text, "2.排查") == ("一、主要任务", "（一）抓好隐患排查。", "2.排查泵站")


def test_a_numbered_sentence_is_not_a_heading() -> None:
    text = "关于清淤的通知\n各街道：\n请做好以下工作，并按时报送。\n1.清理河道，疏通沟渠，确保水流畅通；\n2.报送总结。"
    assert role(text, "1.清理") == "body"
    assert role(text, "2.报送") == "body"


def test_the_title_that_the_format_states_is_taken() -> None:
    text = "石桥区水务局文件\n河道保洁\n实施办法\n各街道：\n现将有关事项通知如下，请照办。"
    assert [p.text for p in parts(text, "河道保洁实施办法") if p.role == "title"] == ["河道保洁", "实施办法"]


def test_a_stated_title_that_is_not_in_the_text_changes_nothing() -> None:
    assert parts(SPEECH, "完全不同的题目") == parts(SPEECH)


@pytest.mark.parametrize(
    "line", ["各位代表：", "各位领导，同志们：", "尊敬的各位来宾：", "广大市民朋友们：", "石桥区人民政府：", "同志们！"]
)
def test_whom_a_document_speaks_to_is_a_salutation(line: str) -> None:
    assert role(f"在全区大会上的讲话\n{line}\n今天召开大会，安排部署今年的重点工作。", line) == "salutation"


def test_a_list_of_short_lines_without_a_date_is_not_a_signature() -> None:
    text = "河道名录\n全区列入管护的河道如下，由各街道负责日常保洁。\n清水河\n柳溪河\n白沙河"
    assert [p.role for p in parts(text)][-3:] == ["body"] * 3


def test_nothing_has_no_structure() -> None:
    assert structure([]) == []


some_texts = st.lists(
    st.sampled_from([*SPEECH.split("\n"), *NOTICE.split("\n"), "第一章 总则", "第二节 保洁", "清淤" * 700, "。", "（"]),
    max_size=30,
).map("\n".join)


@settings(deadline=None)
@given(some_texts)
def test_structure_changes_no_word_and_numbers_from_one(text: str) -> None:
    lines = split_lines(text)
    paragraphs = structure(lines)
    assert [p.text for p in paragraphs] == [line.text for line in lines]
    assert [p.pieces for p in paragraphs] == [line.pieces for line in lines]
    assert [p.number for p in paragraphs] == list(range(1, len(lines) + 1))
    assert all(p.role in ROLES for p in paragraphs)


@settings(deadline=None)
@given(some_texts)
def test_a_heading_path_is_made_of_what_stands_above(text: str) -> None:
    paragraphs = parts(text)
    for index, paragraph in enumerate(paragraphs):
        for title in paragraph.heading_path:
            assert any(earlier.text.startswith(title) for earlier in paragraphs[: index + 1])
