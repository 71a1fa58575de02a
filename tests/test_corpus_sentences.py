"""Sentences: the spans cover the text, stops and closing marks stay with their sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.sentences import pieces_up_to, sentence_spans

CHARACTERS = '河道清淤。！？!?…；;，,、：:”’」』）)》"“（ \u3000\n.5a'
texts = st.lists(st.sampled_from(CHARACTERS) | st.characters(codec="utf-8"), max_size=80).map("".join)


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text)]


@settings(deadline=None)
@given(texts)
def test_the_spans_cover_the_text_but_for_white_space(text: str) -> None:
    at = 0
    for a, b in [*sentence_spans(text), (len(text), len(text))]:
        assert not text[at:a].strip()
        assert at <= a <= b
        at = b


@settings(deadline=None)
@given(texts)
def test_no_sentence_is_empty_or_padded(text: str) -> None:
    for sentence in sentences(text):
        assert sentence
        assert sentence == sentence.strip()


@settings(deadline=None)
@given(texts, st.integers(1, 40))
def test_pieces_keep_to_the_limit_and_cover_the_text(text: str, limit: int) -> None:
    pieces = pieces_up_to(text, limit)
    assert all(0 < b - a <= limit for a, b in pieces)
    assert "".join("".join(text[a:b].split()) for a, b in pieces) == "".join(text.split())
    assert pieces == sorted(pieces)


@settings(deadline=None)
@given(texts)
def test_without_need_to_cut_the_pieces_are_the_sentences(text: str) -> None:
    assert pieces_up_to(text, max(1, len(text))) == sentence_spans(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("清淤了。护岸了！绿化了吗？", ["清淤了。", "护岸了！", "绿化了吗？"]),
        ("他说：“先清淤。”大家都同意。", ["他说：“先清淤。”", "大家都同意。"]),
        ("（详见附件。）请照办。", ["（详见附件。）", "请照办。"]),
        ("真的吗？！是真的。", ["真的吗？！", "是真的。"]),
        ("慢慢来……不着急。", ["慢慢来……", "不着急。"]),
        ("水质达标率91.7%，提高3.2个百分点。", ["水质达标率91.7%，提高3.2个百分点。"]),
        ("一、清淤；二、护岸。", ["一、清淤；二、护岸。"]),
        ("没有句号的标题", ["没有句号的标题"]),
        ("  清淤了。　　护岸了。 ", ["清淤了。", "护岸了。"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_an_overlong_sentence_is_cut_at_semicolons_before_commas() -> None:
    text = "清理河道，疏通沟渠；加固堤岸，补种树木；落实人员，定期巡查。"
    assert [text[a:b] for a, b in pieces_up_to(text, 12)] == [
        "清理河道，疏通沟渠；",
        "加固堤岸，补种树木；",
        "落实人员，定期巡查。",
    ]


def test_short_parts_are_packed_together_up_to_the_limit() -> None:
    text = "清淤，护岸，绿化，保洁，巡查，监测。"
    assert [text[a:b] for a, b in pieces_up_to(text, 8)] == ["清淤，护岸，", "绿化，保洁，", "巡查，监测。"]
    assert [text[a:b] for a, b in pieces_up_to(text, 9)] == ["清淤，护岸，绿化，", "保洁，巡查，监测。"]


def test_a_sentence_without_any_mark_is_cut_hard() -> None:
    assert pieces_up_to("河" * 25, 10) == [(0, 10), (10, 20), (20, 25)]
