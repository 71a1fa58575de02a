"""Questions that go through documents one by one: over the years, over the places."""

from assistant.each.places import Places, places_asked
from assistant.each.share import LOOKED_AT, MOST, OF_EACH, telling_most
from assistant.each.years import Years, years_asked
from assistant.question import Question

__all__ = ["LOOKED_AT", "MOST", "OF_EACH", "Each", "each_asked", "telling_most"]
Each = Years | Places
"""What a question goes through: `question` is what it asks of each."""


def each_asked(question: Question) -> Each | None:
    """What a question goes through one by one; None if it is about one thing."""
    return years_asked(question) or places_asked(question)
