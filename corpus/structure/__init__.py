"""Lines to paragraphs: the role of each, and the headings above it."""

from corpus.structure.paragraphs import structure

__all__ = ["structure"]
