"""Clutter: each step takes its own kind and says so; what belongs to the document stays."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.clutter import STEPS, strip_clutter
from corpus.lines import split_lines

TITLE = "在全区河道清淤工作会议上的讲话"
BODY = (
    "今天我们召开全区河道清淤工作会议，主要任务是总结前段工作，安排下一步任务。",
    "上半年全区共清理河道46条，清淤12万立方米，群众反映良好，成绩值得肯定。",
    "下一步要抓住枯水季节，倒排工期，确保汛期到来之前全部完成清淤任务。",
)
# What each step takes: the lines above the document, those inside it, those below it.
EXAMPLES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "drop_page_marks": (("第1页",), ("— 2 —", "第 3 页 共 9 页", "Page 4", "第1页/共3页"), ("-5-", "[1] [2] [3]")),
    "drop_preview_end": (
        (),
        ("预览阅读已结束，下载原文查看全文",),
        ("剩余3页未读，继续阅读", "亲，到这儿已超出免费预览范围，喜欢就下载吧！"),
    ),
    "drop_advertisement": (
        ("更多讲话稿请关注本站栏目",),
        ("【点击下载本文Word版】", "立即下载", "↓↓↓点击下载全文↓↓↓"),
        ("加微信领取素材",),
    ),
    "drop_share_intro": (
        (
            "下面是小编为大家整理的在清淤会议上的讲话，供大家参考。",
            "内容摘要：汛期将至，本站整理了《在清淤会议上的讲话》，供您参考。",
        ),
        (),
        (),
    ),
    "drop_site_speech": (
        ("开通清水文库会员，千万文档免费下载，立减50元",),
        ("范文素材库｜一键套用｜扫码领取",),
        ("温馨提示：本站文档由网友上传，版权归原作者所有，如有侵权请联系客服删除。",),
    ),
    "drop_download_notes": (
        (
            "资源ID:10086",
            "下载积分:15金币",
            "上传人：清水 文档编号：12 格式：DOCX 页数：3 所需积分：5",
            "3、本站不支持迅雷下载，请用浏览器",
            "清淤讲话 共4页 浏览:12 收藏:3",
            "◎片　　名　清水河",
            "◎主　　讲　某某",
            "某某某",
            "◎文件格式　RMVB",
            "◎文件大小　2CD",
        ),
        (),
        ("http://example.org/qingyu/20240520.torrent",),
    ),
    "drop_licence": ((), (), ("本作品是政府部门公布的文件，不适用著作权法。", "Public domain")),
    "drop_related": ((), (), ("相关文章：", "在防汛会议上的讲话", "上一篇：在绿化会议上的讲话")),
    "drop_disclaimer": (
        (),
        (),
        (
            "清水新闻网版权与免责声明：",
            "凡本网注明“来源：清水新闻网”的所有作品，未经授权不得转载。",
            "③如因版权和其它问题需要同本网联系的，请在30日内进行。",
            "※ 联系电话：010-00000000",
        ),
    ),
    "drop_page_rest": ((), ("打印本页", "0123456789abcdef0123456789abcdef"), ("扫一扫在手机打开当前页",)),
    "drop_site_greeting": (("欢迎来到清水范文网!",), (), ()),
    "drop_navigation": (("您当前的位置：首页 政务公开", "首页 > 政务信息 > 要闻"), (), ("清水范文网 首页",)),
    "drop_file_name": (("2024年度在清淤会议上讲话.docx",), (), ()),
    "drop_source_line": (
        (
            "来源：石桥日报",
            "时间:2024-05-20 08:30:00",
            "2024-05-20 石桥新闻网",
            "2024.05.20 16:31 来源：石桥日报客户端",
            "www.example.gov.cn 2024年5月20日 来源：石桥网",
        ),
        (),
        (
            "责任编辑：某某",
            "(责编：某某、某某)",
            "转自《石桥日报》",
            "(摘自《清水学刊》2024年第2期，原文约5000字)",
            "“清水河”网站(http://www.example.org)搜集整理于2024-05-20",
        ),
    ),
    "drop_counters": ((), (), ("浏览量 657", "下载量：32次", "文件大小 23KB", "约2页", "价格：3.00元", "分享到 -次")),
    "drop_buttons": (("下载", "【打印】", "字号：", "大"), (), ("关闭窗口", "点赞")),
    "drop_site_footer": ((), (), ("版权所有：石桥区人民政府 备案号0001", "技术支持：某某公司")),
    "drop_repeated_title": ((TITLE,), (), ()),
}
# What each step takes out of a line: the line, and what is left of it.
INSIDE: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "drop_whole_text_mark": (
        (f"{TITLE}(完整文档)", (TITLE,)),
        (f"{TITLE}（精选3篇）　{BODY[0]}", (TITLE, BODY[0])),
    ),
    "drop_photo_captions": (
        (
            f"{BODY[0]}2024年5月20日，全区河道清淤工作会议在石桥召开。这是会议现场。 新华社记者 某某/摄{BODY[1]}",
            (BODY[0], BODY[1]),
        ),
        (f"{BODY[0]}　　2024年5月1日至3日，考察组来到清水河。新华社记者 某某摄　　{BODY[1]}", (BODY[0], BODY[1])),
    ),
    "drop_end_notes": (
        (f"{BODY[0]}（责任编辑：某某）", (BODY[0],)),
        (f"{BODY[0]}《 石桥日报 》（ 2024年05月20日 01 版）", (BODY[0],)),
        (f"{BODY[0]}返回石桥网，查看更多", (BODY[0],)),
    ),
    "drop_second_copy": (),
}
KEPT_IN_THE_BODY = (
    "首页 > 政务信息 > 要闻",
    "来源：石桥日报",
    "下载",
    "大",
    "2024-05-20 石桥新闻网",
    "欢迎来到石桥区",
    "清淤方案.docx",
    "版权所有",
    "转自《石桥日报》",
    "联系电话：010-00000000",
    "https://example.org/qingyu.rar",
)


def stripped(*lines: str) -> tuple[list[str], list[tuple[str, str]]]:
    kept, removed = strip_clutter(split_lines("\n".join(lines)))
    return [line.text for line in kept], [(r.step, r.text) for r in removed]


def test_every_step_has_an_example_here() -> None:
    assert {step.__name__ for step in STEPS} == {*EXAMPLES, *INSIDE}


@pytest.mark.parametrize("step", EXAMPLES)
def test_a_step_takes_its_clutter_and_nothing_else(step: str) -> None:
    above, inside, below = EXAMPLES[step]
    kept, removed = stripped(*above, TITLE, "同志们：", BODY[0], *inside, *BODY[1:], *below)
    assert kept == [TITLE, "同志们：", *BODY]
    assert Counter(text for _, text in removed) == Counter([*above, *inside, *below])
    assert step in {name for name, _ in removed}


@pytest.mark.parametrize(("step", "line", "left"), [(s, *case) for s, cases in INSIDE.items() for case in cases])
def test_a_step_takes_clutter_out_of_a_line(step: str, line: str, left: tuple[str, ...]) -> None:
    above = () if TITLE in line else (TITLE, "同志们：")
    kept, removed = stripped(*above, line, BODY[2])
    assert kept == [*above, *left, BODY[2]]
    assert {name for name, _ in removed} == {step}
    assert "".join(sorted("".join(kept) + "".join(r for _, r in removed))).replace("\u3000", "") == "".join(
        sorted("".join([*above, line, BODY[2]]))
    ).replace("\u3000", "")


LETTER = "".join((*BODY, "清水河畔的人家盼望这一天已经很久，我们不能让他们失望。"))
REPORT = "新华社石桥5月20日电石桥区负责人20日给清水河畔的居民回信。"


def test_a_report_that_repeats_a_letter_loses_what_it_repeats_and_keeps_the_rest() -> None:
    news = "清水河全长46公里，流经三个街道，两岸住着九万人。"
    lines = [f"回信清水河畔的乡亲们：{LETTER}（新华社石桥5月20日电）{REPORT}某某在回信中说，{LETTER}{news}"]
    kept, removed = stripped(*lines)
    assert kept == [f"回信清水河畔的乡亲们：{LETTER}（新华社石桥5月20日电）{REPORT}", news]
    assert {name for name, _ in removed} == {"drop_second_copy"}
    assert "".join(text for _, text in removed) == f"某某在回信中说，{LETTER}"


def test_a_text_pasted_twice_stands_once() -> None:
    kept, removed = stripped(TITLE, "同志们：", *BODY, TITLE, "同志们：", *BODY)
    assert kept[:5] == [TITLE, "同志们：", *BODY]
    assert Counter(kept)[BODY[0]] == Counter(kept)[BODY[2]] == 1
    assert ("drop_second_copy", BODY[1]) in removed


def test_a_refrain_is_not_a_second_copy() -> None:
    refrain = "让我们携起手来，把清水河还给子孙后代。"
    lines = [TITLE, BODY[0], refrain, BODY[1], refrain, BODY[2], refrain]
    assert stripped(*lines) == (lines, [])


def test_a_sentence_of_the_speaker_that_begins_with_a_date_stays_before_a_caption() -> None:
    own = "2024年3月5日，我在全区动员会上讲过这件事。"
    caption = "2024年5月20日，全区河道清淤工作会议召开。 新华社记者 某某/摄"
    assert stripped(TITLE, f"{BODY[0]}{own}{caption}{BODY[1]}")[0] == [TITLE, BODY[0] + own, BODY[1]]


@pytest.mark.parametrize("step", [*EXAMPLES, *INSIDE])
def test_every_step_shows_in_its_docstring_what_goes(step: str) -> None:
    assert {s.__name__: s.__doc__ for s in STEPS}[step]


def test_a_clean_document_loses_nothing() -> None:
    lines = [TITLE, "（2024年5月20日）", "同志们：", *BODY, "石桥区水务局", "2024年5月20日"]
    assert stripped(*lines) == (lines, [])


@pytest.mark.parametrize("line", KEPT_IN_THE_BODY)
def test_words_that_could_be_the_documents_own_stay_inside_its_body(line: str) -> None:
    lines = [TITLE, BODY[0], line, BODY[1]]
    assert stripped(*lines) == (lines, [])


@pytest.mark.parametrize(
    "sentence",
    [
        "群众可以在政务服务网首页点击下载申请表，填写之后送到社区服务窗口办理。",
        "不得把应用程序的下载、打卡、积分、点赞情况作为考核基层干部的依据。",
        "相关文章在报纸上发表以后，在干部群众当中引起了热烈的反响和讨论。",
        "信息来源：各街道要确保上报的数据真实准确，对弄虚作假的严肃问责。",
    ],
)
def test_a_sentence_with_a_word_of_clutter_stays(sentence: str) -> None:
    lines = [TITLE, BODY[0], sentence, BODY[1]]
    assert stripped(*lines) == (lines, [])


@pytest.mark.parametrize("date", ["2024年5月20日", "（2024年5月20日）"])
def test_the_date_line_under_a_title_stays(date: str) -> None:
    lines = [TITLE, date, "同志们：", *BODY]
    assert stripped(*lines) == (lines, [])


def test_the_newspapers_name_on_its_own_line_goes_with_its_label() -> None:
    assert stripped(TITLE, "来源：", "石桥日报", *BODY)[0] == [TITLE, *BODY]


def test_of_a_repeated_title_the_one_nearest_to_the_text_stays() -> None:
    kept, removed = strip_clutter(split_lines("\n".join([TITLE, "下载", TITLE, *BODY])))
    assert [line.text for line in kept] == [TITLE, *BODY]
    assert {r.step: r.at for r in removed} == {"drop_buttons": len(TITLE) + 1, "drop_repeated_title": 0}


def test_what_a_step_lays_open_goes_too() -> None:
    kept, removed = stripped(TITLE, *BODY, "— 2 —（责任编辑：某某）")
    assert kept == [TITLE, *BODY]
    assert {name for name, _ in removed} == {"drop_page_marks", "drop_end_notes"}


def test_a_credit_behind_the_speakers_own_words_is_not_surely_a_caption() -> None:
    own = "2024年3月5日，我在全区动员会上讲过这件事。 新华社记者 某某/摄"
    lines = [TITLE, BODY[0] + own, BODY[1]]
    assert stripped(*lines) == (lines, [])


def test_attachments_below_the_text_stay() -> None:
    lines = [TITLE, *BODY, "附件：1.清淤任务表.docx", "2.清淤名单.xls", "3.验收表.pdf"]
    assert stripped(*lines) == (lines, [])


def test_a_title_that_stands_with_and_without_its_year_is_one_title() -> None:
    assert stripped(f"石桥区2024年{TITLE}", f"石桥区{TITLE}", *BODY)[0] == [f"石桥区{TITLE}", *BODY]


def test_a_title_that_stands_a_hundred_times_over_a_text_stands_once() -> None:
    assert stripped(*[TITLE] * 100, *BODY)[0] == [TITLE, *BODY]


@pytest.mark.parametrize("line", ["清淤数量（立方米）\t46", "2024年5月20日"])
def test_equal_lines_of_a_list_without_sentences_stay(line: str) -> None:
    lines = [line] * 50
    assert stripped(*lines) == (lines, [])


def test_titles_that_differ_in_a_number_are_two_lines() -> None:
    lines = ["石桥区2023年河道清淤工作方案", "石桥区2024年河道清淤工作方案", *BODY]
    assert stripped(*lines) == (lines, [])


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (("◎时　　间　5月20日", "◎地　　点　石桥礼堂", "◎文件大小　2MB"), ()),
        (("◎文件格式　2CD", "◆文件大小　2MB"), ()),
        ((), ("◎文件格式　docx", "◎文件大小　2MB以内")),
        ((), ("联系电话：010-00000000", "http://example.org/qingyu.docx")),
    ],
    ids=["one entry", "two marks", "asked for under the text", "own contact"],
)
def test_a_list_that_does_not_describe_a_download_stays(above: tuple[str, ...], below: tuple[str, ...]) -> None:
    lines = [*above, TITLE, *BODY, *below]
    assert stripped(*lines) == (lines, [])


def test_a_list_of_entries_without_any_text_stays() -> None:
    lines = ["◎文件格式　docx", "◎文件大小　2MB以内"]
    assert stripped(*lines) == (lines, [])


def test_words_of_a_related_list_with_sentences_after_it_stay() -> None:
    lines = [TITLE, BODY[0], "相关信息：", BODY[1]]
    assert stripped(*lines) == (lines, [])


def test_a_title_glued_in_front_of_the_text_is_parted_from_it() -> None:
    glued = f"{TITLE}(完整文档) " + "".join(BODY) * 3
    assert stripped(glued) == ([TITLE, "".join(BODY) * 3], [("drop_whole_text_mark", "(完整文档)")])


def test_text_without_a_single_sentence_is_not_emptied() -> None:
    lines = ["石桥区河道名录", "清水河", "柳溪河", "白沙河"]
    assert stripped(*lines) == (lines, [])
    assert stripped() == ([], [])


some_lines = st.lists(
    st.sampled_from(
        [
            TITLE,
            *BODY,
            *KEPT_IN_THE_BODY,
            "\u3000" + BODY[0],
            "",
            *(line for parts in EXAMPLES.values() for part in parts for line in part),
            *(line for cases in INSIDE.values() for line, _ in cases),
        ]
    ),
    max_size=25,
)


def bare(text: str) -> str:
    return "".join(text.split())


@settings(deadline=None)
@given(some_lines)
def test_every_character_is_kept_or_on_record_and_knows_its_place(lines: list[str]) -> None:
    text = "\n".join(lines)
    kept, removed = strip_clutter(split_lines(text))
    parts = [line.text for line in kept] + [r.text for r in removed]
    assert Counter(bare("".join(parts))) == Counter(bare(text))
    for part in (*kept, *removed):
        assert text[part.at : part.at + len(part.text)] == part.text
    assert [line.at for line in kept] == sorted(line.at for line in kept)


@settings(deadline=None)
@given(some_lines)
def test_cleaning_what_was_cleaned_takes_nothing_more(lines: list[str]) -> None:
    kept, _ = stripped(*lines)
    assert stripped(*kept) == (kept, [])


@settings(deadline=None)
@given(some_lines)
def test_sentences_of_the_body_are_never_taken_from_the_text(lines: list[str]) -> None:
    licence = any(line.startswith("本作品") for line in lines)
    kept, _ = stripped(*lines)
    if not licence:
        whole = "".join(kept)
        assert [b for b in BODY if b in whole] == [b for b in BODY if any(b in line for line in lines)]


def test_what_was_taken_is_told_in_the_order_of_the_steps() -> None:
    _, removed = stripped("下载", "来源：石桥日报", TITLE, *BODY, "相关文章：", "— 1 —")
    names = [step.__name__ for step in STEPS]
    order = [names.index(step) for step, _ in removed]
    assert order == sorted(order)
    assert len(removed) == 4
