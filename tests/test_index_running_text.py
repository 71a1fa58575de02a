"""The running text: every occurrence that a scan by hand finds, and no other."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.normal import fold
from index import Library, Occurrence, RunningText
from index.passages import cut_passages
from index.running_text import BREAK

PARAGRAPHS = [
    (1, 1, "title", "全市作风建设会议讲话"),
    (1, 2, "body", "要狠抓落实，"),
    (1, 3, "body", "一抓到底。「抓落实」贵在 坚持"),
    (1, 4, "heading", "二、抓落实"),
    (1, 5, "body", "抓抓抓，面积３㎡。"),
    (2, 1, "body", "坚持抓落实"),
]


@pytest.fixture
def text(tmp_path: Path) -> RunningText:
    return RunningText.build(tmp_path / "text", PARAGRAPHS)


def by_hand(phrase: str) -> list[Occurrence]:
    """Paragraph by paragraph, each with the ones that it runs on into."""
    wanted = fold(phrase)
    joined = [[(1, 1)], [(1, 2), (1, 3)], [(1, 4)], [(1, 5)], [(2, 1)]]
    texts = {(row, number): fold(text) for row, number, _, text in PARAGRAPHS}
    found = []
    for run in joined:
        whole, starts = "", []
        for place in run:
            starts.append(len(whole))
            whole += texts[place]
        for at in range(len(whole)):
            if wanted and whole.startswith(wanted, at):
                place = max(i for i, start in enumerate(starts) if start <= at)
                begin = at - starts[place]
                found.append(Occurrence(*run[place], begin, begin + len(wanted)))
    return found


@pytest.mark.parametrize(
    "phrase", ["抓落实", "抓抓", "落实，一抓", "“抓落实”", "3m2", "3㎡", "坚持抓", "坚持二", "讲话要", "", "\n", "。"]
)
def test_every_occurrence_is_found_and_nothing_else(text: RunningText, phrase: str) -> None:
    assert list(text.find(phrase)) == by_hand(phrase)
    assert text.count(phrase) == len(by_hand(phrase))


def test_words_go_over_a_break_in_mid_sentence_only(text: RunningText) -> None:
    assert [o.paragraph for o in text.find("狠抓落实，一抓到底")] == [2]
    assert not list(text.find("坚持二、"))  # a heading stands between
    assert not list(text.find("会议讲话要狠抓"))


def test_a_pattern_finds_what_it_finds_in_each_paragraph(text: RunningText) -> None:
    pattern = re.compile("抓[^,.]{0,4}?(落实|底)")
    found = [(o, match.group()) for o, match in text.matches(pattern)]
    whole = [fold(PARAGRAPHS[1][3]) + fold(PARAGRAPHS[2][3]), *(fold(p[3]) for p in PARAGRAPHS[3:])]
    assert [words for _, words in found] == [m.group() for part in whole for m in pattern.finditer(part)]
    assert found[0][0] == Occurrence(1, 2, 2, 5)
    assert not list(text.matches(re.compile("x*")))
    assert all(BREAK not in match.group() for _, match in text.matches(re.compile(".+")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.text("抓落实坚持，3m2㎡「」\x00\ud800 ", max_size=6))
def test_any_phrase_is_found_as_by_hand(text: RunningText, phrase: str) -> None:
    assert list(text.find(phrase)) == by_hand(phrase)


def test_an_empty_library_holds_nothing(tmp_path: Path) -> None:
    text = RunningText.build(tmp_path / "text", [])
    assert not list(text.find("抓")) and not list(text.matches(re.compile("抓"))) and len(text) == 0


def test_a_phrase_out_of_any_paragraph_of_a_library_is_found_where_it_stands(sample: Library) -> None:
    random = Random(5)
    snapshot = sample.snapshot()
    paragraphs = [(e, p) for e in sample.entries() for p in sample.document(e.id).paragraphs]
    folded = [fold(p.text) for _, p in paragraphs]
    for _ in range(200):
        entry, paragraph = random.choice(paragraphs)
        start = random.randrange(len(paragraph.text))
        phrase = paragraph.text[start : start + random.randint(1, 30)]
        wanted = fold(phrase)
        found = snapshot.located(list(snapshot.text.find(phrase)))
        expected = sum(text.startswith(wanted, at) for text in folded for at in range(len(text))) if wanted else 0
        assert sum(len(f.parts) == 1 for f in found) == expected
        assert all(fold(f.text) == wanted for f in found)
        assert not wanted or any((f.entry.id, f.parts[0][0].number) == (entry.id, paragraph.number) for f in found)


def test_a_phrase_out_of_any_passage_may_be_held_and_one_of_strange_words_may_not(sample: Library) -> None:
    random = Random(6)
    snapshot = sample.snapshot()
    passages = [passage.text for e in sample.entries() for passage in cut_passages(sample.document(e.id))]
    for _ in range(300):
        text = random.choice(passages)
        start = random.randrange(len(text))
        assert snapshot.may_hold(text[start : start + random.randint(1, 40)])
    assert not snapshot.may_hold("红烧肉要小火慢炖")
    assert snapshot.may_hold("3.2%")  # without pairs of characters nothing can be said


def test_what_stands_around_an_occurrence(text: RunningText) -> None:
    [first] = text.find("一抓到底")
    assert text.around(first, 5) == ("狠抓落实,", '."抓落实')
    assert text.around(first, 99) == ("要狠抓落实,", '."抓落实"贵在坚持')  # over the broken line, to the heading
    [heading] = text.find("二、抓落实")
    assert text.around(heading, 9) == ("", "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.lists(st.text("抓落实坚持,.", min_size=1, max_size=2), min_size=1, max_size=3), st.integers(1, 9))
def test_slots_are_found_where_a_pattern_matches(text: RunningText, parts: list[str], gap: int) -> None:
    between = rf"(?:[^.!?\n]|(?<=\d)\.(?=\d)){{1,{gap}}}?"
    pattern = re.compile(between.join(map(re.escape, parts)))
    assert list(text.slots(parts, gap)) == [o for o, _ in text.matches(pattern)]
