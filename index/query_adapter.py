"""What a question's vector lacks to lie where its answers lie.

The model was made for questions and passages of all kinds and languages. A lay question and the article of
a statute that answers it share few words, and their vectors lie apart in much the same way each time; that
is learned: a small correction of the question's vector, while passages keep theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

FILE = "query_adapter.npz"
STEEP = 3.0
"""How fast the correction saturates; cosines are small numbers."""


@dataclass(frozen=True)
class QueryAdapter:
    """q + tanh(3 q·down)·up, of unit length again; `down` (dimension, n), `up` (n, dimension).

    Trained for the default model by tests/train_query_adapter.py.
    """

    down: NDArray[np.float32]
    up: NDArray[np.float32]

    @classmethod
    def load(cls) -> QueryAdapter:
        """The one that ships with the program."""
        with resources.files("index").joinpath(FILE).open("rb") as file, np.load(file) as arrays:
            return cls(arrays["down"].astype(np.float32), arrays["up"].astype(np.float32))

    def __call__(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """A question's vector, corrected."""
        moved = query + np.tanh(STEEP * (query @ self.down)) @ self.up
        found: NDArray[np.float32] = (moved / np.linalg.norm(moved)).astype(np.float32)
        return found
