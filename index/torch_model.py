"""A model run by sentence-transformers on PyTorch: any that exists."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

BATCH = 32


class TorchModel:
    """A sentence-transformers model by name or path; nothing is fetched."""

    batch = BATCH
    workers = 1

    def __init__(self, model: SentenceTransformer) -> None:
        self._model = model
        self.dimension = int(model.get_embedding_dimension() or 0)

    @classmethod
    def load(cls, path: str) -> TorchModel:
        """Raises OSError, ValueError."""
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
        return cls(SentenceTransformer(path, device="cpu", local_files_only=True))

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """In characters."""
        return [len(text) for text in texts]

    def encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        """(n, dimension) of unit length; `prompt` is query or document."""
        encode = self._model.encode_query if prompt == "query" else self._model.encode_document
        vectors = encode(list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)

    def encode_parts(self, texts: Sequence[str], parts: object, prompt: str) -> list[NDArray[np.float32]]:
        """(1, dimension) for each text: not every model pools its tokens such that a part has a vector too."""
        return list(self.encode(texts, prompt)[:, None])

    def relevance(self, question: str, passages: Sequence[str]) -> None:
        """Not told: no such model was trained to read question and passage together."""
