"""Bytes to Document: read a file, take away what the publishing site added, find the structure."""

from corpus.document import Document, Fact, Mention, Paragraph, Removed, Source
from corpus.errors import CorpusError, Refused
from corpus.folder import Found, find_files
from corpus.read import read_document
from corpus.reader import Reader

__all__ = [
    "CorpusError",
    "Document",
    "Fact",
    "Found",
    "Mention",
    "Paragraph",
    "Reader",
    "Refused",
    "Removed",
    "Source",
    "find_files",
    "read_document",
]
