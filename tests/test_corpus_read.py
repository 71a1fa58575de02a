"""The whole way of one file: in any encoding to the same document, or refused by the right name."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from word_files import ole2

import corpus.files
from corpus import Refused, read_document, read_file

NOTICE = """石桥区水务局关于做好河道清淤工作的通知
石水发〔2024〕7号
各街道办事处：
为确保安全度汛，现就做好今年河道清淤工作通知如下，请认真贯彻落实。
一、工作目标
6月15日前完成46条河道的清淤任务，清运淤泥12万立方米。
二、工作要求
（一）压实责任。各街道主要负责同志亲自抓，分管负责同志具体抓。
（二）严格验收。由区水务局会同街道逐条验收，不合格的限期返工。
石桥区水务局
2024年3月5日
"""
TRADITIONAL = """關於做好河道清理工作的通知
各單位：
為確保安全度過雨季，現就做好今年河道清理工作通知如下，請認真執行。
一、工作目標
六月底以前完成四十六條河道的清理任務，並由專人驗收。
二、工作要求
各單位負責人要親自過問，對進展緩慢的要責成說明原因。
"""


def written(folder: Path, data: bytes | str, name: str = "通知.txt") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def texts(path: Path) -> list[str]:
    return [p.text for p in read_document(path).paragraphs]


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read_document(path)
    return refused.value.code


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (b"", "gb18030"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_one_text_in_any_encoding_is_one_document(tmp_path: Path, bom: bytes, encoding: str, end: str) -> None:
    plain = read_document(written(tmp_path, NOTICE, "原.txt"))
    other = read_document(written(tmp_path, bom + NOTICE.replace("\n", end).encode(encoding)))
    assert [p.text for p in other.paragraphs] == NOTICE.splitlines()
    assert other.id == plain.id
    assert (other.title, other.kind, other.issuer, other.number, other.issued, other.quality) == (
        "石桥区水务局关于做好河道清淤工作的通知",
        "通知",
        "石桥区水务局",
        "石水发〔2024〕7号",
        "2024-03-05",
        (),
    )


@pytest.mark.parametrize("encoding", ["big5", "utf-8", "gb18030"])
def test_a_traditional_text_is_kept_as_it_is_and_flagged(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, TRADITIONAL.encode(encoding))
    assert texts(path) == TRADITIONAL.splitlines()
    assert read_document(path).quality == ("traditional",)


def test_a_text_in_two_encodings_is_read_whole_and_flagged(tmp_path: Path) -> None:
    head, tail = NOTICE.splitlines()[:6], NOTICE.splitlines()[6:]
    data = "\n".join(head).encode("utf-8") + b"\n" + "\n".join(tail).encode("gb18030")
    assert texts(written(tmp_path, data)) == NOTICE.splitlines()
    assert read_document(written(tmp_path, data)).quality == ("mixed_encoding",)


def test_the_source_says_where_the_document_came_from(tmp_path: Path) -> None:
    path = written(tmp_path, NOTICE)
    source = read_document(path, "公文/通知.txt").source
    assert source.name == "公文/通知.txt"
    assert source.origin == str(path)
    assert source.sha256 == hashlib.sha256(NOTICE.encode()).hexdigest()
    assert source.media_type == "text/plain"


def test_a_file_without_a_given_name_has_its_own(tmp_path: Path) -> None:
    assert read_document(written(tmp_path, NOTICE)).source.name == "通知.txt"


def test_a_relative_path_has_an_absolute_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, NOTICE)
    monkeypatch.chdir(tmp_path)
    assert read_document(Path("通知.txt")).source.origin == str(path)


def test_masked_names_are_flagged(tmp_path: Path) -> None:
    text = NOTICE.replace("石桥区", "X区").replace("各街道主要负责同志", "XX同志、XX同志、XX同志")
    assert read_document(written(tmp_path, text)).quality == ("anonymised",)


def test_a_text_without_line_breaks_is_flagged_and_broken(tmp_path: Path) -> None:
    filler = "各街道要按照统一部署抓好清淤工作，做到不留死角、不走过场。" * 15
    text = f"石桥区河道清淤工作方案 一、工作目标。{filler}二、工作要求。{filler}（一）压实责任。{filler}（二）严格验收。{filler}"
    document = read_document(written(tmp_path, text))
    assert document.quality == ("unbroken",)
    assert {p.text[:7] for p in document.paragraphs} >= {
        "一、工作目标。",
        "二、工作要求。",
        "（一）压实责任",
        "（二）严格验收",
    }


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "没有.txt") == "missing"


def test_a_folder_is_refused_as_no_file(tmp_path: Path) -> None:
    (tmp_path / "夹.txt").mkdir()
    assert refusal(tmp_path / "夹.txt") == "not_file"


def test_pipes_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    assert refusal(tmp_path / "管道.txt") == "not_file"
    (tmp_path / "零.txt").symlink_to("/dev/zero")
    assert refusal(tmp_path / "零.txt") == "not_file"


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, NOTICE)
    with corpus.files.open_file(path) as file:
        stamp = corpus.files.stamp(file)
        path.write_text(NOTICE * 2, encoding="utf-8")
        assert corpus.files.stamp(file) != stamp

    class Growing(io.BufferedReader):
        def read(self, size: int | None = -1, /) -> bytes:
            with path.open("a", encoding="utf-8") as other:
                other.write("再加一行。")
            return super().read(size)

    with Growing(io.FileIO(path)) as file, pytest.raises(Refused) as refused:
        corpus.files.read_within(file)
    assert refused.value.code == "changed"


def test_names_that_no_text_can_hold_are_refused_by_name(tmp_path: Path) -> None:
    for name in ("讲\n话.txt", os.fsdecode("讲话.txt".encode("gb18030"))):
        (tmp_path / name).write_text(NOTICE, encoding="utf-8")
        (reading,) = read_file(tmp_path / name)
        assert reading.refused
        assert reading.refused.code == "name"
        reading.name.encode()


@pytest.mark.parametrize("data", [b"", b"\n\n \t\r\n", "\u3000\u200b\ufeff\n".encode(), codecs.BOM_UTF16_LE])
def test_a_file_without_a_visible_character_is_refused_as_empty(tmp_path: Path, data: bytes) -> None:
    assert refusal(written(tmp_path, data)) == "empty"


def test_a_picture_under_the_name_of_a_text_is_refused(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + bytes((x * 37 + y * y) % 256 for x in range(96)) for y in range(96))
    header = struct.pack(">IIBBBBB", 96, 96, 8, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    assert refusal(written(tmp_path, png, "照片.txt")) == "not_text"
    assert refusal(written(tmp_path, png, "照片.md")) == "not_text"


@pytest.mark.parametrize("name", ["坏.docx", "坏.pdf"])
def test_a_damaged_file_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(written(tmp_path, b"PK\x03\x04%PDF-1.7" + bytes(300), name)) == "damaged"


def test_a_locked_word_file_is_refused(tmp_path: Path) -> None:
    locked = ole2({"EncryptionInfo": bytes(200), "EncryptedPackage": bytes(5000)})
    assert refusal(written(tmp_path, locked, "密.docx")) == "encrypted"


@pytest.mark.parametrize("name", ["演示.pptx", "旧.ppt", "程序.exe", "无后缀"])
def test_an_unknown_format_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(written(tmp_path, NOTICE, name)) == "format"


def test_a_file_over_the_limit_is_refused_and_one_at_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(NOTICE.encode())
    monkeypatch.setattr(corpus.files, "LIMIT_BYTES", size)
    assert texts(written(tmp_path, NOTICE)) == NOTICE.splitlines()
    assert refusal(written(tmp_path, NOTICE + "\n")) == "too_large"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("===第1页===\n\n===第2页===\n", "页.txt"),
        ("— 1 —\n— 2 —\n— 3 —\n", "页.txt"),
        ("关于清淤的通知\n", "题.txt"),
        ("12 34 56\n78 90\n", "数.txt"),
        ("<html><body><nav>首页 新闻 公告 服务 互动</nav><p>1</p></body></html>", "壳.html"),
    ],
)
def test_a_file_with_no_sentence_of_a_document_is_refused(tmp_path: Path, text: str, name: str) -> None:
    assert refusal(written(tmp_path, text, name)) == "no_body"


def test_a_short_document_is_still_one(tmp_path: Path) -> None:
    assert len(texts(written(tmp_path, "关于清淤的通知\n各街道：\n请在本月底之前完成清淤。\n"))) == 3


def test_a_foreign_document_is_still_one(tmp_path: Path) -> None:
    text = "Notice on dredging\nAll sub-districts shall finish dredging their rivers before the end of June.\n"
    assert texts(written(tmp_path, text)) == text.splitlines()
