"""An event that comes while the page's stream is being closed is answered where somebody listens."""

from __future__ import annotations

import asyncio
import time

import pytest
from browsing import CHROMIUM
from playwright.sync_api import Browser, Route
from serving import opened
from starlette.types import Message

from assistant.web.streams import HEARD, Streams

START: Message = {"type": "http.response.start", "status": 200, "headers": []}


def test_an_event_right_after_the_closing_is_answered_later_and_no_other() -> None:
    async def seconds(session: str, streams: Streams) -> float:
        async def send(message: Message) -> None:
            pass

        began = time.monotonic()
        await streams.held(session, send)(START)
        return time.monotonic() - began

    async def run() -> None:
        async def send(message: Message) -> None:
            pass

        streams = Streams()
        await streams.watched("a", send)({"type": "http.response.body", "body": b'data: {"msg":"estimation"}\n\n'})
        assert await seconds("a", streams) < HEARD / 2
        for session in "bacb":
            await streams.watched(session, send)(
                {"type": "http.response.body", "body": b'data: {"msg":"close_stream"}\n\n'}
            )
        assert list(streams._closed) == ["a", "c", "b"]  # the oldest first
        assert await seconds("d", streams) < HEARD / 2
        assert await seconds("a", streams) > HEARD / 2
        time.sleep(HEARD)
        await streams.watched("d", send)({"type": "http.response.body", "body": b'{"msg":"close_stream"}'})
        assert list(streams._closed) == ["d"]

    asyncio.run(run())


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_search_is_answered_over_a_slow_line_when_something_else_was_just_done(
    browser: Browser, address: str
) -> None:
    with opened(browser, address, "wide") as page:

        def slow(route: Route) -> None:
            """The whole stream a moment after the service closed it."""
            answer = route.fetch()
            page.wait_for_timeout(120)
            route.fulfill(response=answer)

        page.route("**/queue/data*", slow)
        page.get_by_role("tab", name="找提法").click()
        box = page.get_by_label("要找的提法")
        for n in range(8):
            box.fill(f"各单位{n}")
            box.press("Enter")
            page.wait_for_timeout(30 * n)
            box.press("Enter")
        page.locator("#yj-wording-result .yj-result").wait_for()
