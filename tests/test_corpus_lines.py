"""Lines: whatever is cut, glued or split still knows where each character stood."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.lines import HIDDEN, Line, cut, glue, split_at, split_lines, trim

VISIBLE = "河道清淤一二。，（1）aB"
SPACES = " \t\u3000\xa0\u2003"
ENDS = ("\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
UNSEEN = "\u200b\u200d\ufeff\u00ad\u202e\u2066\x00\x08\x1f\x7f"
texts = st.lists(st.sampled_from([*VISIBLE, *SPACES, *ENDS, *UNSEEN]) | st.characters(codec="utf-8"), max_size=60).map(
    "".join
)


def mapped(line: Line, source: str) -> str:
    """The line's text, put together again from the source by its pieces."""
    ends = [*(a for a, _ in line.pieces[1:]), len(line.text)]
    return "".join(source[b : b + end - a] for (a, b), end in zip(line.pieces, ends, strict=True))


def bare(text: str) -> str:
    return "".join(HIDDEN.sub("", text).split())


def a_line(data: st.DataObject, source: str) -> Line | None:
    lines = split_lines(source)
    return data.draw(st.sampled_from(lines)) if lines else None


@settings(deadline=None)
@given(texts)
def test_every_line_maps_back_to_the_text(text: str) -> None:
    for line in split_lines(text):
        assert mapped(line, text) == line.text
        assert line.pieces[0][0] == 0
        assert line.at == line.pieces[0][1]


@settings(deadline=None)
@given(texts)
def test_lines_lose_nothing_but_white_space_and_hidden_characters(text: str) -> None:
    assert bare("".join(line.text for line in split_lines(text))) == bare(text)


@settings(deadline=None)
@given(texts)
def test_lines_are_never_empty_and_never_padded(text: str) -> None:
    for line in split_lines(text):
        assert line.text
        assert line.text == line.text.strip()
        assert not HIDDEN.search(line.text)


@settings(deadline=None)
@given(texts)
def test_pieces_go_forward_only(text: str) -> None:
    offsets = [piece for line in split_lines(text) for piece in line.pieces]
    assert [b for _, b in offsets] == sorted({b for _, b in offsets})
    for line in split_lines(text):
        assert [a for a, _ in line.pieces] == sorted({a for a, _ in line.pieces})


@settings(deadline=None)
@given(st.data(), texts)
def test_a_cut_maps_back(data: st.DataObject, text: str) -> None:
    line = a_line(data, text)
    if line is None:
        return
    start = data.draw(st.integers(0, len(line.text) - 1))
    end = data.draw(st.integers(start + 1, len(line.text)))
    part = cut(line, start, end)
    assert part.text == line.text[start:end]
    assert mapped(part, text) == part.text


@settings(deadline=None)
@given(st.data(), texts)
def test_a_cut_of_a_cut_is_one_cut(data: st.DataObject, text: str) -> None:
    line = a_line(data, text)
    if line is None:
        return
    start = data.draw(st.integers(0, len(line.text) - 1))
    end = data.draw(st.integers(start + 1, len(line.text)))
    inner = data.draw(st.integers(0, end - start - 1))
    assert cut(cut(line, start, end), inner, end - start).pieces == cut(line, start + inner, end).pieces


@settings(deadline=None)
@given(texts)
def test_glued_lines_map_back(text: str) -> None:
    lines = split_lines(text)
    if not lines:
        return
    whole = glue(*lines)
    assert whole.text == "".join(line.text for line in lines)
    assert mapped(whole, text) == whole.text


@settings(deadline=None)
@given(texts, texts, texts)
def test_gluing_does_not_depend_on_the_order_of_the_gluing(a: str, b: str, c: str) -> None:
    one, two, three = (Line(t, ((0, n * 1000),)) for n, t in enumerate((a, b, c)))
    assert glue(glue(one, two), three) == glue(one, glue(two, three)) == glue(one, two, three)


@settings(deadline=None)
@given(st.data(), texts)
def test_the_parts_of_a_split_map_back_and_lose_only_white_space(data: st.DataObject, text: str) -> None:
    line = a_line(data, text)
    if line is None:
        return
    parts = split_at(line, data.draw(st.lists(st.integers(-3, len(line.text) + 3), max_size=6)))
    assert "".join("".join(p.text.split()) for p in parts) == "".join(line.text.split())
    for part in parts:
        assert mapped(part, text) == part.text
        assert part.text == part.text.strip()


@settings(deadline=None)
@given(st.data(), texts)
def test_a_line_cut_in_two_and_glued_is_the_line(data: st.DataObject, text: str) -> None:
    line = a_line(data, text)
    if line is None or len(line.text) < 2:
        return
    middle = data.draw(st.integers(1, len(line.text) - 1))
    again = glue(cut(line, 0, middle), cut(line, middle, len(line.text)))
    assert again.text == line.text
    assert mapped(again, text) == line.text


def test_white_space_alone_is_trimmed_to_nothing() -> None:
    assert trim(Line("\u3000 \t", ((0, 0),))) is None
    assert split_at(Line("甲 \u3000", ((0, 5),)), [1]) == [Line("甲", ((0, 5),))]


@pytest.mark.parametrize("end", ENDS)
def test_every_kind_of_line_end_ends_a_line(end: str) -> None:
    assert [line.text for line in split_lines(f"清淤{end}护岸")] == ["清淤", "护岸"]


def test_an_empty_line_before_a_line_is_noted() -> None:
    assert [line.gap for line in split_lines("清淤\n护岸\n\n绿化\n \u200b\n保洁")] == [False, False, True, True]


def test_a_windows_line_end_leaves_no_gap() -> None:
    assert [line.gap for line in split_lines("清淤\r\n护岸\r\n")] == [False, False]


def test_a_hidden_character_inside_a_word_does_not_move_what_follows() -> None:
    text = "河\u200b道\ufeff清淤"
    (line,) = split_lines(text)
    assert line.text == "河道清淤"
    assert line.pieces == ((0, 0), (1, 2), (2, 4))


def test_a_text_of_nothing_has_no_lines() -> None:
    assert split_lines("") == split_lines(" \n\u3000\n\u200b\ufeff") == []
