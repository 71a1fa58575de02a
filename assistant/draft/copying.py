"""复写率: how much of a draft stands in the library, sentence by sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from assistant.draft.findings import Copied, CopiedSentence, Finding
from assistant.draft.reading import DraftParagraph
from corpus.sentences import sentence_spans

HALF = 0.5
"""Share of a sentence's characters that stands in the library, from which on the sentence is listed."""


def copied_of(paragraphs: Sequence[DraftParagraph], findings: Iterable[Finding]) -> Copied:
    """The share of copied characters, white space left out. A quotation counts too: it stands in the library."""
    by_paragraph: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.kind != "figure" and finding.verdict != "not_found":
            by_paragraph[finding.paragraph].append(finding)
    total = copied = marked = 0
    sentences: list[CopiedSentence] = []
    for paragraph in paragraphs:
        found = by_paragraph[paragraph.number]
        counted = [i for i, c in enumerate(paragraph.text) if not c.isspace()]
        total += len(counted)
        in_library = _covered(found)
        copied += sum(i in in_library for i in counted)
        in_marks = _covered(f for f in found if f.kind != "run")
        marked += sum(i in in_marks for i in counted)
        sentences += _sentences(paragraph, found, in_library, in_marks)
    return Copied(total, copied, marked, tuple(sentences))


def _covered(findings: Iterable[Finding]) -> set[int]:
    return {i for f in findings for i in range(f.start, f.end)}


def _sentences(
    paragraph: DraftParagraph, findings: Sequence[Finding], covered: set[int], in_marks: set[int]
) -> Iterable[CopiedSentence]:
    for start, end in sentence_spans(paragraph.text):
        copied = sum(i in covered for i in range(start, end))
        share = copied / (end - start)
        marked = 2 * sum(i in in_marks for i in range(start, end)) >= copied
        inside = [f for f in findings if f.start < end and start < f.end and f.source]
        if share < HALF or not inside:
            continue
        longest = max(inside, key=lambda f: min(f.end, end) - max(f.start, start))
        assert longest.source
        yield CopiedSentence(paragraph.number, start, end, paragraph.text[start:end], share, marked, longest.source)
