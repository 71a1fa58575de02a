"""Many at the page at once: who comes when too many wait is told so, in our words and where the answer would come."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from browsing import CHROMIUM as CHROMIUM
from playwright.sync_api import Browser, expect
from served import served
from soak.crowd import Page, ask, crowd, page_of

from assistant.messages import say
from assistant.web import admission
from assistant.web.examples import EXAMPLES
from assistant.web.outcome import AT_ONCE, WORK
from assistant.web.server import application
from index import Library

LONG = 60_000
"""Milliseconds that a browser may take on a busy machine."""


class Held:
    """A library that can be held back: whoever opens it waits until it is let go."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.free = threading.Event()
        self.free.set()

    def __call__(self) -> Library:
        assert self.free.wait(120)
        return self.library


@pytest.fixture(scope="module")
def held(sample: Library) -> Held:
    return Held(sample)


@pytest.fixture(scope="module")
def place(held: Held) -> Iterator[str]:
    """The address of the page."""
    with served(application(held)) as address:
        yield address


def join(client: httpx.Client, page: Page, number: int, prefix: str = "") -> httpx.Response:
    body = {
        "data": [f"1|{json.dumps({'question': EXAMPLES[0]})}", None],
        "fn_index": page.event,
        "trigger_id": page.box,
        "session_hash": f"full{number}",
    }
    return client.post(f"{prefix}/gradio_api/queue/join", json=body)


def the_page(address: str) -> Page:
    async def found() -> Page:
        async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=60) as client:
            return await page_of(client)

    return asyncio.run(found())


def answer_of(address: str, page: Page) -> str:
    async def given() -> str:
        async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=60) as client:
            while True:
                try:
                    return await ask(client, page, "after", EXAMPLES[0])
                except httpx.HTTPStatusError as error:
                    assert error.response.status_code == admission.BUSY  # those before are still at it
                    await asyncio.sleep(0.1)

    return asyncio.run(given())


def test_as_many_wait_as_may_and_the_next_is_told_so_in_one_sentence(place: str, held: Held) -> None:
    page = the_page(place)
    most = AT_ONCE + admission.MOST_WAITING[WORK]
    held.free.clear()
    try:
        with httpx.Client(base_url=place, trust_env=False, timeout=60) as client:
            answers = [join(client, page, number) for number in range(most + 20)]
            statuses = [answer.status_code for answer in answers]
    finally:
        held.free.set()
    turned = [answer for answer in answers if answer.status_code == admission.BUSY]
    assert set(statuses) == {200, admission.BUSY} and statuses[-1] == admission.BUSY
    assert len(answers) - len(turned) <= most
    assert {answer.json()["detail"] for answer in turned} == {"现在使用的人较多，请过几秒再问"}
    assert all(int(answer.headers["Retry-After"]) for answer in turned)
    assert "yj-answer" in answer_of(place, page)


def test_what_costs_nothing_is_never_turned_away(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(admission.MOST_WAITING, WORK, 0)
    with httpx.Client(base_url=place, trust_env=False, timeout=60) as client:
        config = client.get("/config").json()
        new = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "yj-new")
        event = next(d["id"] for d in config["dependencies"] if [new, "click"] in [list(t) for t in d["targets"]])
        assert join(client, Page(event, new, 0), 1).status_code == 200
        for odd in (b"", b"[]", b'{"fn_index": "x"}', b'{"fn_index": 999}'):
            assert client.post("/gradio_api/queue/join", content=odd).status_code not in (200, admission.BUSY)


def test_the_sentence_is_in_the_language_of_the_page(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(admission.MOST_WAITING, WORK, 0)
    with httpx.Client(base_url=place, trust_env=False, timeout=60) as client:
        config = client.get("/en/config").json()
        box = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "yj-again")
        event = next(d["id"] for d in config["dependencies"] if [box, "change"] in [list(t) for t in d["targets"]])
        assert join(client, Page(event, box, 2), 2, "/en").json()["detail"] == say("busy", "en")


def test_a_dozen_people_ask_at_once_and_all_are_answered(place: str) -> None:
    told = asyncio.run(crowd(place, 12, 3, (0.0, 0.5), EXAMPLES))
    assert not told.errors
    assert len(told.seconds) >= 12 and not told.busy


@pytest.mark.skipif(CHROMIUM is None, reason="no browser")
def test_the_chat_says_so_and_asks_again_with_one_click(
    browser: Browser, place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = browser.new_page(locale="zh-CN")
    page.set_default_timeout(LONG)
    page.goto(place)
    expect(page.locator("#yj-head .yj-counts")).not_to_be_empty(timeout=LONG)
    monkeypatch.setitem(admission.MOST_WAITING, WORK, 0)
    page.fill("#yj-question textarea", EXAMPLES[3])
    page.keyboard.press("Enter")
    expect(page.locator("#yj-chat [role=alert]")).to_have_text("现在使用的人较多，请过几秒再问", timeout=LONG)
    expect(page.locator(".toast-body:visible")).to_have_count(0)
    expect(page.locator(".yj-searching")).to_have_count(0)
    monkeypatch.undo()
    page.get_by_role("button", name="再问一次").click()
    expect(page.locator("#yj-chat .message-row .yj-answer")).to_have_count(1, timeout=LONG)
    expect(page.locator("#yj-chat [role=alert]")).to_have_count(0)
    page.close()
