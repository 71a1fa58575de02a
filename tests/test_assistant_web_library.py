"""文库 in a real Chromium, wide and narrow: add a file, see it, open it, remove it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import CHROMIUM
from conftest import NOTICE
from playwright.sync_api import Browser, Page, expect
from serving import WIDTHS, opened, served

from index import Library

NAME = "关于《冬季供暖》的通知（“试行”）<b>.txt"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def root(sample: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("shelf") / "library"
    shutil.copytree(sample.layout.root, root)
    return root


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    with served(root) as address:
        yield address


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser, address, request.param) as page:
        page.get_by_role("tab", name="文库").click()
        page.locator(".yj-item").first.wait_for()
        yield page


def test_a_file_is_added_seen_opened_and_removed(page: Page, tmp_path: Path, root: Path) -> None:
    file, bad = tmp_path / NAME, tmp_path / "坏.docx"
    file.write_text(NOTICE, encoding="utf-8")
    bad.write_text("x")
    page.locator("#yj-files input[type=file]").set_input_files([file, bad])
    expect(page.locator(".yj-refused")).to_contain_text("坏.docx：文件已损坏")
    expect(page.locator(".yj-counts")).to_contain_text("39 篇文档")
    expect(page.locator(".yj-added")).to_contain_text("关于《冬季供暖》的通知")
    assert "/tmp" not in page.locator("#yj-doing").inner_text()

    page.locator(".yj-choices input").fill("冬季供暖")
    page.locator(".yj-choices input").press("Enter")
    expect(page.locator(".yj-item")).to_have_count(1)
    item = page.locator(".yj-item")
    expect(item).to_contain_text("石桥政办发〔2022〕31号")
    assert item.locator("b, script, img").count() == 0

    with page.context.expect_page() as shown:
        item.get_by_role("link").click()
    expect(shown.value.locator("main")).to_contain_text("供热企业储煤不得少于15天用量")
    shown.value.close()

    item.get_by_role("button", name="移除").focus()
    page.keyboard.press("Enter")
    expect(item.get_by_role("button", name="撤销")).to_be_focused()
    expect(page.locator(".yj-marked")).to_contain_text("确认之前不会删除")
    item.get_by_role("button", name="撤销").click()
    expect(page.locator(".yj-marked")).to_have_count(0)
    item.get_by_role("button", name="移除").click()
    page.get_by_role("button", name="确认移除 1 篇").click()
    expect(page.locator("#yj-doing")).to_contain_text("已移除 1 篇")
    expect(page.locator(".yj-counts")).to_contain_text("38 篇文档")
    assert list((root / "originals").iterdir()) == []


def test_a_bar_and_a_choice_filter_and_pages_turn(page: Page) -> None:
    page.get_by_role("button", name="下一页").click()
    expect(page.locator(".yj-pager span")).to_have_text("第 2 / 2 页")
    page.locator("select[data-act='kind:']").select_option("通知")
    expect(page.locator(".yj-label[role=status]")).to_contain_text("5 篇（共 38 篇）")
    expect(page.locator(".yj-pager")).to_have_count(0)
    page.get_by_role("button", name="清除筛选").click()
    expect(page.locator(".yj-label[role=status]")).to_contain_text("38 篇（共 38 篇）")


def test_while_somebody_else_writes_that_is_said(page: Page, root: Path) -> None:
    library = Library.open(root)
    with library.writing():
        page.get_by_role("button", name="重建索引").click()
        expect(page.locator("#yj-doing")).to_contain_text("正在被另一个进程写入，请稍后再试")
    page.get_by_role("button", name="检查文库").click()
    expect(page.locator("#yj-doing")).to_contain_text("文库完好")


def test_chats_are_kept_found_renamed_opened_and_deleted(browser: Browser, address: str, root: Path) -> None:
    with opened(browser, address, "narrow") as page:
        box = page.locator("#yj-question textarea")
        box.fill("什么时候是森林防火期？")
        box.press("Enter")
        expect(page.locator(".yj-answer")).to_have_count(1)
        box.fill("第一行")
        box.press("Shift+Enter")
        assert box.input_value() == "第一行\n"

        page.locator(".yj-answer [data-why]").click()
        page.get_by_role("button", name="不完整").click()
        expect(page.locator(".yj-vote")).to_contain_text("已记下")
        assert '"reason": "不完整"' in (root / "feedback.jsonl").read_text()

        page.get_by_role("button", name="找相近的").first.click()
        expect(page.locator(".yj-answer")).to_have_count(2)
        expect(page.locator(".yj-pointed")).to_contain_text("与这句相近的")

        page.get_by_role("button", name="新对话").click()
        expect(page.locator(".yj-answer")).to_have_count(0)
        page.get_by_role("button", name="历史").click()
        dialog = page.locator("#yj-history")
        expect(dialog.locator("li")).to_have_count(1)
        expect(dialog.locator("li")).to_contain_text("什么时候是森林防火期？")
        dialog.get_by_role("button", name="改名").click()
        dialog.locator("li input").fill("<b>防火</b>")
        dialog.locator("li input").press("Enter")
        expect(dialog.locator("li")).to_contain_text("<b>防火</b>")
        dialog.locator("header input").fill("没有问过")
        expect(dialog.locator("li")).to_have_text("没有符合的对话")
        page.keyboard.press("Escape")
        expect(dialog).not_to_be_visible()

        page.reload()
        page.locator("#yj-question textarea").wait_for()
        page.get_by_role("button", name="历史").click()
        dialog.get_by_role("button", name="<b>防火</b>").click()
        expect(page.locator(".yj-answer")).to_contain_text("2023年11月1日")
        page.get_by_role("button", name="历史").click()
        expect(dialog.locator("li")).to_have_count(1)
        dialog.get_by_role("button", name="删除").click()
        dialog.get_by_role("button", name="撤销").click()
        dialog.get_by_role("button", name="删除").click()
        dialog.get_by_role("button", name="关闭").click()
        page.get_by_role("button", name="历史").click()
        expect(dialog.locator("li")).to_have_text("还没有对话")
