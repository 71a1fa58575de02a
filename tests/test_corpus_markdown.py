"""Markdown: marks go, words stay."""

from __future__ import annotations

import pytest

from corpus.extract.markdown import extract_markdown


def words(text: str) -> str:
    return extract_markdown(text.encode()).text.strip()


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("# 清淤方案", "清淤方案"),
        ("###### （一）时间", "（一）时间"),
        ("**一要抓早。**早动手早主动。", "一要抓早。早动手早主动。"),
        ("__二要抓细。__", "二要抓细。"),
        ("- 清淤\n* 护岸\n+ 绿化", "清淤\n护岸\n绿化"),
        ("清淤 - 护岸 - 绿化", "清淤 - 护岸 - 绿化"),
        ("- 清淤 - 护岸", "清淤 - 护岸"),
        ("详见[实施细则](https://example.org/细则)的规定。", "详见实施细则的规定。"),
        ("详见[细则](https://example.org/a_(1).html)。", "详见细则。"),
        ("![河道照片](a.png)治理之后水清岸绿。", "治理之后水清岸绿。"),
        ("清淤。\n\n---\n\n护岸。", "清淤。\n\n\n\n护岸。"),
        ("清淤<!-- 编者按 -->护岸", "清淤护岸"),
        ("增长5*3，占比2_1。", "增长5*3，占比2_1。"),
        ("1. 清淤\n2. 护岸", "1. 清淤\n2. 护岸"),
    ],
)
def test_marks_are_taken_off_and_words_kept(marked: str, plain: str) -> None:
    assert words(marked) == plain


def test_a_list_of_links_is_a_menu_and_goes() -> None:
    text = "* [首页](/)\n* [新闻](/news)\n[公开](/open) [服务](/serve)\n\n请于本月底前完成清淤。"
    assert words(text) == "请于本月底前完成清淤。"


def test_the_first_heading_is_the_title() -> None:
    extracted = extract_markdown("# 清淤方案\n\n一、目标\n".encode())
    assert extracted.facts["title"] == "清淤方案"
    assert extracted.text.splitlines()[0] == "清淤方案"


def test_a_saved_page_gives_its_title_and_loses_its_head() -> None:
    text = "Title: 清淤方案 - 石桥区网站\n\nURL Source: https://example.org/1\n\nMarkdown Content:\n请完成清淤。\n"
    extracted = extract_markdown(text.encode())
    assert extracted.facts["title"] == "清淤方案"
    assert extracted.text.split() == ["清淤方案", "请完成清淤。"]


def test_of_a_saved_page_only_the_document_is_read() -> None:
    page = "* 无障碍\n\n关注本站\n\n# 清淤方案\n\n请完成清淤。\n\n# 清淤方案\n\n分享到\n"
    text = f"Title: 清淤方案 - 石桥区网站\n\nURL Source: https://example.org/1\n\nMarkdown Content:\n{page}"
    assert extract_markdown(text.encode()).text.split() == ["清淤方案", "请完成清淤。"]


def test_headings_have_offsets_and_levels_from_one_without_the_title() -> None:
    extracted = extract_markdown(
        "# 清淤方案\n\n## 目标\n干净。\n\n### 时间 ##\n本月。\n\n**联系方式**\n12345。\n".encode()
    )
    found = [(extracted.text[at:].split("\n")[0], level) for at, level in extracted.headings]
    assert found == [("目标", 1), ("时间", 2), ("联系方式", 3)]


@pytest.mark.parametrize("line", ["**一要抓早。**", "**一要抓早**，早动手。", "加粗**一要抓早**"])
def test_words_in_bold_are_no_heading(line: str) -> None:
    assert extract_markdown(f"清淤。\n\n{line}\n\n护岸。\n".encode()).headings == ()


def test_a_row_of_a_table_is_a_line_with_tabs() -> None:
    assert words("| 序号 | 任务 |\n|:---|---|\n| 1 | 清淤 |") == "序号\t任务\n1\t清淤"


def test_a_text_without_heading_states_no_title() -> None:
    assert extract_markdown("请完成清淤。\n".encode()).facts == {}


def test_windows_line_ends_and_gb18030_are_read() -> None:
    extracted = extract_markdown("# 清淤方案\r\n\r\n- 早动手\r\n".encode("gb18030"))
    assert extracted.text.split() == ["清淤方案", "早动手"]


def test_two_encodings_are_flagged() -> None:
    upper = "# 清淤方案\n各街道要在汛期到来之前完成清淤工作，做到早动手、早安排、早落实。\n"
    data = upper.encode() + "对工作不力的单位进行通报。\n".encode("gb18030")
    extracted = extract_markdown(data)
    assert extracted.flags == ("mixed_encoding",)
    assert "对工作不力的单位进行通报。" in extracted.text


@pytest.mark.parametrize("unit", ["[](", "![", "**", "__a", "<!--", "- ", "# ", "[a](b)", "* * ", "[[", "(("])
def test_hostile_marks_are_read_in_bounded_time(unit: str) -> None:
    assert extract_markdown((unit * (100_000 // len(unit)) + "尾").encode()).text.endswith("尾")
