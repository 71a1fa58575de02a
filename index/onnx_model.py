"""A model run by ONNX Runtime: loads in a second and needs no PyTorch."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.onnx_graph import ENCODER, INPUTS, PAIRS, POOLED, RELEVANCE, TOKENS

GRAPHS = "onnx"
"""The folder in which a sentence-transformers model keeps its graphs."""
BATCH = 8
"""Texts that go through the graph together. With 32 what passes between two of its steps no longer stays in a core's
cache, which takes a fifth more time; one by one the weights are fetched for each text anew."""
MOST_WORKERS = 4
"""Batches at once; each holds some twenty megabytes."""
ASKED = 100
"""Tokens of a question that are read together with a passage."""
Vectors = NDArray[np.float32]
Span = tuple[int, int]


class OnnxModel:
    """The graph beside a sentence-transformers model, with that model's tokenizer and prompts.

    A question is worked on by all cores. Of many texts each core takes its own: that is quicker by a twentieth, and
    no core waits for one that has other things to do. A session is opened when it is first needed: each takes 50 MB
    and has its work.
    """

    batch = BATCH
    workers = max(1, min(MOST_WORKERS, os.cpu_count() or 1))

    def __init__(
        self, graphs: Path, tokenizer: Tokenizer, padding: int, prompts: dict[str, str], dimension: int, longest: int
    ) -> None:
        self._graphs = graphs
        self._longest = longest
        self._tokenizer = tokenizer
        self._padding = padding
        self._prompts = prompts
        self._guard = threading.Lock()
        self._sessions: dict[tuple[str, bool], onnxruntime.InferenceSession] = {}
        self.dimension = dimension

    @classmethod
    def load(cls, folder: Path) -> OnnxModel:
        """The model in a folder with its graphs. Raises OSError, ValueError."""
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        limit = json.loads((folder / "sentence_bert_config.json").read_text("utf-8"))["max_seq_length"]
        padding = json.loads((folder / "tokenizer_config.json").read_text("utf-8"))["pad_token"]
        prompts = json.loads((folder / "config_sentence_transformers.json").read_text("utf-8"))["prompts"]
        tokenizer.enable_truncation(limit)
        tokenizer.no_padding()
        dimension = json.loads((folder / "config.json").read_text("utf-8"))["hidden_size"]
        for graph in (ENCODER, PAIRS):
            if not (folder / GRAPHS / graph).is_file():
                raise FileNotFoundError(folder / GRAPHS / graph)
        return cls(folder / GRAPHS, tokenizer, tokenizer.token_to_id(padding) or 0, prompts, int(dimension), int(limit))

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """In tokens."""
        return [len(encoded) for encoded in self._tokenizer.encode_batch_fast(list(texts))]

    def encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        """(n, dimension) of unit length; `prompt` is query or document."""
        session = self._session(ENCODER, shared=True)
        parts = [self._run(session, b, self._prompts[prompt], [POOLED])[0][0] for b in _batches(texts)]
        return np.concatenate(parts) if parts else np.zeros((0, self.dimension), np.float32)

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]], prompt: str) -> list[Vectors]:
        """For each text (1 + n, dimension): its own vector, then one for each of its n parts, each the mean
        of the part's tokens as they stand in the whole text (late chunking, Günther et al. 2024)."""
        found: list[Vectors] = []
        before = len(self._prompts[prompt])
        session = self._session(ENCODER, shared=False)
        for batch in _batches(texts):
            (pooled, tokens), encoded = self._run(session, batch, self._prompts[prompt], [POOLED, TOKENS])
            for vector, states, code in zip(pooled, tokens, encoded, strict=True):
                means = [vector, *_means(states[: len(code)], code.offsets, before, parts[len(found)], vector)]
                found.append(np.stack(means))
        return found

    def relevance(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers a question, as logits: the higher the better, comparable within one question.

        Each is read together with the question, by all cores: 11 ms for a passage of full length on two.
        """
        session = self._session(PAIRS, shared=True)
        asked = self._tokenizer.encode(self._prompts["query"] + question).ids[:ASKED]
        told: list[float] = []
        for batch in _batches(passages):
            read = self._tokenizer.encode_batch([self._prompts["document"] + passage for passage in batch])
            [scores] = session.run([RELEVANCE], self._padded([[*asked, *e.ids][: self._longest] for e in read]))
            told += scores.tolist()
        return told

    def _session(self, graph: str, *, shared: bool) -> onnxruntime.InferenceSession:
        """A graph; `shared` by all cores for one text, or with as many for each of `workers` as are left."""
        with self._guard:
            if (graph, shared) not in self._sessions:
                options = onnxruntime.SessionOptions()
                options.add_session_config_entry("session.force_spinning_stop", "1")
                if not shared:
                    options.intra_op_num_threads = max(1, (os.cpu_count() or 1) // self.workers)
                self._sessions[graph, shared] = onnxruntime.InferenceSession(
                    str(self._graphs / graph), options, providers=["CPUExecutionProvider"]
                )
            return self._sessions[graph, shared]

    def _run(
        self, session: onnxruntime.InferenceSession, texts: Sequence[str], prompt: str, outputs: list[str]
    ) -> tuple[list[Vectors], list[Encoding]]:
        encoded = self._tokenizer.encode_batch([prompt + text for text in texts])
        return session.run(outputs, self._padded([e.ids for e in encoded])), encoded

    def _padded(self, texts: Sequence[Sequence[int]]) -> dict[str, NDArray[np.int64]]:
        """What a graph is given for texts of different lengths, by their tokens."""
        shape = len(texts), max(map(len, texts))
        ids, mask = np.full(shape, self._padding, np.int64), np.zeros(shape, np.int64)
        for row, tokens in enumerate(texts):
            ids[row, : len(tokens)], mask[row, : len(tokens)] = tokens, 1
        return dict(zip(INPUTS, (ids, mask), strict=True))


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[i : i + BATCH] for i in range(0, len(texts), BATCH))


def _means(
    states: Vectors, offsets: Sequence[Span], before: int, parts: Sequence[Span], whole: Vectors
) -> Iterator[Vectors]:
    """The mean of the tokens of each part, of unit length; of a part without tokens, the whole text's vector.

    `offsets` are those of the tokens in the text with its prompt, which has `before` characters.
    """
    starts, stops = np.array(offsets, np.int64).T - before
    real = stops > starts
    for start, stop in parts:
        inside = real & (starts < stop) & (stops > start)
        mean = states[inside].mean(axis=0) if inside.any() else whole
        yield mean / max(float(np.linalg.norm(mean)), 1e-12)
