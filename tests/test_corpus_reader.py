"""The reader: what a child process reads is what this one would, and no file takes it down."""

from __future__ import annotations

import os
import signal
import sys
import zipfile
from pathlib import Path

import pytest

import corpus.reader
from corpus import Found, Reader, Reading, read_document, read_file

TEXT = "关于清淤的通知\n各街道：\n请在本月底之前完成辖区内河道的清淤工作。\n"
# A real worker whose parser of plain text fails as the text itself says.
FAILING = """
import os, time
import corpus.parts, corpus.worker
extract = corpus.parts.extract
def failing(name, data):
    if "挂起".encode() in data: time.sleep(600)
    if "崩溃".encode() in data: os._exit(3)
    return extract(name, data)
corpus.parts.extract = failing
corpus.worker.main()
"""


@pytest.fixture
def good(tmp_path: Path) -> Found:
    path = tmp_path / "好.txt"
    path.write_text(TEXT, encoding="utf-8")
    return Found(path, "公文/好.txt")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus.reader, "COMMAND", (sys.executable, "-c", FAILING))


def packed(folder: Path, *texts: str) -> Found:
    """A zip with these texts as 1.txt, 2.txt, …"""
    path = folder / "材料.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number, text in enumerate(texts, 1):
            archive.writestr(f"{number}.txt", text)
    return Found(path, "材料.zip")


def told(readings: list[Reading]) -> list[str]:
    """Each reading as its name and its title or code."""
    return [f"{r.name} {r.document.title if r.document else r.refused.code if r.refused else '='}" for r in readings]


def only(reader: Reader, found: Found) -> Reading:
    (reading,) = reader.read(found)
    return reading


def test_a_document_read_in_a_child_is_the_document(good: Found) -> None:
    with Reader() as reader:
        assert only(reader, good).document == read_document(good.path, good.name)


def test_a_refusal_comes_through_with_its_detail(good: Found, tmp_path: Path) -> None:
    slides = tmp_path / "演示.pptx"
    slides.write_bytes(b"PK")
    with Reader() as reader:
        refused = only(reader, Found(slides, "演示.pptx")).refused
        assert refused
        assert (refused.code, refused.detail) == ("format", ".pptx")
        assert told(list(reader.read(good))) == ["公文/好.txt 关于清淤的通知"]


def test_a_container_gives_a_reading_for_each_document(tmp_path: Path) -> None:
    found = packed(tmp_path, TEXT, "", TEXT.replace("清淤", "除草"))
    with Reader() as reader:
        assert told(list(reader.read(found))) == [
            "材料.zip!/1.txt 关于清淤的通知",
            "材料.zip!/2.txt empty",
            "材料.zip!/3.txt 关于除草的通知",
        ]


def test_what_is_known_is_not_read_again(tmp_path: Path) -> None:
    found = packed(tmp_path, TEXT, TEXT.replace("清淤", "除草"))
    first = [r.document for r in read_file(found.path) if r.document]
    known = {first[0].source.origin: first[0].source.sha256, first[1].source.origin: "0" * 64}
    with Reader() as reader:
        assert told(list(reader.read(found, known))) == ["材料.zip!/1.txt =", "材料.zip!/2.txt 关于除草的通知"]


def test_a_child_that_hangs_costs_its_file_a_refusal_and_the_next_is_read(good: Found) -> None:
    with Reader(seconds=8.0) as reader:  # a busy machine takes seconds to start a child
        only(reader, good)
        assert reader._child
        os.kill(reader._child.pid, signal.SIGSTOP)
        assert told(list(reader.read(good))) == ["公文/好.txt limits"]
        assert told(list(reader.read(good))) == ["公文/好.txt 关于清淤的通知"]


@pytest.mark.usefixtures("failing")
@pytest.mark.parametrize("end", ["挂起", "崩溃"])
def test_a_member_that_kills_the_child_is_refused_and_the_rest_is_read(tmp_path: Path, good: Found, end: str) -> None:
    found = packed(tmp_path, TEXT, TEXT + end, "", TEXT.replace("清淤", "除草"))
    with Reader(seconds=8.0) as reader:
        assert told(list(reader.read(found))) == [
            "材料.zip!/1.txt 关于清淤的通知",
            "材料.zip!/2.txt limits",
            "材料.zip!/3.txt empty",
            "材料.zip!/4.txt 关于除草的通知",
        ]
        assert told(list(reader.read(good))) == ["公文/好.txt 关于清淤的通知"]


@pytest.mark.usefixtures("failing")
def test_a_file_that_kills_too_many_children_is_given_up(tmp_path: Path, good: Found) -> None:
    found = packed(tmp_path, *(TEXT + "崩溃" * n for n in range(1, 6)))
    with Reader() as reader:
        assert told(list(reader.read(found))) == [
            *(f"材料.zip!/{n}.txt limits" for n in (1, 2, 3)),
            "材料.zip limits",
        ]
        assert told(list(reader.read(good))) == ["公文/好.txt 关于清淤的通知"]


def test_the_time_is_for_one_document_not_for_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = FAILING.replace("os._exit(3)", "time.sleep(1.5)")
    monkeypatch.setattr(corpus.reader, "COMMAND", (sys.executable, "-c", slow))
    found = packed(
        tmp_path, *(TEXT.replace("清淤", word) + "崩溃" for word in ("清淤", "除草", "植树", "养路", "防火"))
    )
    with Reader(seconds=6.0) as reader:
        assert [bool(r.document) for r in reader.read(found)] == [True] * 5


def test_time_that_no_file_could_keep_to_refuses_each_and_breaks_nothing(good: Found) -> None:
    with Reader(seconds=0.001) as reader:
        assert [told(list(reader.read(good))) for _ in range(3)] == [["公文/好.txt limits"]] * 3


def test_who_stops_listening_half_way_can_read_the_next_file(tmp_path: Path, good: Found) -> None:
    found = packed(tmp_path, *(TEXT.replace("清淤", f"第{n}次清淤") for n in range(200)))
    with Reader() as reader:
        readings = reader.read(found)
        next(readings)
        readings.close()
        assert told(list(reader.read(good))) == ["公文/好.txt 关于清淤的通知"]


def test_a_pipe_is_refused_at_once(tmp_path: Path, good: Found) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    with Reader() as reader:
        assert told(list(reader.read(Found(tmp_path / "管道.txt", "管道.txt")))) == ["管道.txt not_file"]
        child = reader._child
        only(reader, good)
        assert reader._child is child


def test_a_name_that_no_text_can_hold_is_refused_by_name(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "讲话.txt".encode("gb18030")))
    path.write_text(TEXT, encoding="utf-8")
    with Reader() as reader:
        assert told(list(reader.read(Found(path, path.name)))) == ["讲话.txt name"]


def test_a_closed_reader_starts_again(good: Found) -> None:
    reader = Reader()
    first = only(reader, good)
    reader.close()
    reader.close()
    assert only(reader, good) == first
    reader.close()


def test_leaving_the_block_leaves_no_process_behind(good: Found) -> None:
    with Reader() as reader:
        only(reader, good)
        child = reader._child
        assert child is not None
        assert child.poll() is None
    assert child.poll() is not None


def test_a_child_killed_from_outside_is_replaced(good: Found) -> None:
    with Reader() as reader:
        first = only(reader, good)
        child = reader._child
        assert child is not None
        child.kill()
        child.wait()
        assert only(reader, good) == first


PATIENT = """
import sys, time
sys.stdin.readline()
print('{"needs": 60.0}', flush=True)
time.sleep(2.5)
print('{"name": "a", "origin": "a", "refused": "empty", "detail": ""}', flush=True)
print('{"end": true}', flush=True)
"""


@pytest.mark.parametrize(
    ("script", "code"),
    [(PATIENT, "empty"), (PATIENT.replace("print", "str", 1).replace(", flush=True", "", 1), "limits")],
)
def test_a_child_that_asks_for_time_gets_it(
    script: str, code: str, good: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The script stands in for a child that recognises text, which takes too long for a test."""
    monkeypatch.setattr(corpus.reader, "COMMAND", (sys.executable, "-c", script))
    with Reader(seconds=2.0) as reader:
        refused = only(reader, good).refused
        assert refused
        assert refused.code == code
