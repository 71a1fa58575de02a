"""Texts to vectors: the default model on ONNX Runtime, any other sentence-transformers model on PyTorch."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index import e5
from index.errors import ModelMissing

Vectors = NDArray[np.float32]

GROUP = 32
"""Texts between two reports of progress, and what is finished when somebody interrupts."""
DEFAULT_MODEL = e5.NAME


class Model(Protocol):
    """What turns texts to vectors: OnnxModel or TorchModel."""

    dimension: int

    def encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        """(n, dimension) of unit length; `prompt` is query or document."""


class Encoder:
    """An embedding model under the name that a library remembers."""

    def __init__(self, model: Model, name: str) -> None:
        self._model = model
        self.name = name
        self.dimension = model.dimension

    @classmethod
    def load(cls, name: str = DEFAULT_MODEL) -> Encoder:
        """A model by its name or path; nothing is fetched. Raises ModelMissing."""
        try:
            return cls(_default() if name == DEFAULT_MODEL else _other(name), name)
        except (OSError, ValueError) as error:
            raise ModelMissing(model=name, detail=str(error).splitlines()[0][:200]) from error

    def passages(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        """Vectors of unit length, in groups: the indexes into `texts` and (n, dimension) float32.

        Longest first, so that a batch holds texts of one length and little is spent on padding.
        """
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        for start in range(0, len(order), GROUP):
            group = order[start : start + GROUP]
            yield group, self._model.encode([texts[i] for i in group], "document")

    def query(self, text: str) -> Vectors:
        """The vector of a question: (dimension,) float32 of unit length."""
        vector: Vectors = self._model.encode([text], "query")[0]
        return vector


def _default() -> Model:
    from index.onnx_model import OnnxModel

    return OnnxModel.load(e5.default_model())


def _other(name: str) -> Model:
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from index.torch_model import TorchModel  # takes seconds, and a gigabyte of memory

    return TorchModel.load(str(Path(name).expanduser()) if name.startswith("~") else name)


Loader = Callable[[], Encoder]


def is_same_model(library: str, given: str) -> bool:
    """Whether two names mean one model: equal, or paths to one folder."""
    return library == given or (Path(library).exists() and Path(given).exists() and Path(library).samefile(given))
