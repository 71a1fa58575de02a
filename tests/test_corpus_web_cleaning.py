"""Web pages against their hand-cleaned text: floors for the mean and for the worst page."""

from __future__ import annotations

from functools import cache

import pytest
import web_cleaning
from web_cleaning import FLOORS, PAGES, Score, digest, mean, pages, paragraph_f1

here = pytest.mark.skipif(not PAGES.is_dir(), reason="the pages, ../shared/eval/web_cleaning, are not here")
FLOOR = FLOORS["web_cleaning"]


@cache
def scores() -> list[Score]:
    return [web_cleaning.score(page) for page in pages()]


@pytest.mark.parametrize(
    ("found", "gold", "f1"),
    [
        (["清 淤。", "护岸。"], ["清淤。", "", "护岸。"], 1.0),
        (["清淤。", "清淤。"], ["清淤。"], 2 / 3),
        (["清淤。护岸。"], ["清淤。", "护岸。"], 0.0),
        ([], ["清淤。"], 0.0),
        ([], [], 0.0),
    ],
)
def test_paragraph_f1_counts_whole_paragraphs_once(found: list[str], gold: list[str], f1: float) -> None:
    assert paragraph_f1(found, gold) == pytest.approx(f1)


@here
def test_the_floors_are_for_these_pages() -> None:
    assert digest() == FLOOR["digest"]


@here
@pytest.mark.parametrize("measure", FLOOR["mean"])
def test_the_mean_is_over_its_floor(measure: str) -> None:
    assert mean(scores(), measure) >= FLOOR["mean"][measure]


@here
@pytest.mark.parametrize("measure", FLOOR["lowest"])
def test_the_worst_page_is_over_its_floor(measure: str) -> None:
    assert min(getattr(s, measure) for s in scores()) >= FLOOR["lowest"][measure]
