"""A run: the results of one set, kept by question in a JSON file to be compared with later ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path
from typing import Any

from assistant.errors import BadInput
from assistant.evaluate.intervals import intervals
from assistant.evaluate.judging import Result
from assistant.evaluate.measures import summarise
from assistant.evaluate.risk import aurc, curve


@dataclass(frozen=True)
class Run:
    """`name` of the set, `digest` of its file, and what became of its questions."""

    name: str
    digest: str
    results: Sequence[Result]

    def to_dict(self) -> dict[str, Any]:
        """Measures and their intervals by kind, the risk-coverage curve, and every question."""
        points = curve(self.results)
        return {
            "set": self.name,
            "digest": self.digest,
            "measures": summarise(self.results),
            "intervals": intervals(self.results),
            "aurc": aurc(points),
            "risk_coverage": [asdict(point) for point in points],
            "questions": [asdict(result) | {"rank": result.rank} for result in self.results],
        }

    def save(self, path: Path) -> None:
        """Write it under another name first, so that no file is ever half written. Raises BadInput."""
        draft = path.with_name(path.name + ".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(self.to_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
            draft.replace(path)
        except OSError as error:
            raise BadInput(path=str(path), line="0", detail=type(error).__name__) from error

    @classmethod
    def load(cls, path: Path) -> Run:
        """A run that was saved. Raises BadInput."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(data["set"], data["digest"], [_result(row) for row in data["questions"]])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadInput(path=str(path), line="0", detail=f"{type(error).__name__} {error}") from error


def _result(row: dict[str, Any]) -> Result:
    """A result out of JSON; runs kept before wording was measured do not tell its rank."""
    values = {f.name: row[f.name] for f in fields(Result) if f.name in row or f.default is MISSING}
    return Result(**values | {"ranks": tuple(row["ranks"])})
