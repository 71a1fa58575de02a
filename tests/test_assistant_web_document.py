"""A document's page: the places that its address names, what was taken away, the file that it came from."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from conftest import NOTICE, SPEECH, fresh
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assistant.ask import ask
from assistant.citation import Citation
from assistant.web.document import Original, document_html, parse_places
from assistant.web.links import document_link
from assistant.web.page import build
from assistant.web.render import answer_html
from assistant.web.server import application
from corpus import Document, Paragraph, Removed, Source
from index import Encoder, Entry, Library

BAD = "<script>alert(1)</script>\"><img src=x onerror='alert(2)'>"
ENTRY = Entry(1, "0" * 12, "标题", "通知", None, None, "2023", (), ("甲.txt",))


def document(*texts: str, removed: tuple[Removed, ...] = ()) -> Document:
    at = 0
    paragraphs = []
    for number, text in enumerate(texts, 1):
        paragraphs.append(Paragraph(number, "body", text, (), ((0, at),)))
        at += len(text) + 1
    source = Source("甲.txt", "/nowhere/甲.txt", "0", "text/plain")
    return Document(source, "标题", "通知", None, None, "2023", (), tuple(paragraphs), removed)


def client(library: Library) -> TestClient:
    return TestClient(application(lambda: library, build(lambda: library)))


@pytest.fixture
def packed(tmp_path: Path, encoder: Encoder) -> Iterator[Library]:
    """A library of a file by itself and one in an archive."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "讲话 “一”.txt").write_text(SPEECH, encoding="utf-8")
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        archive.writestr("通知.txt", NOTICE)
    library = fresh(tmp_path / "packed", encoder)
    with library.writing() as writer:
        list(writer.add([folder]))
    yield library
    library.close()


def test_several_places_are_marked_and_lead_to_each_other() -> None:
    html = document_html(document("第一段话", "第二段话", "第三段话"), ENTRY, "3:0-2;1:0-2,2-4")
    assert re.findall(r'<mark id="([^"]+)">', html) == ["here-1", "here"]  # the one to open is the first named
    steps = re.findall(r'<p class="steps">(.*?)</p>', html)
    assert steps == ['依据 1/2<a href="#here">下一处</a>', '依据 2/2<a href="#here-1">上一处</a>']
    assert "steps" not in document_html(document("第一段话"), ENTRY, "1:0-2")


@given(st.text("0123456789:;,-٣x", max_size=60))
def test_any_place_is_read_or_left_out(at: str) -> None:
    whole = document("第一段话", "第二段")
    for number, spans in parse_places(at, whole).items():
        length = len(whole.paragraphs[number - 1].text)
        assert all(0 <= a < b <= length for a, b in spans)
    document_html(whole, ENTRY, at)


def test_the_cards_of_an_answer_open_all_its_places_in_a_document(sample: Library) -> None:
    answer = ask(sample, "推诿扯皮的问题怎么批评？")
    for citation in answer.citations:
        link = document_link(citation, answer.citations)
        places = parse_places(link.partition("?at=")[2].removesuffix("#here"), sample.document(citation.entry.id))
        assert next(iter(places)) == citation.paragraph.number
        assert set(places) == {c.paragraph.number for c in answer.citations if c.entry.id == citation.entry.id}
        assert link in unescape(answer_html(answer, 1))


def test_what_was_taken_away_is_shown_where_it_stood_and_only_on_request() -> None:
    removed = (Removed("下载积分：15金币", "drop_download_notes", 5), Removed(BAD, "drop_something", 99))
    whole = document("第一段话", "第二段话", removed=removed)
    plain = document_html(whole, ENTRY)
    assert "15金币" not in plain
    assert "查看清理掉的 2 处" in plain
    shown = document_html(whole, ENTRY, removed=True)
    assert shown.index("第一段话") < shown.index("15金币") < shown.index("第二段话") < shown.index("网页杂质")
    assert '<div class="gone" id="removed"><p><span>下载说明' in shown
    assert "<script>alert" not in shown


def test_every_string_is_escaped() -> None:
    entry = Entry(1, "0" * 12, BAD, BAD, BAD, BAD, BAD, (), (BAD,))
    whole = document(BAD, removed=(Removed(BAD, BAD, 0),))
    files = [Original(BAD, True), Original(BAD, False)]
    html = document_html(whole, entry, BAD + "1:0-3", removed=True, originals=files)
    html = html.replace('<script src="/youju/document.js" defer></script>', "")
    assert "<script" not in html
    assert "<img" not in html
    assert BAD in unescape(html)


def test_an_original_is_given_as_it_was_read(packed: Library) -> None:
    web = client(packed)
    for entry in packed.entries():
        content = SPEECH if "讲话" in entry.names[0] else NOTICE
        page = web.get(f"/document/{entry.id}").text
        assert f'href="/original/{entry.id}/0"' in page
        answer = web.get(f"/original/{entry.id}/0")
        assert answer.content == content.encode()
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-type"] == "application/octet-stream"
        kind, _, name = answer.headers["content-disposition"].partition("; filename*=UTF-8''")
        assert (kind, unquote(name)) == ("attachment", entry.names[0].rpartition("/")[2])


def test_no_other_file_is_given(packed: Library, tmp_path: Path) -> None:
    web = client(packed)
    entry = next(e for e in packed.entries() if "讲话" in e.names[0])
    for address in (f"/original/{entry.id}/1", f"/original/{entry.id}/-1", "/original/ffffffffffff/0"):
        assert web.get(address).status_code == 404
    assert web.get(f"/original/{entry.id}/{quote('../../etc/passwd', safe='')}").status_code in (404, 422)
    file = tmp_path / "files" / "讲话 “一”.txt"
    file.write_text("换了内容")
    assert web.get(f"/original/{entry.id}/0").status_code == 404
    file.unlink()
    assert web.get(f"/original/{entry.id}/0").status_code == 404
    assert "原始文件已不在原处" in web.get(f"/document/{entry.id}").text


def test_a_link_opens_the_same_place_after_rebuilding_and_moving(
    packed: Library, tmp_path: Path, encoder: Encoder
) -> None:
    answer = ask(packed, "供暖期是什么时候？")
    link = document_link(answer.citations[0], answer.citations).removesuffix("#here")
    before = re.findall(r'<mark id="here">.*?</mark>', client(packed).get(link).text)
    assert before
    with packed.writing() as writer:
        writer.rebuild()
    packed.close()
    moved = tmp_path / "moved"
    packed.layout.root.rename(moved)
    assert re.findall(r'<mark id="here">.*?</mark>', client(Library.open(moved)).get(link).text) == before


def test_each_paragraph_can_be_copied_with_its_source() -> None:
    whole = document("第一段话", "第二段话")
    sources = re.findall(r'data-from="([^"]+)"', document_html(whole, ENTRY))
    assert sources == [Citation(0, ENTRY, p, (), 0.0).printed for p in whole.paragraphs]


def test_a_long_document_is_laid_out_whole() -> None:
    long = document(*(f"第{n}段，为检验长文档的显示而写。" for n in range(3000)))
    html = document_html(long, ENTRY, "2500:0-5", removed=True)
    assert html.count('class="row"') == 3000
