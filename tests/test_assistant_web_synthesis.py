"""The place of a synthesis on the page, in a real Chromium: there with the answer, filled later, and nothing moves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import CHROMIUM
from browsing import browser as browser
from playwright.sync_api import Browser, Page, expect
from scripted_server import KEY, Handler, scripted
from serving import WIDTHS, opened, served

from index import Library

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
SCREENSHOTS = Path(__file__).parent / "screenshots"
QUESTION = "今年教育上计划新增多少个学位？"
HELD = threading.Event()
"""The model writes no word before this is set."""


def slowly(handler: Handler, body: dict[str, Any]) -> None:
    HELD.wait(120)
    handler.begin()
    handler.event("今年新增学位2.34万个，其中小学1.42万个、初中0.92万个[1]。\n今年新建、改扩建学校21所[1]。\n")
    handler.event(
        "今年新增学位3.7万个[1]。\n<img src=x onerror=window.hacked=1>[1]。\n[链接](http://example.invalid)[1]。"
    )
    handler.wfile.write(b"data: [DONE]\n\n")


@pytest.fixture(scope="module")
def address(sample: Library) -> Iterator[str]:
    with scripted(slowly) as server, pytest.MonkeyPatch.context() as patch:
        for name, value in {"BASE_URL": server.url, "MODEL": "m", "API_KEY": KEY, "SECONDS": "60"}.items():
            patch.setenv(f"YOUJU_LLM_{name}", value)
        with served(sample.layout.root) as found:
            yield found


def tops(page: Page) -> list[float]:
    """Where everything of the answer stands in the window."""
    everything = ".yj-synthesis, .yj-answer, .yj-sentence, .yj-card, .yj-asked"
    return page.locator(everything).evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)")  # type: ignore[no-any-return]


@pytest.mark.parametrize("width", WIDTHS)
def test_it_comes_above_the_sources_without_moving_them(browser: Browser, address: str, width: str) -> None:
    HELD.clear()
    with opened(browser, address, width) as page:
        page.locator("#yj-question textarea").fill(QUESTION)
        page.locator("#yj-question textarea").press("Enter")
        place = page.locator(".yj-synthesis")
        expect(place).to_contain_text("正在写综述")
        expect(page.locator(".yj-sentence")).to_contain_text("2.34万个")  # before the model has written a word
        expect(place).to_be_in_viewport()
        page.wait_for_timeout(300)
        before = tops(page)
        shoot(page, "synthesis-waiting")
        HELD.set()
        expect(place).to_contain_text("今年新建、改扩建学校21所。")
        expect(place).to_contain_text("略去 3 句：所引段落没有“3.7万个”；含有链接、图片或标记")
        assert tops(page) == before
        shoot(page, "synthesis")
        assert place.locator("img, a:not(.yj-mark)").count() == 0 and page.evaluate("window.hacked") is None
        assert "“今年" not in place.inner_text() and KEY not in page.content()
        # A mark leads to the card, as those of the cited sentences do; a further question leaves the text where it was.
        place.locator("a.yj-mark").first.click()
        expect(page.locator(".yj-card").first).to_be_in_viewport()
        page.locator("#yj-question textarea").fill("红烧肉怎么做")
        page.locator("#yj-question textarea").press("Enter")
        expect(page.locator(".yj-answer")).to_have_count(2)
        expect(place).to_have_count(1)
        expect(place).to_contain_text("今年新建、改扩建学校21所。")


def shoot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}-{(page.viewport_size or {'width': 0})['width']}.png")
