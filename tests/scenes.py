"""Every page and every main state of it as a scene that a browser can be brought to: for axe, for pictures, for eyes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from docx import Document as WordDocument
from playwright.sync_api import Locator, Page, expect

LATEST = 60_000
"""Milliseconds until a state stands, on a busy machine."""
LONG = "请问各单位在推进这项工作时应当怎样落实责任、怎样督促检查、怎样通报结果，" * 140
"""More than 5,000 characters."""
FRESH = ".yj-result:not([data-old]), .yj-error:not([data-old])"
Scene = Callable[[Page, str, Path], None]


def tab(page: Page, name: str) -> None:
    """The tab of this name, also where it stands behind “more”."""
    page.get_by_role("tab", name=name).click()


def settled(page: Page, name: str) -> Locator:
    """What a tab shows when the work that was just begun is done: nothing that was there before."""
    shown = page.locator(f"#yj-{name}-result").locator(FRESH).first
    shown.wait_for(timeout=LATEST)
    return shown


def forget(page: Page, name: str) -> None:
    """Marks what a tab shows as of before."""
    page.evaluate(
        "(name) => document.querySelectorAll(`#yj-${name}-result .yj-result, #yj-${name}-result .yj-error, #yj-${name}-result .yj-hint`)"
        ".forEach((e) => e.setAttribute('data-old', ''))",
        name,
    )


def empty(page: Page, address: str, folder: Path) -> None:
    page.goto(address)
    page.locator("#yj-chat .yj-chip, #yj-chat button").first.wait_for(timeout=LATEST)


def answer(page: Page, address: str, folder: Path) -> None:
    ask(page, "什么时候是森林防火期？")


def not_found(page: Page, address: str, folder: Path) -> None:
    ask(page, "红烧肉怎么做才好吃")


def long_question(page: Page, address: str, folder: Path) -> None:
    page.get_by_role("button", name="新对话").click()
    expect(page.locator("#yj-chat .yj-answer")).to_have_count(0, timeout=LATEST)
    ask(page, LONG[:5000])


def ask(page: Page, question: str) -> None:
    """A question in the chat, and its answer."""
    tab(page, "问答")
    box = page.locator("#yj-question textarea")
    before = page.locator("#yj-chat .yj-answer").count()
    box.fill(question)
    box.press("Enter")
    expect(page.locator("#yj-chat .yj-answer")).to_have_count(before + 1, timeout=LATEST)
    expect(page.locator(".yj-pending")).to_have_count(0, timeout=LATEST)


def wording_empty(page: Page, address: str, folder: Path) -> None:
    tab(page, "找提法")
    page.locator("#yj-wording-result .yj-hint").wait_for()


def wording_lines(page: Page, address: str, folder: Path) -> None:
    """Hundreds of lines, the counts and the years unfolded."""
    tab(page, "找提法")
    page.get_by_label("按原词").check()
    search(page, "各")
    page.locator(".yj-counted > summary").click()
    page.locator(".yj-plot svg").first.wait_for()


def wording_families(page: Page, address: str, folder: Path) -> None:
    tab(page, "找提法")
    page.get_by_label("按意思").check()
    search(page, "批评检查走过场")
    page.locator("#yj-wording-result").get_by_role("button", name="摘录").first.click()
    expect(page.locator("#yj-excerpts")).to_contain_text("摘录本（1 条）", timeout=LATEST)


def excerpts(page: Page, address: str, folder: Path) -> None:
    page.locator("#yj-excerpts button").first.click()
    page.locator("#yj-basket .yj-places").wait_for(timeout=LATEST)


def wording_none(page: Page, address: str, folder: Path) -> None:
    page.get_by_label("按原词").check()
    search(page, "“红烧肉要小火慢炖”")


def wording_long(page: Page, address: str, folder: Path) -> None:
    search(page, LONG[:5000])


def search(page: Page, need: str) -> None:
    """A search for wordings, and what it found."""
    tab(page, "找提法")
    box = page.locator("#yj-need textarea")
    box.fill(need)
    forget(page, "wording")
    box.press("Enter")
    settled(page, "wording")


def quote_empty(page: Page, address: str, folder: Path) -> None:
    tab(page, "核引文")
    page.get_by_role("button", name="核对", exact=True).click()
    expect(page.locator("#yj-quote-result")).not_to_contain_text("正在", timeout=LATEST)


def quote_differs(page: Page, address: str, folder: Path) -> None:
    look_up(page, "江明同志2021年指出：“对80周岁及以上老年人每餐补助5元”")


def quote_nothing(page: Page, address: str, folder: Path) -> None:
    look_up(page, "红烧肉要小火慢炖两个钟头，收汁前放糖色。")


def quote_long(page: Page, address: str, folder: Path) -> None:
    look_up(page, LONG[:5000])


def look_up(page: Page, words: str) -> None:
    """A quotation looked up."""
    tab(page, "核引文")
    page.locator("#yj-quotation textarea").fill(words)
    forget(page, "quote")
    page.get_by_role("button", name="核对", exact=True).click()
    settled(page, "quote")


def check_empty(page: Page, address: str, folder: Path) -> None:
    tab(page, "核稿")
    page.locator("#yj-check-result .yj-hint").wait_for()


def check_report(page: Page, address: str, folder: Path) -> None:
    word = WordDocument()
    word.add_paragraph("江明同志指出：“月亮从来不会在正午的时候升起来给人照路。”")
    word.add_paragraph("2023年11月1日至2024年4月30日为全市森林防火期，这件事要天天讲。")
    word.save(str(folder / "讲话稿.docx"))
    check(page, folder / "讲话稿.docx")


def check_damaged(page: Page, address: str, folder: Path) -> None:
    (folder / "坏了的稿子.docx").write_text("不是 Word 文档", encoding="utf-8")
    check(page, folder / "坏了的稿子.docx")


def check(page: Page, file: Path) -> None:
    """A draft, and its report."""
    tab(page, "核稿")
    page.locator("#yj-draft input[type=file]").set_input_files(file)
    expect(page.locator("#yj-draft")).to_contain_text(file.stem[:4], timeout=LATEST)
    forget(page, "check")
    page.get_by_role("button", name="核稿", exact=True).click()
    settled(page, "check")


def shelf(page: Page, address: str, folder: Path) -> None:
    tab(page, "文库")
    page.locator(".yj-item, #yj-shelf .yj-error, #yj-shelf .yj-empty:not(:empty)").first.wait_for(timeout=LATEST)
    expect(page.locator("#yj-shelf")).not_to_contain_text("正在打开", timeout=LATEST)


def shelf_verified(page: Page, address: str, folder: Path) -> None:
    page.get_by_role("button", name="检查文库").click()
    expect(page.locator("#yj-doing")).to_contain_text("文库完好", timeout=LATEST)


def shelf_nothing(page: Page, address: str, folder: Path) -> None:
    box = page.locator(".yj-choices input")
    box.fill("没有这个标题")
    box.press("Enter")
    expect(page.locator(".yj-item")).to_have_count(0, timeout=LATEST)


def document(page: Page, address: str, folder: Path) -> None:
    """The page that the first citation opens."""
    look_up(page, "对80周岁及以上老年人每餐补助3元")
    link = page.locator("#yj-quote-result .yj-card a").first.get_attribute("href")
    page.goto(f"{address}{link}")
    page.locator("#here").wait_for()


def document_removed(page: Page, address: str, folder: Path) -> None:
    page.goto(re.sub(r"\?.*", "", page.url) + "?at=2;5;9&removed=1")
    page.locator("main .row").first.wait_for()


def unknown(page: Page, address: str, folder: Path) -> None:
    page.goto(f"{address}/document/ffffffffffff")
    page.locator("main").wait_for()


def api(page: Page, address: str, folder: Path) -> None:
    page.goto(f"{address}/api")
    page.locator("main").wait_for()


SCENES: dict[str, Scene] = {
    "01-ask-empty": empty, "02-ask-answer": answer, "03-ask-not-found": not_found, "04-ask-long": long_question,
    "05-wording-empty": wording_empty, "06-wording-lines": wording_lines, "07-wording-families": wording_families,
    "08-excerpts": excerpts, "09-wording-none": wording_none, "10-wording-long": wording_long,
    "11-quote-empty": quote_empty, "12-quote-differs": quote_differs, "13-quote-nothing": quote_nothing,
    "14-quote-long": quote_long, "15-check-empty": check_empty, "16-check-report": check_report,
    "17-check-damaged": check_damaged, "18-library": shelf, "19-library-verified": shelf_verified,
    "20-library-nothing": shelf_nothing, "21-document": document, "22-document-removed": document_removed,
    "23-unknown": unknown, "24-api": api,
}  # fmt: skip
"""In the order in which one comes from each to the next in one page."""
LOOKS = {"light-1440": (1440, 900, "light"), "light-820": (820, 1180, "light"), "light-1280": (1280, 900, "light"), "dark-1280": (1280, 900, "dark"), "light-390": (390, 844, "light"), "dark-390": (390, 844, "dark")}  # fmt: skip


def look(page: Page, name: str) -> None:
    """The same state in another width, in light or dark; Gradio's page takes its class from the scheme when it starts."""
    wide, high, scheme = LOOKS[name]
    page.set_viewport_size({"width": wide, "height": high})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.evaluate(
        "(dark) => document.querySelector('gradio-app') && document.body.classList.toggle('dark', dark)",
        scheme == "dark",
    )
    page.wait_for_timeout(400)  # colours pass over in 0.2 s
