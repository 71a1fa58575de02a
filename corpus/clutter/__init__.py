"""What publishing sites add, taken off; every step says what goes and keeps a record."""

from corpus.clutter.strip import STEPS, strip_clutter

__all__ = ["STEPS", "strip_clutter"]
