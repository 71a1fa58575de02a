"""Files under the names of Word documents are read by what is in them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from word_files import ole2, paragraph, word_file

import corpus.extract.word_package as package_module
from corpus import Found, Reader
from corpus.errors import Refused
from corpus.extract import extract
from corpus.extract.office import office_program
from corpus.extract.rtf import declare_gbk

TEXT = "关于清淤的通知"
LINES = [TEXT, "各街道办事处：", "请于本月底之前完成辖区内河道的清淤工作。"]
WORD_HEADER = b"\xec\xa5\xc1\x00" + bytes(6)
ODF_TEXT = "application/vnd.oasis.opendocument.text"
needs_office = pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")


def lines(name: str, data: bytes) -> list[str]:
    return extract(name, data)[1].text.splitlines()


def refusal(name: str, data: bytes) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        extract(name, data)
    return refused.value.code, refused.value.detail


def page(charset: str) -> bytes:
    """A web page as Word saves it."""
    body = "".join(f"<p class=MsoNormal><span lang=ZH-CN>{line}<o:p></o:p></span></p>" for line in LINES)
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">'
        f'<head><meta http-equiv=Content-Type content="text/html; charset={charset}">'
        f"<style>p.MsoNormal{{margin:0}}</style></head><body><div class=Section1>{body}</div></body></html>"
    ).encode(charset)


def gbk(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gbk"))


def rtf(head: str, text: str = TEXT) -> bytes:
    return f"{{\\rtf1\\ansi{head} {gbk(text)}\\par}}".encode()


def odf(kind: str, content: str, manifest: str = "<manifest/>") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)
    return buffer.getvalue()


@pytest.mark.parametrize("ending", [".docx", ".docm", ".doc", ".wps", ".rtf", ".odt"])
def test_a_package_is_read_whatever_it_is_called(ending: str) -> None:
    assert lines(f"通知{ending}", word_file("".join(map(paragraph, LINES)))) == LINES


@pytest.mark.parametrize("charset", ["gb2312", "utf-8", "utf-16"])
def test_a_web_page_that_is_called_doc(charset: str) -> None:
    assert lines("通知.doc", page(charset)) == LINES


def test_a_web_archive_that_is_called_doc() -> None:
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_1"\r\n\r\n--=_1\r\n'
    part = "Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    picture = "\r\n--=_1\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--=_1--\r\n"
    assert lines("通知.doc", (head + part).encode() + page("gb2312") + picture.encode()) == LINES


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_plain_text_that_is_called_doc(encoding: str) -> None:
    assert lines("通知.doc", "\n".join(LINES).encode(encoding)) == LINES


def test_what_needs_a_password_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")  # nothing may be started
    locked = ole2({"EncryptionInfo": bytes(248), "EncryptedPackage": bytes(9000)})
    assert refusal("密.docx", locked)[0] == refusal("密.doc", locked)[0] == "encrypted"
    old = ole2({"WordDocument": WORD_HEADER + b"\x00\x13" + bytes(5000), "1Table": bytes(4096)})
    assert refusal("密.doc", old)[0] == refusal("密.wps", old)[0] == "encrypted"
    manifest = '<manifest><file-entry><encryption-data checksum="x"/></file-entry></manifest>'
    assert refusal("密.odt", odf(ODF_TEXT, "<x/>", manifest))[0] == "encrypted"
    buffer = io.BytesIO(word_file(paragraph(TEXT)))
    data = buffer.getvalue().replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    assert refusal("密.docx", data)[0] == "encrypted"


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (ole2({"Workbook": bytes(100)}), ".xls"),
        (ole2({"PowerPoint Document": bytes(100)}), ".ppt"),
        (ole2({"Something": bytes(100)}), ".ole"),
        (odf("application/vnd.oasis.opendocument.spreadsheet", "<x/>"), "spreadsheet"),
    ],
)
def test_documents_of_other_programs_are_refused_by_name(data: bytes, detail: str) -> None:
    assert refusal("表.doc", data) == ("format", detail)


def test_a_workbook_under_the_name_of_a_document() -> None:
    data = word_file(paragraph(TEXT)).replace(b"w:document", b"w:document")
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, b"<workbook/>" if entry.filename.endswith("document.xml") else old.read(entry))
    assert refusal("表.docx", buffer.getvalue()) == ("format", ".xlsx")


@pytest.mark.parametrize(
    "data",
    [
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(4096),
        ole2({"WordDocument": WORD_HEADER + bytes(5000)})[:2000],
        ole2({"WordDocument": bytes(5000)}),
        ole2({"WordDocument": WORD_HEADER})[:512] + b"\xff" * 9000,
        b"PK\x03\x04" + bytes(300),
    ],
    ids=["no sectors", "cut off", "no header", "sectors of nonsense", "no package"],
)
def test_broken_containers_are_refused_before_anything_is_started(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert refusal("坏.doc", data)[0] == "damaged"


def test_a_package_that_shrinks_too_well_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", bytes(60_000_000))
    assert refusal("炸.docx", buffer.getvalue())[0] == "limits"
    assert refusal("炸.doc", buffer.getvalue())[0] == "limits"


def test_a_part_that_is_larger_than_a_book_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "LIMIT_PART", 300)
    assert refusal("大.docx", word_file("".join(map(paragraph, LINES))))[0] == "limits"


def test_without_libreoffice_the_refusal_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.extract.office.office_program", lambda: None)
    assert refusal("通知.rtf", rtf("")) == ("no_office", ".rtf")
    assert refusal("通知.doc", ole2({"WordDocument": WORD_HEADER + bytes(5000)})) == ("no_office", ".doc")
    assert refusal("通知.odt", odf(ODF_TEXT, "<x/>")) == ("no_office", ".odt")


@pytest.mark.parametrize(
    ("head", "declared"),
    [
        ("", "\\ansi\\ansicpg936"),
        ("\\ansicpg1252", "\\ansicpg936"),
        ("{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset1 x;}}", "\\fcharset134 Arial;}{\\f1\\fcharset134 x"),
    ],
)
def test_chinese_bytes_are_declared_as_such(head: str, declared: str) -> None:
    assert declared.encode() in declare_gbk(rtf(head))


@pytest.mark.parametrize(
    "data",
    [
        rtf("\\ansicpg950"),
        b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}} caf\\'e9 na\\'efve \\'93x\\'94 \\'e0\\'e9\\par}",
        b"{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 Arial;}} plain\\par}",
    ],
)
def test_other_bytes_are_left_as_they_are(data: bytes) -> None:
    assert declare_gbk(data) == data


def test_hostile_rtf_is_looked_at_in_time() -> None:
    for unit in (b"\\'c7", b"\\'", b"\\fcharset", b"\\ansicpg9", b"\xc7"):
        declare_gbk(b"{\\rtf1" + unit * 100_000)


@needs_office
@pytest.mark.parametrize(
    "head",
    [
        "",
        "\\ansicpg936",
        "\\ansicpg936{\\fonttbl{\\f0\\fcharset0 Arial;}}\\f0",
        "{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0",
    ],
)
def test_rtf_of_chinese_bytes_gives_chinese(head: str) -> None:
    assert lines("通知.rtf", rtf(head)) == [TEXT]


@needs_office
def test_xml_of_word_2003_that_is_called_doc() -> None:
    inside = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LINES)
    data = (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
        f'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>{inside}</w:body></w:wordDocument>'
    )
    assert lines("通知.doc", data.encode()) == LINES


@needs_office
def test_a_converted_file_is_read_under_the_limits_of_the_child(tmp_path: Path) -> None:
    path = tmp_path / "通知.rtf"
    path.write_bytes(rtf("\\ansicpg936", "".join(LINES)))
    with Reader() as reader:
        (reading,) = reader.read(Found(path, "通知.rtf"))
    assert reading.document
    assert "".join(p.text for p in reading.document.paragraphs) == "".join(LINES)


def test_python_docx_files_are_read_as_before() -> None:
    document = docx.Document()
    document.add_heading("清淤任务", 1)
    document.add_paragraph("请按时完成。")
    buffer = io.BytesIO()
    document.save(buffer)
    extracted = extract("通知.docx", buffer.getvalue())[1]
    assert (extracted.text, extracted.headings) == ("清淤任务\n请按时完成。", ((0, 1),))
