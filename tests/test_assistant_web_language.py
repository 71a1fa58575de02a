"""The page in the visitor's language, and what is seen of it before Gradio stands."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import product

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page
from serving import PATIENCE, served

from assistant.web.assets import asset
from assistant.web.front import dressed
from assistant.web.language import COOKIE, TAGS, chosen
from assistant.web.server import application
from index import Library

CHINESE = re.compile(r"[\u3400-\u9fff]+")
OWN = re.compile(r"有据|中文")
"""The product's name, and the switch."""
ALLOWED = {
    "docx", "doc", "wps", "pdf", "ofd", "txt", "md", "html", "xlsx", "zip", "MB", "KB", "GB", "Word", "Markdown",
    "English", "MCP", "JSON", "youju", "restore",
}  # fmt: skip
"""Latin words that stand in Chinese sentences: formats and units, the switch, and a command."""
SHOWN = """(SKIPPED) => {
  const told = [document.title];
  const walk = (node) => {
    if (node.nodeType === 3) return told.push(node.data);
    if (node.nodeType !== 1 || node.matches(SKIPPED)) return;
    if (node !== document.body && !node.getClientRects().length) return;
    for (const name of ["placeholder", "aria-label", "title"]) if (node.getAttribute(name)) told.push(node.getAttribute(name));
    node.childNodes.forEach(walk);
  };
  walk(document.body);
  return told.filter((each) => each.trim());
}"""
"""Every text and label that a page shows or has read out."""
DOCUMENTS = "script, style, noscript, #yj-chat .examples, .yj-item, .yj-overview, option"
"""Titles, kinds and issuers of documents, and the examples, which are questions to them."""
PLACES = {
    ".yj-shell-head": "#yj-head",
    ".yj-shell .yj-name": "#yj-head .yj-name",
    ".yj-shell .yj-languages": "#yj-head .yj-languages",
    ".yj-shell-tabs span:nth-child(2)": "#yj-tabs [role=tab]:nth-of-type(2)",
    ".yj-shell textarea": "#yj-question textarea",
    ".yj-shell button": "#yj-send",
    ".yj-shell-ask span": "#yj-new",
    ".yj-shell-ask span + span": "#yj-history-open",
}
"""What stands for what before Gradio does."""


@pytest.fixture(scope="module")
def client(sample: Library) -> TestClient:
    """The application, which is not told of a language."""
    return TestClient(application(lambda: sample))


@pytest.fixture(scope="module")
def free_address(sample: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page as it is served to who has set no language."""
    root = tmp_path_factory.mktemp("language") / "library"
    shutil.copytree(sample.layout.root, root)
    with served(root, language=None) as address:
        yield address


def opened(browser: Browser, address: str, locale: str, size: tuple[int, int] = (1280, 900)) -> Page:
    page = browser.new_context(locale=locale, viewport={"width": size[0], "height": size[1]}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.locator("#yj-question textarea").wait_for()
    return page


@pytest.mark.parametrize(
    ("cookie", "fixed", "accept", "language"),
    [
        (None, None, "", "zh"),
        (None, None, "*", "zh"),
        (None, None, "en-US,en;q=0.9", "en"),
        (None, None, "en-GB;q=0.9, zh-CN;q=0.8", "zh"),
        (None, None, "zh-TW,en", "zh"),
        (None, None, "fr;q=0.5, en;q=0.9", "en"),
        (None, None, "en;q=0", "zh"),
        (None, None, "en;q=x,,;q=1", "zh"),
        (None, "zh", "en", "zh"),
        ("en", "zh", "zh", "en"),
        ("zh", None, "en", "zh"),
        ("<b>", None, "en", "en"),
    ],
)
def test_the_choice_goes_before_the_setting_before_the_browser(
    cookie: str | None, fixed: str | None, accept: str, language: str
) -> None:
    assert chosen(cookie, fixed, accept) == language


def test_every_page_is_in_the_language_that_its_visitor_asks_for(client: TestClient, sample: Library) -> None:
    id = sample.entries()[0].id
    for path, language in product(("/", f"/document/{id}", "/document/none", "/original/none/0", "/api"), TAGS):
        answer = client.get(path, headers={"Accept-Language": TAGS[language]})
        assert re.search(rf'<html\s+lang="{TAGS[language]}"', answer.text), path
        assert answer.text.count('aria-current="true"') >= 1, path


def test_a_choice_is_remembered_and_leads_back(client: TestClient) -> None:
    before = {"Referer": "http://testserver/document/none?at=3", "Accept-Language": "zh-CN"}
    answer = client.get("/language/en", headers=before, follow_redirects=False)
    assert answer.headers["location"] == "/document/none?at=3"
    assert f"{COOKIE}=en" in answer.headers["set-cookie"] and "Max-Age" in answer.headers["set-cookie"]
    assert '<html lang="en">' in client.get("/document/none", headers=before).text
    client.cookies.clear()


def test_a_choice_leads_to_no_other_site_and_none_is_made_up(client: TestClient) -> None:
    for referer in (
        "http://example.invalid/x",
        "http://testserver//example.invalid",
        "http://testserver/language/en",
        "",
    ):
        answer = client.get("/language/zh", headers={"Referer": referer}, follow_redirects=False)
        assert answer.headers["location"] == "/"
    assert "set-cookie" not in client.get("/language/fr", follow_redirects=False).headers
    client.cookies.clear()


def test_gradios_files_are_packed_and_kept_and_nothing_else_is_given(client: TestClient) -> None:
    page = client.get("/").text
    [script] = re.findall(r'src="\./(assets/index-[\w-]+\.js)"', page)
    answer = client.get(f"/{script}")
    assert answer.headers["content-encoding"] == "gzip" and "immutable" in answer.headers["cache-control"]
    assert answer.content == client.get(f"/en/{script}", headers={"Accept-Encoding": "identity"}).content
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert asset("index-00000000.js") is None and client.get("/assets/index-00000000.js").status_code == 404


def test_another_form_of_gradios_page_is_noticed() -> None:
    with pytest.raises(ValueError, match="another form"):
        dressed("<html><head></head><body></body></html>", "zh")


@pytest.mark.parametrize(("locale", "language"), [("en-US", "en"), ("zh-CN", "zh")])
def test_all_that_is_shown_is_in_one_language(browser: Browser, free_address: str, locale: str, language: str) -> None:
    page = opened(browser, free_address, locale)
    assert page.locator("html").get_attribute("lang") == TAGS[language]
    for tab in page.get_by_role("tab").all():
        tab.click()
        page.wait_for_timeout(300)
        _in_one_language(page.evaluate(SHOWN, DOCUMENTS), language)
    page.goto(free_address + "/document/none")
    _in_one_language(page.evaluate(SHOWN, DOCUMENTS), language)
    page.context.close()


def _in_one_language(told: list[str], language: str) -> None:
    for text in told:
        if language == "en":
            assert not CHINESE.search(OWN.sub("", text)), text
        else:
            assert set(re.findall(r"[A-Za-z]{2,}", text)) <= ALLOWED, text


def test_the_switch_works_on_the_page_and_on_a_document(browser: Browser, free_address: str, sample: Library) -> None:
    page = opened(browser, free_address, "zh-CN")
    page.get_by_role("link", name="English").click()
    page.locator("#yj-question textarea[placeholder^=Ask]").wait_for()
    page.goto(f"{free_address}/document/{sample.entries()[0].id}?at=1")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="中文").click()
    assert page.url.endswith("?at=1") and page.locator("html").get_attribute("lang") == "zh-CN"
    page.context.close()


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_nothing_moves_when_gradio_takes_over_and_what_was_typed_stays(
    browser: Browser, free_address: str, size: tuple[int, int]
) -> None:
    page = browser.new_context(locale="zh-CN", viewport={"width": size[0], "height": size[1]}).new_page()
    page.set_default_timeout(PATIENCE)
    held: list = []  # type: ignore[type-arg]
    page.route("**/assets/index-*.js", lambda route: held.append(route))
    page.goto(free_address, wait_until="commit")
    page.locator(".yj-shell textarea:focus").wait_for()
    page.keyboard.type("河长制怎么考核")
    before = {there: _place(page, here) for here, there in PLACES.items()}
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.locator("#yj-question textarea").wait_for()
    page.locator(".yj-counts", has_text="38").wait_for()
    after = {there: _place(page, there) for there in PLACES.values()}
    for place, found in after.items():
        assert found == pytest.approx(before[place], abs=1.5), place
    assert page.evaluate("document.activeElement.value") == "河长制怎么考核"
    assert page.locator(".yj-shell").count() == 0
    page.context.close()


def test_a_question_asked_before_gradio_stands_is_answered(browser: Browser, free_address: str) -> None:
    page = browser.new_context(locale="zh-CN").new_page()
    page.set_default_timeout(PATIENCE)
    held: list = []  # type: ignore[type-arg]
    page.route("**/assets/index-*.js", lambda route: held.append(route))
    page.goto(free_address, wait_until="commit")
    page.locator(".yj-shell textarea").fill("同一家企业一年最多检查几次？")
    page.keyboard.press("Enter")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.locator(".yj-answer").wait_for(timeout=90000)
    assert page.locator("#yj-chat .yj-asked").count() == 1
    page.context.close()


def _place(page: Page, query: str) -> list[float]:
    found: list[float] = page.evaluate(
        "(q) => { const r = document.querySelector(q).getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; }",
        query,
    )
    return found
