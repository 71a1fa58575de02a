"""Bytes to Document: read a file, take away what the publishing site added, find the structure."""

from corpus.document import Document, Fact, Mention, Paragraph, Removed, Source
from corpus.errors import CorpusError, Refused
from corpus.folder import Found, find_files
from corpus.read import original, read_document, read_file
from corpus.reader import Reader
from corpus.reading import Reading

__all__ = [
    "CorpusError",
    "Document",
    "Fact",
    "Found",
    "Mention",
    "Paragraph",
    "Reader",
    "Reading",
    "Refused",
    "Removed",
    "Source",
    "find_files",
    "original",
    "read_document",
    "read_file",
]
