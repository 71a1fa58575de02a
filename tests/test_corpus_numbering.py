"""Automatic numbers of Word, put in front of the paragraphs that they belong to."""

from __future__ import annotations

import pytest
from word_files import level, lists, numbered, paragraph, run, word_file

from corpus.extract.docx import extract_docx
from corpus.extract.numerals import numeral

OUTLINE = lists(
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
)


def lines(body: str, numbering: str = OUTLINE, styles: str = "") -> list[str]:
    return extract_docx(word_file(body, numbering=numbering, styles=styles)).text.split("\n")


def numbered_levels(*levels: int) -> str:
    return "".join(numbered("事项", level=at) for at in levels)


def labels(body: str, numbering: str = OUTLINE, styles: str = "") -> list[str]:
    return [line.removesuffix("事项").strip() for line in lines(body, numbering, styles)]


def test_four_levels_of_an_official_document_count_and_start_again() -> None:
    assert labels(numbered_levels(0, 1, 2, 3, 3, 2, 1, 2, 0, 1)) == [
        "一、", "（一）", "1.", "（1）", "（2）", "2.", "（二）", "1.", "二、", "（一）",
    ]  # fmt: skip


def test_the_number_stands_before_the_text_without_a_space_where_it_is_closed() -> None:
    assert lines(numbered("总体要求") + numbered("2025年任务", level=2)) == ["一、总体要求", "1. 2025年任务"]


def test_articles_go_on_across_chapters() -> None:
    second = (
        f'<w:abstractNum w:abstractNumId="7">{level(0, "chineseCounting", "第%1条")}</w:abstractNum>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    )
    chapters = lists(level(0, "chineseCounting", "第%1章　"), more=second)
    body = (
        numbered("总则")
        + numbered("为了清淤。", 2)
        + numbered("河道管护。", 2)
        + numbered("罚则")
        + numbered("处罚。", 2)
    )
    assert lines(body, chapters) == [
        "第一章　总则",
        "第一条 为了清淤。",
        "第二条 河道管护。",
        "第二章　罚则",
        "第三条 处罚。",
    ]


def test_articles_in_a_lower_level_that_never_restarts() -> None:
    law = lists(
        level(0, "chineseCounting", "第%1章"),
        level(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>'),
        level(2, "chineseCounting", "（%3）"),
    )
    assert labels(numbered_levels(0, 1, 2, 2, 1, 2, 0, 1, 2), law) == [
        "第一章", "第一条", "（一）", "（二）", "第二条", "（一）", "第二章", "第三条", "（一）",
    ]  # fmt: skip


def test_a_level_that_restarts_only_after_the_first() -> None:
    restart = lists(
        level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>')
    )
    assert labels(numbered_levels(0, 1, 2, 1, 2, 0, 1, 2), restart) == ["1", "1.1", "1)", "1.2", "2)", "2", "2.1", "1)"]


def test_a_number_made_of_the_levels_above_it() -> None:
    decimal = lists(
        level(0, "chineseCounting", "第%1部分"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
        level(3, "lowerLetter", "%1-%4"),
    )
    assert labels(numbered_levels(0, 1, 1, 2, 3, 0, 1), decimal) == [
        "第一部分", "1.1", "1.2", "1.2.1", "一-a", "第二部分", "2.1",
    ]  # fmt: skip
    assert lines(numbered("总体", level=1), decimal) == ["1.1 总体"]


def test_a_list_that_starts_later_and_one_that_is_started_again() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    numbering = lists(level(0, "chineseCounting", "%1、", start=3), more=again)
    body = "".join(numbered("事项", n) for n in (1, 1, 2, 2, 3))
    assert labels(body, numbering) == ["三、", "四、", "一、", "二、", "三、"]


def test_a_list_with_a_level_of_its_own() -> None:
    own = f'<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride></w:num>'
    body = numbered("事项") + numbered("事项", 2)
    assert labels(body, lists(level(0, "decimal", "%1."), more=own)) == ["1.", "II."]


def test_numbers_through_styles_and_their_ancestors() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="条"><w:name w:val="条款"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="子"><w:name w:val="子标题"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="无"><w:basedOn w:val="1"/>'
        '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    numbering = lists(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>'),
        level(2, "decimal", "%3.", '<w:pStyle w:val="条"/>'),
    )
    body = "".join(paragraph("事项", f'<w:pStyle w:val="{s}"/>') for s in ("1", "2", "条", "条", "子", "无", "2"))
    assert labels(body, numbering, styles) == ["一、", "（一）", "1.", "2.", "二、", "", "（一）"]


def test_numbering_that_a_paragraph_switches_off() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    style = '<w:pStyle w:val="1"/>'
    off = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    body = paragraph("事项", style) + paragraph("事项", style + off) + paragraph("事项", style)
    assert labels(body, OUTLINE, styles) == ["一、", "", "二、"]


def test_a_list_that_points_to_the_style_with_its_levels() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="公文"><w:name w:val="公文编号"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    more = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="公文"/></w:abstractNum>'
        '<w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
    )
    numbering = lists(level(0, "chineseCounting", "%1、"), more=more)
    assert labels(numbered("事项") + numbered("事项", 2), numbering, styles) == ["一、", "二、"]


def test_bullets_are_marks_of_layout_but_words_are_text() -> None:
    bullets = lists(level(0, "bullet", "\uf06c"), level(1, "bullet", "注："), level(2, "none", "附则"))
    assert labels(numbered_levels(0, 1, 2), bullets) == ["", "注：", "附则"]


def test_empty_paragraphs_count_but_give_no_line_and_deleted_ones_do_not_count() -> None:
    deleted = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
        '<w:del w:id="2"><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>'
    )
    assert lines(numbered("甲") + deleted + numbered("乙") + numbered("") + numbered("丙")) == [
        "一、甲",
        "二、乙",
        "四、丙",
    ]


def test_a_level_that_comes_without_those_above_it_shows_their_start() -> None:
    decimal = lists(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"))
    assert labels(numbered_levels(1, 1, 0, 1), decimal) == ["1.1", "1.2", "1", "1.1"]


def test_formats_with_an_older_one_to_fall_back_on() -> None:
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="01, 02, 03, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        '</mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1)"/></w:lvl>'
    )
    assert labels(numbered_levels(0, 0), lists(custom)) == ["01)", "02)"]


@pytest.mark.parametrize(
    "numbering",
    [
        "<w:num/><w:abstractNum/>",
        '<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num>',
        '<w:abstractNum w:abstractNumId="0"/><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        '<w:abstractNum w:abstractNumId="0"><w:lvl/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="无"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    ],
)
def test_numbering_that_leads_nowhere_gives_no_number(numbering: str) -> None:
    assert lines(numbered("事项"), numbering) == ["事项"]


def test_numbers_that_are_no_numbers_break_nothing() -> None:
    odd = '<w:numPr><w:ilvl w:val="99999"/><w:numId w:val="1"/></w:numPr>'
    huge = lists(level(0, "lowerLetter", "%1)", start=999_999_999))
    assert lines(paragraph("事项", odd) + paragraph("事项", '<w:numPr><w:numId w:val="x"/></w:numPr>')) == [
        "事项",
        "事项",
    ]
    assert labels(numbered("事项"), huge) == ["999999999)"]


def test_runs_of_a_numbered_paragraph_are_one_line() -> None:
    body = paragraph(run("总体") + run("要求"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    assert lines(body) == ["一、总体要求"]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", "1 2 9 10 11 20 21 101"),
        ("chineseCounting", "一 二 九 十 十一 二十 二十一 一百零一"),
        ("chineseCountingThousand", "一 二 九 十 十一 二十 二十一 一百零一"),
        ("taiwaneseCountingThousand", "一 二 九 十 十一 二十 二十一 一百零一"),
        ("japaneseCounting", "一 二 九 十 十一 二十 二十一 一百零一"),
        ("ideographDigital", "一 二 九 一〇 一一 二〇 二一 一〇一"),
        ("chineseLegalSimplified", "壹 贰 玖 壹拾 壹拾壹 贰拾 贰拾壹 壹佰零壹"),
        ("ideographLegalTraditional", "壹 貳 玖 壹拾 壹拾壹 貳拾 貳拾壹 壹佰零壹"),
        ("decimalEnclosedCircle", "① ② ⑨ ⑩ ⑪ ⑳ ㉑ 101"),
        ("decimalEnclosedCircleChinese", "① ② ⑨ ⑩ ⑪ ⑳ ㉑ 101"),
        ("ideographEnclosedCircle", "㈠ ㈡ ㈨ ㈩ 11 20 21 101"),
        ("decimalEnclosedParen", "⑴ ⑵ ⑼ ⑽ ⑾ ⒇ 21 101"),
        ("decimalEnclosedFullstop", "⒈ ⒉ ⒐ ⒑ ⒒ ⒛ 21 101"),
        ("ideographTraditional", "甲 乙 壬 癸 11 20 21 101"),
        ("ideographZodiac", "子 丑 申 酉 戌 20 21 101"),
        ("ideographZodiacTraditional", "甲子 乙丑 壬申 癸酉 甲戌 癸未 甲申 甲辰"),
        ("upperRoman", "I II IX X XI XX XXI CI"),
        ("lowerRoman", "i ii ix x xi xx xxi ci"),
        ("upperLetter", "A B I J K T U WWWW"),
        ("lowerLetter", "a b i j k t u wwww"),
        ("decimalZero", "01 02 09 10 11 20 21 101"),
        ("decimalFullWidth", "１ ２ ９ １０ １１ ２０ ２１ １０１"),
        ("ordinal", "1st 2nd 9th 10th 11th 20th 21st 101st"),
        ("unheard-of", "1 2 9 10 11 20 21 101"),
    ],
)
def test_numerals(form: str, shown: str) -> None:
    assert " ".join(numeral(n, form) for n in (1, 2, 9, 10, 11, 20, 21, 101)) == shown


def test_numerals_beyond_their_range_are_decimal() -> None:
    assert [numeral(n, "chineseCounting") for n in (0, 1000, 2010, 9999, 10000)] == [
        "0", "一千", "二千零一十", "九千九百九十九", "10000",
    ]  # fmt: skip
    assert numeral(4000, "upperRoman") == "4000"
    assert numeral(10**8, "upperLetter") == "100000000"
