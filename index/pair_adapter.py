"""What makes of the encoder a cross-encoder: a model that reads question and passage together.

Two vectors tell what a text is about, and not whether it states what was asked for; words in common do not either.
For a close call between a few paragraphs there is time to read each together with the question. The encoder's own
weights do that with a low-rank change of each (LoRA, Hu et al. 2021), three megabytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

FILE = "pair_adapter.npz"
Floats = NDArray[np.float32]
Dense = tuple[Floats, Floats]
"""Weights (in, out) and bias (out,)."""


@dataclass(frozen=True)
class PairAdapter:
    """`changes` by the name of a matrix of the model: (in, rank) and (rank, out), whose product is added to it.

    The first token's state, (hidden,), through `inner`, tanh and `outer` is the relevance. Trained for the default
    model by tests/train_pair_adapter.py.
    """

    changes: Mapping[str, tuple[Floats, Floats]]
    inner: Dense
    outer: Dense

    @staticmethod
    def stored() -> bytes:
        """The file that ships with the program."""
        return resources.files("index").joinpath(FILE).read_bytes()

    @classmethod
    def load(cls) -> PairAdapter:
        """The one that ships with the program."""
        with np.load(io.BytesIO(cls.stored())) as arrays:
            return cls.of({name: arrays[name].astype(np.float32) for name in arrays.files})

    @classmethod
    def of(cls, arrays: Mapping[str, Floats]) -> PairAdapter:
        """Out of arrays by name: l0.q.down, l0.q.up, …, inner.w, inner.b, outer.w, outer.b."""
        names = sorted(name.removesuffix(".down") for name in arrays if name.endswith(".down"))
        inner, outer = ((arrays[f"{layer}.w"], arrays[f"{layer}.b"]) for layer in ("inner", "outer"))
        return cls({name: (arrays[f"{name}.down"], arrays[f"{name}.up"]) for name in names}, inner, outer)

    def adapted(self, tensors: Mapping[str, Floats]) -> dict[str, Floats]:
        """The model's tensors with the changes added; matrices are (out, in), flat."""
        changed = {f"{name}.w": tensors[f"{name}.w"] + (a @ b).T.ravel() for name, (a, b) in self.changes.items()}
        return {**tensors, **changed}
