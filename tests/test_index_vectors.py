"""The dense index at both sizes: recall, filters, several vectors a passage, the file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import vectors as module
from index.vectors import Halves, Ids, VectorIndex

DIMENSION = 48
SMALL, LARGE = 3_000, 12_000


@pytest.fixture(autouse=True)
def _smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size from which there are cells, and what is fetched one by one, at a twentieth: the tests are quick."""
    monkeypatch.setattr(module, "WHOLE", 5_000)
    monkeypatch.setattr(module, "FEW", 250)


def clustered(count: int, seed: int = 1) -> Halves:
    """Unit vectors of texts on `count / 40` matters, all in one narrow cone, as those of the model are."""
    random = np.random.default_rng(seed)
    matters = random.normal(size=(count // 40, DIMENSION)) + 2.0
    found = matters[random.integers(0, len(matters), count)] + random.normal(0, 0.7, (count, DIMENSION))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float16)


def questions(texts: Halves, count: int = 60) -> Halves:
    random = np.random.default_rng(2)
    found = texts[random.integers(0, len(texts), count)] + random.normal(0, 0.05, (count, DIMENSION))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def built(count: int) -> tuple[VectorIndex, Ids, Halves]:
    texts = clustered(count)
    ids = np.arange(count, dtype=np.int64) * 3 + 7
    return VectorIndex.build(ids, texts, DIMENSION), ids, texts


def recall(index: VectorIndex, ids: Ids, texts: Halves, among: Ids | None = None) -> float:
    found = []
    for query in questions(texts):
        cosines = texts.astype(np.float32) @ query
        if among is not None:
            cosines[~np.isin(ids, among)] = -1
        best = set(ids[np.argsort(-cosines)[:10]].tolist())
        found.append(len(best & set(list(index.search(query, 200, among))[:10])) / len(best))
    return float(np.mean(found))


def test_a_small_index_finds_all_and_a_large_one_nearly_all() -> None:
    assert recall(*built(SMALL)) == 1.0
    index, ids, texts = built(LARGE)
    assert index._index.nlist > 200 > module.COMPARED
    assert recall(index, ids, texts) >= 0.98


@pytest.mark.parametrize("share", [0.5, 0.1, 0.01])
@pytest.mark.parametrize("count", [SMALL, LARGE])
def test_filters_leave_only_what_they_allow_and_lose_nothing_of_it(count: int, share: float) -> None:
    index, ids, texts = built(count)
    among = np.sort(np.random.default_rng(3).choice(ids, int(share * count), replace=False))
    assert set(index.search(questions(texts)[0], 200, among)) <= set(among.tolist())
    assert recall(index, ids, texts, among) >= 0.98


def test_a_filter_far_from_the_question_is_searched_all_the_same() -> None:
    index, ids, texts = built(LARGE)
    query = questions(texts)[0]
    farthest = np.sort(ids[np.argsort(texts.astype(np.float32) @ query)[:600]])
    cosines = texts[np.isin(ids, farthest)].astype(np.float32) @ query
    best = set(farthest[np.argsort(-cosines)[:10]].tolist())
    assert len(best & set(list(index.search(query, 200, farthest))[:10])) >= 9


@pytest.mark.parametrize("count", [SMALL, LARGE])
def test_cosines_are_those_of_the_stored_vectors(count: int) -> None:
    index, ids, texts = built(count)
    query = questions(texts)[0]
    some = np.random.default_rng(4).permutation(count)[:2_500]
    expected = texts[some].astype(np.float32) @ query
    assert np.abs(np.array(index.scores(query, ids[some].tolist())) - expected).max() < 1e-5
    found = index.search(query, 200)
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert list(found.values()) == pytest.approx(index.scores(query, list(found)), abs=1e-5)
    assert index.scores(query, []) == []


def test_a_passage_with_several_vectors_is_as_near_as_its_nearest() -> None:
    texts = clustered(SMALL)
    ids = np.arange(SMALL, dtype=np.int64) // 3
    index = VectorIndex.build(ids, texts, DIMENSION)
    query = questions(texts)[0]
    nearest = (texts.astype(np.float32) @ query).reshape(-1, 3).max(axis=1)
    wanted = [5, 900, 3]
    assert index.scores(query, wanted) == pytest.approx(nearest[wanted].tolist(), abs=1e-5)
    assert next(iter(index.search(query, 30))) == int(np.argmax(nearest))
    among = np.arange(0, 1_000, 4, dtype=np.int64)
    assert next(iter(index.search(query, 30, among))) == int(among[np.argmax(nearest[among])])


@pytest.mark.parametrize("count", [0, 1, SMALL, LARGE])
def test_a_file_gives_the_same_index_and_the_same_vectors_the_same_file(count: int, tmp_path: Path) -> None:
    texts = clustered(max(count, 40))[:count]
    ids = np.arange(count, dtype=np.int64)
    first, second = (VectorIndex.build(ids, texts, DIMENSION) for _ in range(2))
    first.save(tmp_path / "a")
    second.save(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    opened = VectorIndex.load(tmp_path / "a")
    assert len(opened) == count
    for query in questions(clustered(40), 5):
        assert opened.search(query, 20) == first.search(query, 20)
        assert len(opened.search(query, 20)) == min(count, 20)
        assert opened.search(query, 20, ids[:0]) == {}
