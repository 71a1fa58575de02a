"""Question sets: read, judged, measured with intervals, kept and compared."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.ask import ask
from assistant.errors import BadInput
from assistant.evaluate import Evidence, Result, Row, Run, compare, evaluate, judge, read_questions, summarise
from assistant.evaluate.comparison import Direction
from assistant.evaluate.intervals import intervals
from assistant.evaluate.judging import holds, is_right
from assistant.evaluate.measures import ndcg, recall
from assistant.evaluate.risk import aurc, curve
from assistant.evaluate.table import comparison_lines, measures_table, risk_lines
from index import Library

FAR = Path(__file__).parent / "data" / "far_questions.jsonl"
RANKS = st.lists(st.integers(0, 10), min_size=1, max_size=12).map(tuple)


def result(id: str = "a", ranks: tuple[int, ...] = (1,), **fields: object) -> Result:
    whole = Result(
        id, "供热企业储煤多少天", "qa", "answered", ranks, exact=False, cited=1, verbatim=1, traceable=1,
        supported=bool(ranks), confidence=1.0, took_ms=5.0,
    )  # fmt: skip
    return replace(whole, **fields)  # type: ignore[arg-type]


def measured(*results: Result) -> dict[str, float]:
    return summarise(results)["all"]


# -- reading


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_rows_of_every_set_are_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "set.jsonl",
        {"id": 1, "question": "问", "doc": "a.txt", "evidence": ["甲", {"text": "乙", "doc": "b.txt"}]},
        {"id": "2", "question": "问", "kind": "followup", "history": ["前"], "evidence": [], "articles": ["第一条"]},
    )
    first, second = read_questions(path)
    assert first == Row("1", "问", "qa", (Evidence("甲", "a.txt"), Evidence("乙", "b.txt")))
    assert second == Row("2", "问", "followup", (), ("前",))


@pytest.mark.parametrize(
    "row",
    [
        {"id": 1},
        {"id": 1, "question": 7},
        {"id": 1, "question": "问", "evidence": [" "]},
        {"id": 1, "question": "问", "evidence": [{"doc": "a.txt"}]},
        {"id": 1, "question": "问", "history": [None]},
        {"id": "once", "question": "问"},
        ["问"],
    ],
)
def test_a_row_that_means_nothing_is_named(tmp_path: Path, row: object) -> None:
    path = write(tmp_path / "set.jsonl", {"id": "once", "question": "问"}, row)
    with pytest.raises(BadInput) as error:
        read_questions(path)
    assert error.value.fields["line"] == "2"


def test_the_far_questions_are_a_hundred_without_evidence() -> None:
    rows = read_questions(FAR)
    assert len({row.question for row in rows}) == len(rows) == 100
    assert not any(row.evidence for row in rows)


# -- judging

LONG = "各街道要在本月底前完成沿街管线排查并逐户登记造册，由区里统一核验后再行报送市里备案"


@pytest.mark.parametrize(
    ("paragraph", "span", "right"),
    [
        ("一、整治 １２ 个排污口。", "整治12个排污口", True),
        ("整治排污口。", "整治排污口。逐一销号", False),
        ("由区里统一核验后再行报送市里备案", LONG, True),
        (f"会议强调，{LONG[:25]}。", LONG, True),
        (f"会议强调，{LONG[:24]}。", LONG, False),
        (f"备案之前，{LONG[-25:]}。", LONG, True),
        (f"会议强调，{LONG[:25]}。", LONG[:29], False),
    ],
)
def test_a_paragraph_holds_a_span_or_lies_inside_it(paragraph: str, span: str, right: bool) -> None:
    assert holds(paragraph, span) is right


def test_a_short_span_counts_only_in_its_document(library: Library) -> None:
    hit = ask(library, "供热企业储煤多少天").hits[0]
    assert is_right(hit, Evidence("储煤不得少于15天用量", "供暖通知.txt"))
    assert is_right(hit, Evidence("储煤不得少于15天用量", None))
    assert not is_right(hit, Evidence("储煤不得少于15天用量", "另一篇.txt"))
    assert is_right(hit, Evidence("供热企业储煤不得少于15天用量，报修后2小时内上门", "另一篇.txt"))


def judged(answer: Answer, *evidence: Evidence) -> Result:
    return judge(Row("a", answer.question, "quote", evidence), answer, lambda citation: "")


def test_exact_is_the_whole_span_first_and_from_its_document(library: Library) -> None:
    answer = ask(library, "供热企业储煤不得少于15天用量，报修后2小时内上门")
    whole = "供热企业储煤不得少于15天用量，报修后2小时内上门"
    assert judged(answer, Evidence(whole, "供暖通知.txt")).exact
    assert not judged(answer, Evidence(whole, "另一篇.txt")).exact
    assert not judged(answer, Evidence(f"{whole}，且室温不低于18度", "供暖通知.txt")).exact
    assert not judged(replace(answer, hits=answer.hits[::-1]), Evidence(whole, "供暖通知.txt")).exact


def test_questions_are_asked_and_judged(library: Library) -> None:
    rows = [
        Row("1", "供热企业储煤多少天", "qa", (Evidence("不得少于15天用量", "供暖通知.txt"),)),
        Row("2", "那报修呢", "followup", (Evidence("报修后2小时内上门", None),), ("供热企业有哪些要求",)),
        Row("3", "红烧肉怎么做才好吃", "refuse", ()),
    ]
    first, second, third = evaluate(library, rows)
    assert (first.rank, first.supported, first.verbatim, first.traceable) == (1, True, first.cited, first.cited)
    assert second.rank == 1
    assert (third.verdict, third.ranks, third.confidence) == ("not_found", (), 0.0)
    assert first.confidence > 0


# -- measures


def test_recall_is_a_share_of_the_evidence_and_any_piece_of_wording() -> None:
    assert recall(result(ranks=(2, 0, 0, 7), kind="multi")) == 0.5
    assert recall(result(ranks=(2, 0, 0, 7), kind="wording")) == 1
    assert recall(result(ranks=(0, 0), kind="wording")) == 0


def test_hits_count_up_to_their_rank() -> None:
    values = measured(result("a", (1,)), result("b", (5, 0)), result("c", (6,)), result("d", (0,)))
    assert [values[f"hit@{k}"] for k in (1, 5, 10)] == [0.25, 0.5, 0.75]
    assert values["MRR@10"] == pytest.approx((1 + 1 / 5 + 1 / 6) / 4)


@given(RANKS)
def test_ndcg_lies_between_nothing_and_the_best_order(ranks: tuple[int, ...]) -> None:
    value = ndcg(result(ranks=ranks))
    assert 0 <= value <= 1 + 1e-9
    assert (value == 0) == (not any(ranks))
    found = len({rank for rank in ranks if rank})
    if found and all(ranks):
        assert ndcg(result(ranks=tuple(range(1, found + 1)))) == pytest.approx(1)


def test_evidence_in_one_paragraph_is_one_gain() -> None:
    assert ndcg(result(ranks=(1, 1))) == 1
    assert ndcg(result(ranks=(1, 0))) == pytest.approx(1 / (1 + 1 / np.log2(3)))
    assert ndcg(result(ranks=(2,))) == pytest.approx(1 / np.log2(3))


def test_measures_say_nothing_of_questions_they_are_not_about() -> None:
    groups = summarise(
        [
            result("a", kind="qa", exact=True),
            result("b", kind="quote", exact=False),
            result("c", kind="quote", exact=True, verdict="not_found", cited=0, verbatim=0, traceable=0),
            result("d", (), kind="refuse", verdict="not_found", cited=0, verbatim=0, traceable=0),
        ]
    )
    assert list(groups) == ["all", "qa", "quote", "refuse"]
    assert groups["all"]["exact"] == groups["quote"]["exact"] == 0.5
    assert "exact" not in groups["qa"]
    assert groups["all"]["wrongly refused"] == pytest.approx(1 / 3)
    assert groups["all"]["refused"] == 1
    assert groups["refuse"] == {"questions": 1, "refused": 1, "p50 ms": 5, "p95 ms": 5}


def test_a_set_of_one_kind_is_told_once() -> None:
    assert list(summarise([result("a"), result("b")])) == ["all"]
    assert summarise([]) == {"all": {"questions": 0}}
    assert intervals([]) == {}


# -- intervals


def test_an_interval_is_the_same_each_time_and_holds_the_value() -> None:
    results = [result(str(i), (1 if i % 3 else 0,)) for i in range(60)]
    [low, high] = intervals(results)["all"]["hit@1"]
    assert (low, high) == intervals(results)["all"]["hit@1"]
    assert low < measured(*results)["hit@1"] < high
    more = intervals([result(str(i), (1 if i % 3 else 0,)) for i in range(600)])["all"]["hit@1"]
    assert more[1] - more[0] < (high - low) / 2
    assert intervals([result("a"), result("b")])["all"]["hit@1"] == (1, 1)


def test_95_of_100_intervals_hold_the_truth() -> None:
    random = np.random.default_rng(7)
    held = 0
    for _ in range(100):
        drawn = [result(str(i), (int(right),)) for i, right in enumerate(random.random(80) < 0.7)]
        low, high = intervals(drawn)["all"]["hit@1"]
        held += low <= 0.7 <= high
    assert 88 <= held <= 99


# -- risk and coverage


def test_the_curve_ends_where_the_assistant_refuses() -> None:
    results = [
        result("sure", confidence=0.9),
        result("wrong", confidence=0.5, supported=False),
        result("unanswerable", (), confidence=0.5, supported=False),
        result("refused", confidence=0.1, verdict="not_found", supported=False),
    ]
    points = curve(results)
    assert [(p.confidence, p.answered, p.coverage) for p in points] == [(0.9, 1, 0.25), (0.5, 3, 0.75)]
    assert [p.risk for p in points] == [0, pytest.approx(2 / 3)]
    assert curve([results[-1]]) == []
    assert aurc([]) == 0


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.1, 0.5, 0.9])), min_size=1, max_size=30))
def test_the_area_is_the_mean_over_every_order_of_ties(answers: list[tuple[bool, float]]) -> None:
    results = [result(str(i), supported=right, confidence=sure) for i, (right, sure) in enumerate(answers)]
    expected, wrong, given_ = 0.0, 0.0, 0
    for level in (0.9, 0.5, 0.1):
        group = [right for right, sure in answers if sure == level]
        for _ in group:
            wrong, given_ = wrong + group.count(False) / len(group), given_ + 1
            expected += wrong / given_
    assert aurc(curve(results)) == pytest.approx(expected / given_)


def test_a_score_that_knows_what_is_wrong_has_less_area() -> None:
    knows = [result(str(i), supported=i < 7, confidence=1 - i / 10) for i in range(10)]
    blind = [replace(r, confidence=0.5) for r in knows]
    assert aurc(curve(knows)) < aurc(curve(blind)) == pytest.approx(0.3)


# -- keeping and comparing


def test_a_run_is_kept_and_read_again(tmp_path: Path) -> None:
    run = Run("set", "abc", [result("a", (0, 3)), result("b", (), verdict="not_found", confidence=0.25)])
    run.save(tmp_path / "run.json")
    assert Run.load(tmp_path / "run.json") == run
    assert [p.name for p in tmp_path.iterdir()] == ["run.json"]


@pytest.mark.parametrize("text", ["", "[]", '{"set": "a"}', '{"set": "a", "digest": "b", "questions": [{"id": "c"}]}'])
def test_a_file_that_is_no_run_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput):
        Run.load(path)


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        (result(ranks=(3,)), result(ranks=(1,)), "better"),
        (result(ranks=(3,)), result(ranks=(0,)), "worse"),
        (result(ranks=(3, 0)), result(ranks=(3, 9)), "better"),
        (result(ranks=(1, 0)), result(ranks=(2, 4)), "mixed"),
        (result(), result(verdict="not_found", supported=False), "worse"),
        (result(supported=False), result(), "better"),
        (result(ranks=()), result(ranks=(), verdict="not_found"), "better"),
        (result(ranks=(2,)), result(ranks=(2,), took_ms=9.0), None),
    ],
)
def test_a_question_gets_better_or_worse(old: Result, new: Result, direction: Direction | None) -> None:
    changes = compare(Run("set", "a", [old]), Run("set", "a", [new])).changes
    assert [change.direction for change in changes] == ([direction] if direction else [])


def test_what_got_worse_comes_first() -> None:
    old = Run("set", "a", [result("better", (3,)), result("mixed", (1, 0)), result("worse", (1,))])
    new = Run("set", "a", [result("better", (1,)), result("mixed", (2, 4)), result("worse", (3,))])
    assert [change.new.id for change in compare(old, new).changes] == ["worse", "mixed", "better"]


def test_a_run_does_not_differ_from_itself() -> None:
    run = Run("set", "a", [result(str(i), (i % 4,)) for i in range(40)])
    comparison = compare(run, run)
    assert comparison.changes == comparison.gone == comparison.come == ()
    assert all((d.new - d.old, d.interval) == (0, (0, 0)) for d in comparison.differences["all"].values())


def test_the_same_questions_are_drawn_for_both_runs() -> None:
    old = [result(str(i), (1 if i % 2 else 0,)) for i in range(100)]
    new = [replace(r, ranks=(1,)) if i < 10 else r for i, r in enumerate(old)]
    difference = compare(Run("set", "a", old), Run("set", "a", new)).differences["all"]["hit@1"]
    assert (difference.old, difference.new) == (0.5, pytest.approx(0.55))
    low, high = difference.interval
    assert 0 < low < 0.05 < high < 0.12  # unpaired, it would be .27 wide and hold 0


def test_questions_that_only_one_run_has_are_left_out() -> None:
    old = Run("set", "a", [result("both"), result("gone"), result("changed")])
    new = Run("set", "b", [result("both"), result("come"), result("changed", question="另一问")])
    comparison = compare(old, new)
    assert (comparison.gone, comparison.come) == (("gone", "changed"), ("come", "changed"))
    assert comparison.differences["all"]["hit@1"].new == 1
    assert compare(old, Run("set", "b", [result("other")])).differences == {}


# -- tables


def test_tables_line_up_and_are_markdown() -> None:
    run = Run("set", "a", [result("a"), result("b", (), kind="拒答", verdict="not_found", confidence=0.0)])
    name, _, *lines = measures_table(run)
    assert name == "set"
    assert "拒答" in lines[0]
    assert set(lines[1]) == set("|:-")
    assert (
        len({len(line) + 2 * line.count("拒答") for line in lines}) == 1
    )  # four columns of a terminal, two characters
    assert any("1.000 [1.000, 1.000]" in line for line in lines)
    risk = risk_lines(run, "zh")
    assert "AURC" in risk[-1]
    assert "0.500" in risk[2]


def test_what_changed_is_told_question_by_question() -> None:
    old = Run("set", "a", [result("q-7", (3,)), result("r-1", (), verdict="answered")])
    new = Run("set", "a", [result("q-7", (1,)), result("r-1", (), verdict="not_found"), result("q-9")])
    lines = comparison_lines(compare(old, new), "zh")
    assert "  变好  q-7  供热企业储煤多少天  3 → 1" in lines
    assert "  变好  r-1  供热企业储煤多少天  answered → not_found" in lines
    assert any("1 题只在新结果中" in line for line in lines)
    assert "+0.000 [+0.000, +0.000] " in next(line for line in lines if "hit@10" in line)


def test_wording_is_measured_by_the_families_that_its_command_gives(sample: Library) -> None:
    entry = sample.entries()[0]
    text = max((p.text for p in sample.document(entry.id).paragraphs if p.role == "body"), key=len)
    sentence = text.split("。")[0]
    rows = [
        Row("1", f"强调{sentence}的话", "wording", (Evidence(sentence, entry.names[0]),)),
        Row("2", f"强调{sentence}的话", "wording", (Evidence("库内没有的这样一句话真的没有", None),)),
        Row("3", sentence, "qa", (Evidence(sentence, entry.names[0]),)),
    ]
    found = list(evaluate(sample, rows))
    assert [r.wording for r in found] == [1, 0, 0]
    assert summarise(found)["wording"]["wording@5"] == 0.5
    assert "wording@5" not in summarise(found)["qa"]


def test_runs_kept_before_wording_was_measured_are_read(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    Run("set", "0", [result()]).save(path)
    data = json.loads(path.read_text("utf-8"))
    del data["questions"][0]["wording"]
    path.write_text(json.dumps(data), encoding="utf-8")
    assert Run.load(path).results[0].wording == 0
    del data["questions"][0]["verdict"]
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(BadInput):
        Run.load(path)
