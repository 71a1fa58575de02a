"""找提法: precedent wording by meaning, phrase, pattern, place in a document, and as parallel headings."""

from assistant.wording.found import MODES, Family, Variant, Wordings
from assistant.wording.places import CHINESE, PLACES
from assistant.wording.wording import K, Wish, wording

__all__ = ["CHINESE", "Family", "K", "MODES", "PLACES", "Variant", "Wish", "Wordings", "wording"]
