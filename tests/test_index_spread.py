"""Counts of terms within each document: as many as one counts by hand, whatever the documents."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from index import spread as module
from index.spread import Spread

TERMS = ("清淤", "排污口", "巡河", "供暖", "储煤", "植树", "3.2", "91.7%")
DOCUMENTS = st.dictionaries(
    st.integers(1, 2**40), st.lists(st.lists(st.sampled_from(TERMS), max_size=12), min_size=1, max_size=6), max_size=5
)


def built(folder: Path, documents: dict[int, list[list[str]]]) -> Spread:
    """The passages of each document, given as lists of terms."""
    rows = [(row, " ".join(words)) for row, passages in documents.items() for words in passages]
    return Spread.build(folder / "spread", ((id, row, words) for id, (row, words) in enumerate(rows)))


def naive(passages: Sequence[Sequence[str]], terms: Sequence[str]) -> list[int]:
    return [sum(term in passage for passage in passages) for term in terms]


@settings(max_examples=40, deadline=None)
@given(DOCUMENTS)
def test_counts_are_those_of_counting_one_by_one(documents: dict[int, list[list[str]]]) -> None:
    asked = [*TERMS, "nowhere", TERMS[0]]
    with tempfile.TemporaryDirectory() as folder:
        spread = built(Path(folder), documents)
        again = Spread.load(Path(folder) / "spread")
        for each in (spread, again):
            sizes, counts = each.of(asked, list(documents))
            assert sizes.tolist() == [len(passages) for passages in documents.values()]
            assert counts.tolist() == [naive(passages, asked) for passages in documents.values()]


def test_a_term_counts_once_in_a_passage_and_only_in_its_own_document(tmp_path: Path) -> None:
    spread = built(tmp_path, {4: [["巡河", "巡河"], ["巡河"]], 9: [["供暖"]]})
    assert spread.of(["巡河", "供暖"], [4, 9])[1].tolist() == [[2, 0], [0, 1]]


def test_nothing_is_counted_in_nothing(tmp_path: Path) -> None:
    none = built(tmp_path / "none", {})  # files of no bytes can't be mapped, and are opened all the same
    assert [found.shape for found in none.of(["供暖"], [])] == [(0,), (0, 1)]
    spread = built(tmp_path / "silent", {1: [[]], 2: [["供暖"]]})
    assert spread.of(["供暖", "巡河"], [1, 2])[1].tolist() == [[0, 0], [1, 0]]
    assert [found.tolist() for found in spread.of([], [1, 2])] == [[1, 1], [[], []]]


def test_a_count_beyond_what_two_bytes_hold_stays_at_the_most(tmp_path: Path) -> None:
    spread = built(tmp_path, {1: [["供暖"]] * 65_540})
    assert [found.tolist() for found in spread.of(["供暖"], [1])] == [[65_540], [[65_535]]]


def test_the_same_texts_give_the_same_files(tmp_path: Path) -> None:
    documents = {3: [["清淤", "巡河"], ["植树"]], 5: [["储煤"]]}
    for folder in ("a", "b"):
        built(tmp_path / folder, documents)
    for name in module.ARRAYS:
        assert (tmp_path / "a/spread" / name).read_bytes() == (tmp_path / "b/spread" / name).read_bytes()
