"""Logging in, asking and logging out in a real Chromium, wide and narrow, under the page's policy."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from browsing import CHROMIUM
from conftest import NOTICE, fresh
from playwright.sync_api import Browser, Page, expect
from served import served
from serving import WIDTHS

from assistant.access import Accounts, Audit, Entrance
from assistant.access.passwords import Passwords
from assistant.web.page import build
from assistant.web.server import application
from index import Encoder

PASSWORD = "竹外桃花三两枝 31"
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def entrance(tmp_path_factory: pytest.TempPathFactory) -> Entrance:
    folder = tmp_path_factory.mktemp("accounts")
    accounts = Accounts(folder, Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)))
    accounts.add("馆员", PASSWORD, "librarian")
    accounts.add("reader", PASSWORD, "reader")
    return Entrance(accounts, Audit(folder))


@pytest.fixture(scope="module")
def address(encoder: Encoder, entrance: Entrance, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("login")
    (folder / "供暖通知.txt").write_text(NOTICE, encoding="utf-8")
    library = fresh(folder / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder / "供暖通知.txt"]))
    with served(application(lambda: library, build(lambda: library), entrance=entrance)) as address:
        yield address


@pytest.mark.parametrize(("width", "name"), [("wide", "馆员"), ("narrow", "reader")])
def test_log_in_ask_and_log_out(browser: Browser, address: str, entrance: Entrance, width: str, name: str) -> None:
    wide, high = WIDTHS[width]
    context = browser.new_context(viewport={"width": wide, "height": high}, locale="zh-CN")
    page: Page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.goto(address)
    assert page.url == f"{address}/login"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill("不是这个密码")
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".error")).to_have_text("用户名或密码不对，请重新输入")
    assert errors == ["Failed to load resource: the server responded with a status of 401 (Unauthorized)"]
    errors.clear()
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_label("密码").press("Enter")

    page.locator("#yj-question textarea").fill("供暖期从什么时候开始")
    page.locator("#yj-question textarea").press("Enter")
    expect(page.locator(".yj-answer")).to_contain_text("11月10日", timeout=30_000)
    expect(page.locator(".yj-account")).to_contain_text(name)
    page.get_by_role("tab", name="文库").click()
    expect(page.locator(".yj-item")).to_have_count(1)
    for locator in (page.locator("#yj-files"), page.locator("#yj-health"), page.get_by_role("button", name="移除")):
        expect(locator).to_be_visible() if name == "馆员" else expect(locator).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    # What got through as HTML would not run.
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x: onerror=window.hacked=1>')")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.hacked=2'}))")
    page.wait_for_function("true")
    assert page.evaluate("window.hacked") is None
    errors[:] = [error for error in errors if not re.search("Content Security Policy|x:", error)]

    assert errors == []

    page.get_by_role("button", name="退出").click()
    expect(page.get_by_label("用户名")).to_be_visible()
    page.goto(f"{address}/config")
    assert "/login" in page.url
    # A stream that was open when the page was left is broken off.
    assert not [error for error in errors if not re.search("AbortError|errored out", error)]
    context.close()
    assert [line["what"] for line in entrance.audit.lines() if line["who"] == name][-1] == "log-out"
