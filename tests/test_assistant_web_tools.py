"""核引文, 找提法 and 核稿 in a real Chromium, wide and narrow: the main task of each from start to end."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from browsing import CHROMIUM, told_by
from docx import Document as WordDocument
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

ACTIVE = "script, iframe, img, form, input[name=q]"
"""What of the hostile document would be an element if its characters were not shown as characters."""


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def result(page: Page, name: str) -> Locator:
    """What a tab shows now that its work is done."""
    shown = page.locator(f"#yj-{name}-result .yj-result")
    try:
        shown.wait_for()
    except PlaywrightError as error:
        raise AssertionError(page.locator(f"#yj-tab-{name}").inner_text()) from error
    return shown


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def copied(page: Page, within: Locator, name: str) -> str:
    assert told_by(within.get_by_role("button", name=name)) == "已复制"  # its name until the text is back
    expect(within.get_by_role("button", name="已复制")).to_have_count(0)
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_quotation_is_put_right_copied_and_opened(page: Page) -> None:
    tab(page, "核引文")
    page.get_by_label("要核对的引文").fill("江明同志2021年指出：“对80周岁及以上老年人每餐补助5元”")
    page.get_by_role("button", name="核对").click()
    shown = result(page, "quote")
    expect(shown.locator(".yj-verdict")).to_have_text("与原文有出入：差 1 字")
    card = shown.locator(".yj-card").first
    assert "5" in card.locator("del").inner_text() and "3" in card.locator("ins").inner_text()
    expect(card.locator(".yj-note")).to_contain_text(
        ["所说年份“2021年”不对，此文是2023年的", "所说讲话人“江明同志”未能核对"]
    )
    assert copied(page, card, "参考文献条目").startswith("澜川市人民政府. ")
    assert "5" not in copied(page, card, "复制带出处").split("——")[0].replace("80", "")
    expect(shown.locator(".yj-places li")).to_have_count(1)
    assert fits(page)
    with page.context.expect_page() as opened:
        card.get_by_role("link", name="查看原文").click()
    opened.value.wait_for_load_state()
    expect(opened.value.locator("#here")).to_be_in_viewport()


def test_wording_is_sorted_kept_and_saved(page: Page, tmp_path: Path) -> None:
    tab(page, "找提法")
    page.get_by_label("要找的提法").fill("各单位")
    page.get_by_label("要找的提法").press("Enter")
    shown = result(page, "wording")
    assert set(shown.locator(".yj-kwic mark").all_inner_texts()) == {"各单位"}
    page.get_by_label("按日期").click()
    dates = shown.locator(".yj-kwic .yj-date")
    earliest = min(d for d in dates.all_inner_texts() if d[0].isdigit())
    expect(dates.first).to_have_text(earliest)
    shown.locator(".yj-counted summary").click()
    expect(shown.locator(".yj-plot svg")).to_be_visible()
    shown.get_by_role("button", name="摘录").first.click()
    expect(page.locator("#yj-excerpts")).to_contain_text("摘录本（1 条）")
    assert fits(page)

    # What is kept says so, and goes out again by the same button
    shown.get_by_role("button", name="已摘录").click()
    expect(page.locator("#yj-excerpts")).to_contain_text("摘录本（0 条）")
    expect(shown.get_by_role("button", name="已摘录")).to_have_count(0)
    shown.get_by_role("button", name="摘录").first.click()
    expect(shown.get_by_role("button", name="已摘录")).to_have_count(1)

    page.wait_for_timeout(500)  # a reload breaks off what Gradio still asks for, and that is an error in the console
    # The browser keeps it, and it comes out as Word and Markdown
    page.reload()
    tab(page, "找提法")
    expect(page.locator("#yj-excerpts")).to_contain_text("摘录本（1 条）")
    page.locator("#yj-excerpts button").first.click()
    text = page.locator("#yj-basket .yj-text").inner_text()
    assert "各单位" in text
    with page.expect_download() as saved:
        page.get_by_role("button", name="导出 Word").click()
    assert saved.value.suggested_filename == "摘录本.docx"
    saved.value.save_as(tmp_path / "excerpts.docx")
    assert f"{text}[1]" in [p.text for p in WordDocument(str(tmp_path / "excerpts.docx")).paragraphs]
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="清空").click()
    expect(page.locator("#yj-excerpts")).to_contain_text("摘录本（0 条）")


def test_wording_by_meaning_and_place(page: Page) -> None:
    tab(page, "找提法")
    page.get_by_label("要找的提法").fill("批评检查走过场")
    page.get_by_label("按意思").check()
    page.get_by_role("button", name="查找").click()
    shown = result(page, "wording")
    expect(shown).to_have_attribute("data-mode", "meaning")
    expect(shown.locator(".yj-card").first).to_contain_text(re.compile("官方原件|网络文本"))
    assert fits(page)


def test_a_draft_is_checked_filtered_and_comes_back_with_comments(page: Page, tmp_path: Path) -> None:
    word = WordDocument()
    word.add_paragraph("江明同志指出：“月亮从来不会在正午的时候升起来给人照路。”")
    word.add_paragraph("2023年11月1日至2024年4月30日为全市森林防火期，这件事要天天讲。")
    word.save(str(tmp_path / "讲话稿.docx"))
    tab(page, "核稿")
    page.locator("#yj-draft input[type=file]").set_input_files(tmp_path / "讲话稿.docx")
    expect(page.locator("#yj-draft")).to_contain_text("讲话稿")
    page.get_by_role("button", name="核稿", exact=True).click()
    shown = result(page, "check")
    expect(shown).to_contain_text("讲话稿.docx：2 段")
    expect(shown.locator(".yj-card")).to_have_count(2)
    expect(shown.locator(".yj-gauge")).to_have_attribute("aria-label", re.compile("复写率"))
    shown.get_by_role("button", name="库内未见").click()
    expect(shown.locator(".yj-card:visible")).to_have_count(1)
    expect(shown.locator(".yj-card:visible")).to_contain_text("月亮从来不会")
    assert fits(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="下载批注稿").click()
    saved.value.save_as(tmp_path / "out.docx")
    with zipfile.ZipFile(tmp_path / "out.docx") as package:
        assert "库内未见" in package.read("word/comments.xml").decode()


def test_a_hostile_document_shows_as_its_characters(page: Page) -> None:
    hostile = "请看“<iframe src=javascript:alert(1)></iframe>”与<form action=http://example.invalid><input name=q></form>这些写法怎样显示"
    tab(page, "核引文")
    page.get_by_label("要核对的引文").fill(hostile)
    page.get_by_role("button", name="核对").click()
    quoted = result(page, "quote")
    expect(quoted).to_contain_text("<iframe src=javascript:alert(1)></iframe>")
    tab(page, "找提法")
    page.get_by_label("要找的提法").fill("清查活动")
    page.get_by_label("要找的提法").press("Enter")
    listed = result(page, "wording")
    expect(listed).to_contain_text("清查活动")
    listed.get_by_role("button", name="摘录").first.click()
    expect(page.locator("#yj-excerpts")).to_contain_text("摘录本（1 条）")
    tab(page, "核稿")
    page.get_by_label("或粘贴文稿").fill(f"<img src=x onerror=window.hacked=9>{hostile}，清查活动由甲方负责。")
    page.get_by_role("button", name="核稿", exact=True).click()
    checked = result(page, "check")
    expect(checked).to_contain_text("<iframe src=javascript:alert(1)></iframe>")
    for shown in (quoted, listed, checked, page.locator("#yj-basket")):
        assert shown.locator(ACTIVE).count() == 0
    assert page.evaluate("window.hacked") is None


def test_the_keyboard_is_enough(page: Page) -> None:
    page.get_by_role("tab", name="问答").focus()
    page.keyboard.press("Tab")
    tab(page, "核引文")
    page.locator("#yj-head h1").click()
    page.keyboard.press("/")
    page.keyboard.type("对80周岁及以上老年人每餐补助3元")
    page.keyboard.press("Control+Enter")
    expect(result(page, "quote").locator(".yj-verdict")).to_have_text("逐字一致")
