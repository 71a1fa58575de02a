"""Word documents: paragraphs and tables in order; what is broken or locked is refused by name."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document as WordDocument

import corpus.extract.word_package as package_module
from corpus.errors import Refused
from corpus.extract.docx import extract_docx


def saved(document: WordDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def notice() -> bytes:
    document = docx.Document()
    for text in ("关于做好河道清淤的通知", "各街道办事处：", "请于本月底前完成清淤。"):
        document.add_paragraph(text)
    return saved(document)


def rewritten(data: bytes, name: str, content: bytes | None) -> bytes:
    """The package with one of its parts replaced, or left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry))
            elif content is not None:
                new.writestr(entry.filename, content)
    return buffer.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        extract_docx(data)
    return refused.value.code


def test_each_paragraph_is_a_line() -> None:
    extracted = extract_docx(notice())
    assert extracted.text.splitlines() == ["关于做好河道清淤的通知", "各街道办事处：", "请于本月底前完成清淤。"]
    assert extracted.whole_lines


def test_tables_stand_where_they_stood_a_row_a_line() -> None:
    document = docx.Document()
    document.add_paragraph("任务分工如下：")
    table = document.add_table(rows=2, cols=3)
    for row, words in zip(table.rows, (("序号", "任务", "单位"), ("1", "清淤", "水务局")), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    document.add_paragraph("请按时完成。")
    assert extract_docx(saved(document)).text.splitlines() == [
        "任务分工如下：",
        "序号\t任务\t单位",
        "1\t清淤\t水务局",
        "请按时完成。",
    ]


def test_a_merged_cell_is_read_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合计"
    table.cell(0, 2).text = "46条"
    assert extract_docx(saved(document)).text == "合计\t46条"


def test_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.add_paragraph("请于本月底前完成清淤。")
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    assert extract_docx(saved(document)).text == "请于本月底前完成清淤。"


def test_words_cut_into_runs_are_joined_without_a_space() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for run in ("请于", "本月底", "前完成", "清淤。"):
        paragraph.add_run(run).bold = run == "本月底"
    assert extract_docx(saved(document)).text == "请于本月底前完成清淤。"


def test_a_document_without_a_word_is_empty() -> None:
    document = docx.Document()
    document.add_paragraph(" \u3000")
    assert refusal(saved(document)) == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + bytes(200),
        b"not a package at all",
        notice()[:2000],
        notice()[:-40],
        rewritten(notice(), "[Content_Types].xml", None),
        rewritten(notice(), "word/document.xml", None),
        rewritten(notice(), "word/document.xml", "<w:document 各街道".encode()),
        rewritten(notice(), "[Content_Types].xml", b""),
    ],
    ids=["only a head", "no package", "first half", "end cut", "no types", "no text", "broken text", "empty types"],
)
def test_a_damaged_package_is_refused(data: bytes) -> None:
    assert refusal(data) == "damaged"


def test_a_package_of_entities_that_blow_up_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(notice())) as package:
        text = package.read("word/document.xml").decode()
    entities = '<!ENTITY a0 "清淤">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    at = text.index("<w:document")
    bomb = text[:at] + f"<!DOCTYPE w:document [{entities}]>" + text[at:].replace("各街道办事处：", "&a9;")
    assert refusal(rewritten(notice(), "word/document.xml", bomb.encode())) == "damaged"


def test_a_part_that_declares_a_document_type_is_refused_even_if_it_does_no_harm() -> None:
    with zipfile.ZipFile(io.BytesIO(notice())) as package:
        text = package.read("word/document.xml").decode()
    declared = text.replace("<w:document", "<!DOCTYPE w:document><w:document", 1)
    assert refusal(rewritten(notice(), "word/document.xml", declared.encode())) == "damaged"


def test_the_names_of_parts_mean_the_same_in_either_case() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(notice())) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename.upper().replace("/", "\\"), old.read(entry))
    assert extract_docx(buffer.getvalue()).text == extract_docx(notice()).text


def test_a_package_that_opens_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "LIMIT_OPENED", 1_000)
    assert refusal(notice()) == "limits"
