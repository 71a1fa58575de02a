"""A sheet as a Word document: a package of its own, so that nothing of a template's looks or thumbnail is in it.

ISO/IEC 29500-1 (WordprocessingML) and 29500-2 (the package). Every text passes through `escaped`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from itertools import groupby

from assistant.export import page
from assistant.export.sheet import Block, Run, Sheet
from assistant.export.styles import STYLES, fonts_xml, indents, styles_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MADE_BY = "有据"
LONGEST_PROPERTY = 200
"""Characters of the title among the file's properties."""
# What XML 1.0 does not allow in a text.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What stands in a run beside text.
BREAKS = re.compile(r"([\t\n])")
PARTS = {
    "styles": ("styles.xml", "wordprocessingml.styles"),
    "settings": ("settings.xml", "wordprocessingml.settings"),
    "fontTable": ("fontTable.xml", "wordprocessingml.fontTable"),
    "footer": ("footer1.xml", "wordprocessingml.footer"),
    "footer even": ("footer2.xml", "wordprocessingml.footer"),
    "header": ("header1.xml", "wordprocessingml.header"),
}
"""What the main part refers to: name and type; an id is its place here."""


def docx_of(sheet: Sheet, made: datetime | None = None) -> bytes:
    """The bytes of a .docx."""
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _properties(sheet.title, made or datetime.now(UTC)),
        "word/_rels/document.xml.rels": _relations(),
        "word/document.xml": _document(sheet),
        "word/styles.xml": styles_xml(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": fonts_xml(),
        "word/footer1.xml": _footer("right", "right"),
        "word/footer2.xml": _footer("left", "left"),
        "word/header1.xml": _header(sheet.doubts),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in parts.items():
            package.writestr(name, HEAD + xml)
    return data.getvalue()


def escaped(text: str) -> str:
    """A text that XML can hold, without the characters that it can't.

    >>> escaped("甲<乙\\x07")
    '甲&lt;乙'
    """
    return escape(UNWRITABLE.sub("", text))


def _document(sheet: Sheet) -> str:
    body = "".join(_blocks(sheet.blocks))
    return f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}{_section()}</w:body></w:document>'


def _section() -> str:
    """Page and grid; the numbers stand at the outer side: right on odd pages, left on even ones."""
    ids = {name: f"rId{n}" for n, name in enumerate(PARTS, 1)}
    return (
        "<w:sectPr>"
        f'<w:headerReference w:type="default" r:id="{ids["header"]}"/>'
        f'<w:headerReference w:type="even" r:id="{ids["header"]}"/>'
        f'<w:footerReference w:type="default" r:id="{ids["footer"]}"/>'
        f'<w:footerReference w:type="even" r:id="{ids["footer even"]}"/>'
        f'<w:pgSz w:w="{page.WIDTH}" w:h="{page.HEIGHT}"/>'
        f'<w:pgMar w:top="{page.TOP}" w:right="{page.RIGHT}" w:bottom="{page.BOTTOM}" w:left="{page.LEFT}" '
        f'w:header="{page.HEADER}" w:footer="{page.FOOTER}" w:gutter="0"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{page.PITCH}" w:charSpace="{page.CHARACTER_SPACE}"/>'
        "</w:sectPr>"
    )


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    """Paragraphs; rows that follow each other and have as many cells are one table."""
    for cells, group in groupby(blocks, key=lambda b: b.text.count("\t") + 1 if b.kind == "row" else 0):
        if cells:
            yield _table([block.text.split("\t") for block in group], cells)
        else:
            yield from map(_paragraph, group)


def _paragraph(block: Block) -> str:
    look = page.LOOKS[block.kind]
    spacing = f'<w:spacing w:before="{block.gap * page.PITCH}"/>' if block.gap else ""
    indent = indents(look, block.right) if block.right else ""
    properties = f'<w:pPr><w:pStyle w:val="{STYLES[block.kind]}"/>{spacing}{indent}</w:pPr>'
    return f"<w:p>{properties}{''.join(map(_run, block.runs))}</w:p>"


def _run(run: Run) -> str:
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>' if run.mark else ""
    return f"<w:r>{raised}{_words(run.text)}</w:r>"


def _words(text: str) -> str:
    pieces = BREAKS.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    made = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    return "".join(made.get(piece) or f'<w:t xml:space="preserve">{escaped(piece)}</w:t>' for piece in pieces if piece)


def _table(rows: Sequence[Sequence[str]], cells: int) -> str:
    """As wide as the text, with thin lines."""
    wide = (page.WIDTH - page.LEFT - page.RIGHT) // cells
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = f'<w:gridCol w:w="{wide}"/>' * cells
    made = "".join(f"<w:tr>{''.join(_cell(text, wide) for text in row)}</w:tr>" for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{wide * cells}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl><w:p/>"  # without a paragraph between, two tables are one
    )


def _cell(text: str, wide: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{_paragraph(Block("cell", (Run(text),)))}</w:tc>'


def _footer(align: str, side: str) -> str:
    """— 1 —, one character from the outer edge of the type area (7.5)."""
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{what}"/></w:r>' if what else "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        for what in ("begin", "", "separate")
    )
    return (
        f'<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="PageNumber"/>'
        f'<w:ind w:{side}="{round(page.NUMBER_SIZE * 20)}"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">— </w:t></w:r>{field}<w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def _header(doubts: Sequence[str]) -> str:
    """On every page, what is doubtful about the text."""
    told = f'<w:r><w:t xml:space="preserve">※ {escaped("；".join(doubts))}</w:t></w:r>' if doubts else ""
    return f'<w:hdr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Doubts"/></w:pPr>{told}</w:p></w:hdr>'


def _settings() -> str:
    """Numbers differ from odd to even pages; characters are not squeezed, so that the grid holds."""
    return (
        f'<w:settings xmlns:w="{W}"><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat></w:settings>'
    )


def _types() -> str:
    office = "application/vnd.openxmlformats-officedocument."
    overrides = "".join(
        f'<Override PartName="/word/{name}" ContentType="{office}{kind}+xml"/>'
        for name, kind in [("document.xml", "wordprocessingml.document.main"), *PARTS.values()]
    )
    return (
        f'<Types xmlns="{PACKAGE}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{overrides}</Types>'
    )


def _package_relations() -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    )


def _relations() -> str:
    made = "".join(
        f'<Relationship Id="rId{n}" Type="{R}/{what.split()[0]}" Target="{name}"/>'
        for n, (what, (name, _)) in enumerate(PARTS.items(), 1)
    )
    return f'<Relationships xmlns="{PACKAGE}relationships">{made}</Relationships>'


def _properties(title: str, made: datetime) -> str:
    stamp = made.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title[:LONGEST_PROPERTY])}</dc:title><dc:creator>{MADE_BY}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created></cp:coreProperties>'
    )
