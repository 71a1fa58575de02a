"""The Word document of an export: the measures of GB/T 9704-2012, and that it is read back as it was."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant.export import Sheet, document_sheet, file_of
from assistant.export import page as standard
from assistant.export.sheet import block, heading
from assistant.export.styles import STYLES
from assistant.export.word import UNWRITABLE, docx_of
from corpus import Document, read_document
from index import Library

MILLIMETRE = 36_000
TOLERANCE = 0.05 * MILLIMETRE
EVERYTHING = Sheet("题", tuple(block(kind, "甲", "[1]") for kind in standard.LOOKS if kind != "cell"), ("含隐名",))


def opened(sheet: Sheet = EVERYTHING):  # type: ignore[no-untyped-def]  # of python-docx
    return WordDocument(io.BytesIO(docx_of(sheet)))


def part(name: str, sheet: Sheet = EVERYTHING) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(docx_of(sheet))) as package:
        return etree.fromstring(package.read(name))


def test_the_page_has_the_margins_of_the_standard() -> None:
    [section] = opened().sections
    for length, millimetres in (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.left_margin, 28),
        (section.page_width - section.left_margin - section.right_margin, 156),
        (section.page_height - section.top_margin - section.bottom_margin, 225),
    ):
        assert abs(length - Mm(millimetres)) < TOLERANCE, millimetres


def test_a_page_holds_22_lines_of_28_characters() -> None:
    normal = opened().styles["Normal"]
    [grid] = part("word/document.xml").iter(qn("w:docGrid"))
    pitch = int(grid.get(qn("w:linePitch")))
    assert grid.get(qn("w:type")) == "linesAndChars" and 28 * 20 <= pitch <= 29 * 20
    high, wide = standard.HEIGHT - standard.TOP - standard.BOTTOM, standard.WIDTH - standard.LEFT - standard.RIGHT
    assert high // pitch == 22 and normal.paragraph_format.line_spacing == Pt(pitch / 20)
    assert wide // standard.ADVANCE == 28
    of_grid = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert 27.99 * of_grid < wide / 20 and wide / 20 // of_grid == 28


@pytest.mark.parametrize(
    ("kind", "font", "points"),
    [
        ("title", "方正小标宋简体", 22),
        ("body", "仿宋_GB2312", 16),
        ("addressee", "仿宋_GB2312", 16),
        ("heading1", "黑体", 16),
        ("heading2", "楷体_GB2312", 16),
        ("heading3", "仿宋_GB2312", 16),
        ("heading4", "仿宋_GB2312", 16),
        ("annex", "黑体", 16),
        ("reference", "仿宋_GB2312", 14),
    ],
)
def test_each_kind_of_paragraph_has_its_font_and_size(kind: str, font: str, points: int) -> None:
    style = next(s for s in opened().styles if s.style_id == STYLES[kind])
    assert style.font.size == Pt(points)
    assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    if kind in ("body", "heading1", "heading2", "heading3", "heading4"):
        assert style.element.pPr.ind.get(qn("w:firstLineChars")) == "200"


def test_every_font_that_is_named_has_others_that_take_its_place() -> None:
    fonts = {f.get(qn("w:name")): f.find(qn("w:altName")) for f in part("word/fontTable.xml")}
    named = {f.get(qn("w:eastAsia")) for f in part("word/styles.xml").iter(qn("w:rFonts"))}
    assert named <= set(fonts) and all(other is not None for other in fonts.values())


def test_page_numbers_stand_in_dashes_at_the_outer_side() -> None:
    document = opened()
    assert document.settings.odd_and_even_pages_header_footer
    [section] = document.sections
    for footer, align, side in ((section.footer, "RIGHT", "right"), (section.even_page_footer, "LEFT", "left")):
        [paragraph] = footer.paragraphs
        assert paragraph.text == "— 1 —" and paragraph.alignment.name == align
        assert paragraph._p.pPr.ind.get(qn(f"w:{side}")) == "280"  # one character of 4号
        assert [e.text for e in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]
    number = next(s for s in document.styles if s.style_id == "PageNumber")
    assert number.font.size == Pt(14) and number.font.name == "宋体"


def test_marks_are_raised_and_doubts_stand_on_every_page() -> None:
    document = opened()
    assert {r.font.superscript for p in document.paragraphs for r in p.runs if r.text == "[1]"} == {True}
    [section] = document.sections
    assert "含隐名" in section.header.paragraphs[0].text and "含隐名" in section.even_page_header.paragraphs[0].text
    assert "※" not in opened(Sheet("题", (block("title", "题"),))).sections[0].header.paragraphs[0].text


def test_elements_of_properties_stand_in_the_order_of_the_schema() -> None:
    order = "pStyle keepNext pageBreakBefore widowControl overflowPunct autoSpaceDE autoSpaceDN snapToGrid spacing ind jc outlineLvl".split()
    trees = [part("word/document.xml"), part("word/styles.xml"), part("word/footer1.xml")]
    for properties in (p for tree in trees for p in tree.iter(qn("w:pPr"))):
        places = [order.index(etree.QName(e).localname) for e in properties]
        assert places == sorted(places)


@given(st.text(alphabet=st.characters(), min_size=1, max_size=60), st.sampled_from(["title", "body", "row"]))
@settings(max_examples=60, deadline=None)
def test_any_characters_make_a_file_that_opens(text: str, kind: str) -> None:
    document = opened(Sheet(text * 9, (block(kind, text),), (text,)))
    whole = [
        *(p.text for p in document.paragraphs),
        *(c.text for t in document.tables for r in t.rows for c in r.cells),
    ]
    bare = UNWRITABLE.sub("", text)
    assert "".join("".join(whole).split()) == "".join(bare.split())


def test_rows_that_follow_each_other_are_a_table_of_the_texts_width() -> None:
    document = opened(Sheet("题", (block("row", "甲\t乙"), block("row", "丙\t"), block("row", "一\t二\t三"))))
    assert [[c.text for c in row.cells] for t in document.tables for row in t.rows] == [
        ["甲", "乙"],
        ["丙", ""],
        ["一", "二", "三"],
    ]


def shape(document: Document) -> list[tuple[str, str, int]]:
    return [(p.text, p.role, len(p.heading_path)) for p in document.paragraphs]


def test_every_sample_document_is_read_back_as_it_was(sample: Library, tmp_path: Path) -> None:
    for entry in sample.entries():
        document = sample.document(entry.id)
        file = file_of(document_sheet(document, entry), "docx")
        (tmp_path / file.name).write_bytes(file.data)
        again = read_document(tmp_path / file.name)
        assert shape(again) == shape(document), entry.title
        assert again.id == document.id and again.title == document.title


def test_headings_have_the_levels_that_words_outline_shows() -> None:
    document = opened(Sheet("题", tuple(heading(n, "节") for n in range(1, 11))))
    assert [p.style.name for p in document.paragraphs] == [f"Heading {min(n, 9)}" for n in range(1, 11)]
