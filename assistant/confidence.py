"""How likely it is that an answer answers: two logistic models over what support.py finds.

One tells questions that have nothing to do with the library, the other those that it almost answers;
what separates the two kinds is not the same. Their weights lie in confidence.json and come from tests/train_confidence.py.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

GAP, DOUBT = 0.85, 0.1
"""A figure is none of what was asked where one of the question's rarest words, with so much of the rarest one's weight,
stands nowhere near it, and the likelihood is under this: 国防支出增长多少 is not the growth of all spending."""
DOUBT_OF_RATE = 0.3
"""The same for a rate of something that is nowhere told as a rate or share."""
KNOWN = ("sentence", "context", "best", "lexical", "lead")
TOGETHER = (
    ("gap", "unstated"),
    ("context", "outlying"),
    ("unknown", "outlying"),
    ("gap", "outlying"),
    ("gap", "near"),
    ("context", "near"),
    ("unknown", "near"),
)


@dataclass(frozen=True)
class Model:
    """Weights by feature, and the likelihood from which on an answer is given."""

    weights: Mapping[str, float]
    bias: float
    threshold: float

    def likelihood(self, features: Mapping[str, float]) -> float:
        """Between 0 and 1; 0 for no features at all."""
        if not features:
            return 0.0
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in expanded(features).items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def expanded(features: Mapping[str, float]) -> dict[str, float]:
    """The features with the products that matter: what is covered counts by how much of it is known at all.

    >>> expanded({"context": 0.5, "unknown": 0.2})["known context"]
    0.4
    """
    known = 1.0 - features.get("unknown", 0.0)
    products = {f"known {name}": features.get(name, 0.0) * known for name in KNOWN}
    products |= {f"{a} x {b}": features.get(a, 0.0) * features.get(b, 0.0) for a, b in TOGETHER}
    return {**features, **products}


@dataclass(frozen=True)
class Confidence:
    """`value` is the likelihood, 0 to 1, that the evidence answers; `related` and `supported` say whether
    it is enough that the question belongs to the library, and that the evidence states what was asked."""

    value: float
    related: bool
    supported: bool


def confidence(features: Mapping[str, float]) -> Confidence:
    """Judge by the models that ship with the program."""
    related, supported = trained()
    a, b = related.likelihood(features), supported.likelihood(features)
    strange = features.get("figure", 0.0) > 0 and features.get("gap", 0.0) >= GAP
    doubtful = a * b < max(DOUBT * strange, DOUBT_OF_RATE * features.get("untold", 0.0))
    return Confidence(a * b, a >= related.threshold, b >= supported.threshold and not doubtful)


@lru_cache(maxsize=1)
def trained() -> tuple[Model, Model]:
    """The models for related and supported."""
    data = json.loads(resources.files("assistant").joinpath("confidence.json").read_text("utf-8"))
    return Model(**data["related"]), Model(**data["supported"])
