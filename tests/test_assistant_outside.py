"""Sources outside of the filters: told beside the answer, never mixed in."""

from __future__ import annotations

import json

import pytest

from assistant.api.cited_text import answer_blocks
from assistant.api.shapes.answer import AnswerShape
from assistant.ask import ask
from assistant.telling import outside_line
from index import Filters, Library

QUESTION = "老人去社区食堂吃饭，政府每餐补助多少？"


def test_without_filters_nothing_is_outside(sample: Library) -> None:
    assert ask(sample, QUESTION).outside == ()


def test_what_the_filters_shut_out_is_mentioned_and_not_cited(sample: Library) -> None:
    free = ask(sample, QUESTION)
    assert free.verdict == "answered"
    year = int(str(free.citations[0].entry.issued)[:4])
    answer = ask(sample, QUESTION, filters=Filters(year=year - 1))
    inside = {entry.id for entry in sample.entries(Filters(year=year - 1))}
    assert {c.entry.id for c in (*answer.citations, *answer.hits)} <= inside
    assert not inside & {c.entry.id for c in answer.outside}
    first = answer.outside[0]
    assert (first.entry.id, first.paragraph.number) == (free.citations[0].entry.id, free.citations[0].paragraph.number)
    assert all(first.paragraph.text[a:b] for a, b in first.evidence)
    line = outside_line(answer, "zh")
    assert f"（{year - 1}年）之外还有" in line and first.entry.title in line
    assert line in answer_blocks(answer, "zh")
    AnswerShape.model_validate_json(json.dumps(answer.to_dict()))


def test_what_is_inside_is_not_outside(sample: Library) -> None:
    free = ask(sample, QUESTION)
    kept = ask(sample, QUESTION, filters=Filters(kind=free.citations[0].entry.kind))
    assert kept.citations[0].id == free.citations[0].id
    assert free.citations[0].entry.id not in {c.entry.id for c in kept.outside}


def test_of_what_the_library_does_not_have_nothing_is_outside(sample: Library) -> None:
    assert ask(sample, "红烧肉怎么做才好吃", filters=Filters(year=2023)).outside == ()


@pytest.mark.parametrize("place", ["澜川", "澜川市"])
def test_a_place_holds_to_its_documents(sample: Library, place: str) -> None:
    found = sample.entries(Filters(region=place))
    assert found
    assert len(found) < len(sample.entries())
    for entry in found:
        assert any(place in fact.value for fact in [sample.document(entry.id).fact("place")] if fact)
    assert sample.entries(Filters(region="没有这个地方")) == []
