"""Zip archives: their members one by one, with limits that hold before anything is expanded."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from corpus.errors import Refused
from corpus.names import is_fit, is_passed_over, shown

LIMIT_MEMBER = 64_000_000
"""Bytes of one member, expanded."""
LIMIT_EXPANDED = 4_000_000_000
"""Bytes of all members that are read out of one file, those of archives inside of it too."""
MOST_ENTRIES = 50_000
"""Members of one file, those of archives inside of it too."""
MOST_NESTED = 3
"""Archives inside one another; more is a trick."""
# Text packs to a tenth, XML to a fiftieth; a bomb packs to a thousandth. Small members may be all zeros.
MOST_RATIO = 200
RATIO_FROM = 5_000_000
# What Windows, 7-Zip, WinRAR and WPS write as zip. Of other methods Python expands without a bound.
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENCRYPTED = 0x1 | 0x40 | 0x2000
UTF8_NAME = 0x800
UNICODE_PATH = 0x7075
OTHER_ARCHIVES = {b"Rar!\x1a\x07": ".rar", b"7z\xbc\xaf\x27\x1c": ".7z"}
DRIVE = re.compile(r"[A-Za-z]:")


@dataclass
class Budget:
    """What one file may still cost. It is handed down to the archives inside of it."""

    expanded: int = LIMIT_EXPANDED
    entries: int = MOST_ENTRIES

    def spend(self, *, expanded: int = 0, entries: int = 0) -> None:
        """Raises Refused("limits") when nothing is left."""
        self.expanded -= expanded
        self.entries -= entries
        if self.expanded < 0 or self.entries < 0:
            raise Refused("limits")


@dataclass(frozen=True)
class Member:
    """A member by its path in the archive; `read` expands it or raises Refused."""

    name: str
    read: Callable[[], bytes]


def zip_members(file: BinaryIO, budget: Budget) -> Iterator[Member]:
    """The members of an archive in its own order; names that are junk are passed over.

    Raises Refused for the archive as a whole: damaged, archive, limits.
    """
    head = file.read(8)
    for signature, ending in OTHER_ARCHIVES.items():
        if head.startswith(signature):
            raise Refused("archive", ending)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Refused("damaged", type(error).__name__) from error
    entries = [entry for entry in archive.infolist() if not (entry.filename and entry.is_dir())]
    budget.spend(entries=len(entries))
    packed = sum(entry.compress_size for entry in entries)
    _refuse_bomb(sum(entry.file_size for entry in entries), min(packed, file.seek(0, io.SEEK_END)))
    taken: set[str] = set()
    for entry in entries:
        name = member_name(entry)
        if not name:
            yield Member(shown(entry.orig_filename) or "?", _refuse(Refused("name")))
        elif refusal := refusal_of_name(name):
            yield Member(shown(name), _refuse(refusal))
        elif not is_passed_over(name):
            name = _free(name, taken)
            taken.add(name)
            yield Member(name, _reading(archive, entry, budget))


def member_name(entry: zipfile.ZipInfo) -> str | None:
    """A member's name: from the Unicode path field, else UTF-8, else GB18030, as Chinese systems write it.

    The field is that of APPNOTE.TXT 4.6.9; it counts only if its checksum is that of the plain name.
    """
    if entry.flag_bits & UTF8_NAME:
        return entry.orig_filename
    raw = entry.orig_filename.encode("cp437")  # as which zipfile decoded it
    try:
        return _unicode_path(entry.extra, raw) or raw.decode("utf-8")
    except UnicodeDecodeError:
        pass  # not UTF-8
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return None


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    while len(extra) >= 4:
        field, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if field == UNICODE_PATH and body[:1] == b"\1" and body[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
            return body[5:].decode("utf-8")
    return None


def refusal_of_name(name: str) -> Refused | None:
    """Why a member of this name is not read, if its name is the reason.

    >>> [str(refusal_of_name(n)) for n in ("../a.txt", "C:/a.txt", "a\\\\b.txt", "附件/a.txt")]
    ['unsafe_path', 'unsafe_path', 'unsafe_path', 'None']
    """
    if not is_fit(name):
        return Refused("name")
    if name.startswith("/") or "\\" in name or DRIVE.match(name) or ".." in name.split("/"):
        return Refused("unsafe_path")
    return None


def _free(name: str, taken: set[str]) -> str:
    """Two members of one name are both read: the second as 讲话 (2).txt."""
    path = PurePosixPath(name)
    number = 1
    while name in taken:
        number += 1
        name = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
    return name


def _refuse(refusal: Refused) -> Callable[[], bytes]:
    def read() -> bytes:
        raise refusal

    return read


def _refuse_bomb(expanded: int, packed: int) -> None:
    if expanded > RATIO_FROM and expanded > MOST_RATIO * packed:
        raise Refused("limits")


def _reading(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> Callable[[], bytes]:
    def read() -> bytes:
        mode = stat.S_IFMT(entry.external_attr >> 16)
        if mode == stat.S_IFLNK:
            raise Refused("link")
        if mode not in (0, stat.S_IFREG):
            raise Refused("not_file")
        if entry.flag_bits & ENCRYPTED:
            raise Refused("encrypted")
        if entry.compress_type not in METHODS:
            raise Refused("archive", f".zip, {entry.compress_type}")
        _refuse_bomb(entry.file_size, entry.compress_size)
        if entry.file_size > LIMIT_MEMBER:
            raise Refused("too_large", f"{LIMIT_MEMBER // 1_000_000} MB")
        budget.spend(expanded=entry.file_size)
        try:
            with archive.open(entry) as member:
                return member.read(entry.file_size)  # never more, whatever the data would expand to
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise Refused("damaged", type(error).__name__) from error

    return read
