"""Line breaks: lost ones are found again, false ones are closed, and no character changes its place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.breaks import OVERLONG, PARAGRAPH, UNBROKEN, mend_breaks
from corpus.lines import HIDDEN, Line, split_lines

SENTENCES = (
    "各街道要把清淤工作摆上重要日程，主要负责同志亲自抓。",
    "一是摸清底数，逐条河道登记造册；",
    "二是倒排工期，挂图作战，",
    "（二）强化督查。每周通报一次进度。",
    "三、工作要求",
    "1.责任要到人。",
    "同志们：",
    "“清得彻底、管得长久”",
    "　　群众满意不满意，是检验工作的唯一标准！",
    "\u200b会议指出",
    "第一条 为了加强河道管理，制定本办法。",
    "",
    "   ",
)
pages = st.lists(st.sampled_from(SENTENCES), max_size=40).flatmap(
    lambda parts: st.sampled_from(["\n", "\n\n", "", " ", "\r\n"]).map(lambda joint: joint.join(parts))
)
HEADED = (
    "在全区防汛工作会议上的讲话（2024年5月20日）同志们：今天召开全区防汛工作会议，主要任务是分析形势、安排工作。"
    "一、认清形势，绷紧防汛这根弦。去年汛期我区平均降雨比常年多两成，老城区有11处路段积水。"
    "（一）看到有利条件。今年新建泵站3座，清淤管网62公里。（二）看到薄弱环节。还有7个小区没有完成雨污分流。"
    "二、突出重点，抓实防汛这件事。1.抓排查。对辖区内的河道、涵洞逐一过筛子。2.抓演练。每个街道至少演练一次。"
    "3.抓物资。编织袋、冲锋舟、抽水泵备足备齐。第一，不能等。第二，不能靠。"
    "三、压实责任，守住防汛这条线。谁的辖区谁负责，谁出问题追究谁。" + "各单位要举一反三，查漏补缺。" * 20
)


def mapped(line: Line, source: str) -> str:
    """The line's text, put together again from the source by its pieces."""
    ends = [*(a for a, _ in line.pieces[1:]), len(line.text)]
    return "".join(source[b : b + end - a] for (a, b), end in zip(line.pieces, ends, strict=True))


def mended(text: str, *, whole_lines: bool = False) -> list[str]:
    return [line.text for line in mend_breaks(split_lines(text), whole_lines=whole_lines)[0]]


@settings(deadline=None)
@given(pages, st.booleans(), st.integers(1, 30))
def test_mended_lines_map_back_and_lose_nothing(text: str, whole_lines: bool, times: int) -> None:
    text *= times
    lines, _ = mend_breaks(split_lines(text), whole_lines=whole_lines)
    for line in lines:
        assert mapped(line, text) == line.text
    kept = "".join(line.text for line in lines)
    assert "".join(kept.split()) == "".join(HIDDEN.sub("", text).split())


@settings(deadline=None)
@given(pages)
def test_whole_lines_of_usual_length_stay_as_they_are(text: str) -> None:
    lines = split_lines(text)
    if any(len(line.text) > PARAGRAPH for line in lines):
        return
    assert mend_breaks(lines, whole_lines=True) == (lines, False)


def test_nothing_is_mended_in_nothing() -> None:
    assert mend_breaks([], whole_lines=False) == ([], False)
    assert mend_breaks([], whole_lines=True) == ([], False)


@pytest.mark.parametrize(
    "opening",
    [
        "在全区防汛工作会议上的讲话",
        "（2024年5月20日）",
        "同志们：",
        "一、认清形势，绷紧防汛这根弦。",
        "（一）看到有利条件。",
        "（二）看到薄弱环节。",
        "二、突出重点，抓实防汛这件事。",
        "1.抓排查。",
        "2.抓演练。",
        "3.抓物资。",
        "第一，不能等。",
        "第二，不能靠。",
        "三、压实责任，守住防汛这条线。",
    ],
)
def test_a_text_without_breaks_is_broken_at_its_numbering_and_its_head(opening: str) -> None:
    assert any(line.startswith(opening) for line in mended(HEADED))


def test_a_short_single_line_is_not_broken() -> None:
    text = "同志们：一、要抓早。二、要抓实。"
    assert mended(text) == [text]


def test_white_space_left_over_between_sentences_is_a_break() -> None:
    sentence = "各街道要按照统一部署抓好清淤工作，做到不留死角、不走过场。"
    assert mended("　　".join([sentence] * 20)) == [sentence] * 20


def test_white_space_between_words_of_a_single_line_is_a_break_too() -> None:
    head = "石桥区水务局 关于做好河道清淤工作的通知 各街道办事处："
    sentence = "各街道要按照统一部署抓好清淤工作，做到不留死角、不走过场。"
    assert mended(f"{head} {sentence * 13}")[:3] == head.split()


def test_figures_are_not_taken_for_numbering() -> None:
    text = "全年完成投资。12.5亿元用于清淤，3.2亿元用于护岸，" * 30
    assert not any(line.startswith(("12.5", "3.2", "2.5")) and i for i, line in enumerate(mended(text)))


def test_a_lost_paragraph_without_any_mark_is_cut_at_sentence_ends_to_a_readable_size() -> None:
    sentence = "各街道要按照统一部署抓好清淤工作，做到不留死角、不走过场。"
    parts = mended(sentence * 100)
    assert len(parts) > 3
    assert all(part.endswith("。") and len(part) <= 2 * PARAGRAPH for part in parts)
    assert "".join(parts) == sentence * 100


def test_a_long_line_with_no_sentence_end_stays_whole() -> None:
    text = "清淤" * UNBROKEN
    assert mended(text) == [text]


def test_only_a_whole_document_without_breaks_is_called_unbroken() -> None:
    sentence = "各街道要按照统一部署抓好清淤工作，做到不留死角、不走过场。"
    assert mend_breaks(split_lines(sentence * 100), whole_lines=False)[1]
    assert not mend_breaks(split_lines(sentence * 20), whole_lines=False)[1]
    assert not mend_breaks(split_lines("\n".join([sentence] * 200)), whole_lines=False)[1]


def test_one_overlong_line_among_others_is_broken_alone() -> None:
    sentence = "各街道要按照统一部署抓好清淤工作，做到不留死角、不走过场。"
    parts = mended(f"关于清淤工作的通知\n{sentence * 80}\n特此通知。")
    assert parts[0] == "关于清淤工作的通知"
    assert parts[-1] == "特此通知。"
    assert all(len(part) <= OVERLONG for part in parts)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("要把清淤工作摆上重要日程，", "主要负责同志亲自抓。"),
        ("要把清淤、护岸、", "绿化统筹起来。"),
        ("各街道把清淤工作摆上日程", "，主要负责同志亲自抓。"),
        ("我们的口号是“", "清得彻底”。"),
        ("一要摸清底数；", "做到心中有数。"),
    ],
)
def test_a_sentence_that_runs_over_a_line_end_is_joined(first: str, second: str) -> None:
    assert mended(f"{first}\n{second}") == [first + second]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("要把清淤工作摆上日程。", "主要负责同志亲自抓。"),
        ("一、认清形势", "去年汛期降雨偏多。"),
        ("抓好三件事，", "一、摸清底数。"),
        ("抓好三件事，", "（一）摸清底数。"),
        ("抓好三件事，", "1.摸清底数。"),
        ("要抓好以下工作：", "摸清底数，挂图作战。"),
        ("石桥区水务局", "2024年3月5日"),
    ],
)
def test_a_line_that_stands_for_itself_is_not_joined(first: str, second: str) -> None:
    assert mended(f"{first}\n{second}") == [first, second]


def test_lines_that_the_format_marks_as_paragraphs_are_never_joined() -> None:
    assert mended("要把清淤工作摆上日程，\n主要负责同志亲自抓。", whole_lines=True) == [
        "要把清淤工作摆上日程，",
        "主要负责同志亲自抓。",
    ]


def test_where_empty_lines_part_the_paragraphs_the_lines_between_are_joined() -> None:
    text = (
        "要把清淤工作摆上重要日程\n主要负责同志亲自抓，做到有部署有检查。\n\n护岸工程要赶在汛前完工。\n\n绿化要跟上。\n\n"
        "保洁要常态。\n\n巡查要到位。"
    )
    assert mended(text)[0] == "要把清淤工作摆上重要日程主要负责同志亲自抓，做到有部署有检查。"
    assert len(mended(text)) == 5


def test_an_empty_line_keeps_paragraphs_apart() -> None:
    assert mended("一要摸清底数；\n\n做到心中有数。") == ["一要摸清底数；", "做到心中有数。"]


def test_no_break_falls_inside_a_sentence() -> None:
    for first, _ in pairwise(mended(HEADED)):
        assert first.endswith(tuple("。：）话"))


LONG = "各街道要把清淤工作摆上重要日程，主要负责同志亲自抓。" * 80


def test_a_long_paragraph_of_a_format_that_marks_paragraphs_stays_whole() -> None:
    lines = split_lines("\n".join([LONG, LONG, LONG]))
    assert [line.text for line in mend_breaks(lines, whole_lines=True)[0]] == [LONG, LONG, LONG]
    assert mend_breaks(lines, whole_lines=True)[1] is False


def test_a_single_long_block_without_numbering_stays_whole_and_with_numbering_does_not() -> None:
    plain = SENTENCES[0] * 20
    numbered = f"工作方案。{SENTENCES[0] * 10}一、目标。{SENTENCES[0] * 5}二、任务。{SENTENCES[0] * 5}"
    assert mended(plain, whole_lines=True) == [plain]
    assert [text[:4] for text in mended(numbered, whole_lines=True)][-2:] == ["一、目标", "二、任务"]


def test_a_blank_behind_a_semicolon_is_not_a_lost_break() -> None:
    text = f"今年要抓好两件事: 一是清淤; 要结合河长制来抓。{SENTENCES[0] * 15} 下面，我讲几点意见。"
    assert any("一是清淤; 要结合河长制" in line for line in mended(text))
    assert mended(text)[-1] == "下面，我讲几点意见。"


def test_the_parts_of_a_text_that_was_one_line_are_broken_too() -> None:
    head = "\u3000\u3000回信清水河畔的乡亲们：\u3000\u3000来信收悉。"
    lines = split_lines(head + "\n" + SENTENCES[0] * 14)
    assert [line.text for line in mend_breaks(lines, whole_lines=False, one_line=True)[0]][:3] == [
        "回信",
        "清水河畔的乡亲们：",
        "来信收悉。",
    ]


def test_most_of_a_text_in_one_line_is_broken_at_its_blanks() -> None:
    text = "清淤讲话\n" + f"一、认清形势 {SENTENCES[0] * 40}二、压实责任 {SENTENCES[0] * 40}"
    assert [line for line in mended(text) if len(line) < 10] == ["清淤讲话", "一、认清形势", "二、压实责任"]


def test_a_blank_within_brackets_or_quotation_marks_is_no_lost_break() -> None:
    text = (
        f"清淤工作的通知 各镇：根据《县财政局 县水利局关于清淤的意见》（县财政局 县水利局公告第8号），口号为“还水于民 还岸于民”。"
        f"{SENTENCES[0] * 15} 为此，通知如下： 按期完成。"
    )
    found = mended(text)
    assert found[0] == "清淤工作的通知"
    assert any(
        "县财政局 县水利局关于清淤" in line and "县水利局公告第8号），口号为“还水于民 还岸于民”。" in line
        for line in found
    )
    assert found[-2:] == ["为此，通知如下：", "按期完成。"]


def test_a_quotation_of_several_paragraphs_keeps_them() -> None:
    text = f"问：清淤由谁负责？ 答：条例规定：“河道由乡镇负责。 沟渠由村负责。”{SENTENCES[0] * 15}"
    assert "答：条例规定：“河道由乡镇负责。" in mended(text)


def test_a_blank_in_a_sentence_that_began_in_mid_text_is_no_lost_break() -> None:
    text = f"{SENTENCES[0] * 15}各镇要给全部参加清淤的职工建立 “ 一人一档 ” 健康档案。 县水利局 2023年5月6日"
    found = mended(text)
    assert found[0].endswith("建立 “ 一人一档 ” 健康档案。")
    assert found[1:] == ["县水利局", "2023年5月6日"] or found[1:] == ["县水利局 2023年5月6日"]
