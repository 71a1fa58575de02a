"""Words in the order of a text, each with its place: jieba with the lexicon of official terms."""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from platformdirs import user_cache_path

from corpus.document import Document
from corpus.normal import fold, fold_with_map
from corpus.segmenter import Segmenter

SLICE = 500
"""jieba's time grows faster than the text it gets in one piece; 500 characters keep it linear."""
NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")
QUOTES = frozenset("\"'")
"""Left out: 增强"四个意识" has the neighbours of 增强四个意识."""
UNQUOTED = dict.fromkeys(map(ord, QUOTES))
STOP, NUMBER, LATIN = "|", "#", "X"
"""What stands for punctuation, figures and letters: as neighbours all of a kind are one."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word in folded form, or STOP, NUMBER, LATIN; paragraph.text[start:end] is where it stands."""

    word: str
    paragraph: int
    start: int
    end: int


@lru_cache(maxsize=1)
def segmenter() -> Segmenter:
    """jieba with the lexicon of official terms; its cache lies where only this user can write."""
    logging.getLogger("jieba").setLevel(logging.WARNING)
    found = Segmenter()
    found.tmp_dir = os.fspath(private(user_cache_path("youju") / "jieba"))
    for line in resources.files("corpus").joinpath("lexicon.txt").read_text("utf-8").split():
        found.add_word(line)
    return found


def private(folder: Path) -> Path:
    """A folder that this user alone can write to; a new temporary one where the given one is not.

    jieba loads its cache with marshal, and who can write there could have anything run.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if os.name != "posix" or (
        stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022
    ):
        return folder
    made = Path(tempfile.mkdtemp(prefix="youju-jieba-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def tokens(text: str, paragraph: int = 0) -> list[Token]:
    """The words of a text without overlap, with STOP between clauses.

    >>> [t.word for t in tokens("新增12公里管网，全市都要算账")]
    ['新增', '#', '公里', '管网', '|', '全市', '都', '要', '算账']
    """
    return [Token(word, paragraph, start, end) for word, start, end in cut(text)]


def cut(text: str) -> list[tuple[str, int, int]]:
    """The same as (word, start, end)."""
    bare, origin = fold_with_map(text)
    if not QUOTES.isdisjoint(bare):
        origin = [place for place, c in zip(origin, bare, strict=True) if c not in QUOTES]
        bare = bare.translate(UNQUOTED)
    found: list[tuple[str, int, int]] = []
    at, before = 0, ""
    for piece in _pieces(bare):
        word, end = _kind(piece), at + len(piece)
        if word != STOP or before != STOP:
            found.append((word, origin[at], origin[end - 1] + 1))
        at, before = end, word
    return found


def _pieces(folded: str) -> Iterator[str]:
    for start in range(0, len(folded), SLICE):
        yield from segmenter().cut(folded[start : start + SLICE], HMM=False)


def _bare_words(text: str) -> list[str]:
    """The words of `cut` alone, which takes half the time."""
    found = list(map(_kind, _pieces(fold(text).translate(UNQUOTED))))
    return [word for word, before in zip(found, ["", *found], strict=False) if word != STOP or before != STOP]


def document_tokens(document: Document) -> list[Token]:
    """The words of all paragraphs, with a STOP at the beginning and after each."""
    return paragraph_tokens((p.number, p.text) for p in document.paragraphs)


def document_words(document: Document) -> tuple[str, ...]:
    """The words of `document_tokens` without their places."""
    found = [STOP]
    for paragraph in document.paragraphs:
        words = _bare_words(paragraph.text)
        found += words
        if words and words[-1] != STOP:
            found.append(STOP)
    return tuple(map(sys.intern, found))


def paragraph_tokens(paragraphs: Iterable[tuple[int, str]]) -> list[Token]:
    """The same as `document_tokens` of paragraphs that are given as (number, text)."""
    found = [Token(STOP, 0, 0, 0)]
    for number, text in paragraphs:
        words = tokens(text, number)
        found += words
        if words and words[-1].word != STOP:
            found.append(Token(STOP, number, len(text), len(text)))
    return found


@lru_cache(maxsize=65_536)
def _kind(piece: str) -> str:
    first = piece[0]
    if "\u3400" <= first < "\ua000":
        return NUMBER if all(c in NUMERALS for c in piece) else piece
    if first.isdigit():
        return NUMBER
    return LATIN if first.isalpha() else STOP
