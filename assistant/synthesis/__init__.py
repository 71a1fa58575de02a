"""综述: what a language model makes of an answer's evidence, each sentence checked against what it cites.

Off unless a server is set. What the model wrote and nothing in its sources carries is dropped, and the drop is told.
The work begins in `synthesise.py`, which alone needs an HTTP client.
"""

from assistant.synthesis.records import Dropped, Synthesis, SynthesisSentence
from assistant.synthesis.server import ModelServer

__all__ = ["Dropped", "ModelServer", "Synthesis", "SynthesisSentence"]
