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
from playwright.sync_api import Browser, Page, expect
from scenes import LATEST, LOOKS, SCENES, ask, look, look_up, tab
from serving import opened

STATIC = Path(__file__).parents[1] / "assistant" / "web" / "static"
SCREENSHOTS = Path(__file__).parent / "screenshots"
SHOOTING = bool(os.environ.pop("YOUJU_SCREENSHOTS", ""))  # the program refuses settings that it does not know
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


def test_a_question_its_citation_and_a_copy_by_keyboard_alone(browser: Browser, address: str) -> None:
    with opened(browser, address, "wide") as page:
        page.set_default_timeout(LATEST)
        page.locator("#yj-chat button").first.wait_for()
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("/")
        page.keyboard.type("什么时候是森林防火期？")
        page.keyboard.press("Enter")
        expect(page.locator(".yj-card").first).to_be_visible(timeout=LATEST)
        expect(page.locator(".yj-pending")).to_have_count(0, timeout=LATEST)
        page.evaluate("document.activeElement.blur()")
        tab_to(page, ".yj-mark")
        tab_to(page, ".yj-card button[data-copy]")
        page.keyboard.press("Enter")
        page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('——《'))")
        tab_to(page, ".yj-card a", "Shift+Tab")
        with page.context.expect_page() as opening:
            page.keyboard.press("Enter")
        document = opening.value
        document.locator("#here").wait_for()
        document.evaluate("getSelection().removeAllRanges()")
        tab_to(document, "button.copy", most=400)
        document.keyboard.press("Enter")
        expect(document.get_by_role("button", name="已复制")).to_have_count(1)


def test_every_tab_and_its_work_are_reached_by_keyboard(browser: Browser, address: str) -> None:
    with opened(browser, address, "wide") as page:
        page.set_default_timeout(LATEST)
        for name, box, typed, work in (
            ("找提法", "#yj-need textarea", "各单位", "#yj-wording"),
            ("核引文", "#yj-quotation textarea", "对80周岁及以上老年人每餐补助3元", "#yj-quote"),
            ("核稿", "#yj-pasted textarea", "对80周岁及以上老年人每餐补助3元，要落实。", "#yj-check"),
        ):
            page.evaluate("document.activeElement.blur()")
            page.get_by_role("tab", selected=True).focus()
            for _ in range(5):
                if page.evaluate("document.activeElement.textContent.trim()") == name:
                    break
                page.keyboard.press("ArrowRight")
            page.keyboard.press("Enter")
            expect(page.get_by_role("tab", name=name, exact=True)).to_have_attribute("aria-selected", "true")
            tab_to(page, box)
            page.keyboard.type(typed)
            tab_to(page, work)
            page.keyboard.press("Enter")
            page.locator(f"{work}-result .yj-result").wait_for()
            tab_to(page, f"{work}-result summary")
            page.keyboard.press("Enter")
            expect(page.locator(f"{work}-result details[open]")).to_have_count(1)
            page.keyboard.press("Escape")
            expect(page.locator(f"{work}-result details[open]")).to_have_count(0)


def test_a_quotation_that_was_looked_up_is_kept_in_the_librarys_words(browser: Browser, address: str) -> None:
    with opened(browser, address, "narrow") as page:
        page.set_default_timeout(LATEST)
        look_up(page, "对80周岁及以上老年人每餐补助5元")
        page.locator("#yj-quote-result").get_by_role("button", name="摘录").first.click()
        tab(page, "找提法")
        expect(page.locator("#yj-excerpts")).to_contain_text("摘录本（1 条）")
        page.locator("#yj-excerpts button").first.click()
        kept = page.locator("#yj-basket .yj-text").inner_text()
        assert "每餐补助3元" in kept and "5元" not in kept


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
