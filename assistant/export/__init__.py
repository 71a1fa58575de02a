"""Results and documents as files: a sheet of paragraphs, written as Markdown or as a Word document by GB/T 9704."""

from assistant.export.answers import Turn, answers_sheet, turn_of
from assistant.export.collected import collected_sheet
from assistant.export.document import document_sheet
from assistant.export.files import FORMS, File, file_of, form_of, save
from assistant.export.passages import passages_sheet, places_of
from assistant.export.quotation import quotation_sheet
from assistant.export.report import report_sheet
from assistant.export.sheet import Block, Run, Sheet

__all__ = [
    "FORMS",
    "Block",
    "File",
    "Run",
    "Sheet",
    "Turn",
    "answers_sheet",
    "collected_sheet",
    "document_sheet",
    "file_of",
    "form_of",
    "passages_sheet",
    "places_of",
    "quotation_sheet",
    "report_sheet",
    "save",
    "turn_of",
]
