"""What a text mentions: cited documents, quotations, 提法, figures, points."""

from corpus.mentions.find import find_mentions

__all__ = ["find_mentions"]
