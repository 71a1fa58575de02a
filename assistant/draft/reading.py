"""稿件: a draft as it is checked, its paragraphs with their numbers; what it says is left as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.draft.word import Letter, WordDraft
from assistant.errors import NotDraft
from corpus import Refused
from corpus.extract.markdown import extract_markdown
from corpus.extract.text import extract_text
from corpus.files import read_bytes
from corpus.lines import split_lines

WORD, MARKDOWN, PLAIN = ".docx", (".md", ".markdown"), (".txt", ".text")
MOST_CHARACTERS = 300_000
"""Characters of the longest draft: a book. What is longer is a file that was mistaken for one."""


@dataclass(frozen=True)
class DraftParagraph:
    """A paragraph that is not blank. `number` counts from 1 in reading order."""

    number: int
    text: str


@dataclass(frozen=True)
class Draft:
    """A draft; `word` is the package that it came in, if it can be written back with comments.

    `letters` says for each paragraph where each of its characters stands in that package.
    """

    path: Path
    paragraphs: tuple[DraftParagraph, ...]
    word: WordDraft | None = None
    letters: tuple[tuple[Letter, ...], ...] = ()

    @property
    def characters(self) -> int:
        """Characters but white space."""
        return sum(len("".join(p.text.split())) for p in self.paragraphs)


def read_draft(path: Path) -> Draft:
    """Read a .docx, .md or .txt.

    Raises NotDraft for another ending; Refused: missing, unreadable, not_file, too_large, changed, not_text,
    damaged, encrypted, limits, format, empty.
    """
    ending = path.suffix.lower()
    if ending not in (WORD, *MARKDOWN, *PLAIN):
        raise NotDraft(path=str(path))
    data = read_bytes(path)
    draft = _word(path, data) if ending == WORD else _plain(path, data, marked=ending in MARKDOWN)
    if not draft.paragraphs:
        raise Refused("empty")
    if draft.characters > MOST_CHARACTERS:
        raise Refused("too_large", f"{MOST_CHARACTERS // 10_000} 万字")
    return draft


def _word(path: Path, data: bytes) -> Draft:
    word = WordDraft.open(data)
    told = [(text, letters) for text, letters in word.paragraphs() if text.strip()]
    paragraphs = tuple(DraftParagraph(n, text) for n, (text, _) in enumerate(told, 1))
    return Draft(path, paragraphs, word, tuple(letters for _, letters in told))


def _plain(path: Path, data: bytes, *, marked: bool) -> Draft:
    text = (extract_markdown(data) if marked else extract_text(data)).text
    lines = [line.text for line in split_lines(text) if line.text.strip()]
    return Draft(path, tuple(DraftParagraph(n, line) for n, line in enumerate(lines, 1)))
