"""Ranking of the passages found: what speaks for a paragraph, what against it, and that nothing else does."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from conftest import fresh
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentence_spans
from index import Encoder, Filters, Library
from index.ranking import WEIGHTS, Candidate, Query, Ranked, measured, rank
from index.store import PassageRow
from index.tokens import weighed

ASKED = "储煤多少天"
FREQUENCY = {"储煤": 3, "天": 200, "储多": 0}
SIZE = 1_000
FLOOD = """关于加强水库安全度汛工作的通知
汛水办发〔2023〕12号
各水库管理所：
为确保水库安全度汛，现就有关事项通知如下。
一、值守安排
水库值守人员的职责和要求如下：
（一）水库值守人员每2小时巡查一次大坝，发现渗漏立即上报。
（二）水库值守人员交接班当面交清，记录签字备查。
二、调度安排
水库水位超过汛限水位时，管理所在1小时内开闸泄洪，并通知下游。
汛水市水务局
2023年5月9日
"""
DROUGHT = FLOOD.replace("度汛", "抗旱").replace("12号", "13号").replace("2小时", "6小时").replace("汛限", "旱限")


def row(
    text: str, *, id: int = 1, document: int = 1, paragraph: int = 5, role: str = "body", path: tuple[str, ...] = ()
) -> PassageRow:
    return PassageRow(id, document, paragraph, 0, len(text), role, text, path, "关于供暖的通知")


def candidate(text: str, *, cosine: float = 0.8, document: float = 5.0, **of: object) -> Candidate:
    return Candidate(row(text, **of), cosine, tuple(cosine for _ in sentence_spans(text)), document)  # type: ignore[arg-type]


def query(asked: str = ASKED) -> Query:
    return Query.of(weighed(asked), SIZE, lambda term: FREQUENCY.get(term, 0))


NOWHERE: dict[int, Mapping[str, float]] = defaultdict(lambda: dict.fromkeys(query().weights, 0.0))
"""Of no document is any term rare within it."""


def places(ranked: Sequence[Ranked]) -> list[int]:
    return [r.place[1] for r in ranked]


def first_of(*candidates: Candidate) -> int:
    return places(rank(query(), candidates, NOWHERE, {}))[0]


def test_nothing_is_ranked_of_nothing() -> None:
    assert rank(query(), [], NOWHERE, {}) == []


def test_one_alone_has_a_score() -> None:
    [only] = rank(query(), [candidate("供热企业储煤不得少于15天用量。")], NOWHERE, {})
    assert math.isfinite(only.score)


def test_terms_that_no_passage_holds_are_left_out_and_rare_ones_weigh_more() -> None:
    found = query()
    assert set(found.rarity) == {"储煤", "天"}
    assert found.rarity["储煤"] > found.rarity["天"] > 0


def test_what_holds_the_rare_term_goes_before_what_does_not() -> None:
    assert (
        first_of(
            candidate("供热企业的煤不得少于15天用量。", paragraph=1, id=1),
            candidate("供热企业储煤不得少于15天用量。", paragraph=2, id=2),
        )
        == 2
    )


def test_a_sentence_close_to_the_question_lifts_a_passage_that_is_not() -> None:
    text = "供热企业要早作准备。储煤不得少于15天用量。"
    far = replace(candidate(text, paragraph=1, id=1), sentences=(0.7, 0.8))
    near = replace(candidate(text, paragraph=2, id=2), sentences=(0.7, 0.95))
    assert first_of(far, near) == 2


ANSWER = "供热企业储煤不得少于15天用量，报修后2小时内上门，逐户登记在册。"


@pytest.mark.parametrize(
    "weaker",
    [
        candidate(ANSWER, paragraph=1, id=1, role="heading"),
        candidate(ANSWER, paragraph=1, id=1, role="opening"),
        candidate(ANSWER.removesuffix("。") + "：", paragraph=1, id=1),
        candidate("供热企业储煤不得少于15天用量", paragraph=1, id=1),
    ],
    ids=["heading", "opening", "leads in", "fragment"],
)
def test_what_only_names_or_announces_goes_behind_what_states(weaker: Candidate) -> None:
    stating = ANSWER if len(weaker.row.whole) > 30 else weaker.row.whole + "。"
    assert first_of(weaker, candidate(stating, paragraph=2, id=2)) == 2


def test_an_item_gains_by_the_paragraph_that_leads_it_in_and_another_one_does_not() -> None:
    lead = candidate("供热企业储煤多少天的要求如下：", paragraph=3, id=1, path=("一、储备",))
    item = candidate("（一）不得少于15天的用量，每周盘点一次。", paragraph=4, id=2, path=("一、储备",))
    elsewhere = candidate(
        "（一）不得少于15天的用量，每周盘点一次。", paragraph=9, id=3, document=5.0, path=("二、调度",)
    )
    plain = candidate("不得少于15天的用量，每周盘点一次再上报。", paragraph=8, id=4, path=("一、储备",))
    scores = {r.place[1]: r.score for r in rank(query(), [lead, item, elsewhere, plain], NOWHERE, {})}
    assert scores[4] > scores[9]
    assert scores[4] > scores[8]


def test_terms_that_tell_a_place_from_the_rest_of_its_document_count() -> None:
    both = [candidate(ANSWER, paragraph=1, id=1), candidate(ANSWER, paragraph=1, id=2, document=7)]
    both = [both[0], replace(both[1], row=replace(both[1].row, document=2), document=5.0)]
    rare = {1: 0.1, 2: 3.0}
    ranked = rank(query(), both, {row: dict.fromkeys(query().weights, rare[row]) for row in rare}, {})
    assert [r.place[0] for r in ranked] == [2, 1]


def test_a_lift_moves_all_paragraphs_of_its_document_by_as_much() -> None:
    rows = [candidate(f"第{i}家供热企业储煤{i}天，{'每天上报。' * i}", id=i, paragraph=i) for i in range(1, 9)]
    rows = [replace(c, row=replace(c.row, document=1 + c.row.id % 2)) for c in rows]
    before = {r.place: r.score for r in rank(query(), rows, NOWHERE, {})}
    after = {r.place: r.score for r in rank(query(), rows, NOWHERE, {2: 1.5})}
    assert {p: round(after[p] - before[p], 9) for p in before} == {p: 1.5 if p[0] == 2 else 0.0 for p in before}
    ranked = [r.place for r in rank(query(), rows, NOWHERE, {2: 99.0})]
    assert [p[0] for p in ranked] == [2] * 4 + [1] * 4


def test_a_paragraph_is_one_whatever_the_number_of_its_passages_and_the_best_speaks() -> None:
    weak, strong = "要早作准备，逐级落实责任。", "储煤不得少于15天用量。"
    whole = weak + strong
    parts = [PassageRow(i, 1, 5, a, b, "body", whole, (), "通知") for i, (a, b) in enumerate(sentence_spans(whole), 1)]
    found = [Candidate(parts[0], 0.6, (0.6,), 5.0), Candidate(parts[1], 0.9, (0.9,), 5.0)]
    other = candidate("其他事项另行通知，请各单位遵照执行。", paragraph=9, id=9, cosine=0.7)
    first, second = rank(query(), [*found, other], NOWHERE, {})
    assert [c.row.id for c in first.passages] == [2, 1]
    assert (first.place, second.place) == ((1, 5), (1, 9))


TEXTS = st.lists(
    st.tuples(
        st.text("储煤多少天供暖，。：（一）12", min_size=1, max_size=30),
        st.integers(1, 3),
        st.integers(1, 6),
        st.floats(-1, 1, width=32),
        st.sampled_from(["body", "heading", "opening"]),
    ),
    min_size=1,
    max_size=9,
)


@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_is_of_no_matter(rows: list[tuple[str, int, int, float, str]], order) -> None:  # type: ignore[no-untyped-def]
    wholes = {(document, paragraph): text for text, document, paragraph, _, _ in rows}
    found = [
        candidate(wholes[d, p], cosine=c, id=i, paragraph=p, role=role) for i, (_, d, p, c, role) in enumerate(rows)
    ]
    found = [replace(f, row=replace(f.row, document=d)) for f, (_, d, _, _, _) in zip(found, rows, strict=True)]
    shuffled = list(found)
    order.shuffle(shuffled)
    ranked = rank(query(), found, NOWHERE, {2: 0.5})
    assert rank(query(), shuffled, NOWHERE, {2: 0.5}) == ranked
    assert sorted(c.row.id for r in ranked for c in r.passages) == list(range(len(rows)))
    assert len({r.place for r in ranked}) == len(ranked)
    assert all(math.isfinite(r.score) for r in ranked)
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)


def test_there_is_a_weight_for_each_measure_and_the_first_seven_are_standard_scores() -> None:
    rows = [candidate(f"第{i}家供热企业储煤{'满' * i}{i}天。", id=i, paragraph=i, cosine=i / 10) for i in range(1, 6)]
    groups, bm25, found = measured(query(), rows, NOWHERE)
    assert min(bm25) > 0
    assert found.shape == (len(groups), len(WEIGHTS))
    assert np.abs(found[:, :7].mean(axis=0)).max() < 1e-9
    assert all(spread < 1e-9 or spread == pytest.approx(1.0) for spread in found[:, :7].std(axis=0))


@pytest.fixture(scope="module")
def waters(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    """Two notices that say nearly the same."""
    folder = tmp_path_factory.mktemp("waters")
    (folder / "防汛").mkdir()
    (folder / "防汛" / "度汛通知.txt").write_text(FLOOD, encoding="utf-8")
    (folder / "抗旱通知.txt").write_text(DROUGHT, encoding="utf-8")
    library = fresh(tmp_path_factory.mktemp("waters-library") / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder]))
    yield library
    library.close()


def rows_of(library: Library) -> dict[str, int]:
    return {entry.names[0]: entry.row for entry in library.entries()}


def test_the_item_that_states_it_goes_before_the_paragraph_that_leads_it_in(waters: Library) -> None:
    hits = waters.snapshot().search("水库值守人员多长时间巡查一次大坝", 10).hits
    assert hits[0].paragraph.text.startswith("（一）水库值守人员每")
    texts = [hit.paragraph.text for hit in hits]
    assert texts.index("水库值守人员的职责和要求如下：") > 0


def test_a_lift_brings_its_document_first_and_shuts_none_out(waters: Library) -> None:
    snapshot, rows = waters.snapshot(), rows_of(waters)
    for row in rows.values():
        hits = snapshot.search("水位超过多少时开闸泄洪", 20, lift={row: 3.0}).hits
        assert hits[0].entry.row == row
        assert {hit.entry.row for hit in hits} == set(rows.values())


def test_within_holds_a_search_to_its_documents_whatever_is_lifted(waters: Library) -> None:
    snapshot, rows = waters.snapshot(), rows_of(waters)
    drought, flood = rows["抗旱通知.txt"], rows["防汛/度汛通知.txt"]
    hits = snapshot.search("水库值守人员巡查大坝", 20, within=[drought], lift={flood: 5.0}).hits
    assert {hit.entry.row for hit in hits} == {drought}
    hits = snapshot.search("水库值守人员巡查大坝", 20, Filters(folder="防汛"), lift={drought: 5.0}).hits
    assert {hit.entry.row for hit in hits} == {flood}
    assert snapshot.search("水库", 20, Filters(folder="防汛"), within=[drought]).hits == ()
    assert snapshot.search("水库", 20, within=[]).hits == ()


def test_a_search_gives_the_same_each_time(waters: Library) -> None:
    first = waters.snapshot().search("水库值守人员巡查大坝", 20)
    assert waters.snapshot().search("水库值守人员巡查大坝", 20) == first
