"""Word comments at places of a draft: the draft as it came, with nothing changed but the comments in it.

ISO/IEC 29500-1 17.13.4: a comment is a part of its own; in the text stand the beginning and the end of its
range, and a run that refers to it. Only a run that a range begins or ends in is cut in two, and both halves
keep its properties.
"""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from assistant.draft.comment_part import CommentPart, element_name, set_text
from assistant.draft.reading import Draft
from assistant.draft.word import Letter, WordDraft
from corpus.errors import Refused
from corpus.extract.word_package import BROKEN
from corpus.extract.wordml import local

# Elements of a paragraph in which a range may begin and end between runs.
INLINE = frozenset(
    {"hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo"}
)


@dataclass(frozen=True)
class Comment:
    """What to say of characters [start, end) of a paragraph of the draft, in lines."""

    paragraph: int
    start: int
    end: int
    lines: tuple[str, ...]


def write_comments(draft: Draft, comments: Sequence[Comment], out: Path, when: datetime | None = None) -> None:
    """Write a Word draft with these comments; none of them may overlap another. Raises Refused, OSError.

    The tree of the draft is changed by this, so it is done once for a draft that was read. The file
    takes its name when all of it is there.
    """
    assert draft.word
    data = commented(draft.word, draft.letters, comments, when or datetime.now(UTC))
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def commented(
    word: WordDraft, letters: Sequence[Sequence[Letter]], comments: Sequence[Comment], when: datetime
) -> bytes:
    """The package of the draft with the comments in it; all other parts byte for byte as they came."""
    try:
        parts = CommentPart(word)
        ordered = sorted(comments, key=lambda c: (c.paragraph, c.start))
        ids = range(parts.first_free, parts.first_free + len(ordered))
        # From the end on: cutting a run leaves the letters before the cut where they are.
        for id_, comment in reversed(list(zip(ids, ordered, strict=True))):
            place = letters[comment.paragraph - 1][comment.start : comment.end]
            _mark(place, id_, word)
        for id_, comment in zip(ids, ordered, strict=True):
            parts.add(id_, comment.lines, when)
        return _packed(word, parts.changed() if ordered else {})
    except BROKEN as error:
        raise Refused("damaged", str(error)[:80]) from error


def _mark(place: Sequence[Letter], id_: int, word: WordDraft) -> None:
    """Put the beginning, the end and the reference of a comment around some letters.

    The end first: if the range begins in the same run, what is cut off there comes to stand before it.
    """
    close = _made(word, "commentRangeEnd", id_)
    _put_behind(_after(place[-1]), close)
    reference = etree.Element(element_name(word, "r"))
    reference.append(_made(word, "commentReference", id_))
    _put_behind(_in_paragraph(close), reference)
    _before(place[0]).addprevious(_made(word, "commentRangeStart", id_))


def _after(letter: Letter) -> etree._Element:
    """The element that ends with this letter: its run, cut behind it if more of it follows."""
    run = _own_run(letter)
    if run is None:
        return _in_paragraph(letter.element)
    text, rest = letter.element, list(letter.element.itersiblings())
    if local(text) == "t" and letter.offset + 1 < len(text.text or ""):
        other = deepcopy(text)
        other.tail = None
        set_text(other, text.text[letter.offset + 1 :])
        set_text(text, text.text[: letter.offset + 1])
        rest = [other, *rest]
    if rest:
        _put_behind(run, _half(run, rest))
    return run


def _before(letter: Letter) -> etree._Element:
    """The element that begins with this letter: its run, or the second half of it if more of it stands before."""
    run = _own_run(letter)
    if run is None:
        return _in_paragraph(letter.element)
    text = letter.element
    if local(text) == "t" and letter.offset:
        other = deepcopy(text)
        other.tail = None
        set_text(other, text.text[letter.offset :])
        rest = [other, *text.itersiblings()]
        set_text(text, text.text[: letter.offset])
    elif any(local(before) != "rPr" for before in text.itersiblings(preceding=True)):
        rest = [text, *text.itersiblings()]
    else:
        return run
    half = _half(run, rest)
    _put_behind(run, half)
    return half


def _half(run: etree._Element, content: Iterable[etree._Element]) -> etree._Element:
    """A run like this one that takes over this content."""
    half = etree.Element(run.tag, dict(run.attrib), nsmap=run.nsmap)
    if len(run) and local(run[0]) == "rPr":
        half.append(deepcopy(run[0]))
        half[-1].tail = None
    for element in content:
        half.append(element)
    return half


def _own_run(letter: Letter) -> etree._Element | None:
    """The run of a letter, if a range can begin or end beside it; None inside of a ruby, a formula and the like."""
    run = letter.element.getparent()
    if local(run) != "r":
        return None
    above = run.getparent()
    while local(above) in INLINE:
        above = above.getparent()
    return run if local(above) == "p" else None


def _in_paragraph(element: etree._Element) -> etree._Element:
    """The element itself or the one around it that stands right in the paragraph."""
    while local(element.getparent()) != "p":
        element = element.getparent()
    return element


def _put_behind(element: etree._Element, other: etree._Element) -> None:
    """Right behind an element; `addnext` would carry white space between elements along."""
    parent = element.getparent()
    parent.insert(parent.index(element) + 1, other)


def _made(word: WordDraft, name: str, id_: int) -> etree._Element:
    element = etree.Element(element_name(word, name))
    element.set(element_name(word, "id"), str(id_))
    return element


def _packed(word: WordDraft, changed: dict[str, bytes]) -> bytes:
    """The package with these parts in the place of those of their names, or behind all others."""
    out = io.BytesIO()
    left = dict(changed)
    with zipfile.ZipFile(io.BytesIO(word.data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            known = old.read(entry)
            new.writestr(entry, left.pop(entry.filename, known), compress_type=_method(entry))
        for name, data in left.items():
            new.writestr(name, data)
    return out.getvalue()


def _method(entry: zipfile.ZipInfo) -> int:
    """Stored stays stored, all else is deflated, which every program reads."""
    return zipfile.ZIP_STORED if entry.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
