"""The child process: one reply a request, whatever the file."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from corpus import Document, read_document
from corpus.worker import answer

TEXT = "关于清淤的通知\n各街道：\n请在本月底之前完成辖区内河道的清淤工作。\n"


def written(folder: Path, data: bytes, name: str) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def served(*requests: dict[str, str]) -> tuple[list[dict[str, object]], int]:
    """The replies of a real child process to these requests, and its exit code."""
    sent = "".join(json.dumps(request) + "\n" for request in requests)
    child = subprocess.run(
        [sys.executable, "-m", "corpus.worker"],
        input=sent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[1],
        timeout=60,
    )
    return [json.loads(line) for line in child.stdout.splitlines()], child.returncode


def test_an_answer_holds_the_document(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.encode(), "通知.txt")
    reply = answer({"path": path, "name": "公文/通知.txt"})
    assert reply == {"document": read_document(Path(path), "公文/通知.txt").to_dict()}


def test_an_answer_holds_the_refusal(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.encode(), "表.xlsx")
    assert answer({"path": path, "name": "表.xlsx"}) == {"refused": "format", "detail": ".xlsx"}


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
    reply = answer({"path": written(tmp_path, bytes(data), "坏.docx"), "name": "坏.docx"})
    assert reply["refused"] == "damaged"


@pytest.mark.parametrize("ending", ["txt", "html"])
def test_the_process_replies_to_each_request_in_turn_and_ends_with_its_input(tmp_path: Path, ending: str) -> None:
    good = written(tmp_path, TEXT.encode(), f"好.{ending}")
    replies, code = served(
        {"path": good, "name": "好"},
        {"path": str(tmp_path / "没有.txt"), "name": "没有"},
        {"path": good, "name": "再"},
    )
    assert code == 0
    assert [set(reply) for reply in replies] == [{"document"}, {"refused", "detail"}, {"document"}]
    assert replies[1]["refused"] == "missing"
    document = replies[2]["document"]
    assert isinstance(document, dict)
    assert Document.from_dict(document).source.name == "再"
