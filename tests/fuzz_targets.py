"""What is fuzzed: bytes on their way to a document, a target for each reader, and what must hold of the outcome.

LibreOffice and text recognition, which work in processes and models of their own, are stood in for by their
absence: a case would take a second instead of a millisecond. What is theirs is tested in test_corpus_office.py
and test_corpus_ocr.py.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from test_corpus_ofd import NAMESPACE, layer, package, shown
from test_corpus_pdf import made
from word_files import W, paragraph, root, word_file

from corpus import Document, read_file
from corpus.errors import Refused, refused_by
from corpus.extract import ocr
from corpus.read import extracted_text

FOLDER = Path(__file__).parent / "data" / "fuzz"
# What libFuzzer would hardly put together byte by byte: a byte of a case is one of these.
PIECES = (
    "关于", "的通知", "清淤", "石桥区", "人民政府", "办公室", "市", "县", "省", "街道", "同志们", "：", "，", "。", "；", "、", "！", "？", "“", "”", "《", "》",
    "（", "）", "(", ")", "〔", "〕", "[", "]", "【", "】", "一", "二", "三", "十", "百", "千", "万", "亿", "〇", "零", "两", "第", "条", "章", "节", "款", "项",
    "一、", "二、", "（一）", "（二）", "1.", "2.", "1、", "（1）", "①", "②", "第一，", "第一条", "一是", "二是", "首先", "其次", "最后", "附件", "附件：1.", "目录",
    "2024年", "1月", "8日", "二〇二四年", "2024", "-05-20", "石水发〔2024〕7号", "第1号", "号", "0", "1", "9", "12.5", "%", "百分之", "万元", "亿元", "个", "次",
    "X", "×", "某", "X市", "某某", "领导", "讲话", "报告", "在全区会议上的讲话", "总结", "意见", "决定", "函", "纪要", "来源：", "作者：", "责任编辑：", "时间：",
    "下载", "点击", "相关文章", "上一篇", "版权所有", "首页", " > ", "— 1 —", "第1页", "共3页", "www.a.com", "http://a.cn/b", "@", "#", "##", "* ", "|", "---", "```",
    "\n", "\n\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", " ", "  ", "\t", "\u3000", "\xa0", "\u200b", "\ufeff", "\u202e", "\u2066", "\u00ad", "\0", "\x7f", "\x1b",
    "同志", "江明", "市长", "书记", "指出", "强调", "指出：“", "要", "的", "了", "和", "是", "在", "为", "有", "不", "我们", "工作", "会议", "发展", "建设",
    "今天召开全区防汛工作会议，主要任务是分析形势、安排今年的工作。", "请在本月底之前完成辖区内河道的清淤工作。", "各街道办事处，区直各部门：", "石桥区人民政府办公室",
    "…", "……", "—", "——", "-", "－", "·", "．", "/", "\\", "&", "<", ">", '"', "'", "é", "𬭎", "😀", "é", "ﷺ", "Ⅰ", "㈠", "１", "Ａ", "a", "Z", "\ufffd", "\ud7ff", "\ue000",
)  # fmt: skip
ENOUGH = "\n今天召开全区防汛工作会议，主要任务是分析形势、安排今年的工作。"
"""A sentence put below, so that what is read is a document."""


class Finding(AssertionError):
    """Something that must not happen, whatever the bytes."""


def as_text(data: bytes) -> str:
    """A text out of pieces: each byte is one; 255 and three more bytes are any character."""
    parts, at = [], 0
    while at < len(data):
        if data[at] == 255:
            code = int.from_bytes(data[at + 1 : at + 4], "big") % 0x110000
            parts.append("" if 0xD800 <= code < 0xE000 else chr(code))
            at += 4
        else:
            parts.append(PIECES[data[at] % len(PIECES)])
            at += 1
    return "".join(parts)


def _words(data: bytes) -> bytes:
    return (as_text(data) + ENOUGH).encode()


BELOW = paragraph(ENOUGH.strip())


def _docx(data: bytes) -> bytes:
    """The XML of a body, of styles and of numbering, parted by a byte that XML does not have."""
    body, styles, numbering = [*data.decode("utf-8", "replace").split("\x01"), "", ""][:3]
    return word_file(body + BELOW, styles=styles, numbering=numbering)


def _docx_words(data: bytes) -> bytes:
    """Paragraphs, runs, tables, fields and lists in an order that the bytes give, mostly well-formed."""
    tags = ("w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:ins", "w:del", "w:sdt", "w:sdtContent", "w:hyperlink", "w:pPr", "w:rPr", "w:numPr", "w:txbxContent", "w:smartTag", "w:fldSimple", "mc:AlternateContent", "mc:Choice", "mc:Fallback")  # fmt: skip
    single = ('<w:ilvl w:val="0"/>', '<w:ilvl w:val="9"/>', '<w:numId w:val="1"/>', '<w:numId w:val="-7"/>', '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>', "<w:instrText>PAGE</w:instrText>", "<w:br/>", "<w:tab/>", '<w:sym w:font="Symbol" w:char="F0B7"/>', '<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="99999999"/>', "<w:vMerge/>", '<w:vMerge w:val="restart"/>', '<w:footnoteReference w:id="1"/>', '<w:pStyle w:val="a"/>', '<w:outlineLvl w:val="1"/>', "<w:vanish/>", '<w:gridBefore w:val="2"/>')  # fmt: skip
    parts, opened = [], []
    for byte in data:
        if byte < 40:
            opened.append(tags[byte % len(tags)])
            parts.append(f"<{opened[-1]}>")
        elif byte < 90 and opened:
            parts.append(f"</{opened.pop()}>")
        elif byte < 120:
            parts.append(single[byte % len(single)])
        else:
            parts.append("".join(c for c in PIECES[byte % len(PIECES)] if c >= " " and c not in "<&"))
    parts += [f"</{tag}>" for tag in reversed(opened)]
    levels = "".join(f'<w:lvl w:ilvl="{n}"><w:start w:val="{n * 7}"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%{n + 1}、%1"/></w:lvl>' for n in range(3))  # fmt: skip
    lists = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'  # fmt: skip
    styles = '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="a"/><w:name w:val="heading 1"/></w:style>'
    note = f'<w:footnote w:id="1"><w:p><w:r><w:t>{"注"}</w:t></w:r></w:p></w:footnote>'
    return word_file("".join(parts) + BELOW, styles=styles, numbering=lists, footnotes=note)


def _ofd(data: bytes) -> bytes:
    return package([[layer(data.decode("utf-8", "replace") + shown(26, 90, ENOUGH.strip()))]])


def _ofd_root(data: bytes) -> bytes:
    """The page whole, and the document's own XML behind a byte that XML does not have."""
    page, _, document = data.decode("utf-8", "replace").partition("\x01")
    extra = {"Doc_0/Document.xml": document} if document else {}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr("OFD.xml", f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>")  # fmt: skip
        pages = '<ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages>'
        files = {
            "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}>{pages}</ofd:Document>",
            "Doc_0/P.xml": page,
            **extra,
        }
        for name, text in files.items():
            out.writestr(name, text)
    return buffer.getvalue()


def _pdf_page(data: bytes) -> bytes:
    """What is drawn on a page."""
    return made([[data, (72.0, 90.0, 10.0, ENOUGH.strip())]])


def _xlsx(data: bytes) -> bytes:
    """The XML of a sheet; the shared strings behind a byte that XML does not have."""
    sheet, _, shared = data.decode("utf-8", "replace").partition("\x01")
    row = f'<row r="90"><c r="A90" t="inlineStr"><is><t>{ENOUGH.strip()}</t></is></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr("[Content_Types].xml", f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="{content}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{content}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{content}.sharedStrings+xml"/></Types>')  # fmt: skip
        out.writestr("_rels/.rels", f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')  # fmt: skip
        out.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>')  # fmt: skip
        out.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')  # fmt: skip
        out.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{sheet}{row}</sheetData></worksheet>'
        )
        out.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{shared}</sst>')
    return buffer.getvalue()


def _same(data: bytes) -> bytes:
    return data


TARGETS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "words": ("通知.txt", _words),
    "txt": ("通知.txt", _same),
    "html": ("通知.html", _same),
    "html-words": ("通知.html", _words),
    "md": ("通知.md", _words),
    "csv": ("通知.csv", _words),
    "jsonl": ("通知.jsonl", _same),
    "docx": ("通知.docx", _docx),
    "docx-words": ("通知.docx", _docx_words),
    "docx-bytes": ("通知.docx", _same),
    "word": ("通知.doc", _same),
    "ofd": ("通知.ofd", _ofd),
    "ofd-root": ("通知.ofd", _ofd_root),
    "pdf": ("通知.pdf", _same),
    "pdf-page": ("通知.pdf", _pdf_page),
    "xlsx": ("通知.xlsx", _xlsx),
    "zip": ("材料.zip", _same),
}
"""Each reader by the name of the file that it gets, and how the file is made of a case's bytes."""
SEEDS: dict[str, list[bytes]] = {
    "txt": [ENOUGH.encode(), ENOUGH.encode("gb18030"), ENOUGH.encode("utf-16"), ENOUGH.encode("utf-16-be")],
    "html": [f"<html><head><title>通知</title><meta charset=utf-8></head><body><div class=content><h1>关于清淤的通知</h1><p>{ENOUGH}</p><table><tr><td rowspan=2>甲<td>乙</table></div></body></html>".encode()],
    "jsonl": [json.dumps({"title": "通知", "content": ENOUGH}, ensure_ascii=False).encode()],
    "docx": [f"<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>{ENOUGH}</w:t></w:r></w:p>\x01<w:style w:styleId='a'><w:name w:val='Title'/></w:style>\x01<w:num w:numId='1'/>".encode()],
    "docx-words": [bytes([0, 1, 2, 200, 201, 50, 50, 50]), bytes([3, 4, 5, 0, 1, 2, 130, 50, 50, 50, 96, 50, 50, 50, 90, 91])],
    "docx-bytes": [word_file(root("p", f"<w:r><w:t>{ENOUGH}</w:t></w:r>", W))],
    "word": [rb"{\rtf1\ansi \'c7\'e5\'d3\'d9\'b9\'a4\'d7\'f7\par}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x</p>\n--b--"],
    "ofd": [b'<ofd:TextObject ID="9" Boundary="26 40 150 8" Font="3" Size="5.64"><ofd:TextCode X="0" Y="5.64" DeltaX="g 3 5.64">' + "清淤工作".encode() + b"</ofd:TextCode></ofd:TextObject>"],
    "ofd-root": [f'<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer><ofd:TextObject Boundary="1 1 9 9" CTM="1 0 0 1 0 0" Size="5"><ofd:TextCode X="0" Y="0">清淤</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>\x01<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>R.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>'.encode()],
    "pdf": [made([[(72.0, 700.0, 16.0, "关于清淤的通知"), (72.0, 670.0, 16.0, ENOUGH.strip())]])],
    "pdf-page": [b"BT /F1 16 Tf 1 0 0 1 72 700 Tm <6E05 6DE4 5DE5 4F5C> Tj ET 72 600 m 300 600 l S 72 500 200 50 re S /P1 Do"],
    "xlsx": [b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="n" s="0"><v>1.5</v></c><c r="C1" t="inlineStr"><is><t>x</t></is></c></row>\x01<si><t>y</t></si>'],
}  # fmt: skip


def seeds(target: str) -> list[bytes]:
    """Cases to begin with: ordinary ones, and those kept in tests/data/fuzz."""
    kept = [path.read_bytes() for path in sorted(FOLDER.glob(f"{target}--*"))]
    texts = [bytes(range(start, start + 40)) for start in range(0, 200, 40)]
    return SEEDS.get(target, [_zip_seed()] if target == "zip" else texts) + kept


def _zip_seed() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr("通知/a.txt", ENOUGH)
        out.writestr("b.html", f"<p>{ENOUGH}</p>")
    return buffer.getvalue()


def prepare(patch: pytest.MonkeyPatch) -> None:
    """Make what our own code does not expect a finding, and go without LibreOffice and text recognition."""

    def unexpected(error: Exception) -> Refused:
        if not isinstance(error, Refused | MemoryError | RecursionError):
            raise Finding(f"{type(error).__name__}: {error}") from error
        return refused_by(error)

    def no_office(*_: object) -> bytes:
        raise Refused("no_office")

    patch.setattr("corpus.read.refused_by", unexpected)
    patch.setattr("corpus.extract.word.to_docx", no_office)
    patch.setattr(ocr, "available", lambda: False)


def check(target: str, data: bytes, folder: Path) -> list[str]:
    """Read a case as its target does and check what must hold; what became of each document. Raises Finding."""
    name, wrap = TARGETS[target]
    path = folder / name
    path.write_bytes(wrap(data))
    outcomes = []
    for reading in read_file(path):
        json.dumps(reading.to_dict(), ensure_ascii=False).encode()
        if reading.document:
            _check_document(reading.document)
            outcomes.append("read")
        elif reading.refused:
            outcomes.append(reading.refused.code)
    if not outcomes:
        raise Finding("neither read nor refused")
    return outcomes


def _check_document(document: Document) -> None:
    raw = extracted_text(document.source.origin)
    texts = {p.number: p.text for p in document.paragraphs}
    for p in document.paragraphs:
        ends = [*(a for a, _ in p.pieces[1:]), len(p.text)]
        if "".join(raw[b : b + end - a] for (a, b), end in zip(p.pieces, ends, strict=True)) != p.text:
            raise Finding("a paragraph is not the source's characters")
    for mention in document.mentions:
        if not 0 <= mention.start < mention.end <= len(texts[mention.paragraph]):
            raise Finding(f"a {mention.type} outside of its paragraph")
    for fact in document.facts:
        if fact.paragraph and not 0 <= fact.start < fact.end <= len(texts[fact.paragraph]):
            raise Finding(f"the fact {fact.name} outside of its paragraph")
    if Document.from_dict(json.loads(json.dumps(document.to_dict()))) != document:
        raise Finding("a document that JSON changes")
