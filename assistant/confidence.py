"""How likely it is that an answer answers: a logistic model over what support.py finds.

Its weights lie in confidence.json and come from tests/train_confidence.py.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True)
class Model:
    """Weights by feature, and the confidence from which on an answer is given."""

    weights: Mapping[str, float]
    bias: float
    threshold: float

    def confidence(self, features: Mapping[str, float]) -> float:
        """Between 0 and 1; 0 for no features at all."""
        if not features:
            return 0.0
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in expanded(features).items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def expanded(features: Mapping[str, float]) -> dict[str, float]:
    """The features with the products that matter: coverage counts for less where words are unknown.

    >>> expanded({"context": 0.5, "unknown": 0.2, "unstated": 1.0, "gap": 0.9})["gap x unstated"]
    0.9
    """
    products = {
        f"{a} x {b}": features.get(a, 0.0) * features.get(b, 0.0)
        for a, b in (("gap", "unstated"), ("context", "outlying"), ("unknown", "outlying"), ("gap", "outlying"))
    }
    return {**features, **products}


@lru_cache(maxsize=1)
def trained() -> Model:
    """The model that ships with the program."""
    data = json.loads(resources.files("assistant").joinpath("confidence.json").read_text("utf-8"))
    return Model(data["weights"], data["bias"], data["threshold"])
