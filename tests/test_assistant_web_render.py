"""What the tabs 核引文, 找提法 and 核稿 show, as HTML, without a browser: every state, and hostile strings."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from io import BytesIO
from itertools import product
from pathlib import Path
from threading import enumerate as enumerate_threads

import pytest
from conftest import fresh
from docx import Document as WordDocument

from assistant.excerpts import MOST, excerpt_of, read_excerpts
from assistant.messages import MESSAGES, say
from assistant.quotation import Edit, quote
from assistant.web.checking import checks
from assistant.web.collecting import done
from assistant.web.outcome import outcome
from assistant.web.page import static
from assistant.web.quoting import looked_up
from assistant.web.render_changes import changes_html
from assistant.web.render_draft import progress_html
from assistant.web.render_quotation import quotation_html
from assistant.web.wording import Asked, found, offered
from corpus import Refused
from index import Encoder, Library

TAG = re.compile(r"<[^>]+>")
HOSTILE_TITLE = "关于<script>window.hacked=1</script>清查\"活动'的通知" + "及其长标题" * 60
BODY = "\n各有关单位：\n为检验显示，<img src=x onerror=alert(1)>一律按字面写出，清查工作不得走过场。\n"


@pytest.fixture
def hostile(tmp_path: Path, encoder: Encoder) -> Library:
    """A library of one document with a title of 300 characters and markup everywhere."""
    file = tmp_path / '"><img src=x>.txt'
    file.write_text(HOSTILE_TITLE + BODY * 1, encoding="utf-8")
    library = fresh(tmp_path / "hostile", encoder)
    with library.writing() as writer:
        assert [o.what for o in writer.add([file])] == ["added"]
    return library


def asked(query: str, mode: str = "", place: str = "", year: str = "", sort: str = "") -> Asked:
    return Asked(query, mode, place, "", year, "", sort)


def report(library: Library, path: Path | None, pasted: str = "") -> str:
    return str(list(checks(lambda: library, str(path) if path else None, pasted, "zh"))[-1][0])


# -- differences


def test_differences_show_whose_characters_they_are_also_to_who_cannot_see_them() -> None:
    html = changes_html("要狠抓落实。", [Edit(4, "实", "买"), Edit(1, "", "坚决"), Edit(5, "。", "")], "zh")
    assert (
        "<del>" in html
        and TAG.sub("", html) == "要〔所引多出：坚决〕狠抓落〔所引误作：买〕〔原文为：实〕〔所引漏掉：。〕"
    )
    assert re.sub(r"<del>.*?</del>", "", html).count("<ins>") == 2


def test_without_the_deleted_characters_the_source_is_left_as_it_stands() -> None:
    text = "一二三<四>五六"
    for at, size, said in product(range(len(text)), range(3), ("", "七&", "<b>")):
        html = changes_html(text, [Edit(at + 9, text[at : at + size], said)], "zh", begin=9)
        bare = re.sub(r'<del>.*?</del>|<span class="yj-heard">[^<]*</span>|</?ins>', "", html)
        assert bare == text.replace("<", "&lt;").replace(">", "&gt;")


def test_the_colours_of_differences_are_readable_in_light_and_dark() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    css = static("page.css")
    for selector in (":root", ".dark"):
        rule = re.search(rf"^{re.escape(selector)} \{{(.*?)\}}", css, re.S | re.M)
        assert rule
        colours = dict(re.findall(r"--yj-(\w+): (#[0-9a-f]{6})", rule.group(1)))
        for name in ("ink", "soft", "red", "del", "ins", "mind"):
            lighter, darker = sorted((luminance(colours[name]), luminance(colours["paper"])), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (selector, name)  # WCAG 2.2, 1.4.3


# -- 核引文


def test_a_quotation_that_is_empty_too_long_or_nowhere_gets_a_sentence(sample: Library) -> None:
    assert "请先粘贴" in looked_up(lambda: sample, " \n ", "zh")
    long = looked_up(lambda: sample, "要" * 5000, "zh")
    assert "5000 字" in long and "核稿" in long and "youju" not in long
    nowhere = looked_up(lambda: sample, "月亮从来不会在正午升起来给人照路", "zh")
    assert 'data-verdict="not_found"' in nowhere and "<ins>" not in nowhere


def test_every_occurrence_is_listed_folded_and_the_earliest_is_marked(tmp_path: Path, encoder: Encoder) -> None:
    words = "把每一条河当作自家门前的河来管护"
    for n in range(110):
        file = tmp_path / "in" / f"{n}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(
            f"第{n}号河湖管护讲话\n（{2000 + n % 20}年3月{1 + n % 28}日）\n第{n}次说，{words}。\n", encoding="utf-8"
        )
    library = fresh(tmp_path / "library", encoder)
    with library.writing() as writer:
        list(writer.add([tmp_path / "in"]))
    html = quotation_html(quote(library, words))
    assert "共出现 110 处" in html and html.count("<li>") == 100 and "只列出前 100 处" in html
    assert html.count("有日期的最早一处") == 1
    assert html.index("<details") < html.index('start="11"')


def test_nothing_of_a_hostile_document_is_markup(hostile: Library) -> None:
    pages = [
        looked_up(lambda: hostile, "一律按字面写出，清查工作不得走过扬", "zh"),
        str(found(lambda: hostile, asked("清查"), "zh")[0]),
        str(found(lambda: hostile, asked("检查不能走过场", "meaning"), "zh")[0]),
        report(hostile, None, "<b>" + BODY),
    ]
    for html in pages:
        assert "不得走过场" in TAG.sub("", html) or "清查" in html
        assert "<script" not in html and "<img" not in html and "onerror=alert(1)>" not in html
        assert "&lt;img" in html or "&lt;script" in html


# -- 找提法


def test_a_search_without_words_or_without_finds_says_what_to_do(sample: Library) -> None:
    html, sort, more = found(lambda: sample, asked("  "), "zh")
    assert "请先输入" in html and not sort["visible"] and not more["visible"]
    assert "库内未见这样的提法" in found(lambda: sample, asked("月亮正午升起", "phrase"), "zh")[0]
    assert "无法查找" in found(lambda: sample, asked("……", "pattern"), "zh")[0]
    assert "yj-card" in found(lambda: sample, asked("", place="closing"), "zh")[0]
    assert "不分部位" in found(lambda: sample, asked("各单位", "phrase", "closing"), "zh")[0]


def test_a_concordance_has_counts_a_picture_and_whole_sentences_to_keep(sample: Library) -> None:
    html, sort, _ = found(lambda: sample, asked("各单位", sort="date"), "zh")
    assert sort["visible"] and 'data-mode="phrase"' in html and "<svg" in html
    rows = html.count('class="yj-from"')
    years = re.search(r"<caption>年份</caption><tbody>(.*?)</tbody>", html)
    assert years and sum(map(int, re.findall(r"<td>(\d+)</td>", years.group(1)))) == rows > 1
    for id in re.findall(r'data-do="keep ([^"]+)"', html):
        kept = excerpt_of(sample, id)
        assert kept and "各单位" in kept.text


def test_filters_hold_and_a_year_that_is_none_does_not(sample: Library) -> None:
    everything = found(lambda: sample, asked("各单位"), "zh")[0]
    assert found(lambda: sample, asked("各单位", year="说不清"), "zh")[0] == everything
    assert "<mark>" not in found(lambda: sample, asked("各单位", "phrase", year="1949年"), "zh")[0]
    kinds, years, _ = offered(lambda: sample, "zh")
    assert kinds["choices"][0] == ("不限", "") and ("讲话", "讲话") in kinds["choices"]
    assert years["choices"][1:] == sorted(years["choices"][1:], reverse=True)


# -- 摘录本


def test_excerpts_are_the_librarys_words_whatever_the_browser_says(sample: Library) -> None:
    entry = next(e for e in sample.entries() if "养老服务" in e.title)
    id = f"{entry.id}:16:0-12"
    kept, html, held, label, _ = done(lambda: sample, f"keep {id} {id} nonsense", [], "zh")
    assert [e["id"] for e in kept] == [id] and "1 条" in label["label"] and f'"{id}"' in held
    assert kept[0]["text"] == sample.document(entry.id).paragraphs[15].text[:12] and "养老服务" in html
    forged = [
        kept[0] | {"text": "从未有人说过的话"},
        {"id": "ffffffffffff:1:0-3", "text": "无", "printed": "《无》"},
        7,
    ]
    file = json.loads(done(lambda: sample, "md", forged, "zh")[4])
    text = b64decode(file["data"]).decode()
    assert "从未有人说过的话" not in text and "养老服务" in text and text.count("文库中已无此文") == 1
    assert done(lambda: sample, f"drop {id}", kept, "zh")[0] == []


def test_excerpts_come_out_as_characters(hostile: Library) -> None:
    entry = hostile.entries()[0]
    number = next(p.number for p in hostile.document(entry.id).paragraphs if "<img" in p.text)
    kept = done(lambda: hostile, f"keep {entry.id}:{number}:0-20", [], "zh")[0]
    data = b64decode(json.loads(done(lambda: hostile, "docx", kept, "zh")[4])["data"])
    assert "<img src=x" in "".join(p.text for p in WordDocument(BytesIO(data)).paragraphs)
    markdown = b64decode(json.loads(done(lambda: hostile, "md", kept, "zh")[4])["data"]).decode()
    assert r"\<img src=x" in markdown and "<script>" not in markdown.replace(r"\<script\>", "")


def test_what_a_browser_kept_is_read_with_care() -> None:
    good = {"id": "abcdef123456:1:0-3", "text": "字", "printed": "《文》", "warnings": ["ocr", "<b>"]}
    assert read_excerpts([good])[0].warnings == ("ocr",)
    assert read_excerpts("x") == read_excerpts(None) == read_excerpts([{}, {**good, "id": '"><img>'}, [good]]) == ()
    assert len(read_excerpts([good] * (MOST + 5))) == MOST


# -- 核稿


def test_a_draft_that_cannot_be_checked_gets_a_sentence_and_is_gone(sample: Library, tmp_path: Path) -> None:
    assert "请先选择稿件" in report(sample, None)
    for name, data, told in (
        ("稿.pdf", b"%PDF-1.7", "稿.pdf 不是可核对的稿件"),
        ("稿.docx", b"no package", "yj-error"),
        ("空.txt", b" \n", "yj-error"),
    ):
        upload = tmp_path / "upload" / name
        upload.parent.mkdir(exist_ok=True)
        upload.write_bytes(data)
        html = report(sample, upload)
        assert told in html and str(tmp_path) not in html and "程序出错" not in html
        assert not upload.parent.exists()


def test_a_checked_draft_shows_its_differences_and_only_its_own_files_remain(sample: Library) -> None:
    html = report(
        sample,
        None,
        "《澜川市人民政府关于加强养老服务体系建设的实施意见》规定：“对80周岁及以上老年人每顿补助3元，对经济困难老年人每餐补助5元，两项不叠加享受。”",
    )
    differs = re.search(r'data-class="differs">(.*?)</article>', html)
    assert differs
    assert "每餐" in TAG.sub("", re.sub(r'<del>.*?</del>|<span class="yj-heard">[^<]*</span>', "", differs.group(1)))
    assert 'data-only="differs"' in html and 'role="img"' in html


def test_a_check_that_nobody_waits_for_ends_and_leaves_no_file(sample: Library, tmp_path: Path) -> None:
    upload = tmp_path / "upload" / "稿.txt"
    upload.parent.mkdir()
    upload.write_text("江明同志指出：“月亮从来不会在正午的时候升起来。”\n" * 400, encoding="utf-8")
    steps = checks(lambda: sample, str(upload), "", "zh")
    assert "progressbar" in next(steps)[0] and "progressbar" in next(steps)[0]
    steps.close()  # type: ignore[attr-defined]  # it is a generator, which Gradio drops when a check is stopped
    assert not upload.parent.exists()
    assert not [thread for thread in enumerate_threads() if "ThreadPool" in thread.name and thread.is_alive()]


def test_progress_says_how_far_it_is() -> None:
    assert 'aria-valuenow="37"' in progress_html(0.37, "zh") and "37 %" in progress_html(0.37, "zh")


@pytest.mark.parametrize("key", [key for key in MESSAGES if key.startswith(("web.", "excerpt."))])
def test_every_sentence_of_the_page_takes_the_same_fields_in_both_languages(key: str) -> None:
    chinese, english = (set(re.findall(r"\{(\w+)", text)) for text in MESSAGES[key])
    assert chinese == english and say(key, "en", **dict.fromkeys(english, "1"))


def test_a_file_that_is_not_read_is_named() -> None:
    def work() -> str:
        raise Refused("damaged")

    assert "坏&lt;1&gt;.docx：文件已损坏" in outcome(work, "zh", "坏<1>.docx")
