"""OFD, the fixed-layout format of Chinese offices (GB/T 33190-2016): a zip of XML, a page a file."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.errors import Refused
from corpus.extract.extracted import Extracted
from corpus.extract.ofd_page import Look, page_of
from corpus.extract.pdf_layout import laid_out
from corpus.extract.pdf_page import HEAVY
from corpus.extract.printed import Page

# Bytes that one member, and all that are read, may have when unpacked: a page of text has some thousands.
LIMIT_MEMBER, LIMIT_OPENED = 50_000_000, 300_000_000
MOST_PAGES = 20_000
ZIP = b"PK"


def extract_ofd(data: bytes) -> Extracted:
    """The text of an OFD, a paragraph a line; page templates and backgrounds are left out.

    Raises Refused: damaged, limits, encrypted, no_text_layer.
    """
    if not data.startswith(ZIP):
        raise Refused("damaged")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = Members(package)
            pages = list(_pages(members))
            title = _title(members)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, KeyError, ValueError) as error:
        raise Refused("damaged", str(error)[:80]) from error
    except RuntimeError as error:  # what zipfile says of a member with a password
        raise Refused("encrypted") from error
    if not any(page.spans for page in pages):
        raise Refused("no_text_layer")
    result = laid_out(pages)
    facts = {"title": title} if title and _bare(title) in _bare(result.text[:2000]) else {}
    return Extracted(result.text, True, facts, result.flags, result.headings)


def _bare(text: str) -> str:
    return "".join(text.split())


@dataclass
class Members:
    """The XML files of the package by their paths, read within limits."""

    package: zipfile.ZipFile
    opened: int = 0
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = {_path("", name).lower(): name for name in self.package.namelist()}

    def xml(self, path: str) -> etree._Element:
        """The root of a file. Raises Refused: damaged, limits."""
        info = self.package.getinfo(self.names[path.lower()])
        self.opened += info.file_size
        if info.file_size > LIMIT_MEMBER or self.opened > LIMIT_OPENED:
            raise Refused("limits")
        with self.package.open(info) as member:
            content = member.read(info.file_size + 1)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise Refused("damaged", str(error)[:80]) from error
        if root.getroottree().docinfo.doctype:  # the standard has none; only an attack would
            raise Refused("damaged", "DOCTYPE")
        return root


def _path(folder: str, location: str) -> str:
    """A location in the package: from its root if it begins with a slash, else from this folder.

    >>> _path("Doc_0", "Pages/Page_0/Content.xml"), _path("Doc_0", "/Doc_0/Res.xml"), _path("Doc_0/Pages", "../Res.xml")
    ('Doc_0/Pages/Page_0/Content.xml', 'Doc_0/Res.xml', 'Doc_0/Res.xml')
    """
    location = location.strip().replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, location)).lstrip("/")


def named(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The elements below that have one of these names, in whatever name space."""
    yield from root.iter(*("{*}" + name for name in names))


def _pages(members: Members) -> Iterator[Page]:
    """The pages of all documents in the order that the documents give."""
    for place in named(members.xml("OFD.xml"), "DocRoot"):
        path = _path("", place.text or "")
        folder = posixpath.dirname(path)
        root = members.xml(path)
        looks = _looks(members, folder, root)
        box = next((box.text for box in named(root, "PhysicalBox")), None)
        listed = [page for pages in root.iterchildren("{*}Pages") for page in named(pages, "Page")]
        if len(listed) > MOST_PAGES:
            raise Refused("limits")
        for page in listed:
            yield page_of(members.xml(_path(folder, page.get("BaseLoc", ""))), looks, box)


def _looks(members: Members, folder: str, root: etree._Element) -> dict[str, Look]:
    """The typefaces that the document declares, by their numbers."""
    looks: dict[str, Look] = {}
    for place in named(root, "PublicRes", "DocumentRes"):
        path = _path(folder, place.text or "")
        if path.lower() not in members.names:
            continue
        for font in named(members.xml(path), "Font"):
            name = font.get("FontName", "")
            heavy = font.get("Bold") == "true" or bool(HEAVY.search(name))
            looks[font.get("ID", "")] = Look(re.sub(r"^[A-Z]{6}\+", "", name), heavy)
    return looks


def _title(members: Members) -> str:
    """The title that the package states, if it has one document."""
    titles = [title.text or "" for title in named(members.xml("OFD.xml"), "Title")]
    return titles[0].strip() if len(titles) == 1 else ""
