"""Parallel headings: which siblings make a set, and what they share."""

from __future__ import annotations

import pytest

from assistant.wording.headings import all_sets, bare_heading, lengths, matching, patterns_of, theme_of
from corpus import Paragraph


def headings(*texts: str, path: tuple[str, ...] = (), row: int = 1, first: int = 1) -> list[tuple[int, Paragraph]]:
    return [(row, Paragraph(first + i, "heading", text, path)) for i, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "pattern"),
    [
        (("摸清底数，建好台账", "压实责任，盯住节点", "严格验收，防止反弹"), "4+4"),
        (("坚持水岸同治", "坚持上下联动", "坚持建管并重"), "坚持…"),
        (("清淤泥", "治污水", "护岸线", "管闸门"), "动宾"),
    ],
)
def test_what_siblings_share_is_named(texts: tuple[str, ...], pattern: str) -> None:
    assert pattern in patterns_of(texts)


def test_labels_share_nothing() -> None:
    assert patterns_of(["总体要求", "主要目标", "附则"]) == ()
    assert patterns_of(["关于水质", "雨季安排", "其他事项说明"]) == ()


def test_siblings_stand_under_one_title_and_are_numbered_alike() -> None:
    own = headings(
        "（一）摸清底数，建好台账。", "（二）压实责任，盯住节点。", "（三）严格验收，防止反弹。", path=("一、河道",)
    )
    other = headings("（一）水厂，检修", "（二）管网，更换", path=("二、供水",), first=9)
    mixed = headings("1.清淤", "2.植绿", path=("一、河道",), first=20)
    [found] = all_sets([*own, *other, *mixed])
    assert [p.number for p in found.headings] == [1, 2, 3]
    assert (found.patterns[0], found.length) == ("4+4", 9.0)


def test_sets_are_searched_by_pattern_and_theme() -> None:
    sets = all_sets(
        [
            *headings("一、摸清底数，建好台账", "二、压实责任，盯住节点", "三、严格验收，防止反弹"),
            *headings("一、坚持水岸同治", "二、坚持上下联动", "三、坚持建管并重", row=2),
        ]
    )
    assert [s.document for s in matching(sets, "4+4 河道")] == [1]
    assert [s.document for s in matching(sets, "坚持…")] == [2]
    assert len(matching(sets, "河道治理")) == 2
    assert theme_of("4+4 的河道治理排比标题") == "河道治理"
    assert theme_of("坚持…") == ""


def test_numbers_and_marks_count_for_no_length() -> None:
    assert bare_heading("第三章 附则") == "附则"
    assert lengths(bare_heading("（二）下足“绣花”功夫，管出品质。")) == "6+4"
