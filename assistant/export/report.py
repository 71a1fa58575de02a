"""核稿 as a sheet: what of a draft stands in the library, and what is said of each place of it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.draft import Checked, Finding
from assistant.draft.report import finding_lines, rewritten_lines, shortened, sum_lines
from assistant.export.references import References
from assistant.export.sections import sections
from assistant.export.sheet import Block, Sheet, block, heading, titled
from assistant.messages import say

MOST = 500
"""Places that are told of; a book has more than a report can hold."""


def report_sheet(checked: Checked, paragraphs: int, language: str = "zh") -> Sheet:
    """The report on a draft of so many paragraphs; the words of sources are as they were when it was checked."""
    findings = checked.findings[:MOST]
    references = References([f.source for f in findings if f.source])
    title = say("export.report", language)
    head = say("check.head", language, draft=checked.draft, paragraphs=paragraphs, characters=checked.copied.characters)
    parts = {
        "export.report.sums": [block("body", line) for line in (head, *sum_lines(checked, language))],
        "export.report.places": [b for n, f in enumerate(findings, 1) for b in _finding(n, f, references, language)],
        "export.report.rewritten": [
            block("body", line.strip()) for line in rewritten_lines(checked.rewritten, language)
        ],
    }
    cut = [block("body", say("web.check.only", language, most=MOST))] if len(checked.findings) > MOST else []
    return titled(title, (*sections(parts, language), *cut, *references.blocks(language)))


def _finding(n: int, finding: Finding, references: References, language: str) -> Iterator[Block]:
    """What is said of one place; the mark stands behind the last line, which names the source."""
    where = say("paragraph", language, n=finding.paragraph)
    yield heading(3, f"{n}. {where}  “{shortened(finding.text)}”")
    *lines, last = finding_lines(finding, language, ids=False)
    yield from (block("body", line) for line in lines)
    yield block("body", last, references.number(finding.source) if finding.source else "")
