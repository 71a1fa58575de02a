"""How good retrieval and answers are on a question set: asked, judged, measured, compared."""

from assistant.evaluate.asking import evaluate
from assistant.evaluate.comparison import Comparison, compare
from assistant.evaluate.judging import Result, judge
from assistant.evaluate.measures import summarise
from assistant.evaluate.questions import Evidence, Row, read_questions
from assistant.evaluate.run import Run

__all__ = [
    "Comparison",
    "Evidence",
    "Result",
    "Row",
    "Run",
    "compare",
    "evaluate",
    "judge",
    "read_questions",
    "summarise",
]
