"""Bytes to Document: read a file, take away what the publishing site added, find the structure."""

from corpus.document import Document, Paragraph, Removed, Source
from corpus.errors import CorpusError, Refused
from corpus.folder import Found, find_files
from corpus.read import read_document
from corpus.reader import Reader

__all__ = [
    "CorpusError",
    "Document",
    "Found",
    "Paragraph",
    "Reader",
    "Refused",
    "Removed",
    "Source",
    "find_files",
    "read_document",
]
