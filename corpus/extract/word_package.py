"""The parts of a Word package that hold text: ISO/IEC 29500-2, read without unpacking the rest.

Reading is ours and not python-docx's, because that loads every picture and gives up on packages
that Word and WPS open: macros enabled, the strict variant, a relation that leads nowhere.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from urllib.parse import unquote, urlsplit

from lxml import etree

from corpus.errors import Refused
from corpus.extract.wordml import attribute, child, children, local

LIMIT_OPENED = 300_000_000
"""Bytes that a package may have when all of it is unpacked."""
LIMIT_PART = 120_000_000
"""Bytes of one part of text; the text of a book of laws has a tenth of that."""
LIMIT_RATIO = 200
"""How many times smaller than its content a large package may be; markup alone comes to fifty."""
SMALL = 20_000_000
"""Bytes of content below which the ratio does not matter."""
LIMIT_ENTRIES = 20_000
BROKEN = (
    zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, NotImplementedError, zlib.error, etree.XMLSyntaxError,
)  # fmt: skip
"""What zipfile and lxml raise on damaged input."""
# Other documents of Office that come under the name of a Word document.
OTHERS = {"workbook": ".xlsx", "presentation": ".pptx"}


class WordPackage:
    """An opened .docx; its parts are read when they are asked for. Raises Refused.

    `part` is the name of the main one, `main` its body. A part of more than `largest` bytes (LIMIT_PART) is refused;
    `whole` keeps what says nothing to a reader but has to be there when the part is written again.
    """

    def __init__(self, data: bytes, *, largest: int | None = None, whole: bool = False) -> None:
        self._largest, self._whole = largest or LIMIT_PART, whole
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            check_sizes(self._zip, len(data))
            self.main = self._start()
        except BROKEN as error:
            raise Refused("damaged", str(error)[:80]) from error

    def related(self, kind: str) -> etree._Element | None:
        """The part that the main one is related to in this way, such as styles; None if there is none."""
        target = next((t for k, t, _ in self.relations if k == kind), None)
        try:
            return self._xml(target) if target and target.lower() in self._names else None
        except BROKEN as error:
            raise Refused("damaged", str(error)[:80]) from error

    def named(self, kind: str) -> str | None:
        """The name, as the zip has it, of the part that `related` gives."""
        target = next((t for k, t, _ in self.relations if k == kind), None)
        return self._names.get(target.lower()) if target else None

    def stored(self, name: str) -> str:
        """A part's name as the zip has it; the name itself if there is no such part."""
        return self._names.get(name.lower(), name)

    def xml(self, name: str) -> etree._Element | None:
        """The part of a name; None if there is none. Raises what is in BROKEN, Refused."""
        return self._xml(name) if name.lower() in self._names else None

    def embedded(self, relation: str) -> bytes:
        """The part with this relation id. Raises Refused."""
        target = next((t for _, t, i in self.relations if i == relation), "")
        try:
            return self._bytes(target)
        except BROKEN as error:
            raise Refused("damaged", str(error)[:80]) from error

    def _start(self) -> etree._Element:
        # The names of parts mean the same in either case; some writers use backslashes.
        self._names = {name.lstrip("/").replace("\\", "/").lower(): name for name in self._zip.namelist()}
        self._xml("[Content_Types].xml")
        target = next((t for k, t, _ in self._related_to("") if k == "officeDocument"), "word/document.xml")
        self.part = self.stored(target)
        root = self._xml(target)
        if local(root) in OTHERS:
            raise Refused("format", OTHERS[local(root)])
        body = child(root, "body")
        if local(root) != "document" or body is None:
            raise KeyError("body")
        self.relations = self._related_to(target)
        return body

    def _related_to(self, part: str) -> list[tuple[str, str, str]]:
        """Kind, target and id of the relations of a part that lead to other parts."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations.lower() not in self._names:
            return []
        found = []
        for relation in children(self._xml(relations), "Relationship"):
            if attribute(relation, "TargetMode") == "External":
                continue
            kind = (attribute(relation, "Type") or "").rpartition("/")[2]
            path = unquote(urlsplit(attribute(relation, "Target") or "").path)
            target = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
            found.append((kind, target, attribute(relation, "Id") or ""))
        return found

    def _bytes(self, name: str) -> bytes:
        with self._zip.open(self._names[name.lower()]) as part:
            data = part.read(self._largest + 1)
        if len(data) > self._largest:
            raise Refused("limits")
        return data

    def _xml(self, name: str) -> etree._Element:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False,
            remove_comments=not self._whole, strip_cdata=not self._whole,
        )  # fmt: skip
        root = etree.fromstring(self._bytes(name), parser)
        if root.getroottree().docinfo.doctype:
            raise ValueError("DOCTYPE")  # no part may declare one; who does wants entities to blow up
        return root


def check_sizes(archive: zipfile.ZipFile, packed: int) -> None:
    """Look at what the directory of a zip states before anything is unpacked. Raises Refused."""
    entries = archive.infolist()
    opened = sum(entry.file_size for entry in entries)
    if len(entries) > LIMIT_ENTRIES or opened > LIMIT_OPENED or opened > max(SMALL, LIMIT_RATIO * packed):
        raise Refused("limits")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted")
