"""The page as `youju chat` serves it, in a real Chromium, wide and narrow: fixtures of all tests of the page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from serving import WIDTHS, opened, served

from index import Library

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
HOSTILE = """<script>window.hacked=1</script><img src=x onerror="window.hacked=2">关于清查活动的通知
<b>各有关单位</b>：
为检验展示是否安全，请看“<iframe src=javascript:alert(1)></iframe>”与<form action=http://example.invalid><input name=q></form>这些写法怎样显示，清查活动由甲方负责。
[点我](javascript:alert(1))清查活动共计三次，![图](http://example.invalid/a.png)请勿外传。
"""


@pytest.fixture(scope="session")
def address(sample: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The chat as `youju chat` serves it, over the sample library and one hostile document, for tests that only read."""
    root = tmp_path_factory.mktemp("web")
    shutil.copytree(sample.layout.root, root / "library")
    bad = root / '"><img src=x onerror=alert(1)>.txt'
    bad.write_text(HOSTILE, encoding="utf-8")
    library = Library.open(root / "library")
    library._load_encoder = sample._load_encoder
    with library.writing() as writer:
        assert [o.what for o in writer.add([bad])] == ["added"]
    with served(root / "library") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The open page, with what `opened` holds it to."""
    with opened(browser, address, request.param) as page:
        yield page


def told_by(button: Locator) -> str:
    """What a copy button says once it is pressed: looked at within the page, since it is said for a moment only."""
    said: str = button.evaluate(
        """async (button) => {
          const was = button.textContent;
          button.click();
          for (let i = 0; i < 3000 && button.textContent === was; i++) await new Promise((go) => setTimeout(go, 10));
          return button.textContent;
        }"""
    )
    return said
