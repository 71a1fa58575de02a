"""Tables: a document for each row that holds a text, else one document of lines; nothing without bound."""

from __future__ import annotations

import csv
import datetime
import io
import json
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

import corpus.extract.table
import corpus.extract.xlsx
from corpus import Document, Reading, read_file
from corpus.errors import Refused
from corpus.extract.rows import read_csv, read_jsonl
from corpus.extract.xlsx import read_xlsx, shown_value
from corpus.records import long_date

TEXT = "各街道：\n请在本月底之前完成辖区内河道的清淤工作，并报送总结。\n石桥区水务局"
OTHER = "各单位：\n请组织职工参加义务植树活动，具体安排另行通知。"
HEAD = ("序号", "标题", "发文字号", "发文机关", "成文日期", "正文")
ROWS = (
    ("1", "关于清淤的通知", "石水发〔2024〕7号", "石桥区水务局", "2024-03-05", TEXT),
    ("2", "关于义务植树的通知", "", "", "2023年2月1日", OTHER),
)


def as_csv(*rows: tuple[str, ...], delimiter: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=end).writerows(rows)
    return buffer.getvalue().encode(encoding)


def as_xlsx(*sheets: tuple[str, list[tuple[object, ...]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(folder: Path, data: bytes, name: str) -> list[Reading]:
    (folder / name).write_bytes(data)
    return [reading for reading in read_file(folder / name) if not reading.begun]


def documents(folder: Path, data: bytes, name: str) -> list[Document]:
    return [reading.document for reading in read(folder, data, name) if reading.document]


def told(folder: Path, data: bytes, name: str) -> list[str]:
    return [
        f"{r.name} {r.document.title if r.document else r.refused.code if r.refused else '='}"
        for r in read(folder, data, name)
    ]


def lines(document: Document) -> list[str]:
    return [p.text for p in document.paragraphs]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_each_row_with_a_text_is_a_document(tmp_path: Path, encoding: str, delimiter: str) -> None:
    first, second = documents(tmp_path, as_csv(HEAD, *ROWS, delimiter=delimiter, encoding=encoding), "汇编.csv")
    assert lines(first) == ["关于清淤的通知", *TEXT.split("\n")]
    assert (first.title, first.number, first.issuer, first.issued, first.kind) == (
        "关于清淤的通知",
        "石水发〔2024〕7号",
        "石桥区水务局",
        "2024-03-05",
        "通知",
    )
    assert (first.source.name, first.source.origin, first.source.media_type) == (
        "汇编.csv!/row 2",
        f"{tmp_path}/汇编.csv!/row 2",
        "text/csv",
    )
    assert (second.title, second.number, second.issued) == ("关于义务植树的通知", None, "2023-02-01")


def test_the_same_rows_give_the_same_documents_in_every_format(tmp_path: Path) -> None:
    ids = {
        tuple(d.id for d in documents(tmp_path, data, name))
        for name, data in (
            ("汇编.csv", as_csv(HEAD, *ROWS)),
            ("汇编.tsv", as_csv(HEAD, *ROWS, delimiter="\t")),
            ("汇编.xlsx", as_xlsx(("Sheet1", [HEAD, *ROWS]))),
            ("汇编.jsonl", "\n".join(json.dumps(dict(zip(HEAD, r, strict=True))) for r in ROWS).encode()),
        )
    }
    assert len(ids) == 1
    assert len(ids.pop()) == 2


@pytest.mark.parametrize("name", ["text", "Text", "content", "BODY", "正文", "全文", "正 文"])
def test_the_text_column_goes_by_many_names(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, as_csv(("title", name), ("关于清淤的通知", TEXT)), "a.csv") == ["a.csv!/row 2 关于清淤的通知"]


def test_a_title_that_the_text_begins_with_is_not_repeated(tmp_path: Path) -> None:
    (document,) = documents(
        tmp_path, as_csv(("标题", "正文"), ("关于清淤的通知", f"关于清淤\n的通知\n{TEXT}")), "a.csv"
    )
    assert "".join(lines(document)).count("的通知") == 1


def test_a_row_without_a_title_is_named_by_its_file_and_number(tmp_path: Path) -> None:
    (document,) = documents(tmp_path, as_csv(("正文",), (OTHER,)), "文件汇编.csv")
    assert document.title == "文件汇编 第2行"


def test_empty_rows_are_passed_over_and_rows_without_text_are_named(tmp_path: Path) -> None:
    rows = [("标题", "正文"), ("", ""), ("甲", TEXT), ("乙", " "), ("", ""), ("丙", OTHER)]
    expected = ["row 3 甲", "row 4 empty", "row 6 丙"]
    assert told(tmp_path, as_csv(*rows), "a.csv") == [f"a.csv!/{e}" for e in expected]
    assert told(tmp_path, as_xlsx(("表", list(rows))), "a.xlsx") == [f"a.xlsx!/{e}" for e in expected]


def test_names_of_columns_may_stand_under_a_title(tmp_path: Path) -> None:
    rows = [("石桥区文件汇编", ""), ("标题", "正文"), ("关于清淤的通知", TEXT)]
    assert told(tmp_path, as_csv(*rows), "a.csv") == ["a.csv!/row 3 关于清淤的通知"]


def test_a_table_without_texts_is_one_document_of_lines(tmp_path: Path) -> None:
    rows = [
        ("石桥区河道清淤任务分工表", "", "", ""),
        ("序号", "内容", "责任单位", "完成时限"),
        ("1", "清理主干河道淤泥", "区水务局", "6月底"),
        ("2", "整治沿河排污口", "区生态环境局、\n各街道", "9月底"),
    ]
    expected = [
        "石桥区河道清淤任务分工表",
        "序号\t内容\t责任单位\t完成时限",
        "1\t清理主干河道淤泥\t区水务局\t6月底",
        "2\t整治沿河排污口\t区生态环境局、 各街道\t9月底",
    ]
    for name, data in (("分工表.csv", as_csv(*rows)), ("分工表.xlsx", as_xlsx(("表", list(rows))))):
        (document,) = documents(tmp_path, data, name)
        assert document.source.name == name
        assert document.title == "石桥区河道清淤任务分工表"
        assert lines(document) == expected


def test_a_vague_name_heads_texts_only_where_they_are_long(tmp_path: Path) -> None:
    long = "会议指出，上半年全区清理河道四十六条，成绩来之不易，但是也要清醒地看到存在的问题，有的街道清淤之后不再管护，河道很快又淤积起来，群众对此意见不小。"
    assert told(tmp_path, as_csv(("内容",), (long,)), "a.csv") == ["a.csv!/row 2 a 第2行"]
    assert told(tmp_path, as_csv(("内容", "单位"), ("清理主干河道的淤泥", "水务局")), "a.csv")[0].startswith("a.csv ")


def test_a_workbook_gives_its_visible_sheets(tmp_path: Path) -> None:
    table = [("街道名称", "河道条数"), ("南山街道办事处", 6), ("北河街道办事处", 12)]
    data = as_xlsx(("任务", table), ("通知", [HEAD, *ROWS]), ("空", []))
    assert [line.split()[0] for line in told(tmp_path, data, "a.xlsx")] == [
        "a.xlsx!/任务",
        "a.xlsx!/通知!/row",
        "a.xlsx!/通知!/row",
    ]
    assert lines(documents(tmp_path, data, "a.xlsx")[0]) == [
        "街道名称\t河道条数",
        "南山街道办事处\t6",
        "北河街道办事处\t12",
    ]
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["任务"].sheet_state = "hidden"
    assert [r.name for r in read(tmp_path, saved(book), "a.xlsx")] == ["a.xlsx!/row 2", "a.xlsx!/row 3"]


def test_cells_are_shown_as_their_sheet_shows_them() -> None:
    cases = [
        (12, "General", "12"), (12.0, "General", "12"), (0.1 + 0.2, "General", "0.3"), (0.5, "0%", "50%"),
        (0.8565, "0.0%", "85.7%"), (1234567.891, "#,##0.00", "1,234,567.89"), (3.14159, "0.00_ ", "3.14"),
        (5, '0"个"', "5"), (True, "General", "TRUE"), ("  文 ", "@", "文"), (1e20, "0.00E+00", "1e+20"),
        (datetime.datetime(2024, 3, 5), "yyyy/m/d", "2024-03-05"),
        (datetime.datetime(2024, 3, 5), 'yyyy"年"m"月"d"日"', "2024年3月5日"),
        (datetime.datetime(2024, 3, 5, 9, 30), "yyyy/m/d h:mm", "2024-03-05 09:30:00"),
        (datetime.time(9, 30), "h:mm", "09:30:00"),
    ]  # fmt: skip
    assert [shown_value(value, form) for value, form, _ in cases] == [shown for _, _, shown in cases]


def test_a_date_in_a_workbook_is_the_date_of_its_document(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("标题", "成文日期", "正文"),
        ("关于清淤的通知", datetime.datetime(2024, 3, 5), OTHER),
    ]
    (document,) = documents(tmp_path, as_xlsx(("表", rows)), "a.xlsx")
    assert document.issued == "2024-03-05"


@pytest.mark.parametrize(
    "value", ["2024-03-05", "2024/3/5", "2024.3.5", "20240305", "2024-03-05T08:00:00", "2024-3-5 8:00"]
)
def test_dates_are_read_in_the_forms_that_tables_use(value: str) -> None:
    assert long_date(value) == "2024年3月5日"


cells = st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from('\n",;\t甲乙'), max_size=12).map(
    str.strip
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=3, max_size=8))
def test_what_a_csv_writer_writes_is_read_back(rows: list[list[str]]) -> None:
    rows = [["一列", "二列", "三列"]] * 3 + rows  # enough to tell the delimiter by
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(rows)
    (table,) = read_csv(buffer.getvalue().encode())
    assert [list(row.cells) for row in table.rows] == [row for row in rows if any(row)]


def test_a_quotation_mark_that_never_closes_does_not_swallow_the_file() -> None:
    data = '标题,数量\n甲,"三\n乙,四\n丙,五\n'.encode()
    (table,) = read_csv(data)
    assert [row.cells for row in table.rows] == [("标题", "数量"), ("甲", '"三'), ("乙", "四"), ("丙", "五")]


def test_a_mark_that_swallows_more_than_a_field_may_hold_is_taken_as_a_character() -> None:
    data = ('标题,数量\n甲,"三\n' + "乙,四\n" * 400_000).encode()
    with pytest.raises(Refused):  # too many rows, but rows
        read_csv(data)
    (table,) = read_csv(('标题,数量\n甲,"三\n' + f"乙,{'四' * 2000}\n" * 1200).encode())
    assert len(table.rows) == 1202


def test_marks_inside_a_field_are_the_fields_own() -> None:
    (table,) = read_csv('标题,数量\n甲,15" 屏\n"乙 ""引""",四\n'.encode())
    assert [row.cells for row in table.rows[1:]] == [("甲", '15" 屏'), ('乙 "引"', "四")]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    (table,) = read_csv('标题,正文\n甲,"一\n二"\n\n乙,三\n'.encode())
    assert [row.number for row in table.rows] == [1, 2, 4]
    (table,) = read_csv("sep=;\n标题;正文\n甲;一\n".encode())
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("标题", "正文")), (3, ("甲", "一"))]


def test_a_line_that_is_no_object_is_refused_by_its_number(tmp_path: Path) -> None:
    good = json.dumps({"title": "关于清淤的通知", "text": TEXT, "n": 1}, ensure_ascii=False)
    data = "\n".join([good, "{half", "[1]", "", good.replace("清淤", "除草"), "[" * 100_000]).encode()
    assert [line.rsplit("!/")[-1] for line in told(tmp_path, data, "a.jsonl")] == [
        "row 1 关于清淤的通知",
        "row 2 damaged",
        "row 3 damaged",
        "row 5 关于除草的通知",
        "row 6 limits",
    ]


def test_objects_without_a_text_are_a_table() -> None:
    (table,) = read_jsonl('{"街道": "南山", "条数": 6}\n{"街道": "北河", "里程": 1.5, "备注": null}\n'.encode())
    assert [row.cells for row in table.rows] == [
        ("街道", "条数", "里程", "备注"),
        ("南山", "6", "", ""),
        ("北河", "", "1.5", ""),
    ]


def test_half_a_character_in_json_is_replaced(tmp_path: Path) -> None:
    data = json.dumps({"title": "关于清淤的通知\ud800", "text": TEXT + "\udfff𬭎"}).encode()
    (document,) = documents(tmp_path, data, "a.jsonl")
    assert "𬭎" in lines(document)[-1]
    document.to_dict()
    assert document.id


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\r\n,,\r\n", "empty"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.csv", bytes(range(256)) * 20, "not_text"),
        ("a.xlsx", b"PK\x03\x04 no", "damaged"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old_table"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_table"),
        ("a.xlsx", as_xlsx(("空", [])), "empty"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    assert told(tmp_path, data, name) == [f"{name} {code}"]


def test_limits_of_rows_cells_and_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    data = as_csv(*[("甲", "乙")] * 50)
    read_csv(data)
    for limit, value in (("MOST_ROWS", 49), ("MOST_CELLS", 99)):
        with monkeypatch.context() as patch:
            patch.setattr(corpus.extract.table, limit, value)
            for reader, content in ((read_csv, data), (read_xlsx, as_xlsx(("表", [("甲", "乙")] * 50)))):
                with pytest.raises(Refused) as refused:
                    reader(content)
                assert refused.value.code == "limits"
    with pytest.raises(Refused) as refused:
        read_csv(as_csv(("甲", "乙"), ("长" * 2_100_000, "乙")))
    assert refused.value.code == "limits"


def test_a_workbook_that_opens_to_too_much_is_refused_before(tmp_path: Path) -> None:
    buffer = io.BytesIO(as_xlsx(("表", [("甲", "乙")])))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/sharedStrings2.xml", bytes(60_000_000))
    began = time.perf_counter()
    assert told(tmp_path, buffer.getvalue(), "弹.xlsx") == ["弹.xlsx limits"]
    assert time.perf_counter() - began < 5.0


def test_a_sheet_that_claims_to_be_endless_is_read_by_its_rows() -> None:
    data = as_xlsx(("表", [("甲", "乙"), ("丙", "丁")]))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                content = content.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
                content = (
                    content.replace(b'r="2"', b'r="1048576"')
                    .replace(b'"A2"', b'"A1048576"')
                    .replace(b'"B2"', b'"B1048576"')
                )
            new.writestr(entry, content)
    (table,) = read_xlsx(buffer.getvalue())
    assert [(row.number, row.cells) for row in table.rows] == [(1, ("甲", "乙")), (1_048_576, ("丙", "丁"))]


@pytest.mark.parametrize("unit", ['"', ",", '",', '"\n', "甲,", '甲"', "\t", ";", "\r", "{"])
def test_hostile_characters_are_read_in_time(unit: str) -> None:
    data = (unit * 100_000)[:100_000].encode()
    for reader in (read_csv, read_jsonl):
        began = time.perf_counter()
        try:
            reader(data)
        except Refused as refused:
            assert refused.code == "limits"
        assert time.perf_counter() - began < 10.0  # measured: 0.2
