"""A cross-encoder: it reads question and passage together, which tells more than two vectors, and costs more."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

import sentence_transformers
from torch.nn import Identity
from transformers.utils import logging as transformers_logging

from index.errors import ModelMissing

BATCH = 32


class CrossEncoder:
    """A sentence-transformers CrossEncoder run on PyTorch."""

    def __init__(self, model: sentence_transformers.CrossEncoder) -> None:
        self._model = model
        self._guard = threading.Lock()  # a fast tokenizer raises when two threads pad at once

    @classmethod
    def load(cls, name: str) -> CrossEncoder:
        """A model by its name or path; nothing is fetched. Raises ModelMissing, also for a model of another kind."""
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
        path = str(Path(name).expanduser()) if name.startswith("~") else name
        try:
            model = sentence_transformers.CrossEncoder(path, device="cpu", local_files_only=True)
            if wrong := _wrong(model):
                raise ValueError(wrong)
        except (OSError, ValueError) as error:
            raise ModelMissing(model=name, detail=str(error).splitlines()[0][:200]) from error
        return cls(model)

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers, as logits: the higher the better, comparable within one question."""
        pairs = [(question, passage) for passage in passages]
        with self._guard:
            found = self._model.predict(pairs, batch_size=BATCH, activation_fn=Identity(), show_progress_bar=False)
        return [float(score) for score in found]


def _wrong(model: sentence_transformers.CrossEncoder) -> str:
    """What makes a model no cross-encoder; an embedding model would be given a head of random weights."""
    if model.num_labels != 1:
        return f"{model.num_labels} scores for a passage instead of one"
    saved = getattr(model.model.config, "architectures", None) if model.model else None
    return f"{saved[0]} is no cross-encoder" if saved and type(model.model).__name__ not in saved else ""
