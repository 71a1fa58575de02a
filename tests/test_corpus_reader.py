"""The reader: what a child process reads is what this one would, and no file takes it down."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import Found, Reader, Refused, read_document

TEXT = "关于清淤的通知\n各街道：\n请在本月底之前完成辖区内河道的清淤工作。\n"


@pytest.fixture
def good(tmp_path: Path) -> Found:
    path = tmp_path / "好.txt"
    path.write_text(TEXT, encoding="utf-8")
    return Found(path, "公文/好.txt")


@pytest.fixture
def hanging(tmp_path: Path) -> Found:
    """A pipe under the name of a text: whoever opens it waits for a writer that never comes."""
    path = tmp_path / "挂.txt"
    os.mkfifo(path)
    return Found(path, "挂.txt")


def refusal(reader: Reader, found: Found) -> str:
    with pytest.raises(Refused) as refused:
        reader.read(found)
    return refused.value.code


def test_a_document_read_in_a_child_is_the_document(good: Found) -> None:
    with Reader() as reader:
        assert reader.read(good) == read_document(good.path, good.name)


def test_a_refusal_comes_through_with_its_detail(good: Found, tmp_path: Path) -> None:
    sheet = tmp_path / "表.xlsx"
    sheet.write_bytes(b"PK")
    with Reader() as reader:
        with pytest.raises(Refused) as refused:
            reader.read(Found(sheet, "表.xlsx"))
        assert (refused.value.code, refused.value.detail) == ("format", ".xlsx")
        assert reader.read(good).title == "关于清淤的通知"


def test_a_file_that_hangs_is_refused_and_the_next_is_read(good: Found, hanging: Found) -> None:
    with Reader(seconds=3.0) as reader:
        assert refusal(reader, hanging) == "limits"
        assert reader.read(good).title == "关于清淤的通知"


def test_time_that_no_file_could_keep_to_refuses_each_and_breaks_nothing(good: Found) -> None:
    with Reader(seconds=0.001) as reader:
        assert [refusal(reader, good) for _ in range(3)] == ["limits"] * 3


def test_a_closed_reader_starts_again(good: Found) -> None:
    reader = Reader()
    first = reader.read(good)
    reader.close()
    reader.close()
    assert reader.read(good) == first
    reader.close()


def test_leaving_the_block_leaves_no_process_behind(good: Found) -> None:
    with Reader() as reader:
        reader.read(good)
        child = reader._child
        assert child is not None
        assert child.poll() is None
    assert child.poll() is not None


def test_a_child_killed_from_outside_is_replaced(good: Found) -> None:
    with Reader() as reader:
        first = reader.read(good)
        child = reader._child
        assert child is not None
        child.kill()
        child.wait()
        assert reader.read(good) == first


PATIENT = """
import sys, time
sys.stdin.readline()
print('{"needs": 60.0}', flush=True)
time.sleep(2.5)
print('{"refused": "empty", "detail": ""}', flush=True)
"""


@pytest.mark.parametrize(
    ("script", "code"),
    [(PATIENT, "empty"), (PATIENT.replace("print", "str", 1).replace(", flush=True", "", 1), "limits")],
)
def test_a_child_that_asks_for_time_gets_it(
    script: str, code: str, good: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The script stands in for a child that recognises text, which takes too long for a test."""
    with Reader(seconds=2.0) as reader:
        child = subprocess.Popen(
            [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        monkeypatch.setattr(reader, "_child", child)
        assert refusal(reader, good) == code
