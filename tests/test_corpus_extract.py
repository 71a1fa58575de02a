"""The way from a file's ending to its reader."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path, PurePath

import pytest

import corpus
from corpus.errors import REFUSALS, Refused
from corpus.extract import READERS, extract

TEXT = "关于开展河道清淤的通知\n各街道办事处：\n请于本月底之前完成辖区内河道的清淤工作，并报送总结。\n"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("通知.txt", "text/plain"),
        ("通知.TXT", "text/plain"),
        ("通知.md", "text/markdown"),
        ("通知.html", "text/html"),
        ("通知.HTM", "text/html"),
    ],
)
def test_the_ending_decides_on_the_reader(name: str, media_type: str) -> None:
    found, extracted = extract(name, TEXT.encode())
    assert found == media_type
    assert "请于本月底之前完成辖区内河道的清淤工作" in extracted.text


@pytest.mark.parametrize("name", ["演示.pptx", "旧.ppt", "程序.exe", "没有后缀", ".txt", "通知.txt.bak"])
def test_an_ending_that_no_reader_knows_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        extract(name, TEXT.encode())
    assert refused.value.code == "format"
    assert refused.value.detail == PurePath(name).suffix


@pytest.mark.parametrize("ending", sorted(READERS))
def test_a_file_of_no_bytes_is_refused_as_empty_whatever_its_ending(ending: str) -> None:
    with pytest.raises(Refused) as refused:
        extract("空" + ending, b"")
    assert refused.value.code == "empty"


def test_parsers_are_loaded_when_a_file_needs_them() -> None:
    """They take a third of the time in which the process that reads files starts, and every command starts with it."""
    parsers = {"lxml", "olefile", "PIL", "pypdfium2", "openpyxl"}
    code = f"import sys, corpus.worker; print(*{parsers} & sys.modules.keys())"
    assert not subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    for _, place in READERS.values():
        module, function = place.split(".")
        assert callable(getattr(import_module(f"corpus.extract.{module}"), function))


@pytest.mark.parametrize("ending", [".docx", ".odt", ".pdf"])
def test_text_under_the_name_of_another_format_is_refused_as_damaged(ending: str) -> None:
    with pytest.raises(Refused) as refused:
        extract("通知" + ending, TEXT.encode())
    assert refused.value.code == "damaged"


def test_every_code_that_the_package_refuses_with_is_listed() -> None:
    folder = Path(corpus.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    used = {part.split('"')[0] for part in source.split('Refused("')[1:]}
    assert {"missing", "format", "no_body"} <= used <= set(REFUSALS)


def test_a_refusal_says_its_code_and_its_detail() -> None:
    assert str(Refused("too_large", "64 MB")) == "too_large 64 MB"
    assert str(Refused("empty")) == "empty"
