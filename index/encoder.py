"""Texts to vectors, with any sentence-transformers model."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index import e5
from index.errors import ModelMissing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

BATCH = 32
GROUP = 4 * BATCH
"""Texts between two reports of progress."""
DEFAULT_MODEL = e5.NAME


class Encoder:
    """An embedding model under the name that a library remembers."""

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        self._model = model
        self.name = name
        self.dimension = int(model.get_embedding_dimension() or 0)

    @classmethod
    def load(cls, name: str = DEFAULT_MODEL) -> Encoder:
        """A model by its name or path; nothing is fetched. Raises ModelMissing."""
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["TRANSFORMERS_OFFLINE"] = "1"
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        path = (
            str(e5.default_model())
            if name == DEFAULT_MODEL
            else str(Path(name).expanduser())
            if name.startswith("~")
            else name
        )
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
        try:
            return cls(SentenceTransformer(path, device="cpu", local_files_only=True), name)
        except (OSError, ValueError) as error:
            raise ModelMissing(model=name, detail=str(error).splitlines()[0][:200]) from error

    def passages(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        """Vectors of unit length, in groups: the indexes into `texts` and (n, dimension) float32.

        Longest first, so that a batch holds texts of one length and little is spent on padding.
        """
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        for start in range(0, len(order), GROUP):
            group = order[start : start + GROUP]
            vectors = self._model.encode_document(
                [texts[i] for i in group], batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
            yield group, np.asarray(vectors, np.float32)

    def query(self, text: str) -> Vectors:
        """The vector of a question: (dimension,) float32 of unit length."""
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, np.float32)


Loader = Callable[[], Encoder]


def is_same_model(library: str, given: str) -> bool:
    """Whether two names mean one model: equal, or paths to one folder."""
    return library == given or (Path(library).exists() and Path(given).exists() and Path(library).samefile(given))
