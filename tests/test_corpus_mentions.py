"""Mentions: documents cited, words quoted with their speaker, 提法, figures and points."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import MENTIONS, Mention, Paragraph
from corpus.mentions import find_mentions


def mentions(text: str, kind: str | None = None) -> list[Mention]:
    return [m for m in find_mentions([Paragraph(1, "body", text)]) if kind in (None, m.type)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("落实《河道条例》。", [("河道条例", None)]),
        (
            "根据《清淤办法》（石政发〔2024〕12号）和《保洁标准》",
            [("清淤办法", "石政发〔2024〕12号"), ("保洁标准", None)],
        ),
        ("《关于印发《清淤方案》的通知》", [("关于印发《清淤方案》的通知", None)]),
        ("《》和《", []),
    ],
)
def test_cited_documents_carry_their_number(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(m.value, m.by) for m in mentions(text, "cited")] == expected


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("江明同志指出：“治水要从源头抓起。”", "江明同志"),
        ("江明书记多次强调，“河道是城市的血脉，要像爱护眼睛一样爱护它”。", "江明书记"),
        ("会议强调：“要把责任压到每一名河长身上。”", "会议"),
        ("《河道条例》规定：“任何单位不得侵占河道。”", "《河道条例》"),
        ("江明同志早就指出，在清淤完成以后，“根本出路在于常年保洁”。", "江明同志"),
        ("石安邦说过，河道“之所以会变清，就是因为沿岸的人都爱护它”。", "石安邦"),
        ("要牢记江明书记关于“治水先治岸、清淤要常年”的教导。", "江明书记"),
        ("江明书记在“河道怎样变清”一文中说：“要从源头抓起。”", "江明书记"),
        ("江明同志说得好：“水清了，人心就齐了。”", "江明同志"),
    ],
)
def test_words_that_someone_said_are_quotations(text: str, speaker: str) -> None:
    (found,) = mentions(text, "quotation")
    assert found.by == speaker
    assert not mentions(text, "slogan")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("孔子说，为政者的“其身正，不令而行；其身不正，虽令不从”。", "孔子"),
        ("孟子把得民之道看作“得其心，斯得民矣，得其心有道”。", "孟子"),
    ],
)
def test_the_words_of_a_thinker_are_his_wherever_they_stand(text: str, speaker: str) -> None:
    assert [m.by for m in mentions(text, "quotation")] == [speaker]


def test_a_leaders_indirect_speech_holds_terms_and_no_quotation() -> None:
    text = "江明书记强调，要落实“一河一策一档管护责任清单”。"
    assert not mentions(text, "quotation")
    assert mentions(text, "slogan")


@pytest.mark.parametrize(
    "between", ["”“", "”，“", "”，要求“", "”。还说过：“"], ids=["at once", "comma", "another verb", "another sentence"]
)
def test_a_speaker_goes_on_speaking_in_the_next_quotation(between: str) -> None:
    found = mentions(f"江明同志指出：“治水要从源头抓起{between}清淤从来不能半途而废”。", "quotation")
    assert [(m.by, m.value) for m in found] == [("江明同志", "治水要从源头抓起"), ("江明同志", "清淤从来不能半途而废")]


def test_a_writer_who_quotes_himself_names_nobody() -> None:
    assert not mentions("我在防汛大会上说过：“治水要从源头抓起。”", "quotation")


@pytest.mark.parametrize(
    ("text", "slogans"),
    [
        ("落实“河长制”，推进“一河一策”。", ["河长制", "一河一策"]),
        ("所谓“经验”要不得。", []),
        ("有人说：“这事不归我管。”", []),
        ("古人说：“流水不腐。”", []),
        ("鼓吹什么“水清无用”、“岸绿无用”。", []),
        ("批判“水清无用”的谬论。", []),
        ("河道管理中心（以下简称“中心”）", []),
        ("打通“最后一公里”，落实“河长制”。", ["河长制"]),
        ("统筹“水”、“岸”，守住“绿”。", ["水", "岸"]),
        ("按照会议提出的“四水同治”，抓好清淤。", ["四水同治"]),
    ],
)
def test_phrases_in_quotation_marks_are_slogans_if_nobody_said_them(text: str, slogans: list[str]) -> None:
    assert [m.value for m in mentions(text, "slogan")] == slogans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("河道总长126.5公里。", [("126.5", "公里", "河道总长")]),
        ("投入资金3.2亿元，增长12%。", [("3.2", "亿元", "投入资金"), ("12", "%", "投入资金")]),
        ("清淤量比上年增加百分之三十六点九", [("三十六点九", "百分之", "清淤量")]),
        ("粮食产量三千八百五十六亿斤", [("三千八百五十六亿", "斤", "粮食产量")]),
        ("新建５０座泵站", [("５０", "座", "泵站")]),
        ("收入２７，２０３万元", [("２７，２０３", "万元", "收入")]),
        ("2024年5月6日第3次会议〔2024〕12号", []),
        ("细颗粒物浓度降至27微克/立方米", [("27", "微克/立方米", "细颗粒物浓度")]),
        ("农民两千三百万安居乐业", [("两千三百万", "", "农民")]),
        ("灌溉面积3000多万耕地", [("3000", "多万", "灌溉面积")]),
        ("清淤量增加两倍", [("两", "倍", "清淤量")]),
        ("一个中心、两个基本点，二十一世纪，九十年代，第三十六条", []),
    ],
)
def test_figures_have_a_unit_and_what_they_measure(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(m.value, m.unit, m.of) for m in mentions(text, "figure")] == expected


@pytest.mark.parametrize(
    ("text", "masked"), [("建成X个站点", ["X"]), ("拆除4XXX个围栏", ["4XXX"]), ("X市、XX县、202x年", [])]
)
def test_masked_figures_are_marked(text: str, masked: list[str]) -> None:
    assert [m.value for m in mentions(text, "masked")] == masked


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        ("一是抓清淤。二是抓护岸。三是抓保洁。", ["一是", "二是", "三是"]),
        ("一要早；二要快。", ["一要", "二要"]),
        ("首先，摸清底数。其次，落实责任。最后，强化考核。", ["首先，", "其次，", "最后，"]),
        ("第一，抓早。第二，抓小。", ["第一，", "第二，"]),
        ("①申请②受理", ["①", "②"]),
        ("一是抓清淤。", []),
    ],
)
def test_points_made_in_a_paragraph_are_spans(text: str, markers: list[str]) -> None:
    found = mentions(text, "point")
    assert [m.value for m in found][: len(markers)] == markers or (not markers and not found)
    assert [m.end for m in found[:-1]] == [m.start for m in found[1:]]
    assert not found or found[-1].end == len(text)


def test_figures_inside_a_title_or_a_phrase_are_none() -> None:
    assert mentions("《河道12项标准》和“100个行动”", "figure") == []


def test_headings_and_text_are_searched_and_signatures_are_not() -> None:
    assert find_mentions([Paragraph(1, "signature", "《清淤》12公里")]) == ()


pieces = st.sampled_from(
    ["《", "》", "“", "”", "《河道条例》", "（石政〔2024〕1号）", "江明同志指出：", "会议强调", "12.5", "万元", "百分之", "三十六", "X", "4XXX个",
     "一是", "二是", "第一，", "首先", "其次", "①", "。", "；", "，", "增长", "全区河道", "2024年", "“河长制”", "公里", "所谓", "\"", "「清淤」"]
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(pieces, max_size=40).map("".join))
def test_every_mention_is_what_stands_in_its_span(text: str) -> None:
    found = mentions(text)
    assert [m.start for m in found] == sorted(m.start for m in found)
    for mention in found:
        words = text[mention.start : mention.end]
        assert mention.type in MENTIONS
        assert words
        if mention.type == "point":
            assert words.startswith(mention.value)
        elif mention.type in ("figure", "masked"):
            assert "".join(words.split()) in (mention.value + mention.unit, mention.unit + mention.value)
        else:
            assert words == mention.value
