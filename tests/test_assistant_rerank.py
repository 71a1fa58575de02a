"""The first hit: what answers best in a close call, not the heading or lead-in over what was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.question import understand
from assistant.rerank import CLOSE, NEAR, READ, RIVALS, behind_its_lead, close_call
from corpus import Paragraph
from index import Entry, Hit


def hit(number: int, text: str, score: float, role: str = "body", row: int = 1) -> Hit:
    entry = Entry(row, f"{row:012x}", "通知", "通知", None, None, None, (), ("通知.txt",))
    return Hit(entry, Paragraph(number, role, text, ()), (), score, 0.0, 0.0)  # type: ignore[arg-type]


HEADING = hit(7, "四、做好清淤", 3.0, "heading")
LEAD = hit(7, "清淤的要求是：", 3.0)
BEHIND = hit(8, "每月清淤一次，逐段验收。", 1.0)
OTHER = hit(3, "各街道要巡河。", 2.0)


def numbers(*hits: Hit) -> list[tuple[int, int]]:
    return [(h.entry.row, h.paragraph.number) for h in behind_its_lead(hits)]


def test_what_stands_behind_a_heading_or_a_lead_in_comes_before_it() -> None:
    for lead in (HEADING, LEAD):
        assert numbers(lead, OTHER, BEHIND) == [(1, 8), (1, 7), (1, 3)]


def test_scores_stay_with_their_places() -> None:
    assert [h.score for h in behind_its_lead((HEADING, OTHER, BEHIND))] == [3.0, 2.0, 1.0]


def test_nothing_else_moves() -> None:
    assert numbers(OTHER, HEADING, BEHIND) == [(1, 3), (1, 7), (1, 8)]  # only the first gives way
    assert numbers(HEADING, hit(9, "另行通知。", 1.0)) == [(1, 7), (1, 9)]  # not the paragraph behind it
    assert numbers(HEADING, hit(8, "每月清淤一次。", 1.0, row=2)) == [(1, 7), (2, 8)]  # of another document
    assert numbers(HEADING, hit(8, "（一）清淤", 1.0, "heading")) == [(1, 7), (1, 8)]
    assert numbers() == []


def test_a_long_paragraph_that_ends_in_a_colon_keeps_its_place() -> None:
    said = "清淤由各街道组织，费用由区财政承担，验收由水务局负责。" * 10
    assert numbers(hit(7, f"{said}其要求是：", 3.0), BEHIND) == [(1, 7), (1, 8)]


def test_what_lies_far_behind_is_left_there() -> None:
    far = [hit(20 + i, "各街道要巡河。", 2.0) for i in range(NEAR)]
    assert numbers(HEADING, *far, BEHIND)[0] == (1, 7)


QUESTION = understand("清淤多久一次")


def told(*relevance: float) -> list[int]:
    """The numbers of four paragraphs, of which the last is far behind, once their relevance is told."""
    hits = [hit(1, "甲", 3.0), hit(2, "乙", 2.9), hit(3, "丙", 2.5), hit(4, "丁", 2.9 - CLOSE)]
    found = close_call(QUESTION, hits, lambda _, rivals: relevance[: len(rivals)])
    assert [h.score for h in found] == [h.score for h in hits]
    return [h.paragraph.number for h in found]


def test_in_a_close_call_what_answers_better_comes_first() -> None:
    assert told(-1.0, 2.0, -1.0) == [2, 1, 3, 4]
    assert told(-9.0, -9.0, 0.0) == [3, 1, 2, 4]
    assert told(0.0, 0.05 / READ, 0.0) == [1, 2, 3, 4]  # its own score counts as well


def asked_about(scores: Sequence[float]) -> list[int]:
    """The numbers of the hits whose relevance is asked for."""
    asked: list[int] = []

    def relevance(_: str, rivals: Sequence[Hit]) -> list[float]:
        asked.extend(h.paragraph.number for h in rivals)
        return [0.0] * len(rivals)

    close_call(QUESTION, [hit(i, "甲", score) for i, score in enumerate(scores)], relevance)
    return asked


def test_only_the_few_of_a_close_call_are_read() -> None:
    assert asked_about([3.0, 2.9, 2.9 - CLOSE, 2.8 - CLOSE]) == [0, 1]
    assert asked_about([3.0, 2.9 - CLOSE]) == asked_about([3.0]) == asked_about([]) == []
    assert len(asked_about([3.0] * RIVALS)) == RIVALS
    assert asked_about([3.0] * (RIVALS + 1)) == []  # a whole field


def test_without_a_model_that_reads_nothing_moves() -> None:
    hits = (hit(1, "甲", 3.0), hit(2, "乙", 2.9))
    assert close_call(QUESTION, hits, lambda *_: None) == hits
