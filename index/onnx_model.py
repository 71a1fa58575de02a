"""A model run by ONNX Runtime: loads in a second and needs no PyTorch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

FILE = Path("onnx") / "model_qint8.onnx"
"""Where a sentence-transformers folder keeps its graph with 8-bit weights."""
BATCH = 32


class OnnxModel:
    """The graph beside a sentence-transformers model, with that model's tokenizer and prompts."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, prompts: dict[str, str]) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._prompts = prompts
        self.dimension = int(session.get_outputs()[0].shape[-1])

    @classmethod
    def load(cls, folder: Path) -> OnnxModel:
        """The model in a folder that holds FILE. Raises OSError, ValueError."""
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        limit = json.loads((folder / "sentence_bert_config.json").read_text("utf-8"))["max_seq_length"]
        padding = json.loads((folder / "tokenizer_config.json").read_text("utf-8"))["pad_token"]
        prompts = json.loads((folder / "config_sentence_transformers.json").read_text("utf-8"))["prompts"]
        tokenizer.enable_truncation(limit)
        tokenizer.enable_padding(pad_id=tokenizer.token_to_id(padding), pad_token=padding)
        session = onnxruntime.InferenceSession(str(folder / FILE), providers=["CPUExecutionProvider"])
        return cls(session, tokenizer, prompts)

    def encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        """(n, dimension) of unit length; `prompt` is query or document."""
        parts = [self._batch(texts[i : i + BATCH], self._prompts[prompt]) for i in range(0, len(texts), BATCH)]
        return np.concatenate(parts) if parts else np.zeros((0, self.dimension), np.float32)

    def _batch(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        encoded = self._tokenizer.encode_batch([prompt + text for text in texts])
        inputs = {
            "input_ids": np.array([e.ids for e in encoded], np.int64),
            "attention_mask": np.array([e.attention_mask for e in encoded], np.int64),
        }
        return np.asarray(self._session.run(None, inputs)[0], np.float32)
