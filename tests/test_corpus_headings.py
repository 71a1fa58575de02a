"""Headings: which lines are some, how deep they stand in their own document, and what only looks like one."""

from __future__ import annotations

import pytest

from corpus.document import Paragraph
from corpus.lines import split_lines
from corpus.structure import structure
from corpus.structure.numbering import number_value, read_numbering, read_spoken

TEXT = "各街道要把清淤、护岸、保洁三件事一起抓，按月报送进度，按季开展评比，年底统一验收。"


def tree(text: str, marked: tuple[tuple[int, int], ...] = ()) -> list[tuple[int, str]]:
    """Depth and text of each heading."""
    return [(len(p.heading_path) + 1, p.text) for p in paragraphs(text, marked) if p.role == "heading"]


def paragraphs(text: str, marked: tuple[tuple[int, int], ...] = ()) -> list[Paragraph]:
    return structure(split_lines(text), (), marked)


def lines(*parts: str) -> str:
    return "\n".join(["关于河道管护的意见", "各街道：", *(TEXT if part == "*" else part for part in parts)])


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("一、目标", "*", "（一）近期", "*", "1.清淤", "*", "（1）主河", "*", "二、措施", "*"), [1, 2, 3, 4, 1]),
        (("（一）目标", "*", "一、近期", "*", "二、远期", "*", "（二）措施", "*"), [1, 2, 2, 1]),
        (("一、目标", "*", "1.近期", "*", "（1）清淤", "*", "二、措施", "*"), [1, 2, 3, 1]),
        (("一、目标", "*", "（一）近期", "*", "二、措施", "*", "（二）远期", "*", "（三）长期", "*"), [1, 2, 1, 2, 2]),
        (("1.目标", "*", "（一）近期", "*", "（二）远期", "*", "2.措施", "*", "（一）清淤", "*", "3.保障", "*"), [1, 2, 2, 1, 2, 1]),
        (("１．目标", "*", "（１）近期", "*", "２．措施", "*"), [1, 2, 1]),
        (("一、目标", "*", "二、措施", "*", "一、清淤", "*", "二、护岸", "*", "三、保洁", "*", "三、保障", "*"), [1, 1, 2, 2, 2, 1]),
        (("一", "*", "二", "*"), [1, 1]),
        (("第一章　总则", "*", "1.1　目的", "*", "1.1.1　近期", "*", "1.2　原则", "*"), [1, 2, 3, 2]),
        (("01 何时清淤？", "*", "02 怎样清淤？", "清淤主河", "*", "清淤支河", "*"), [1, 1, 2, 2]),
        (("第一部分 总体要求", "*", "一、目标", "*", "第二部分 主要任务", "*"), [1, 2, 1]),
        (("目标任务", "*", "一、近期", "*", "二、远期", "*", "保障措施", "*", "一、经费", "*", "结束语", "*"), [1, 2, 2, 1, 2, 1]),
        (("一、目标", "*", "清淤工程", "*", "护岸工程", "*", "二、措施", "*"), [1, 2, 2, 1]),
        (("一、目标", "*", "第一，清理河道淤泥", "*", "第二，加固河道堤岸", "*"), [1, 2, 2]),
    ],
)  # fmt: skip
def test_the_depth_of_a_heading_is_its_place_in_this_document(parts: tuple[str, ...], expected: list[int]) -> None:
    found = tree(lines(*parts))
    assert [text for _, text in found] == [part for part in parts if part != "*"]
    assert [depth for depth, _ in found] == expected


def test_a_stopped_heading_over_its_text_is_one_and_an_item_of_a_list_is_none() -> None:
    headed = lines("一、任务", "（一）清理淤泥。", "*", "（二）加固堤岸。", "*")
    listed = lines("一、任务", "*", "（一）清理淤泥。", "（二）加固堤岸。", "（三）清运垃圾。", "*")
    assert [depth for depth, _ in tree(headed)] == [1, 2, 2]
    assert tree(listed) == [(1, "一、任务")]


def test_topic_sentences_in_a_row_over_their_paragraphs_are_headings() -> None:
    row = ("清淤工作进展顺利。", "*", "护岸工程全面完工。", "*", "保洁队伍不断壮大。", "*")
    assert [text for _, text in tree(lines("一、回顾", *row))[1:]] == [part for part in row if part != "*"]
    assert tree(lines("一、回顾", *row[:2])) == [(1, "一、回顾")]


def test_lines_behind_one_mark_head_what_stands_below_them() -> None:
    marked = lines(
        "《清淤指引》", "*", "■准备", "1.清点设备。", "2.通知沿线。", "■注意事项", "*", "《护岸指引》", "■用料", "*"
    )
    assert tree(marked) == [(1, "《清淤指引》"), (2, "■准备"), (2, "■注意事项"), (1, "《护岸指引》"), (2, "■用料")]
    assert paragraphs(marked)[-1].heading_path == ("《护岸指引》", "■用料")


@pytest.mark.parametrize(
    "parts",
    [
        ("●周一至周五上午", "●周六、周日不办公", "*"),
        ("★小贴士", "*", "★小贴士", "*"),
        ("■准备", "*", "■清点设备，通知沿线。", "*"),
        ("*", "■准备", "*", "■"),
        ("*", "▲图为会议现场", "*", "▲江明在会上讲话", "*"),
        ("*", "◆石桥：江明", "*", "◆云岭：李云山", "*"),
        ("*", "★重点岗位", "岗位名称", "★学历", "本科以上", "*"),
    ],
)
def test_marked_items_and_labels_of_boxes_are_no_headings(parts: tuple[str, ...]) -> None:
    assert tree(lines("一、安排", *parts)) == [(1, "一、安排")]


def test_numbers_in_a_row_without_text_between_are_a_list() -> None:
    assert tree(lines("一、材料", "*", "1.申请表", "2.身份证", "3.照片", "二、时限", "*")) == [
        (1, "一、材料"),
        (1, "二、时限"),
    ]


def test_contents_are_no_headings() -> None:
    text = lines("目  录", "一、目标……1", "二、措施……3", "一、目标", "*", "二、措施", "*")
    assert tree(text) == [(1, "一、目标"), (1, "二、措施")]
    assert [p.role for p in paragraphs(text)][2:5] == ["note"] * 3


def test_a_line_that_the_format_marks_is_a_heading_although_alone() -> None:
    text = lines("*", "清淤安排", "*")
    assert tree(text) == []
    assert tree(text, ((text.index("清淤安排"), 2),)) == [(1, "清淤安排")]


def test_articles_of_a_law_are_paragraphs_under_its_chapters() -> None:
    text = lines(
        "第一章 总则", *(f"第{n}条　{TEXT}" for n in "一二三"), "第二章 附则", *(f"第{n}条　{TEXT}" for n in "四五")
    )
    assert tree(text) == [(1, "第一章 总则"), (1, "第二章 附则")]
    assert [p.heading_path for p in paragraphs(text) if p.text.startswith("第五条")] == [("第二章 附则",)]


def test_what_is_issued_behind_the_signature_is_an_attachment_with_headings_of_its_own() -> None:
    text = lines(
        "*", "附件：1.河道名录", "2.保洁标准", "石桥区水务局", "2024年5月6日", "附件1", "河道名录", "一、主河", "*"
    )
    roles = {p.text: p.role for p in paragraphs(text)}
    assert [roles[t] for t in ("附件：1.河道名录", "2.保洁标准", "附件1", "河道名录")] == ["attachment"] * 4
    assert (roles["石桥区水务局"], roles["2024年5月6日"]) == ("signature", "date")
    assert tree(text) == [(1, "一、主河")]


@pytest.mark.parametrize(
    ("head", "roles"),
    [
        (("在全区防汛会议上的讲话", "（2024年5月6日）", "江明", "同志们："), ["title", "date", "byline", "salutation"]),
        (("政府工作报告", "——2024年1月8日在石桥区第五届人民代表大会第三次会议上", "石桥区区长　江　明", "各位代表："), ["title", "subtitle", "byline", "salutation"]),
        (("石桥区水务局", "关于清淤的通知", "石水发〔2024〕7号", "各街道、各部门："), ["title", "title", "byline", "salutation"]),
        (("守护一江清水", "建设幸福河湖", "——在全区河长制工作会议上的讲话", "同志们："), ["title", "title", "subtitle", "salutation"]),
    ],
)  # fmt: skip
def test_the_lines_of_a_head_are_told_apart(head: tuple[str, ...], roles: list[str]) -> None:
    assert [p.role for p in paragraphs("\n".join([*head, TEXT]))][: len(roles)] == roles


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("二十", 20), ("一百零二", 102), ("１２", 12), ("⑳", 20), ("—", 1)]
)
def test_the_value_of_a_number(text: str, value: int) -> None:
    assert number_value(text) == value


@pytest.mark.parametrize("text", ["一、三年来的成绩", "1.2025年的指标"])
def test_a_number_before_a_number_is_one(text: str) -> None:
    assert read_numbering(text) is not None


@pytest.mark.parametrize("text", ["二、三季度的安排", "2.5万人", "一是要抓早", "（2024年5月6日）", ""])
def test_what_is_no_number_of_a_part(text: str) -> None:
    assert read_numbering(text) is None


def test_a_guide_may_number_with_two_digits() -> None:
    found = read_spoken("03 办理渠道")
    assert found is not None
    assert (found.value, found.end) == (3, 3)


@pytest.mark.parametrize(
    "parts",
    [
        ("一、材料", "1.《清淤申请表》。", "*", "2.《护岸申请表》。", "*"),
        ("一、对象", "1.沿岸的机关、学校、企业和居民住宅。", TEXT, "2.沿岸的商铺。" + TEXT),
        ("一、收费标准", "本区清淤不收费", "二、办理时限", "*"),
    ],
    ids=["papers", "a lone item", "an answer"],
)
def test_items_and_answers_are_no_headings(parts: tuple[str, ...]) -> None:
    assert [text for _, text in tree(lines(*parts))] == [p for p in parts if p[1:2] == "、"]


def test_numbers_that_count_on_under_headings_leave_them_headings() -> None:
    text = lines("（一）抓好清淤。", "1.主河。" + TEXT, "2.支河。" + TEXT, "（二）抓好护岸。", "3.东岸。" + TEXT)
    assert [head for _, head in tree(text)] == ["（一）抓好清淤。", "（二）抓好护岸。"]


def test_the_title_of_a_second_attachment_is_no_heading() -> None:
    text = lines("*", "石桥区水务局", "2024年5月6日", "清淤办法", "一、总则", "*", "河道护岸规定", "一、总则", "*")
    roles = {p.text: p.role for p in paragraphs(text, ((text.index("河道护岸规定"), 2),))}
    assert roles["清淤办法"] == roles["河道护岸规定"] == "attachment"
