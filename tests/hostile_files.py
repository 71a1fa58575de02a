"""A bad file of each kind, with what must become of it; bombs are made where they are written, not kept."""

from __future__ import annotations

import io
import json
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from test_corpus_ofd import NAMESPACE, package
from test_corpus_pdf import made
from word_files import NAMESPACES, W, paragraph, word_file

SENTENCE = "请各街道在本月底之前完成辖区内河道的清淤工作，并把结果报区水务局备案。"
NOTICE = f"关于清淤的通知\n各街道办事处：\n{SENTENCE}\n"
LINE = 10_000_000
"""Bytes of a single line."""
LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
Outcomes = list[str]
"""Of each document in the file: read, or the code of its refusal."""


def zipped(*members: tuple[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def changed(data: bytes, **members: bytes) -> bytes:
    """A package with other bytes in these members; a name's dots and slashes are underscores here."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, members.get(name.replace("/", "_").replace(".", "_"), old.read(name)))
    return buffer.getvalue()


def nested(levels: int) -> bytes:
    data = zipped(("内.txt", NOTICE))
    for _ in range(levels):
        data = zipped(("内.zip", data))
    return data


def workbook(sheet: bytes) -> bytes:
    import openpyxl

    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["街道", "任务"])
    book.save(buffer)
    return changed(buffer.getvalue(), xl_worksheets_sheet1_xml=sheet)


def pdf_bomb() -> bytes:
    """A page whose contents expand to a gigabyte of drawing: one packed block over and over."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b"q Q " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = head + block * 250 + packer.flush()
    plain = made([[b"@"]])
    at = plain.index(b"<< /Length 1 >>\nstream\n@")
    begin = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed)
    return plain[:at] + begin + packed + plain[at + len(b"<< /Length 1 >>\nstream\n@") :]


def body(document: str) -> bytes:
    return f'<w:document xmlns:w="{W}" {NAMESPACES}><w:body>{document}</w:body></w:document>'.encode()


def docx_laughs(kind: str) -> bytes:
    text = body(f"<w:p><w:r><w:t>{SENTENCE}&j;</w:t></w:r></w:p>")
    return changed(word_file(paragraph(NOTICE)), word_document_xml=kind.encode() + text)


FILES: dict[str, tuple[str, Callable[[], bytes], Outcomes]] = {
    "zip slip": ("越界.zip", lambda: zipped(("../外.txt", NOTICE), ("/外.txt", NOTICE), ("内.txt", NOTICE)), ["unsafe_path", "unsafe_path", "read"]),
    "zip bomb": ("压缩弹.zip", lambda: zipped(("弹.txt", bytes(60_000_000))), ["limits"]),
    "zip in zip": ("套娃.zip", lambda: nested(8), ["limits"]),
    "docx bomb": ("文档弹.docx", lambda: changed(word_file(""), word_document_xml=body(" " * 40_000_000)), ["limits"]),
    "docx entities": ("实体.docx", lambda: docx_laughs(LAUGHS + "]>"), ["damaged"]),
    "docx outside entity": ("外部实体.docx", lambda: docx_laughs(OUTSIDE), ["damaged"]),
    "docx nesting": ("深层.docx", lambda: word_file("<w:sdt><w:sdtContent>" * 50_000 + paragraph(SENTENCE) + "</w:sdtContent></w:sdt>" * 50_000), ["damaged"]),
    "ofd bomb": ("版式弹.ofd", lambda: package([[" " * 60_000_000]]), ["limits"]),
    "ofd entities": ("版式实体.ofd", lambda: changed(package([[""]]), OFD_xml=f'{LAUGHS}]><ofd:OFD {NAMESPACE}>&j;</ofd:OFD>'.encode()), ["damaged"]),
    "xlsx bomb": ("表弹.xlsx", lambda: workbook(b" " * 40_000_000), ["limits"]),
    "xlsx entities": ("表实体.xlsx", lambda: workbook(f'{LAUGHS}]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>'.encode()), ["damaged"]),
    "pdf bomb": ("页弹.pdf", pdf_bomb, ["limits"]),
    "html nesting": ("深层.html", lambda: b"<div>" * 200_000 + f"<p>{NOTICE}</p>".encode(), ["empty"]),
    "html entities": ("实体.html", lambda: f"{LAUGHS}]><html><body><p>{NOTICE}{SENTENCE}&j;</p></body></html>".encode(), ["read"]),
    "line": ("长行.txt", lambda: (SENTENCE * (LINE // len(SENTENCE.encode()))).encode(), ["read"]),
    "line of one character": ("一字.txt", lambda: "清".encode() * (LINE // 3), ["read"]),
    "line of digits": ("数字.txt", lambda: b"1" * LINE, ["no_body"]),
    "line of html": ("长行.html", lambda: (f"<p>{SENTENCE}" * (LINE // 110)).encode(), ["read"]),
    "line of csv": ("长行.csv", lambda: b"a,b\n" + b'"' + b"x" * LINE, ["limits"]),
    "line of jsonl": ("长行.jsonl", lambda: json.dumps({"正文": SENTENCE * 90_000}, ensure_ascii=False).encode(), ["limits"]),
    "huge": ("巨大.txt", lambda: b"\n" * 64_000_001, ["too_large"]),
    "empty": ("空.txt", lambda: b"", ["empty"]),
    "empty docx": ("空.docx", lambda: b"", ["empty"]),
    "spaces": ("空白.txt", lambda: " \u3000\n".encode() * 1000, ["empty"]),
    "nul": ("零.txt", lambda: NOTICE.replace("清淤", "清\0淤").encode(), ["read"]),
    "only nul": ("全零.txt", lambda: bytes(100_000), ["not_text"]),
    "binary": ("图.txt", lambda: b"\x89PNG\r\n\x1a\n" + zlib.compress(NOTICE.encode() * 300), ["not_text"]),
    "wrong encoding": ("谎称.html", lambda: b'<meta charset="shift_jis"><p>' + NOTICE.encode("gb18030"), ["read"]),
    "mixed encodings": ("混编.txt", lambda: NOTICE.encode() + NOTICE.replace("清淤", "除草").encode("gb18030"), ["read"]),
    "lone surrogates": ("半字.txt", lambda: "\ufeff".encode("utf-16-le") + NOTICE.encode("utf-16-le") + b"\x00\xd8" + SENTENCE.encode("utf-16-le"), ["read"]),
    "surrogates in json": ("半字.jsonl", lambda: f'{{"正文": "{SENTENCE}\\ud800{SENTENCE}\\udc00{SENTENCE}"}}'.encode(), ["read"]),
    "surrogates in html": ("半字.html", lambda: f"<p>&#xD800;{NOTICE}&#xDFFF;&#0;&#x110000;</p>".encode(), ["read"]),
    "bidi": ("反向.txt", lambda: NOTICE.replace("清淤", "\u202e淤清\u202c").encode(), ["read"]),
    "zero width": ("零宽.txt", lambda: "\u200b".join(NOTICE).encode(), ["read"]),
    "unknown": ("程序.exe", lambda: b"MZ", ["format"]),
    "damaged docx": ("坏.docx", lambda: word_file(paragraph(SENTENCE))[:400], ["damaged"]),
    "damaged pdf": ("坏.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, ["damaged"]),
    "damaged ole": ("坏.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4096, ["damaged"]),
    "command": ("=cmd|' calc'!A1.txt", NOTICE.encode, ["read"]),
    "dash": ("-rf.txt", NOTICE.encode, ["read"]),
    "reserved": ("CON.txt", NOTICE.encode, ["read"]),
    "reserved too": ("a:b?c*d<e>f|g.txt", NOTICE.encode, ["read"]),
    "dots": ("....txt", NOTICE.encode, []),
    "spaces around": (" 空格 .txt", NOTICE.encode, ["read"]),
    "bidi name": ("通知\u202etxt.exe\u202c.txt", NOTICE.encode, ["read"]),
    "long name": ("长" * 83 + ".txt", NOTICE.encode, ["read"]),
    "line break in a name": ("换\n行.txt", NOTICE.encode, ["name"]),
    "escape in a name": ("逃\x1b[2J.txt", NOTICE.encode, ["name"]),
    "half a name": (os.fsdecode("讲话.txt".encode("gb18030")), NOTICE.encode, ["name"]),
    "markup name": ("<img src=x onerror=alert(1)>.txt", NOTICE.encode, ["read"]),
    "quoted name": ("'\"; DROP TABLE document; --.txt", NOTICE.encode, ["read"]),
}  # fmt: skip
"""Each kind by its file's name, its bytes and what becomes of it; an empty list where the folder has no such file."""

SLOW = ("line of digits", "line of html")
"""Kinds that take a child several seconds: `make soak`."""


def write(folder: Path, kind: str) -> Path:
    """The file of a kind in a folder."""
    name, content, _ = FILES[kind]
    path = folder / name
    path.write_bytes(content())
    return path
