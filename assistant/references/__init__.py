"""What a question names of documents, and which documents of a library those are."""

from assistant.references.catalogue import Card, Catalogue
from assistant.references.match import Missing, Reference, refer
from assistant.references.named import Named, read_named
from assistant.references.parts import Part, parts_of

__all__ = ["Card", "Catalogue", "Missing", "Named", "Part", "Reference", "parts_of", "read_named", "refer"]
