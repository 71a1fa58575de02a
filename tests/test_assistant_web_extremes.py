"""The page where there is too much of something: a title of three hundred characters, five hundred places, many years,
files larger than the service takes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import CHROMIUM
from conftest import fresh
from playwright.sync_api import Page, expect
from scenes import ask, search, shelf, tab
from serving import served

from assistant.web.plots import columns
from corpus.files import LIMIT_BYTES
from index import Encoder

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
TITLE = f"关于{'加强老旧小区雨污分流改造、背街小巷整治、口袋公园建设、养老设施补短板，' * 8}"[:297] + "的通知"
LONG = "各街道办事处：\n口袋公园选址由街道主任负责，每周巡查三次，年内建成口袋公园十七个。\n管护经费列入年度预算，做到有人管护。"
PLACES, YEARS = 520, range(2009, 2025)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[str]:
    root = tmp_path_factory.mktemp("extremes")
    folder = root / "documents"
    folder.mkdir()
    with (folder / "long.csv").open("w", encoding="utf-8") as file:
        csv.writer(file).writerows([("标题", "正文"), (TITLE, LONG)])
    places = "\n".join(f"第{n}网格要把清淤疏浚摆上重要位置。" for n in range(PLACES))
    (folder / "清淤.txt").write_text(f"关于清淤工作的通知\n各街道：\n{places}\n", encoding="utf-8")
    for year in YEARS:
        told = f"云岭市政府工作报告\n（{year}年1月9日）\n各位代表：\n去年新建公厕{year - 2000}座，群众出行更加方便。\n"
        (folder / f"{year}.txt").write_text(told, encoding="utf-8")
    library = fresh(root / "library", encoder)
    with library.writing() as writer:
        assert {o.what for o in writer.add([folder])} == {"added"}
    library.close()
    with served(root / "library") as found:
        yield found


def test_a_title_of_three_hundred_characters_leaves_room_for_the_rest(page: Page) -> None:
    ask(page, "口袋公园选址由谁负责")
    title = page.locator(".yj-card h4").first
    assert title.evaluate("(e) => e.offsetHeight <= 5 * parseFloat(getComputedStyle(e).lineHeight)")
    tab(page, "找提法")
    search(page, "做到有人管护")
    link = page.locator(".yj-kwic .yj-from a").first
    expect(link).to_have_attribute("title", TITLE)
    assert len(link.inner_text()) < 70
    shelf(page, "", Path())
    box = page.locator(".yj-choices input")
    box.fill("雨污分流")
    box.press("Enter")
    expect(page.locator(".yj-item")).to_have_count(1)
    shown = page.locator(".yj-item h4 a")
    expect(shown).to_have_attribute("title", TITLE)
    assert len(shown.inner_text()) < 130
    assert page.locator(".yj-item button").is_visible()


def test_of_five_hundred_places_a_hundred_are_shown_and_all_are_counted(page: Page) -> None:
    tab(page, "找提法")
    search(page, "清淤疏浚摆上重要位置")
    expect(page.locator("#yj-wording-result")).to_contain_text(f"共 {PLACES} 处，显示 100 处")
    expect(page.locator(".yj-kwic tbody tr")).to_have_count(100)


def test_columns_of_seventy_five_years_can_be_seen(page: Page) -> None:
    shelf(page, "", Path())
    drawn = columns("year", [(str(year), 1 + year % 7) for year in range(1950, 2025)], "")
    page.locator(".yj-years").evaluate("(e, html) => { e.outerHTML = html; }", drawn)
    widths = page.locator(".yj-years button i").evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().width)")
    assert len(widths) == 75 and min(widths) > 1.5


def test_each_year_stands_beside_its_sentence(page: Page) -> None:
    ask(page, "历年新建公厕多少座")
    expect(page.locator(".yj-of")).to_have_text([str(year) for year in YEARS])
    assert page.locator(".yj-each .yj-sentence").evaluate_all(
        "(all) => all.every((e) => e.querySelector('.yj-of').getBoundingClientRect().right < e.getBoundingClientRect().left"
        " + parseFloat(getComputedStyle(e).paddingLeft))"
    )


@pytest.mark.parametrize("way", ["chosen", "dropped"])
def test_a_file_too_large_is_left_behind_by_its_name_and_the_others_are_added(
    page: Page, tmp_path: Path, way: str
) -> None:
    large, small = tmp_path / "扫描件汇编.txt", tmp_path / f"{tmp_path.name}.txt"
    with large.open("wb") as file:
        file.truncate(LIMIT_BYTES + 1)
    small.write_text(f"关于小文件的通知\n各街道：\n请做好{tmp_path.name}的添加工作，不漏一件。\n", encoding="utf-8")
    shelf(page, "", Path())
    if way == "chosen":
        page.locator("#yj-files input[type=file]").set_input_files([large, small])
    else:
        page.evaluate(DROP, [large.name, LIMIT_BYTES + 1, small.name, small.read_text("utf-8")])
    expect(page.locator(".yj-too-large")).to_have_text("扫描件汇编.txt 超过 64 MB，没有上传；请拆分后再上传")
    expect(page.locator("#yj-doing")).to_contain_text(small.name)
    tab(page, "核稿")
    page.locator("#yj-draft input[type=file]").set_input_files([large])
    expect(page.locator("#yj-draft + .yj-too-large")).to_be_visible()


DROP = """([large, size, small, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(size)], large));
  data.items.add(new File([text], small));
  const target = document.querySelector("#yj-files button, #yj-files [role=button]") ?? document.querySelector("#yj-files");
  target.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""
