"""Question to cited Answer, and the ways in which people get it: command line and web page."""

from assistant.answer import Answer, Sentence
from assistant.ask import ask
from assistant.citation import Citation
from assistant.settings import Settings

__all__ = ["Answer", "Citation", "Sentence", "Settings", "ask"]
