"""核稿: a draft held against the library, its quotations, figures, copied and rewritten wording."""

from assistant.draft.checking import check
from assistant.draft.comments import write_comments
from assistant.draft.findings import Checked, Copied, CopiedSentence, Finding
from assistant.draft.reading import Draft, DraftParagraph, read_draft
from assistant.draft.report import comments_of, report_lines

__all__ = [
    "Checked",
    "Copied",
    "CopiedSentence",
    "Draft",
    "DraftParagraph",
    "Finding",
    "check",
    "comments_of",
    "read_draft",
    "report_lines",
    "write_comments",
]
