"""Texts to vectors: the default model on ONNX Runtime, any other sentence-transformers model on PyTorch."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index import e5
from index.errors import ModelMissing
from index.passages import Passage
from index.query_adapter import QueryAdapter

Vectors = NDArray[np.float32]

REMEMBERED = 1000
"""Questions whose vectors are kept, a megabyte and a half: some are asked of every generation anew."""
DEFAULT_MODEL = e5.NAME


class Model(Protocol):
    """What turns texts to vectors: OnnxModel or TorchModel. `batch` is how many texts it is best given at a time,
    `workers` how many threads may call it at once.
    """

    dimension: int
    batch: int
    workers: int

    def lengths(self, texts: Sequence[str]) -> Sequence[int]:
        """How long it takes them to be, in a measure of its own: texts of one length need no padding."""

    def encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        """(n, dimension) of unit length; `prompt` is query or document."""

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]], prompt: str
    ) -> list[Vectors]:
        """For each text its vector and, where the model can tell them, those of its parts: (start, end) in the text."""

    def relevance(self, question: str, passages: Sequence[str]) -> list[float] | None:
        """How well each passage answers a question, the higher the better; None from a model that can't tell."""


class Encoder:
    """An embedding model under the name that a library remembers; `adapter` corrects the vectors of questions."""

    def __init__(self, model: Model, name: str, adapter: QueryAdapter | None = None) -> None:
        self._model = model
        self.name = name
        self.dimension = model.dimension
        self.adapter = adapter
        self._questions: dict[str, Vectors] = {}

    @classmethod
    def load(cls, name: str = DEFAULT_MODEL) -> Encoder:
        """A model by its name or path; nothing is fetched. Raises ModelMissing."""
        try:
            if name == DEFAULT_MODEL:
                return cls(_default(), name, QueryAdapter.load())
            return cls(_other(name), name)
        except (OSError, ValueError) as error:
            raise ModelMissing(model=name, detail=str(error).splitlines()[0][:200]) from error

    def passages(self, passages: Sequence[Passage]) -> Iterator[tuple[list[int], list[Vectors]]]:
        """Vectors of unit length, in groups: the indexes into `passages`, and for each (1 + n, dimension) float32,
        the passage's own and, where the model can tell them, those of its n sentences.

        Longest first, so that a batch holds texts of one length and little is spent on padding. Their order is found
        out at once, the work begins when the first group is asked for.
        """
        lengths = self._model.lengths([passage.embedded for passage in passages])
        order = sorted(range(len(passages)), key=lambda i: -lengths[i])
        groups = [order[at : at + self._model.batch] for at in range(0, len(order), self._model.batch)]
        return self._in_turn(passages, groups)

    def _in_turn(
        self, passages: Sequence[Passage], groups: Sequence[list[int]]
    ) -> Iterator[tuple[list[int], list[Vectors]]]:
        with ThreadPoolExecutor(self._model.workers, "embedding-group") as pool:
            ahead: deque[tuple[list[int], Future[list[Vectors]]]] = deque()
            try:
                for group in groups:
                    ahead.append((group, pool.submit(self._group, [passages[i] for i in group])))
                    if len(ahead) > self._model.workers:
                        yield _first(ahead)
                while ahead:
                    yield _first(ahead)
            finally:  # who stops listening waits for those that were begun
                for _, future in ahead:
                    future.cancel()

    def _group(self, passages: Sequence[Passage]) -> list[Vectors]:
        texts = [p.embedded for p in passages]
        parts = [_shifted(p.sentences, len(p.embedded) - len(p.text)) for p in passages]
        return self._model.encode_parts(texts, parts, "document")

    def query(self, text: str) -> Vectors:
        """The vector of a question: (dimension,) float32 of unit length, not to be changed."""
        known = self._questions.get(text)
        if known is not None:
            return known
        vector: Vectors = self._model.encode([_readable(text)], "query")[0]
        vector = self.adapter(vector) if self.adapter else vector
        vector.setflags(write=False)
        if len(self._questions) >= REMEMBERED:
            self._questions = {}
        self._questions[text] = vector
        return vector

    def relevance(self, question: str, passages: Sequence[str]) -> list[float] | None:
        """How well each passage answers a question, read together with it: the higher the better, comparable within
        one question. None if the model can't tell, as any but the default one.
        """
        return self._model.relevance(_readable(question), passages)


def _readable(text: str) -> str:
    """Of half a character no tokenizer can make anything."""
    return text.encode("utf-8", "replace").decode()


def _first(ahead: deque[tuple[list[int], Future[list[Vectors]]]]) -> tuple[list[int], list[Vectors]]:
    group, future = ahead.popleft()
    return group, future.result()


def _shifted(spans: Sequence[tuple[int, int]], by: int) -> list[tuple[int, int]]:
    return [(start + by, stop + by) for start, stop in spans]


def _default() -> Model:
    from index.onnx_model import OnnxModel

    return OnnxModel.load(e5.default_model())


def offline() -> None:
    """Keep the libraries that load models from asking the network for them; to be called before they are imported."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _other(name: str) -> Model:
    offline()
    from index.torch_model import TorchModel  # takes seconds, and a gigabyte of memory

    return TorchModel.load(str(Path(name).expanduser()) if name.startswith("~") else name)


Loader = Callable[[], Encoder]


def is_same_model(library: str, given: str) -> bool:
    """Whether two names mean one model: equal, or paths to one folder."""
    return library == given or (Path(library).exists() and Path(given).exists() and Path(library).samefile(given))
