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
from corpus.extract import ocr
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

    One that holds only pictures is recognised where that extra is installed.
    Raises Refused: damaged, limits, encrypted, no_text_layer, empty.
    """
    if not data.startswith(ZIP):
        raise Refused("damaged")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = Members(package)
            pages = list(_pages(members))
            title = _title(members)
            scans = [] if any(page.spans for page in pages) or not ocr.available() else list(_pictures(members))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, KeyError, ValueError) as error:
        raise Refused("damaged", str(error)[:80]) from error
    except RuntimeError as error:  # what zipfile says of a member with a password
        raise Refused("encrypted") from error
    if scans:
        return ocr.recognised(scans)
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

    def content(self, path: str) -> bytes:
        """The bytes of a file. Raises Refused: limits."""
        info = self.package.getinfo(self.names[path.lower()])
        self.opened += info.file_size
        if info.file_size > LIMIT_MEMBER or self.opened > LIMIT_OPENED:
            raise Refused("limits")
        with self.package.open(info) as member:
            return member.read(info.file_size + 1)

    def xml(self, path: str) -> etree._Element:
        """The root of a file. Raises Refused: damaged, limits."""
        content = self.content(path)
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


def _documents(members: Members) -> Iterator[tuple[str, etree._Element, list[str]]]:
    """For each document its folder, its root and the paths of its pages in their order."""
    for place in named(members.xml("OFD.xml"), "DocRoot"):
        path = _path("", place.text or "")
        folder, root = posixpath.dirname(path), members.xml(path)
        listed = [page for pages in root.iterchildren("{*}Pages") for page in named(pages, "Page")]
        if len(listed) > MOST_PAGES:
            raise Refused("limits")
        yield folder, root, [_path(folder, page.get("BaseLoc", "")) for page in listed]


def _pages(members: Members) -> Iterator[Page]:
    """The pages of all documents."""
    for folder, root, paths in _documents(members):
        looks = _looks(members, folder, root)
        box = next((box.text for box in named(root, "PhysicalBox")), None)
        for path in paths:
            yield page_of(members.xml(path), looks, box)


def _pictures(members: Members) -> Iterator[bytes]:
    """The pictures on the pages of all documents."""
    for folder, root, paths in _documents(members):
        files: dict[str, str] = {}
        for path, resource in _resources(members, folder, root):
            base = _path(posixpath.dirname(path), resource.get("BaseLoc", ""))
            for medium in named(resource, "MultiMedia"):
                place = next((file.text or "" for file in named(medium, "MediaFile")), "")
                files[medium.get("ID", "")] = _path(base, place)
        for path in paths:
            for image in named(members.xml(path), "ImageObject"):
                file = files.get(image.get("ResourceID", ""), "")
                if file.lower() in members.names:
                    yield members.content(file)


def _resources(members: Members, folder: str, root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The lists of typefaces and pictures that a document names, with their paths."""
    for place in named(root, "PublicRes", "DocumentRes"):
        path = _path(folder, place.text or "")
        if path.lower() in members.names:
            yield path, members.xml(path)


def _looks(members: Members, folder: str, root: etree._Element) -> dict[str, Look]:
    """The typefaces that the document declares, by their numbers."""
    looks: dict[str, Look] = {}
    for _, resource in _resources(members, folder, root):
        for font in named(resource, "Font"):
            name = font.get("FontName", "")
            heavy = font.get("Bold") == "true" or bool(HEAVY.search(name))
            looks[font.get("ID", "")] = Look(re.sub(r"^[A-Z]{6}\+", "", name), heavy)
    return looks


def _title(members: Members) -> str:
    """The title that the package states, if it has one document."""
    titles = [title.text or "" for title in named(members.xml("OFD.xml"), "Title")]
    return titles[0].strip() if len(titles) == 1 else ""
