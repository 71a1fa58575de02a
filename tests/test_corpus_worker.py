"""The child process: its readings a line each and an end, whatever the file."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from corpus import Document, Reading, read_document
from corpus.worker import answers

TEXT = "关于清淤的通知\n各街道：\n请在本月底之前完成辖区内河道的清淤工作。\n"


def written(folder: Path, data: bytes, name: str) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def request(path: str, name: str, known: dict[str, str] | None = None, skip: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"path": path, "name": name, "known": known or {}, "skip": list(skip)}


def served(*requests: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
    """The replies of a real child process to these requests, and its exit code."""
    child = subprocess.run(
        [sys.executable, "-m", "corpus.worker"],
        input="".join(json.dumps(request) + "\n" for request in requests),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[1],
        timeout=60,
    )
    return [json.loads(line) for line in child.stdout.splitlines()], child.returncode


def test_a_file_begins_gives_its_document_and_ends(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.encode(), "通知.txt")
    begun, reading, end = answers(request(path, "公文/通知.txt"))
    assert begun == {"name": "公文/通知.txt", "origin": path}
    document = read_document(Path(path), "公文/通知.txt")
    assert Reading.from_dict(reading) == Reading("公文/通知.txt", path, document=document)
    assert end == {"end": True}


def test_a_refusal_is_a_reading(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.encode(), "演示.pptx")
    assert list(answers(request(path, "演示.pptx")))[1:] == [
        {"name": "演示.pptx", "origin": path, "refused": "format", "detail": ".pptx"},
        {"end": True},
    ]


def test_what_is_known_is_unchanged_and_what_is_skipped_is_left_alone(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.encode(), "通知.txt")
    digest = read_document(Path(path)).source.sha256
    assert list(answers(request(path, "通知.txt", {path: digest})))[1] == {
        "name": "通知.txt",
        "origin": path,
        "unchanged": digest,
    }
    assert "document" in list(answers(request(path, "通知.txt", {path: "0" * 64})))[1]
    assert list(answers(request(path, "通知.txt", skip=(path,)))) == [{"end": True}]


def test_a_parser_that_breaks_is_a_refusal(tmp_path: Path) -> None:
    """The deflated text of a real .docx with its bytes turned over, under a right directory."""
    document = docx.Document()
    document.add_paragraph(TEXT * 50)
    buffer = io.BytesIO()
    document.save(buffer)
    data = bytearray(buffer.getvalue())
    with zipfile.ZipFile(buffer) as package:
        entry = package.getinfo("word/document.xml")
    start = entry.header_offset + 30 + len(entry.filename)
    for at in range(start + 10, start + entry.compress_size):
        data[at] ^= 0xFF
    _, reading, _ = answers(request(written(tmp_path, bytes(data), "坏.docx"), "坏.docx"))
    assert reading["refused"] == "damaged"


@pytest.mark.parametrize("ending", ["txt", "html"])
def test_the_process_replies_to_each_request_in_turn_and_ends_with_its_input(tmp_path: Path, ending: str) -> None:
    good = written(tmp_path, TEXT.encode(), f"好.{ending}")
    replies, code = served(request(good, "好"), request(str(tmp_path / "没有.txt"), "没有"), request(good, "再"))
    assert code == 0
    kinds = [next((k for k in ("document", "refused", "end") if k in reply), "begun") for reply in replies]
    assert kinds == ["begun", "document", "end", "begun", "refused", "end", "begun", "document", "end"]
    assert replies[4]["refused"] == "missing"
    assert Document.from_dict(replies[7]["document"]).source.name == "再"
