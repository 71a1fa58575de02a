"""The part of a Word package that holds its comments: those that are there, and those that come."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from lxml import etree

from assistant.draft.word import WordDraft
from corpus.extract.wordml import attribute

AUTHOR, INITIALS = "有据", "有据"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
STRICT = "http://purl.oclc.org/ooxml/"
RELATION, STRICT_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
TYPES = "[Content_Types].xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What XML 1.0 does not allow in a text.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class CommentPart:
    """The comments of a package: those that are there, and those that come."""

    def __init__(self, word: WordDraft) -> None:
        self._word = word
        self.name = word.package.named("comments") or posixpath.join(
            posixpath.dirname(word.package.part), "comments.xml"
        )
        self._known = word.package.related("comments")
        space = etree.QName(word.body).namespace
        self._root = (
            self._known
            if self._known is not None
            else etree.Element(element_name(word, "comments"), nsmap={"w": space})
        )
        used = [int(id_) for root in (self._root, word.body) for id_ in _ids(root)]
        self.first_free = max(used, default=-1) + 1

    def add(self, id_: int, lines: Sequence[str], when: datetime) -> None:
        """One comment, a paragraph a line."""
        comment = etree.SubElement(self._root, element_name(self._word, "comment"))
        for name, value in (
            ("id", str(id_)),
            ("author", AUTHOR),
            ("date", when.strftime("%Y-%m-%dT%H:%M:%SZ")),
            ("initials", INITIALS),
        ):
            comment.set(element_name(self._word, name), value)
        for line in lines:
            run = etree.SubElement(
                etree.SubElement(comment, element_name(self._word, "p")), element_name(self._word, "r")
            )
            set_text(etree.SubElement(run, element_name(self._word, "t")), UNWRITABLE.sub("", line))

    def changed(self) -> dict[str, bytes]:
        """The parts that are new or other than before, by name."""
        package = self._word.package
        parts = {
            package.part: _bytes(self._word.body.getroottree().getroot()),
            self.name: _bytes(self._root),
        }
        if self._known is None:
            parts |= self._announced()
        return parts

    def _announced(self) -> dict[str, bytes]:
        """The relation to the part of comments, and its content type."""
        package = self._word.package
        folder, name = posixpath.split(package.part)
        relations_name = package.stored(posixpath.join(folder, "_rels", f"{name}.rels"))
        relations = package.xml(relations_name)
        if relations is None:
            relations = etree.Element(
                f"{{{PACKAGE}relationships}}Relationships", nsmap={None: f"{PACKAGE}relationships"}
            )
        known = {attribute(r, "Id") for r in relations}
        etree.SubElement(
            relations,
            f"{{{PACKAGE}relationships}}Relationship",
            Id=next(id_ for n in range(1, len(known) + 2) if (id_ := f"rIdYouju{n}") not in known),
            Type=STRICT_RELATION if (etree.QName(self._word.body).namespace or "").startswith(STRICT) else RELATION,
            Target=posixpath.basename(self.name),
        )
        types_name = package.stored(TYPES)
        types = package.xml(types_name)
        assert types is not None
        etree.SubElement(
            types, f"{{{PACKAGE}content-types}}Override", PartName=f"/{self.name}", ContentType=CONTENT_TYPE
        )
        return {relations_name: _bytes(relations), types_name: _bytes(types)}


def _ids(root: etree._Element) -> Iterable[str]:
    names = ("comment", "commentRangeStart", "commentRangeEnd", "commentReference")
    found = (attribute(e, "id") or "" for name in names for e in root.iter(f"{{*}}{name}"))
    return (id_ for id_ in found if id_.isascii() and id_.isdigit() and len(id_) < 10)


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True))


def element_name(word: WordDraft, name: str) -> str:
    """A name in the namespace that the draft is written in: the strict and the transitional one differ."""
    return f"{{{etree.QName(word.body).namespace}}}{name}"


def set_text(element: etree._Element, text: str) -> None:
    """Text whose white space counts."""
    element.text = text
    element.set(SPACE, "preserve")
