"""Zip archives: names in any encoding, members one by one, nothing outside, nothing without bound."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

import corpus.containers
from corpus import Reading, read_file
from corpus.read import extracted_text

TEXT = "关于清淤的通知\n各街道：\n请在本月底之前完成辖区内河道的清淤工作。\n"
OTHER = TEXT.replace("清淤", "除草")
DIRECTORY = b"PK\x01\x02"
LOCAL = b"PK\x03\x04"


def zipped(*members: tuple[str | zipfile.ZipInfo, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content, method)
    return buffer.getvalue()


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """Both names of a member replaced by bytes of the same length, and no longer said to be UTF-8."""
    assert len(old) == len(new)
    assert data.count(old) == 2
    data = data.replace(old, new)
    for signature, at in ((LOCAL, 6), (DIRECTORY, 8)):
        start = 0
        while (start := data.find(signature, start)) >= 0:
            flags = struct.unpack_from("<H", data, start + at)[0] & ~0x800
            data = data[: start + at] + struct.pack("<H", flags) + data[start + at + 2 :]
            start += 4
    return data


def changed(data: bytes, at: int, form: str, *values: int) -> bytes:
    """Fields of the first entry of the directory replaced."""
    start = data.index(DIRECTORY) + at
    return data[:start] + struct.pack(form, *values) + data[start + struct.calcsize(form) :]


def read(folder: Path, data: bytes, name: str = "材料.zip") -> list[Reading]:
    (folder / name).write_bytes(data)
    return [reading for reading in read_file(folder / name) if not reading.begun]


def told(folder: Path, data: bytes) -> list[str]:
    """Each reading as its name and its title or code."""
    return [
        f"{r.name} {r.document.title if r.document else r.refused.code if r.refused else '='}"
        for r in read(folder, data)
    ]


def test_each_member_is_a_document_named_by_its_path(tmp_path: Path) -> None:
    readings = read(tmp_path, zipped(("a.txt", TEXT), ("附件/深/b.md", OTHER), ("附件/", b"")))
    assert [r.name for r in readings] == ["材料.zip!/a.txt", "材料.zip!/附件/深/b.md"]
    assert [r.origin for r in readings] == [f"{tmp_path}/{r.name}" for r in readings]
    for reading in readings:
        assert reading.document
        assert (reading.document.source.name, reading.document.source.origin) == (reading.name, reading.origin)
        assert reading.document.paragraphs[0].text in TEXT + OTHER


def test_a_zip_in_a_zip_is_read_down_to_a_depth(tmp_path: Path) -> None:
    data = zipped(("内.txt", TEXT))
    for level in range(3):
        data = zipped((f"{level}.zip", data), (f"{level}.txt", OTHER))
    assert told(tmp_path, data) == [
        "材料.zip!/2.zip!/1.zip!/0.zip!/内.txt 关于清淤的通知",
        "材料.zip!/2.zip!/1.zip!/0.txt 关于除草的通知",
        "材料.zip!/2.zip!/1.txt 关于除草的通知",
        "材料.zip!/2.txt 关于除草的通知",
    ]
    assert told(tmp_path, zipped(("外.zip", data))) == [
        "材料.zip!/外.zip!/2.zip!/1.zip!/0.zip limits",
        "材料.zip!/外.zip!/2.zip!/1.zip!/0.txt 关于除草的通知",
        "材料.zip!/外.zip!/2.zip!/1.txt 关于除草的通知",
        "材料.zip!/外.zip!/2.txt 关于除草的通知",
    ]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_a_mark_are_told_apart(tmp_path: Path, encoding: str) -> None:
    new = "会议材料/讲话稿𬭎.txt".encode(encoding)
    data = renamed(zipped(("n" * (len(new) - 4) + ".txt", TEXT)), b"n" * (len(new) - 4) + b".txt", new)
    assert told(tmp_path, data) == ["材料.zip!/会议材料/讲话稿𬭎.txt 关于清淤的通知"]


def test_a_name_whose_second_byte_is_a_backslash_is_an_ordinary_one(tmp_path: Path) -> None:
    name = "誠".encode("gb18030")
    assert name.endswith(b"\\")
    assert told(tmp_path, renamed(zipped(("nn.txt", TEXT)), b"nn.txt", name + b".txt"))[0].startswith(
        "材料.zip!/誠.txt "
    )


def test_the_unicode_path_field_wins_where_its_checksum_is_right(tmp_path: Path) -> None:
    def with_field(checksum: int) -> bytes:
        info = zipfile.ZipInfo("plain.txt")
        body = b"\1" + checksum.to_bytes(4, "little") + "讲话.txt".encode()
        info.extra = struct.pack("<HH", 0x9999, 2) + b"xx" + struct.pack("<HH", 0x7075, len(body)) + body
        return zipped((info, TEXT))

    right = zlib.crc32(b"plain.txt")
    assert told(tmp_path, with_field(right)) == ["材料.zip!/讲话.txt 关于清淤的通知"]
    assert told(tmp_path, with_field(right ^ 1)) == ["材料.zip!/plain.txt 关于清淤的通知"]


@pytest.mark.parametrize(
    "name", ["../x.txt", "a/../../x.txt", "/x.txt", "C:/x.txt", "C:x.txt", "..\\x.txt", "a\\x.txt", "\\\\host\\x.txt"]
)
def test_names_that_lead_out_are_refused_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "里" / "层"
    folder.mkdir(parents=True)
    assert told(folder, zipped((name, OTHER), ("a.txt", TEXT))) == [
        f"材料.zip!/{name} unsafe_path",
        "材料.zip!/a.txt 关于清淤的通知",
    ]
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["里", "层", "材料.zip"]


def test_names_that_cannot_be_shown_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    data = renamed(zipped(("nnnn.txt", OTHER), ("a.txt", TEXT)), b"nnnn.txt", b"\xff\xff\xff\xff.txt")
    assert [line.split()[-1] for line in told(tmp_path, data)] == ["name", "关于清淤的通知"]
    assert told(tmp_path, zipped(("讲\n话.txt", OTHER), ("a.txt", TEXT))) == [
        "材料.zip!/讲\\n话.txt name",
        "材料.zip!/a.txt 关于清淤的通知",
    ]


def test_a_member_without_a_name_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    data = renamed(zipped(("nn.txt", OTHER), ("a.txt", TEXT)), b"nn.txt", b"\0n.txt")  # a name ends at its first NUL
    assert told(tmp_path, data) == [
        "材料.zip!/\\x00n.txt name",
        "材料.zip!/a.txt 关于清淤的通知",
    ]


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    link, pipe = zipfile.ZipInfo("链接.txt"), zipfile.ZipInfo("管道.txt")
    link.external_attr, pipe.external_attr = 0o120777 << 16, 0o010644 << 16
    assert told(tmp_path, zipped((link, "/etc/passwd"), (pipe, ""), ("a.txt", TEXT))) == [
        "材料.zip!/链接.txt link",
        "材料.zip!/管道.txt not_file",
        "材料.zip!/a.txt 关于清淤的通知",
    ]


def test_what_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    junk = (
        "__MACOSX/._a.txt",
        "__MACOSX/附件/._b.docx",
        ".DS_Store",
        "附件/.DS_Store",
        "Thumbs.db",
        "~$a.docx",
        "desktop.ini",
    )
    assert told(tmp_path, zipped(*((name, TEXT) for name in junk), ("a.txt", TEXT))) == [
        "材料.zip!/a.txt 关于清淤的通知"
    ]
    assert told(tmp_path, zipped(*((name, TEXT) for name in junk))) == ["材料.zip empty"]


def test_an_encrypted_member_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    data = changed(zipped(("密.txt", OTHER), ("a.txt", TEXT)), 8, "<H", 0x801)
    assert told(tmp_path, data) == ["材料.zip!/密.txt encrypted", "材料.zip!/a.txt 关于清淤的通知"]


def test_members_in_formats_that_nobody_reads_are_named(tmp_path: Path) -> None:
    members = (
        ("录音.mp3", b"\xff"),
        ("旧.xls", b"x"),
        ("内.rar", b"x"),
        ("内.7z", b"x"),
        ("空.txt", b""),
        ("坏.docx", b"x"),
    )
    assert told(tmp_path, zipped(*members, ("a.txt", TEXT))) == [
        "材料.zip!/录音.mp3 format",
        "材料.zip!/旧.xls old_table",
        "材料.zip!/内.rar archive",
        "材料.zip!/内.7z archive",
        "材料.zip!/空.txt empty",
        "材料.zip!/坏.docx damaged",
        "材料.zip!/a.txt 关于清淤的通知",
    ]


def test_two_members_of_one_name_are_both_read(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("a.txt", TEXT), ("a.txt", OTHER))
    assert told(tmp_path, data) == ["材料.zip!/a.txt 关于清淤的通知", "材料.zip!/a (2).txt 关于除草的通知"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_that_expands_without_a_bound_is_refused(tmp_path: Path, method: int) -> None:
    assert told(tmp_path, zipped(("a.txt", TEXT), method=method)) == ["材料.zip!/a.txt archive"]
    assert told(tmp_path, zipped(("a.txt", TEXT), method=zipfile.ZIP_STORED)) == ["材料.zip!/a.txt 关于清淤的通知"]


def test_bombs_are_refused_before_they_expand(tmp_path: Path) -> None:
    zeros = bytes(60_000_000)
    bomb = zipped(("弹.txt", zeros))
    assert told(tmp_path, bomb) == ["材料.zip limits"]
    noise = random.Random(1).randbytes(400_000)  # keeps the ratio of the whole low
    inside = zipped(("弹.txt", zeros), ("底.mp4", noise), ("内.zip", bomb), ("a.txt", TEXT))
    began = time.perf_counter()
    assert told(tmp_path, inside) == [
        "材料.zip!/弹.txt limits",
        "材料.zip!/底.mp4 format",
        "材料.zip!/内.zip limits",
        "材料.zip!/a.txt 关于清淤的通知",
    ]
    assert time.perf_counter() - began < 5.0


def test_a_header_that_lies_about_the_size_gains_nothing(tmp_path: Path) -> None:
    data = zipped(("弹.txt", bytes(60_000_000)), ("a.txt", TEXT))
    small = changed(data, 24, "<I", 1000)
    assert told(tmp_path, small) == ["材料.zip!/弹.txt damaged", "材料.zip!/a.txt 关于清淤的通知"]
    large = changed(zipped(("大.txt", TEXT), ("a.txt", TEXT)), 24, "<I", 65_000_000)
    assert told(tmp_path, large) == ["材料.zip limits"]


@pytest.mark.parametrize(
    ("limit", "value", "expected"),
    [
        ("LIMIT_MEMBER", 200, ["大.txt too_large", "a.txt 关于清淤的通知"]),
        ("MOST_NESTED", 0, ["大.txt 关于清淤的通知", "a.txt 关于清淤的通知"]),
    ],
)
def test_a_member_over_its_limit_is_refused_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, expected: list[str]
) -> None:
    monkeypatch.setattr(corpus.containers, limit, value)
    data = zipped(("大.txt", TEXT + "各街道要按月报告清淤的进度。\n" * 9), ("a.txt", TEXT))
    assert told(tmp_path, data) == [f"材料.zip!/{line}" for line in expected]


def test_entries_and_expanded_bytes_are_counted_over_all_levels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = zipped(*((f"{n}.txt", TEXT.replace("清淤", f"第{n}次清淤")) for n in range(5)))
    data = zipped(("a.txt", TEXT), ("1.zip", inner), ("2.zip", inner))

    def with_budget(**limits: int) -> list[str]:
        real = corpus.containers.Budget
        monkeypatch.setattr("corpus.read.Budget", lambda: real(**limits))
        return [line for line in told(tmp_path, data) if line.endswith("limits")]

    assert with_budget(entries=13) == []
    assert with_budget(entries=12) == ["材料.zip!/2.zip limits"]
    assert with_budget(entries=2) == ["材料.zip limits"]
    assert with_budget(expanded=len(TEXT.encode()) * 12 + 2 * len(inner) + 100) == []
    assert "材料.zip!/2.zip!/4.txt limits" in with_budget(expanded=len(TEXT.encode()) * 8 + 2 * len(inner))


def broken_text(data: bytes) -> bytes:
    start = data.index(LOCAL) + 30 + len("坏.txt".encode()) + 5
    return data[:start] + bytes(b ^ 0xFF for b in data[start : start + 20]) + data[start + 20 :]


def test_a_broken_member_does_not_stop_the_others(tmp_path: Path) -> None:
    data = broken_text(zipped(("坏.txt", OTHER * 3), ("a.txt", TEXT)))
    assert told(tmp_path, data) == ["材料.zip!/坏.txt damaged", "材料.zip!/a.txt 关于清淤的通知"]


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda data: data[: len(data) // 2], "damaged"),
        (lambda data: TEXT.encode(), "damaged"),
        (lambda data: b"", "empty"),
        (lambda data: zipped(), "empty"),
        (lambda data: b"Rar!\x1a\x07\x01\x00" + data, "archive"),
        (lambda data: b"7z\xbc\xaf\x27\x1c" + data, "archive"),
        (lambda data: data.replace("讲话".encode(), b"\xff\xfe\xff\xfe\xff\xfe"), "damaged"),
    ],
)
def test_what_is_no_archive_is_refused_as_a_whole(tmp_path: Path, damage: Callable[[bytes], bytes], code: str) -> None:
    assert told(tmp_path, damage(zipped(("讲话.txt", TEXT)))) == [f"材料.zip {code}"]


def test_what_is_known_is_unchanged_down_to_the_inner_archives(tmp_path: Path) -> None:
    inner = zipped(("b.txt", OTHER))
    first = read(tmp_path, zipped(("a.txt", TEXT), ("内.zip", inner)))
    known = {r.origin: r.document.source.sha256 for r in first if r.document}
    assert len(known) == 2
    again = [r for r in read_file(tmp_path / "材料.zip", known=known) if not r.begun]
    assert [r.unchanged for r in again] == list(known.values())


def test_the_text_of_a_member_can_be_read_afresh_by_its_origin(tmp_path: Path) -> None:
    read(
        tmp_path,
        zipped(("a.txt", TEXT), ("内.zip", zipped(("b.txt", OTHER), ("表.csv", f"标题,正文\n通知,{OTHER}\n")))),
    )
    assert extracted_text(f"{tmp_path}/材料.zip!/内.zip!/b.txt") == OTHER
    assert extracted_text(f"{tmp_path}/材料.zip!/内.zip!/表.csv!/row 2").startswith("通知\n")


def test_an_archive_that_is_written_to_meanwhile_says_so(tmp_path: Path) -> None:
    path = tmp_path / "材料.zip"
    path.write_bytes(zipped(("a.txt", TEXT), ("b.txt", OTHER)))
    readings = read_file(path)
    seen = [next(readings) for _ in range(3)]
    with path.open("ab") as file:
        file.write(b"more")
    seen += readings
    assert [r.refused.code for r in seen if r.refused] == ["changed"]
    assert sum(r.document is not None for r in seen) == 2
