"""Word documents (.docx): paragraphs and tables in document order."""

from __future__ import annotations

import io
import zipfile
import zlib

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from lxml import etree

from corpus.errors import Refused
from corpus.extract.extracted import Extracted

# An .docx opened is rarely ten times its size; a bomb is a thousand times.
LIMIT_OPENED = 300_000_000
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def extract_docx(data: bytes) -> Extracted:
    """The text of a .docx, a paragraph a line, the cells of a table row parted by tabs.

    Headers and footers are not part of the body and are left out.
    """
    if data.startswith(OLE2):
        raise Refused("encrypted")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > LIMIT_OPENED:
                raise Refused("limits")
        document = docx.Document(io.BytesIO(data))
    except (
        zipfile.BadZipFile,
        PackageNotFoundError,
        KeyError,
        ValueError,
        OSError,
        NotImplementedError,
        zlib.error,
        etree.XMLSyntaxError,
    ) as error:
        raise Refused("damaged", str(error)[:80]) from error
    lines = _lines(document)
    if not any(line.strip() for line in lines):
        raise Refused("empty")
    return Extracted("\n".join(lines), whole_lines=True)


def _lines(document: WordDocument) -> list[str]:
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines.extend(_rows(block))
        else:
            lines.append(block.text.replace("\n", "").replace("\t", " "))
    return lines


def _rows(table: Table) -> list[str]:
    rows: list[str] = []
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) not in seen:  # a merged cell is listed once for each column it spans
                seen.add(id(cell._tc))
                cells.append(" ".join(cell.text.split()))
        rows.append("\t".join(cell for cell in cells if cell))
    return rows
