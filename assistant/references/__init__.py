"""What a question names of documents, and which documents of a library those are."""

from assistant.references.catalogue import Card, Catalogue
from assistant.references.match import Missing, Reference, parts_of, refer
from assistant.references.named import Named, read_named

__all__ = ["Card", "Catalogue", "Missing", "Named", "Reference", "parts_of", "read_named", "refer"]
