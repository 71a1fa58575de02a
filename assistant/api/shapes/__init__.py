"""The JSON of docs/architecture.md field by field, for the page and the tools that describe it.

Answers are made by the records themselves (`to_dict`); that they are as said here is what tests hold.
"""

from assistant.api.shapes.answer import AnswerShape
from assistant.api.shapes.citation import CitationShape, Hit
from assistant.api.shapes.document import DocumentList, DocumentShape, Health
from assistant.api.shapes.draft import CheckedShape
from assistant.api.shapes.failure import Failure
from assistant.api.shapes.quotation import QuotationShape
from assistant.api.shapes.wording import WordingsShape

__all__ = [
    "AnswerShape",
    "CheckedShape",
    "CitationShape",
    "DocumentList",
    "DocumentShape",
    "Failure",
    "Health",
    "Hit",
    "QuotationShape",
    "WordingsShape",
]
