"""依据: what the citations of a sentence say, in the forms in which it is compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.citation import Citation
from assistant.synthesis.stated import CLAUSE, Stated, figures_of
from corpus.normal import fold


@dataclass(frozen=True)
class Basis:
    """The cited paragraphs, and what stands above them: title, headings, issuer, number, date."""

    citations: tuple[Citation, ...]

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The texts."""
        return tuple(citation.paragraph.text for citation in self.citations)

    @cached_property
    def text(self) -> str:
        """The texts, folded."""
        return "\n".join(map(fold, self.paragraphs))

    @cached_property
    def head(self) -> str:
        """What stands above them, folded."""
        return "\n".join(map(fold, (part for citation in self.citations for part in head_of(citation))))

    @cached_property
    def whole(self) -> str:
        """Both."""
        return f"{self.head}\n{self.text}"

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """The clauses of the texts, folded."""
        return tuple(clause for text in self.paragraphs for clause in clauses_of(text))

    @cached_property
    def figures(self) -> tuple[Stated, ...]:
        """The figures in the texts."""
        return tuple(figure for text in self.paragraphs for figure in figures_of(text))


def head_of(citation: Citation) -> list[str]:
    """Title, issuer, number, date as one writes it, headings."""
    entry = citation.entry
    about = [entry.title, entry.issuer or "", entry.number or "", date_of(entry.issued)]
    return [part for part in [*about, *citation.paragraph.heading_path] if part]


def date_of(issued: str | None) -> str:
    """A date of a document's head as it is written in sentences.

    >>> date_of("2023-06-08"), date_of("2022"), date_of(None)
    ('2023年6月8日', '2022年', '')
    """
    return "".join(
        f"{int(part)}{unit}" for part, unit in zip((issued or "").split("-"), "年月日", strict=False) if part
    )


def clauses_of(text: str) -> list[str]:
    """The clauses of a text, folded.

    >>> clauses_of("储煤12.5万吨，按日退费。")
    ['储煤12.5万吨', '按日退费']
    """
    return [folded for part in CLAUSE.split(text) if (folded := fold(part))]


def basis_of(citations: Sequence[Citation], numbers: Sequence[int]) -> Basis:
    """The basis of a sentence that gives these numbers."""
    return Basis(tuple(citation for citation in citations if citation.n in numbers))
