"""Exports over HTTP and from the page: named by ids, in the library's words, as files to save."""

from __future__ import annotations

import io
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from browsing import CHROMIUM, told_by
from docx import Document as WordDocument
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from assistant.ask import ask
from assistant.export import turn_of
from assistant.quotation import quote
from assistant.web.document import document_html
from assistant.web.exporting import LARGEST
from assistant.web.render_export import quotation_exports
from assistant.web.server import application
from index import Library

LUNCH = "老人去社区食堂吃饭，政府每餐补助多少？"


@pytest.fixture
def client(sample: Library) -> Iterator[TestClient]:
    with TestClient(application(lambda: sample), base_url="http://127.0.0.1") as client:
        yield client


def name_of(headers: object) -> str:
    return unquote(str(headers["Content-Disposition"]).partition("''")[2])  # type: ignore[index]


def test_a_document_comes_as_a_file_that_no_browser_shows(client: TestClient, sample: Library) -> None:
    entry = next(e for e in sample.entries() if "养老服务" in e.title)
    response = client.get(f"/export/{entry.id}.docx")
    assert name_of(response.headers).endswith(".docx") and "养老服务" in name_of(response.headers)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    texts = [p.text for p in WordDocument(io.BytesIO(response.content)).paragraphs]
    assert texts == [p.text for p in sample.document(entry.id).paragraphs]
    assert client.get(f"/export/{entry.id}.md").text.startswith("# ")
    assert client.get(f"/export/{entry.id}.exe").status_code == 404
    assert client.get("/export/ffffffffffff.docx").status_code == 404
    assert f"/export/{entry.id}.docx" in document_html(sample.document(entry.id), entry)


def test_results_come_in_the_librarys_words(client: TestClient, sample: Library) -> None:
    turn = turn_of(ask(sample, LUNCH))
    turns = [{"question": turn.question, "places": [*turn.places, "ffffffffffff:1:0-9", "'; drop"]}]
    response = client.post("/export", json={"what": "answers", "form": "md", "turns": turns})
    assert response.status_code == 200 and "每餐补助3元" in response.text and "参考文献" in response.text
    found = client.post("/export", json={"what": "quotation", "form": "md", "turns": [{"question": "每顿补助3元"}]})
    assert "引文核对结果" in found.text
    too_long = client.post("/export", json={"what": "quotation", "form": "md", "turns": [{"question": "补" * 4999}]})
    assert too_long.status_code in (200, 422)


def test_requests_of_other_pages_and_senseless_ones_are_refused(client: TestClient) -> None:
    good = {"what": "answers", "form": "md", "turns": [{"question": "问"}]}
    assert client.post("/export", json=good, headers={"Origin": "http://example.invalid"}).status_code == 403
    for bad in (
        {},
        good | {"form": "exe"},
        good | {"text": "从未有人说过"},
        good | {"turns": []},
        good | {"turns": [{"question": "问", "places": ["x" * 100]}]},
        good | {"turns": good["turns"] * 51},
    ):
        assert client.post("/export", json=bad).status_code == 400
    assert client.post("/export", content=b" " * (LARGEST + 1)).status_code == 413


def test_a_button_carries_no_words_of_the_library(sample: Library) -> None:
    html = quotation_exports(quote(sample, "对80周岁及以上老年人每顿补助3元<b>"), "zh")
    assert "每顿" in html and "每餐" not in html and "<b>" not in html


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_an_answer_and_the_whole_chat_are_saved_from_the_page(page: Page) -> None:
    for question in (LUNCH, "什么时候是森林防火期？"):
        page.locator("#yj-question textarea").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(f"#yj-chat .yj-asked:has-text('{question}')")).to_be_visible(timeout=60_000)
        expect(page.locator(".yj-searching")).to_have_count(0)
    exports = page.locator("#yj-chat .yj-exports").last
    exports.locator("summary").click()
    with page.expect_download() as one:
        exports.get_by_role("button", name="Word").first.click()
    assert one.value.suggested_filename == "什么时候是森林防火期？.docx"
    with page.expect_download() as whole:
        exports.get_by_role("button", name="Markdown").last.click()
    assert whole.value.suggested_filename == "问答记录.md"
    text = whole.value.path().read_text(encoding="utf-8")
    assert f"## 一、{LUNCH}" in text and "## 二、" in text and "每餐补助3元" in text
    assert told_by(exports.get_by_role("button", name="复制（带出处）")) == "已复制"
    assert "——《" in page.evaluate("navigator.clipboard.readText()")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
