"""Manners of the page: what axe finds, what a keyboard alone reaches, what comes out on paper, what an older browser reads.

With YOUJU_SCREENSHOTS=1 every scene is also written into tests/screenshots, in both widths, light and dark.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import CHROMIUM
from playwright.sync_api import Browser, Page
from scenes import LATEST, LOOKS, SCENES, ask, look
from serving import opened

STATIC = Path(__file__).parents[1] / "assistant" / "web" / "static"
SCREENSHOTS = Path(__file__).parent / "screenshots"
SHOOTING = bool(os.environ.get("YOUJU_SCREENSHOTS"))
OUTSIDE: frozenset[str] = frozenset()
"""Rules of axe that only Gradio's own parts break and that can't be mended from outside; none at present."""
NEWER = {
    r":has\(": 105, r"@container": 105, r"popover(?:target|=)": 114, r"color-mix\(": 111, r"text-wrap": 114,
    r"field-sizing": 123, r"\d[dsl]v[hw]\b": 108, r"[{;]\s*&": 112, r"\.findLast(?:Index)?\(": 97,
    r"\.(?:toSorted|toReversed|toSpliced)\(": 110, r"Object\.groupBy": 117, r"Promise\.withResolvers": 119,
    r"Array\.fromAsync": 121, r"AbortSignal\.any": 116, r"::details-content": 131, r"@starting-style": 117,
    r"scrollbar-color": 121, r"@scope": 118, r"\bgrid-template-\w+: subgrid": 117, r"AbortSignal\.timeout\(": 103,
}  # fmt: skip
"""What our scripts and styles do without, and the version of Chromium that has it; 100 is what offices have."""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def walked(browser: Browser, address: str) -> Iterator[Page]:
    """One page that goes from scene to scene, also where it is told that there is no such document."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(LATEST)
    page.goto(address)
    page.locator("#yj-question textarea").wait_for()
    yield page
    context.close()


@pytest.mark.parametrize("name", SCENES)
def test_axe_finds_nothing_serious(
    walked: Page, address: str, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    SCENES[name](walked, address, tmp_path_factory.getbasetemp())
    found = {}
    for way in LOOKS if SHOOTING else ("light-1280", "dark-390"):
        look(walked, way)
        assert walked.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), way
        found |= {f"{way} {what}": where for what, where in violations(walked).items()}
        if SHOOTING:
            shoot(walked, f"{name}-{way}")
    look(walked, "light-1280")
    assert found == {}


def violations(page: Page) -> dict[str, list[str]]:
    """Serious and critical ones by rule, with the elements."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return {
        v["id"]: [node["html"][:200] for node in v["nodes"]]
        for v in found
        if v["impact"] in ("serious", "critical") and v["id"] not in OUTSIDE
    }


def shoot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    high = min(int(page.evaluate("document.documentElement.scrollHeight")), 1600)
    size = page.viewport_size or {"width": 0, "height": 0}
    clip = {"x": 0, "y": 0, "width": size["width"], "height": max(high, size["height"])}
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, clip=clip)


def tab_to(page: Page, wanted: str, key: str = "Tab", most: int = 90) -> None:
    """Press a key until what has the focus is the wanted one; wherever it goes on the way, it can be seen."""
    for _ in range(most):
        page.keyboard.press(key)
        told = page.evaluate(FOCUSED, wanted)
        assert told["seen"], told["what"]
        if told["found"]:
            return
    raise AssertionError(f"{wanted} is not reached")


FOCUSED = """(wanted) => {
  const it = document.activeElement;
  if (it === document.body) return { found: false, seen: true, what: "body" };
  const marked = (e) => { const s = getComputedStyle(e); return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none"; };
  let seen = false;
  for (let e = it, i = 0; e && i < 6 && !seen; e = e.parentElement, i++) seen = marked(e);
  return { found: it.matches(wanted), seen, what: it.outerHTML.slice(0, 200) };
}"""


def test_an_answer_and_a_document_are_printed_with_their_sources_and_nothing_to_click(
    browser: Browser, address: str
) -> None:
    with opened(browser, address, "wide") as page:
        page.set_default_timeout(LATEST)
        ask(page, "什么时候是森林防火期？")
        printed = page.locator(".yj-card").first.get_attribute("data-printed") or "?"
        link = page.locator(".yj-card a").first.get_attribute("href")
        told = on_paper(page, "answer")
        assert "2023年11月1日至2024年4月30日为全市森林防火期" in told
        assert re.sub(r"\s", "", printed) in told
        assert not re.search("找提法|核引文|复制|查看原文|English|导出|新对话", told)
        page.goto(f"{address}{link}")
        told = on_paper(page, "document")
        assert "2023年11月1日至2024年4月30日为全市森林防火期" in told
        assert not re.search("复制|下载|导出|English|目录", told)
        page.goto(address)


def on_paper(page: Page, name: str) -> str:
    """The text of a page as it is printed, without white space."""
    data = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "20mm"))
    paper = pypdfium2.PdfDocument(BytesIO(data))
    if SHOOTING:
        SCREENSHOTS.mkdir(exist_ok=True)
        for n in range(min(len(paper), 3)):
            paper[n].render(scale=1.5).to_pil().save(SCREENSHOTS / f"25-paper-{name}-{n + 1}.png")
    return re.sub(r"\s", "", "".join(sheet.get_textpage().get_text_range() for sheet in paper))


def test_scripts_and_styles_need_no_newer_browser() -> None:
    for file in sorted(STATIC.glob("*.[jc]s*")):
        text = file.read_text("utf-8")
        assert [
            (pattern, since) for pattern, since in NEWER.items() if since > 100 and re.search(pattern, text)
        ] == [], file.name
