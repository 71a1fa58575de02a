"""Real documents with the sites' dirt on them, in the shared folder beside the project."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from corpus import Document, Found, Paragraph, Refused, find_files, read_document
from corpus.extract import Extracted, extract
from corpus.lines import HIDDEN

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
SPEECHES = CORPUS / "speeches_web"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real documents, ../shared/corpus, are not here")
REFUSED = {
    "district_policy_html/01_招生细则_原文.txt": "no_body",
    "district_policy_html/20b_广州劳动仲裁服务指南_目录.html": "no_body",
}
# For each speech: its paragraphs at the least, its numbered first-level parts, what its site put around it.
SHAPES = {
    "000": (20, 3, ("小编", "供大家参考", "推荐访问")),
    "001": (30, 4, ("资源ID", "资源大小", "全文页数", "下载", "微信", "友情提示", "迅雷", ".docx", "金币", "试题")),
    "002": (20, 4, ()),
    "003": (25, 6, ("范文网", "欢迎来到", "小编", "供大家参考", "相关文章", "时间:", "来源:", "教案")),
    "004": (15, 5, ("范文网", "首页", "预览", "代笔", "点击", "联系老师", "相关阅读", "最近更新")),
}


def bare(text: str) -> str:
    return "".join(HIDDEN.sub("", text).split())


def mapped(paragraph: Paragraph, source: str) -> str:
    """The paragraph's text, put together again from the extracted text by its pieces."""
    ends = [*(a for a, _ in paragraph.pieces[1:]), len(paragraph.text)]
    return "".join(source[b : b + end - a] for (a, b), end in zip(paragraph.pieces, ends, strict=True))


def speech(number: str) -> tuple[Document, str]:
    """The document, and the raw text of its file."""
    (path,) = SPEECHES.glob(f"{number}_*.txt")
    return read_document(path), path.read_text(encoding="utf-8-sig")


@cache
def everything() -> dict[str, tuple[Document, Extracted] | str]:
    """Each file of the shared folder: what it became, or the code of its refusal."""
    outcome: dict[str, tuple[Document, Extracted] | str] = {}
    for found in find_files([CORPUS]):
        assert isinstance(found, Found)
        try:
            document = read_document(found.path, found.name)
        except Refused as refused:
            outcome[found.name] = refused.code
        else:
            outcome[found.name] = (document, extract(found.path.name, found.path.read_bytes())[1])
    return outcome


def read_ones() -> list[tuple[Document, Extracted]]:
    return [outcome for outcome in everything().values() if not isinstance(outcome, str)]


@pytest.mark.parametrize("number", SHAPES)
def test_the_sites_words_are_gone_and_on_record(number: str) -> None:
    document, raw = speech(number)
    kept = document.title + "\n".join(p.text for p in document.paragraphs)
    removed = "\n".join(r.text for r in document.removed)
    for words in SHAPES[number][2]:
        assert words in raw
        assert words not in kept
        assert words in removed


@pytest.mark.parametrize("number", SHAPES)
def test_what_was_removed_stood_where_the_record_says(number: str) -> None:
    document, raw = speech(number)
    for removed in document.removed:
        assert raw[removed.at : removed.at + len(removed.text)] == removed.text
        assert removed.step.startswith("drop_")


@pytest.mark.parametrize("number", SHAPES)
def test_no_sentence_is_among_what_was_removed_but_the_sites_own(number: str) -> None:
    document, _ = speech(number)
    for removed in document.removed:
        assert "。" not in removed.text or any(words in removed.text for words in SHAPES[number][2])


@pytest.mark.parametrize("number", SHAPES)
def test_the_speech_maps_back_to_its_file(number: str) -> None:
    document, raw = speech(number)
    for paragraph in document.paragraphs:
        assert mapped(paragraph, raw) == paragraph.text


@pytest.mark.parametrize("number", SHAPES)
def test_numbering_gives_heading_paths(number: str) -> None:
    document, _ = speech(number)
    least, parts, _ = SHAPES[number]
    assert len(document.paragraphs) >= least
    numerals = [p.text[0] for p in document.paragraphs if p.text[1:2] == "、"]
    assert [c.replace("—", "一") for c in numerals] == list("一二三四五六"[:parts])
    first = next(i for i, p in enumerate(document.paragraphs) if p.text[1:2] == "、")
    for paragraph in document.paragraphs[first + 1 :]:
        if paragraph.role == "body" and number != "001":
            assert paragraph.heading_path
            assert paragraph.heading_path[0][1] == "、"


def test_the_text_without_line_breaks_is_broken_at_its_numbering() -> None:
    document, raw = speech("001")
    assert max(map(len, raw.splitlines())) > 8000
    assert "unbroken" in document.quality
    assert max(len(p.text) for p in document.paragraphs) < 1000
    starts = [p.text[:3] for p in document.paragraphs]
    assert [s[1] for s in starts if s[0] == "(" and s[2] == ")"] == list(
        "一二三" * 2 + "一二三四五六七八九十" + "一二三四"
    )
    second_level = [p for p in document.paragraphs if p.text.startswith("(") and p.text[2] == ")"]
    assert all(p.heading_path and p.text.startswith(p.heading_path[-1]) for p in second_level)


@pytest.mark.parametrize("number", SHAPES)
def test_speeches_with_masked_names_are_flagged_and_called_speeches(number: str) -> None:
    document, _ = speech(number)
    assert "anonymised" in document.quality
    assert document.kind == ("发言" if number == "004" else "讲话")


@pytest.mark.parametrize("number", ["000", "002", "003", "004"])
def test_the_title_of_a_speech_stands_once(number: str) -> None:
    document, _ = speech(number)
    assert [p.text for p in document.paragraphs if p.role == "title"] == [document.title]
    assert document.title.startswith("在")


def test_every_file_is_read_or_refused_for_the_right_reason() -> None:
    assert len(everything()) == 294
    assert {name: code for name, code in everything().items() if isinstance(code, str)} == REFUSED


def test_every_paragraph_of_every_file_maps_back() -> None:
    for document, extracted in read_ones():
        for paragraph in document.paragraphs:
            assert paragraph.text
            assert mapped(paragraph, extracted.text) == paragraph.text, document.source.name


def test_every_character_of_every_file_is_kept_or_on_record() -> None:
    for document, extracted in read_ones():
        parts = [p.text for p in document.paragraphs] + [r.text for r in document.removed]
        assert Counter(bare("".join(parts))) == Counter(bare(extracted.text)), document.source.name


def test_every_document_has_a_title_and_keeps_its_order() -> None:
    for document, _ in read_ones():
        assert 2 <= len(document.title) <= 200, document.source.name
        offsets = [b for p in document.paragraphs for _, b in p.pieces]
        assert offsets == sorted(set(offsets)), document.source.name


def test_reports_are_called_reports_and_dated() -> None:
    reports = [d for d, _ in read_ones() if d.source.name.startswith("provincial_reports_2026/")]
    assert len(reports) == 31
    for document in reports:
        assert document.kind == "报告", document.source.name
        assert (document.issued or "").startswith("2026"), document.source.name


def test_reading_twice_gives_the_same() -> None:
    for found in list(find_files([CORPUS]))[::20]:
        assert isinstance(found, Found)
        if found.name not in REFUSED:
            first = everything()[found.name]
            assert not isinstance(first, str)
            assert read_document(found.path, found.name) == first[0]
