"""A few texts that nobody would type, over every way in: answered, or told in a sentence what is wrong.

Ten thousand: `PYTHONPATH=tests python -m soak.fuzz_questions`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from fuzz_questions import ROUTES, failed_request, failed_row, texts, ways_in
from served import programs_application, served

from assistant.errors import AssistantError
from index import IndexingError, Library


@pytest.fixture(scope="module")
def client(sample: Library) -> Iterator[httpx.Client]:
    with served(programs_application(sample)) as address, httpx.Client(base_url=address, timeout=120) as client:
        yield client


@pytest.mark.parametrize("way", ["ask", "quote", "wording"])
def test_no_text_breaks_a_way_in(sample: Library, way: str) -> None:
    for text in texts(1, 8):
        try:
            given = ways_in(sample)[way](text)
        except (AssistantError, IndexingError):
            continue  # one sentence for whoever asked
        json.dumps(given.to_dict(), ensure_ascii=False)  # type: ignore[attr-defined]


def test_no_text_breaks_a_row_of_a_batch(sample: Library) -> None:
    assert [error for text in texts(2, 8) if (error := failed_row(sample, text))] == []


@pytest.mark.parametrize("route", ROUTES)
def test_no_text_breaks_a_route(client: httpx.Client, route: str) -> None:
    assert [error for text in texts(3, 4) if (error := failed_request(client, route, text))] == []
