"""What a document states of itself: title, kind, issuer, number, date, place, occasion, persons; one file for each."""

from corpus.facts.metadata import Metadata, read_metadata

__all__ = ["Metadata", "read_metadata"]
