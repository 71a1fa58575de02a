"""Files that come under the name of a Word document, read by what is in them.

.wps is a Word document to most programs of Kingsoft; office systems write web pages, RTF and plain
text and call them .doc.
"""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile

import olefile

from corpus.errors import Refused
from corpus.extract.docx import extract_docx
from corpus.extract.extracted import Extracted
from corpus.extract.html import extract_html
from corpus.extract.office import to_docx
from corpus.extract.pdf import extract_pdf
from corpus.extract.rtf import declare_gbk
from corpus.extract.text import extract_text
from corpus.extract.word_package import BROKEN, check_sizes

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
RTF = b"{\\rtf"
PDF = b"%PDF-"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
HEAD = 4096
"""Bytes in which a format shows itself."""
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p|span)[\s>]", re.I)
MIME = re.compile(rb"^(?:MIME-Version|Content-Type|From|Subject|Date|X-[\w-]{1,40}):", re.I)
# XML that LibreOffice reads, by the name of its outermost element, and what LibreOffice calls it.
XML_FORMATS = {
    b":wordDocument": (".xml", "MS Word 2003 XML"),
    b"<office:document": (".fodt", "OpenDocument Text Flat XML"),
}
ODF = "application/vnd.oasis.opendocument."
# Documents of other programs in the same container, by the stream that only they have.
OTHER_STREAMS = {"Workbook": ".xls", "Book": ".xls", "PowerPoint Document": ".ppt"}
WORD_97 = b"\xec\xa5"
WORD_95 = b"\xdc\xa5"
ENCRYPTED = 0x01
"""Bit 8 of the flags at offset 10 of a Word file's header ([MS-DOC] 2.5.2, fEncrypted), in its second byte."""


def extract_word(data: bytes) -> Extracted:
    """The text of a file named .doc, .wps or .rtf, whatever it is.

    Raises Refused: no_office, encrypted, damaged, limits, format, empty, not_text, no_text_layer.
    """
    return by_content(data) or extract_text(data)


def extract_word_package(data: bytes) -> Extracted:
    """The text of a file named .docx or .odt: as `extract_word`, but plain text is not what it says."""
    found = by_content(data)
    if found is None:
        raise Refused("damaged", "no package")
    return found


def by_content(data: bytes) -> Extracted | None:
    """The text, read by the reader that the first bytes ask for; None if they look like plain text."""
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(OLE2):
        return _ole2(data)
    if data.startswith(ZIP):
        return _zip(data)
    if head.startswith(RTF):
        return extract_docx(to_docx(declare_gbk(data[data.index(RTF) :]), ".rtf", "Rich Text Format"))
    if head.startswith(PDF):
        return extract_pdf(data)
    if data.startswith(UTF16):
        head = data[:HEAD].decode("utf-16", errors="ignore").encode("ascii", errors="ignore").lstrip()
    if MIME.match(head) and b"multipart/" in head.lower():
        return _web_archive(data)
    if head.startswith(b"<"):
        for mark, (ending, name) in XML_FORMATS.items():
            if mark in head:
                return extract_docx(to_docx(data, ending, name))
        return extract_html(data) if HTML.search(head) else None
    return None


def _ole2(data: bytes) -> Extracted:
    header = _word_header(data)
    if header[11] & ENCRYPTED:
        raise Refused("encrypted")
    return extract_docx(to_docx(data, ".doc", "MS Word 97" if header.startswith(WORD_97) else None))


def _word_header(data: bytes) -> bytes:
    """The first bytes of the stream that holds the text. Raises Refused for what is no Word document."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            if container.exists("EncryptedPackage"):
                raise Refused("encrypted")
            if not container.listdir():
                raise Refused("damaged", "no streams")
            if not container.exists("WordDocument"):
                other = next((ending for name, ending in OTHER_STREAMS.items() if container.exists(name)), ".ole")
                raise Refused("format", other)
            with container.openstream("WordDocument") as stream:
                header: bytes = stream.read(32)
    except Refused:
        raise
    except Exception as error:  # the parser raises whatever a broken table of sectors leads to
        raise Refused("damaged", type(error).__name__) from error
    if len(header) < 32 or not header.startswith((WORD_97, WORD_95)):
        raise Refused("damaged", "header")
    return header


def _zip(data: bytes) -> Extracted:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_sizes(archive, len(data))
            kind = archive.read("mimetype")[:200].decode("ascii", "replace") if "mimetype" in archive.namelist() else ""
            locked = ODF in kind and b"encryption-data" in archive.read("META-INF/manifest.xml")
    except BROKEN as error:
        raise Refused("damaged", str(error)[:80]) from error
    if locked:
        raise Refused("encrypted")
    if not kind.startswith(ODF):
        return extract_docx(data, _embedded)
    if not kind.startswith(f"{ODF}text"):
        raise Refused("format", kind.removeprefix(ODF)[:20])
    return extract_docx(to_docx(data, ".odt", "writer8"))


def _embedded(data: bytes) -> list[str]:
    """The lines of a file that a Word document holds in place of a paragraph: HTML as a rule."""
    found = by_content(data) or extract_text(data)
    return found.text.split("\n")


def _web_archive(data: bytes) -> Extracted:
    """A page saved by Word with its pictures in one file (MHTML, RFC 2557)."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return extract_html(page)
    raise Refused("damaged", "no page")
