"""The running chat in a real Chromium, wide and narrow."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest
from browsing import CHROMIUM, told_by
from playwright.sync_api import Page, expect

from assistant.web.examples import EXAMPLES, ON_THE_PAGE
from index import Encoder, Library

SCREENSHOTS = Path(__file__).parent / "screenshots"
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


def shoot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    width = (page.viewport_size or {"width": 0})["width"]
    page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png")


def ask(page: Page, question: str) -> None:
    before = page.locator(".yj-answer").count()
    page.locator("#yj-question textarea").fill(question)
    page.locator("#yj-question textarea").press("Enter")
    expect(page.locator(".yj-answer")).to_have_count(before + 1)


def test_an_example_is_about_the_library_s_own_documents_and_is_answered_by_one(page: Page) -> None:
    example = page.locator("#yj-chat .example").nth(1)
    title = example.inner_text().strip().partition("》")[0].removeprefix("《")
    assert example.inner_text().strip() not in EXAMPLES
    example.click()
    expect(page.locator(".yj-answer .yj-card h4").first).to_contain_text(title)


def test_three_questions_and_a_citation_opened(page: Page, address: str, sample: Library) -> None:
    expect(page.locator("#yj-head h1")).to_have_text("有据")
    expect(page.locator("#yj-head .yj-counts")).to_contain_text("39 篇文档")
    expect(page.locator("#yj-chat .example")).to_have_count(ON_THE_PAGE)
    shoot(page, "1-empty")

    # By typing
    ask(page, EXAMPLES[2])
    answer = page.locator(".yj-answer").last
    expect(answer).to_contain_text("对80周岁及以上老年人每餐补助3元")
    expect(answer.locator(".yj-sentence a.yj-mark").first).to_have_text("[1]")
    card = answer.locator(".yj-card").first
    expect(card).to_contain_text("澜川市人民政府关于加强养老服务体系建设的实施意见")
    expect(card).to_contain_text("2023-06-09")
    expect(card).to_contain_text("第16段")
    assert "每餐补助3元" in " ".join(card.locator("mark").all_inner_texts())
    shoot(page, "2-answer")

    # Once more
    ask(page, "什么时候是森林防火期？")
    expect(page.locator(".yj-answer").last).to_contain_text("2023年11月1日至2024年4月30日为全市森林防火期")
    shoot(page, "3-second")

    # Outside the library
    ask(page, "红烧肉怎么做才好吃")
    last = page.locator(".yj-answer").last
    expect(last.locator(".yj-none")).to_have_text("库内未见依据")
    expect(last.locator(".yj-sentence")).to_have_count(0)
    expect(last.locator(".yj-chip").first).to_be_visible()
    shoot(page, "4-not-found")

    # A citation copied
    first = page.locator(".yj-card").first
    assert told_by(first.get_by_role("button", name="复制带出处")) == "已复制"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "每餐补助3元" in copied
    assert "《澜川市人民政府关于加强养老服务体系建设的实施意见》" in copied

    # A citation opened
    with page.context.expect_page() as opened:
        first.get_by_role("link", name="查看原文").click()
    document = opened.value
    document.wait_for_load_state()
    mark = document.locator("#here")
    assert "每餐补助3元" in " ".join(document.locator("mark").all_inner_texts())
    expect(mark).to_be_in_viewport()
    paragraphs = document.locator("main .row").count()
    [entry] = [e for e in sample.entries() if "养老服务" in e.title]
    assert paragraphs == len(sample.document(entry.id).paragraphs)
    expect(document.locator("nav a").first).to_be_attached()
    shoot(document, "5-document")


def test_a_mark_shows_its_card_and_nothing_is_wider_than_the_page(page: Page) -> None:
    ask(page, "推诿扯皮的问题怎么批评？")
    page.locator(".yj-mark").first.click()
    expect(page.locator(".yj-card").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_follow_up_shows_how_it_was_understood_and_a_new_chat_forgets(page: Page) -> None:
    ask(page, "2023年全市空气质量优良率是多少？")
    ask(page, "那2022年呢")
    expect(page.locator(".yj-searched").last).to_contain_text("优先查找2022年")
    expect(page.locator(".yj-understood")).to_contain_text("2022年全市空气质量优良率是多少")
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".yj-answer")).to_have_count(0)
    ask(page, "那2022年呢")
    expect(page.locator(".yj-understood")).to_have_count(0)


def test_a_question_that_names_a_document_can_be_asked_without_it(page: Page) -> None:
    ask(page, "《澜川市人民政府关于加强养老服务体系建设的实施意见》对老年助餐怎么规定？")
    searched = page.locator(".yj-searched")
    expect(searched).to_contain_text("只在《澜川市人民政府关于加强养老服务体系建设的实施意见》中查找")
    shoot(page, "6-named")
    searched.get_by_role("button").click()
    expect(page.locator(".yj-answer")).to_have_count(2)
    expect(page.locator(".yj-asked").last).to_contain_text("（不限定）")
    expect(searched).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_suggestion_can_be_asked_with_one_click(page: Page) -> None:
    ask(page, "红烧肉怎么做才好吃")
    page.locator(".yj-chip").first.click()
    expect(page.locator(".yj-answer")).to_have_count(2)


def test_a_hostile_document_shows_as_its_characters(page: Page, address: str) -> None:
    ask(page, "清查活动由谁负责")
    answer = page.locator(".yj-answer").last
    expect(answer).to_contain_text("<iframe src=javascript:alert(1)></iframe>")
    assert answer.locator("script, iframe, img, form, input").count() == 0
    ask(page, "<img src=x onerror=window.hacked=3><script>window.hacked=4</script> 清查活动")
    assert page.evaluate("window.hacked") is None
    with page.context.expect_page() as opened:
        answer.locator(".yj-card").first.get_by_role("link", name="查看原文").click()
    document = opened.value
    document.wait_for_load_state()
    assert document.locator("main script, main iframe, main img, main form, main input").count() == 0
    assert "<script>window.hacked=1</script>" in document.locator("main").inner_text()
    assert document.evaluate("window.hacked") is None


def test_the_keyboard_is_enough(page: Page) -> None:
    page.locator("#yj-head h1").click()
    page.keyboard.press("/")
    page.keyboard.type("什么时候是森林防火期")
    page.keyboard.press("Enter")
    expect(page.locator(".yj-card").first).to_be_visible(timeout=30_000)


@pytest.mark.parametrize(
    "place", ["", "?at=1", "?at=0:0-5", "?at=999999", "?at=2:9-3", "?at=<script>", "?at=" + "9" * 6000]
)
def test_any_place_in_an_address_opens_the_document(address: str, sample: Library, place: str) -> None:
    url = f"{address}/document/{sample.entries()[0].id}{place}".replace("<", "%3C").replace(">", "%3E")
    with urllib.request.urlopen(url, timeout=20) as response:
        assert response.status == 200
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_an_unknown_document_is_said_to_be_unknown(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(f"{address}/document/ffffffffffff", timeout=20)
    assert missing.value.code == 404
    assert "文库中没有这篇文档" in missing.value.read().decode()


def test_a_foreign_host_name_is_refused(address: str) -> None:
    request = urllib.request.Request(address, headers={"Host": "evil.invalid"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=20)
    assert refused.value.code == 400


def test_the_module_level_demo_is_a_gradio_page(encoder: Encoder) -> None:
    import gradio

    import app

    assert isinstance(app.demo, gradio.Blocks)
