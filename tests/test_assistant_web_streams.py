"""An event that comes while the page's stream is being closed is answered where somebody listens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from browsing import CHROMIUM
from playwright.sync_api import Browser
from scenes import ask
from serving import opened
from starlette.types import Message, Receive, Scope, Send

from assistant.web import streams as module
from assistant.web.streams import Streams

START: Message = {"type": "http.response.start", "status": 200, "headers": []}
SLOW = """() => {
  const fetched = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await fetched(...asked);
    if (String(asked[0].url ?? asked[0]).includes("queue/data")) await new Promise((go) => setTimeout(go, 1500));
    return answer;
  };
}"""
"""What a page does that is too busy to read its stream."""


async def _app(scope: Scope, receive: Receive, send: Send) -> None:
    await send(START)
    for message in (b'{"msg":"estimation"}', b'{"msg":"close_stream"}'):
        await send({"type": "http.response.body", "body": message, "more_body": True})
        await asyncio.sleep(0.01)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _run(told: Callable[[Streams, asyncio.Event, list[str]], Awaitable[None]]) -> list[str]:
    """What comes one after another while the stream of session a is closed; the event is that its page leaves."""
    happened: list[str] = []

    async def run() -> None:
        left = asyncio.Event()

        async def receive() -> Message:
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message.get("more_body") is False:
                happened.append("end")

        streams = Streams()
        stream = asyncio.create_task(streams.stream(_app, "a", {}, receive, send))
        await asyncio.sleep(0.05)
        await told(streams, left, happened)
        await stream
        assert not streams._closing

    asyncio.run(run())
    return happened


async def _answered(streams: Streams, session: str, happened: list[str]) -> None:
    async def send(message: Message) -> None:
        happened.append(f"answer {session}")

    await streams.held(session, send)(START)


def test_an_event_is_answered_when_the_page_has_left_the_stream_that_was_closed() -> None:
    async def told(streams: Streams, left: asyncio.Event, happened: list[str]) -> None:
        waiting = asyncio.create_task(_answered(streams, "a", happened))
        await _answered(streams, "b", happened)
        await asyncio.sleep(0.05)
        happened.append("left")
        left.set()
        await waiting
        await _answered(streams, "a", happened)

    assert _run(told) in (
        ["answer b", "left", "end", "answer a", "answer a"],
        ["answer b", "left", "answer a", "end", "answer a"],
    )


def test_a_page_that_never_leaves_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LATEST", 0.2)

    async def told(streams: Streams, left: asyncio.Event, happened: list[str]) -> None:
        await _answered(streams, "a", happened)

    assert sorted(_run(told)) == ["answer a", "end"]


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_question_is_answered_on_a_page_too_busy_to_hear_that_its_stream_was_closed(
    browser: Browser, address: str
) -> None:
    with opened(browser, address, "wide") as page:
        page.evaluate(SLOW)
        page.get_by_role("tab", name="找提法").click()
        page.get_by_label("要找的提法").fill("各单位")
        page.get_by_label("要找的提法").press("Enter")
        page.wait_for_timeout(700)  # answered and closed, and the page has read nothing yet
        ask(page, "清查活动由谁负责？")
        page.get_by_role("tab", name="找提法").click()
        page.locator("#yj-wording-result .yj-result").first.wait_for()
