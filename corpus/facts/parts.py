"""The parts of a document that state facts: its title, what stands under it, its opening, its signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.document import Fact, Paragraph
from corpus.structure.head import SITE_SUFFIX, TITLE_END, bare

HEAD_PARAGRAPHS = 16
OPENING_PARAGRAPHS = 4


class Parts:
    """`stated` is what the format says, `stem` the file's name; `head` stands under the title."""

    def __init__(self, paragraphs: Sequence[Paragraph], stated: Mapping[str, str], stem: str) -> None:
        self.paragraphs = paragraphs
        self.stated = stated
        self.stem = stem
        self.head = [p for p in paragraphs[:HEAD_PARAGRAPHS] if p.role in ("subtitle", "byline", "date")]
        titles = [p for p in paragraphs if p.role == "title"]
        self.title_lines = _with_organ(titles, _title_run(titles, stated.get("title", ""), stem))
        self.title_text = SITE_SUFFIX.sub("", "".join(p.text for p in self.title_lines))
        self.signature = _signature(paragraphs)
        self.opening = [p for p in paragraphs if p.role in ("opening", "body", "closing")][:OPENING_PARAGRAPHS]

    def in_title(self, start: int, end: int) -> tuple[int, int, int]:
        """Paragraph and span of a span of the whole title; what runs over lines names the first."""
        for line in self.title_lines:
            if start < len(line.text):
                return line.number, start, min(end, len(line.text))
            start, end = start - len(line.text), end - len(line.text)
        return 0, 0, 0


def whole_fact(name: str, value: str, paragraph: Paragraph) -> Fact:
    """A fact whose words are a whole paragraph."""
    return Fact(name, value, paragraph.number, 0, len(paragraph.text))


def _title_run(lines: list[Paragraph], stated: str, stem: str) -> list[Paragraph]:
    """The title once: the lines that together are the stated one, else the first and what goes on from it."""
    for wanted in filter(None, (bare(stated), bare(stem))):
        for first in range(len(lines)):
            joined = ""
            for last in range(first, len(lines)):
                joined += bare(lines[last].text)
                if joined == wanted:
                    return lines[first : last + 1]
    run = lines[:1]
    for line in lines[1:]:
        ended = TITLE_END.search(run[-1].text)
        if ended or line.number != run[-1].number + 1 or bare(line.text) in bare(run[0].text):
            break
        run.append(line)
    return run


def _with_organ(lines: list[Paragraph], run: list[Paragraph]) -> list[Paragraph]:
    """The run and the organ's line above it, which a file's name leaves out."""
    above = [line for line in lines if run and line.number == run[0].number - 1]
    return [*above, *run] if run and run[0].text.startswith(("关于", "印发", "转发")) and above else run


def _signature(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The first signature with its date; what an attachment's author signed comes later."""
    signed = [i for i, p in enumerate(paragraphs) if p.role == "signature"]
    if not signed:
        return [p for p in paragraphs[-3:] if p.role == "date"]
    end = signed[0]
    while end < len(paragraphs) and paragraphs[end].role == "signature":
        end += 1
    return [*paragraphs[signed[0] : end], *(p for p in paragraphs[end : end + 1] if p.role == "date")]
