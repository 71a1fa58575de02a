"""LibreOffice, locked in: what it makes, what it must not do, and that nothing of it outlives its time."""

from __future__ import annotations

import http.server
import io
import os
import subprocess
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from word_files import cell, level, lists, numbered, paragraph, run, table, word_file

import corpus.extract.office as office
from corpus import Found, Reader
from corpus.errors import Refused
from corpus.extract import extract
from corpus.extract.docx import extract_docx
from corpus.extract.office import office_program, to_docx

needs_office = pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
OPEN_DOCUMENT = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
WAIT = 20.0


@pytest.fixture
def pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Puts a shell script in the place of LibreOffice: it can be made to hang. Gives the folder beside it."""

    def place(script: str) -> Path:
        program = tmp_path / "bin" / "soffice"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\ncd {tmp_path}\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
        return tmp_path

    return place


def alive(process: int) -> bool:
    """Whether a process runs; one that only waits to be buried does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


def until(done: Callable[[], bool]) -> bool:
    end = time.monotonic() + WAIT
    while not done() and time.monotonic() < end:
        time.sleep(0.05)
    return done()


def process_in(path: Path) -> int:
    assert until(lambda: path.exists() and path.read_text().strip() != "")
    return int(path.read_text())


HANG = "sleep 600 & echo $! > grandchild\necho $$ > child\nwait"


def test_a_conversion_ends_with_its_time_and_takes_its_children_along(
    pretend: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pretend(HANG)
    monkeypatch.setattr(office, "SECONDS", 2.0)
    with pytest.raises(Refused) as refused:
        to_docx(b"{\\rtf1}", ".rtf")
    assert refused.value.code == "limits"
    for name in ("child", "grandchild"):
        process = process_in(folder / name)
        assert until(lambda process=process: not alive(process))  # type: ignore[misc]


def test_a_conversion_ends_with_the_reader_and_leaves_no_file(pretend: Callable[[str], Path]) -> None:
    folder = pretend(HANG + "\n")
    path = folder / "通知.rtf"
    path.write_bytes(b"{\\rtf1 x}")
    with Reader(seconds=4.0) as reader:
        (reading,) = reader.read(Found(path, "通知.rtf"))
        assert reading.refused
        assert reading.refused.code == "limits"
        assert reader._folder is None
    for name in ("child", "grandchild"):
        process = process_in(folder / name)
        assert until(lambda process=process: not alive(process))  # type: ignore[misc]


def test_an_office_program_that_gives_nothing_means_a_damaged_file(pretend: Callable[[str], Path]) -> None:
    pretend("exit 1")
    with pytest.raises(Refused) as refused:
        to_docx(b"{\\rtf1}", ".rtf")
    assert refused.value.code == "damaged"


def test_each_conversion_has_a_folder_of_its_own_that_goes(
    pretend: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pretend('echo "$@" >> seen; echo $HOME >> homes')
    for _ in range(2):
        with pytest.raises(Refused):
            to_docx(b"{\\rtf1}", ".rtf", "Rich Text Format")
    first, second = (folder / "homes").read_text().split()
    assert first != second
    assert not Path(first).exists()
    assert f"-env:UserInstallation=file://{first}/profile" in (folder / "seen").read_text()
    assert "--infilter=Rich Text Format" in (folder / "seen").read_text()


def test_a_result_that_is_too_large_is_refused(pretend: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    pretend("mkdir -p $HOME/converted; echo abc > $HOME/converted/source.docx")
    assert to_docx(b"x", ".rtf") == b"abc\n"
    monkeypatch.setattr(office, "LIMIT_CONVERTED", 2)
    with pytest.raises(Refused) as refused:
        to_docx(b"x", ".rtf")
    assert refused.value.code == "limits"


def test_the_program_is_looked_for_on_the_path_and_in_its_usual_places(
    pretend: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pretend("exit 0")
    assert office_program() == str(folder / "bin" / "soffice")
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setattr(office, "PLACES", (f"{tmp_path}/none*/x",))
    assert office_program() is None
    monkeypatch.setattr(office, "PLACES", (f"{tmp_path}/b*",))
    assert office_program() == str(folder / "bin" / "soffice")


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def __getattr__(self, name: str) -> object:
            if name.startswith("do_"):
                return self.do_GET  # whatever the method is
            raise AttributeError(name)

        def log_message(self, *_: object) -> None:
            pass

    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_port}", asked
    listening.shutdown()
    listening.server_close()


@needs_office
def test_no_link_is_followed_to_the_net_or_to_another_file(server: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = server
    secret = tmp_path / "secret.txt"
    secret.write_text("不该读到的内容", encoding="utf-8")
    body = (
        "<text:p>关于清淤的通知</text:p>"
        f'<text:section text:name="a"><text:section-source xlink:href="{secret.as_uri()}"/><text:p>原有内容</text:p></text:section>'
        f'<text:section text:name="b"><text:section-source xlink:href="{address}/text.txt"/></text:section>'
        f'<text:p><draw:frame text:anchor-type="as-char"><draw:image xlink:href="{address}/p.png"/></draw:frame></text:p>'
    )
    content = f'<office:document-content {OPEN_DOCUMENT} office:version="1.2"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("META-INF/manifest.xml", MANIFEST)
        package.writestr("content.xml", content)
    text = extract("通知.odt", buffer.getvalue())[1].text
    assert text.splitlines() == ["关于清淤的通知", "原有内容"]
    assert asked == []


def rich() -> bytes:
    """A document with numbers, a table, a note, a box and a tracked change."""
    numbering = lists(level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"))
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>" + run("淤泥：见行业标准。"))}</w:footnote>'
    change = '<w:del w:id="1" w:author="某"><w:r><w:delText>六月</w:delText></w:r></w:del>'
    body = (
        paragraph("关于清淤的通知")
        + numbered("主要任务")
        + numbered("清理淤泥", level=1)
        + paragraph(run("请于") + change + run("七月底前清完淤泥") + note + run("。"))
        + table(cell("河段") + cell("长度"), cell("东河") + cell("3公里"))
        + numbered("有关要求")
    )
    return word_file(body, numbering=numbering, footnotes=notes)


@needs_office
@pytest.mark.parametrize(("ending", "filter_name"), [(".doc", "MS Word 97"), (".odt", "writer8")])
def test_old_formats_keep_numbers_tables_and_notes(ending: str, filter_name: str, tmp_path: Path) -> None:
    source = tmp_path / "source.docx"
    source.write_bytes(rich())
    subprocess.run(
        [
            str(office_program()),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", f"{ending[1:]}:{filter_name}", "--outdir", str(tmp_path), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    wanted = extract_docx(rich()).text.splitlines()
    assert wanted[1:3] == ["一、主要任务", "（一）清理淤泥"]
    assert extract(f"通知{ending}", (tmp_path / f"source{ending}").read_bytes())[1].text.splitlines() == wanted


def chinese(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gbk"))


@needs_office
def test_rtf_keeps_the_numbers_of_its_lists() -> None:
    """As Word on Chinese Windows writes them: marks in GBK, the number itself only for older readers."""
    first = r"{\listlevel\levelnfc37\levelfollow2\levelstartat1{\leveltext\'02\'00\'a1\'a2;}{\levelnumbers\'01;}}"
    second = (
        r"{\listlevel\levelnfc37\levelfollow2\levelstartat1{\leveltext\'03\'a3\'a8\'01\'a3\'a9;}{\levelnumbers\'02;}}"
    )
    head = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 x;}}"
    head += rf"{{\*\listtable{{\list\listtemplateid1{first}{second}\listid1}}}}"
    head += (
        r"{\*\listoverridetable{\listoverride\listid1\listoverridecount0\ls1}}{\header "
        + chinese("内部资料")
        + r"\par}"
    )
    body = "".join(
        rf"\pard\plain{{\listtext\f0 {chinese(label)}}}\ls1\ilvl{at}\f0 {chinese(text)}\par"
        for label, at, text in (("一、", 0, "任务"), ("（一）", 1, "清淤"), ("（二）", 1, "护坡"), ("二、", 0, "要求"))
    )
    text = extract("通知.rtf", (head + body + "}").encode())[1].text
    assert text.splitlines() == ["一、任务", "（一）清淤", "（二）护坡", "二、要求"]
