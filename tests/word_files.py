"""Word packages and OLE2 containers put together by hand, for what python-docx does not write."""

from __future__ import annotations

import io
import struct
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "r": OFFICE,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="html" ContentType="text/html"/>{overrides}</Types>'
)
OVERRIDE = (
    '<Override PartName="/word/{name}.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
)
SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def word_file(body: str, *, namespace: str = W, extra: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """A .docx with this inside its w:body; `parts` are the insides of styles, numbering, footnotes, endnotes."""
    relations = "".join(
        f'<Relationship Id="r-{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for name in parts
    ) + "".join(f'<Relationship Id="{name}" Type="{OFFICE}/aFChunk" Target="{name}"/>' for name in extra or {})
    overrides = OVERRIDE.format(name="document", kind="document.main")
    overrides += "".join(OVERRIDE.format(name=name, kind=name) for name in parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES.format(overrides=overrides))
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr("word/document.xml", root("document", f"<w:body>{body}</w:body>", namespace))
        package.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{RELATIONSHIPS}">{relations}</Relationships>'
        )
        for name, inside in parts.items():
            package.writestr(f"word/{name}.xml", root(name, inside, namespace))
        for name, data in (extra or {}).items():
            package.writestr(f"word/{name}", data)
    return buffer.getvalue()


def root(name: str, inside: str, namespace: str = W) -> str:
    return f'<w:{name} xmlns:w="{namespace}" {NAMESPACES}>{inside}</w:{name}>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str, properties: str = "") -> str:
    """A w:p; plain words become a run."""
    content = inside if inside.startswith("<") or not inside else run(inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def numbered(text: str, list_: int = 1, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>')


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """A w:lvl; `more` holds suff, isLgl, lvlRestart or pStyle."""
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(*levels: str, more: str = "") -> str:
    """The inside of numbering.xml with list 1 of these levels."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{more}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(inside: str, properties: str = "") -> str:
    content = inside if inside.startswith("<") else paragraph(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def field(instruction: str, result: str = "") -> str:
    """The runs of a field with its result."""
    separate = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'{separate}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def ole2(streams: dict[str, bytes]) -> bytes:
    """A compound file ([MS-CFB], version 3) with these streams in its root."""
    fat: list[int] = [FAT]
    sectors = b""
    entries = [_entry("Root Entry", 5, END, 0, child=1 if streams else FREE)]
    for n, (name, data) in enumerate(streams.items(), 1):
        padded = data.ljust(4096, b"\0")  # a shorter one would have to go into the root's small stream
        padded += bytes(-len(padded) % SECTOR)
        first, count = len(fat), len(padded) // SECTOR
        fat += [*range(first + 1, first + count), END]
        sectors += padded
        entries.append(_entry(name, 2, first, len(padded), right=n + 1 if n < len(streams) else FREE))
    directory = b"".join(entries)
    directory += bytes(-len(directory) % SECTOR)
    start = len(fat)
    fat += [*range(start + 1, start + len(directory) // SECTOR), END]
    fat += [FREE] * (SECTOR // 4 - len(fat))
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, start, 0, 4096, END, 0, END, 0, 0) + struct.pack("<I", FREE) * 108
    return header + struct.pack(f"<{SECTOR // 4}I", *fat) + sectors + directory


def _entry(name: str, kind: int, start: int, size: int, *, right: int = FREE, child: int = FREE) -> bytes:
    raw = name.encode("utf-16-le")
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw) + 2, kind, 1, FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
