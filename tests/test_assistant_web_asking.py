"""Asking in a real Chromium: at once, without a jump; ranges of documents; a mark's card; when the program is gone."""

from __future__ import annotations

import json

import pytest
from browsing import CHROMIUM
from playwright.sync_api import Browser, Page, expect
from serving import PATIENCE

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
QUESTION = "推诿扯皮的问题怎么批评？"
SHIFTS = """window.shifts = []; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) shifts.push(entry.value);
}).observe({ type: "layout-shift" })"""
# The key and a look in one task: nothing of it waits for the server.
ENTER = """() => { const box = document.querySelector("#yj-question textarea");
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  return [document.querySelector(".yj-pending .yj-asked")?.textContent, box.value, document.querySelectorAll("[aria-current=step]").length]; }"""
# Where what was asked stands as its answer replaces it, frame by frame, once the page has stopped scrolling
TOPS = """() => { window.tops = []; let y; const look = () => {
  const asked = [...document.querySelectorAll("#yj-chat .yj-asked")].at(-1);
  if (asked && scrollY === y) tops.push(Math.round(asked.getBoundingClientRect().top));
  y = scrollY; requestAnimationFrame(look); }; look(); }"""
STEADY = "() => { const y = scrollY, was = window.wasY; window.wasY = y; return was === y; }"


def answered(page: Page, count: int) -> None:
    expect(page.locator(".yj-answer")).to_have_count(count)
    expect(page.locator(".yj-pending, .yj-searching")).to_have_count(0)


def test_a_question_shows_at_once_and_nothing_jumps_when_its_answer_comes(page: Page) -> None:
    expect(page.locator("#yj-head .yj-counts")).not_to_be_empty()
    page.evaluate(SHIFTS)
    page.emulate_media(reduced_motion="reduce")  # it is there at once, so that what moves later is a jump
    for count, question in enumerate((QUESTION, "什么时候是森林防火期？", "红烧肉怎么做才好吃"), 1):
        page.locator("#yj-question textarea").fill(question)
        page.wait_for_function(STEADY, polling=200)
        assert page.evaluate(ENTER) == [question, "", 1]
        page.evaluate(TOPS)
        page.evaluate(ENTER)  # a second time is no second question
        answered(page, count)
        page.wait_for_function(STEADY, polling=200)
        top = page.locator(".yj-asked").last.evaluate("e => e.getBoundingClientRect().top")
        assert 0 <= top < 60
        tops = page.evaluate("tops")
        assert max(tops) - min(tops) <= 3, tops
    assert sum(page.evaluate("shifts")) < 0.01
    assert page.locator(".yj-asked").count() == 3


def test_a_mark_shows_its_paragraph_and_a_range_is_one_click(page: Page) -> None:
    page.locator("#yj-question textarea").fill(QUESTION)
    page.locator("#yj-question textarea").press("Enter")
    answered(page, 1)
    mark, pop = page.locator(".yj-mark").first, page.locator(".yj-pop")
    page.locator("#yj-question textarea").focus()
    page.keyboard.press("Shift+Tab")
    mark.evaluate("e => e.focus()")  # after a key it counts as focused by the keyboard
    expect(pop).to_be_visible()
    assert "推诿扯皮" in " ".join(pop.locator("mark").all_inner_texts())
    expect(pop).to_contain_text("第19段")
    box = pop.bounding_box()
    size = page.viewport_size
    assert box and size and box["x"] >= 0 and box["x"] + box["width"] <= size["width"]
    assert box["y"] >= 0 and box["y"] + box["height"] <= size["height"]
    described = page.locator(f"[id='{mark.get_attribute('aria-describedby')}']")
    expect(described).to_contain_text("推诿扯皮")
    page.keyboard.press("Escape")
    expect(pop).to_be_hidden()
    page.mouse.move(0, 0)
    mark.hover()
    expect(pop).to_be_visible()
    page.mouse.move(3, 3)
    expect(pop).to_be_hidden()

    page.locator(".yj-narrow > .yj-chip").first.click()
    answered(page, 2)
    expect(page.locator(".yj-scope").last).to_contain_text("年 ×")
    page.locator("details.yj-menu").last.locator("summary").click()
    page.locator(".yj-scopes select[name=year]").last.select_option("2021")
    page.locator(".yj-scopes [type=submit]").last.click()
    answered(page, 3)
    assert json.loads(page.locator(".yj-asked").last.get_attribute("data-asked") or "")["filters"] == {"year": 2021}
    expect(page.locator(".yj-none").last).to_be_visible()
    outside = page.locator(".yj-outside")
    expect(outside).to_contain_text("在所选范围（2021年）之外还有")
    outside.get_by_role("button").click()
    answered(page, 4)
    expect(page.locator(".yj-sentence").last).to_contain_text("推诿扯皮")
    # Kept with its range, and opened again with it
    page.locator("#yj-new").click()
    expect(page.locator(".yj-answer")).to_have_count(0)
    page.locator("#yj-history-open").click()
    page.locator("#yj-history li > button").first.click()
    answered(page, 4)
    expect(page.locator(".yj-scope")).to_have_count(2)


def test_the_keyboard_stays_where_it_was_among_the_chats_of_before(page: Page) -> None:
    box = page.locator("#yj-question textarea")
    box.fill(QUESTION)
    box.press("Enter")
    answered(page, 1)
    page.locator("#yj-new").click()
    expect(page.locator(".yj-answer")).to_have_count(0)
    expect(box).to_be_focused()
    page.locator("#yj-history-open").press("Enter")
    chat = page.locator("#yj-history li")
    chat.get_by_role("button", name="改名").press("Enter")
    page.keyboard.type("作风")
    page.keyboard.press("Enter")
    expect(chat.get_by_role("button", name="作风")).to_be_focused()
    chat.get_by_role("button", name="删除").press("Enter")
    expect(chat.get_by_role("button", name="撤销")).to_be_focused()
    page.keyboard.press("Enter")
    expect(chat.get_by_role("button", name="作风")).to_be_focused()
    page.keyboard.press("Enter")
    answered(page, 1)
    expect(page.locator(".yj-asked")).to_have_text(QUESTION)


def test_one_may_say_in_own_words_what_is_wrong(page: Page) -> None:
    page.locator("#yj-question textarea").fill(QUESTION)
    page.locator("#yj-question textarea").press("Enter")
    answered(page, 1)
    page.locator("[data-why]").click()
    said: list[str] = []
    page.on("request", lambda r: said.append(r.post_data or "") if r.url.endswith("/feedback") else None)
    page.locator(".yj-vote input").fill("应当<b>引</b>会议纪要")
    page.locator(".yj-vote input").press("Enter")
    expect(page.locator(".yj-vote [role=status]")).to_have_text("已记下，谢谢")
    assert [json.loads(body)["reason"] for body in said] == ["应当<b>引</b>会议纪要"]


def test_a_program_that_is_gone_is_said_to_be_and_the_chat_comes_back_with_it(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    expect(page.locator("#yj-head .yj-counts")).not_to_be_empty()
    page.locator("#yj-question textarea").fill(QUESTION)
    page.locator("#yj-question textarea").press("Enter")
    answered(page, 1)
    context.set_offline(True)
    page.locator("#yj-question textarea").fill("什么时候是森林防火期？")
    page.locator("#yj-question textarea").press("Enter")
    expect(page.locator("#yj-gone")).to_contain_text("连不上有据程序")
    expect(page.locator(".toast-body:visible")).to_have_count(0)
    expect(page.locator("#yj-question textarea")).to_have_value("什么时候是森林防火期？")
    context.set_offline(False)
    expect(page.locator("#yj-gone")).to_have_count(0)
    answered(page, 1)
    expect(page.locator(".yj-asked")).to_have_text(QUESTION)
    expect(page.locator("#yj-question textarea")).to_have_value("什么时候是森林防火期？")
    context.close()
