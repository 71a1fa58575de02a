"""The model as ONNX graphs with 8-bit weights: a quarter of the time of 32-bit floats, a quarter of the memory.

Weights are quantised by output channel to 7 bits (signed), activations as they come to 8 bits, each token by itself.
Seven bits, since processors without VNNI, which many offices have, add pairs of 8-bit products in 16 bits and would
overflow with more. Each token, since with one step for a whole batch, as in ONNX Runtime's own dynamic quantisation,
one token of large values makes all others coarse, and a text's vector hangs on the texts beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from index.e5 import Header, PackedModel
    from index.pair_adapter import PairAdapter

OPSET = 20
"""The first that has Gelu; LayerNormalization came with 17."""
OURS = "com.microsoft"
"""Operators that ONNX Runtime has beside the standard's."""
STEPS = 63
"""Largest absolute value of a quantised weight."""
ZERO = np.uint8(128)
"""What stands for 0 among quantised activations."""
LEAST = np.float32(1e-9)
"""Largest value that a token is taken to have: one of zeros alone has no step."""
WORDS = "words.bin"
"""The file beside the graph that holds the embeddings of words. It is mapped and not read: the rows of words that no
text has take no memory, and sessions share the others.
"""
ENCODER, PAIRS = "model_qint8.onnx", "pairs_qint8.onnx"
"""The graph of texts alone, and that of question and passage together."""
Tensors = Mapping[str, NDArray[np.float32]]
Value = NDArray[Any] | np.generic


@dataclass
class _Graph:
    """Nodes and constants in the order in which they are made; values are known by their names."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, value: Value) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def mapped(self, value: NDArray[Any], file: str) -> str:
        """A constant whose bytes lie in a file of their own, in the graph's folder."""
        kind = helper.np_dtype_to_tensor_dtype(value.dtype)
        tensor = TensorProto(name=f"c{len(self.constants)}", data_type=kind, dims=value.shape)
        tensor.data_location = TensorProto.EXTERNAL
        for key, told in {"location": file, "offset": "0", "length": str(value.nbytes)}.items():
            tensor.external_data.add(key=key, value=told)
        self.constants.append(tensor)
        return str(tensor.name)

    def one(self, operator: str, *inputs: str, **attributes: Any) -> str:
        name = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], **attributes))
        return name

    def numbers(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64))


@dataclass(frozen=True)
class _Batch:
    """Values that all layers need: the shape (n, length) of the `texts`, `mask`, which is added to the scores of
    padding, `zeros`, which is ZERO for each token."""

    texts: str
    mask: str
    zeros: str

    def shape(self, graph: _Graph, *rest: int) -> str:
        """(n, length, …)."""
        return graph.one("Concat", self.texts, graph.numbers(*rest), axis=0)


@dataclass(frozen=True)
class _Words:
    """Embeddings of words in 8 bits: `rows` (vocabulary, hidden) int8, times the `steps` (vocabulary, 1) of each."""

    rows: NDArray[np.int8]
    steps: NDArray[np.float32]

    @classmethod
    def of(cls, words: NDArray[np.float32]) -> _Words:
        steps = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-12) / 127
        return cls(np.rint(words / steps).astype(np.int8), steps.astype(np.float32))


def _linear(graph: _Graph, value: str, weights: NDArray[np.float32], bias: NDArray[np.float32], batch: _Batch) -> str:
    """value @ weights.T + bias, with `value` (n, length, in) and `weights` (out, in) in 8 bits."""
    scale = np.maximum(np.abs(weights).max(axis=1), 1e-12) / STEPS
    whole = np.rint(weights / scale[:, None]).astype(np.int8).T
    wide = weights.shape[1]
    largest = graph.one("ReduceMax", graph.one("Abs", value), graph.numbers(2), keepdims=1)
    step = graph.one("Mul", graph.one("Max", largest, graph.constant(LEAST)), graph.constant(np.float32(1 / 127)))
    steps, flat = graph.one("Reshape", step, graph.numbers(-1)), graph.one("Reshape", value, graph.numbers(-1, wide))
    small = graph.one("QuantizeLinear", flat, steps, batch.zeros, axis=0)
    small = graph.one("Reshape", small, batch.shape(graph, wide))
    by = graph.constant(np.float32(1.0)), graph.constant(scale.astype(np.float32)), graph.constant(ZERO)
    product = graph.one("MatMulIntegerToFloat", small, graph.constant(whole), *by, domain=OURS)
    return graph.one("Add", graph.one("Mul", product, step), graph.constant(bias))


def write_graphs(packed: PackedModel, adapter: PairAdapter, folder: Path) -> None:
    """Write ENCODER, PAIRS, and the WORDS that they have in common.

    Both take token ids and mask, (n, length) int64. ENCODER gives POOLED (n, hidden), the vector of the whole text,
    of unit length, and TOKENS (n, length, hidden), what it is the mean of before it is scaled; PAIRS gives RELEVANCE
    (n,), how well a passage answers the question before it.
    """
    words = _Words.of(packed.tensors["emb.word"].reshape(-1, packed.header.hidden))
    (folder / WORDS).write_bytes(words.rows.tobytes())
    _write_encoder(packed.tensors, packed.header, words, folder / ENCODER)
    _write_pairs(packed, words, adapter, folder / PAIRS)


def _write_encoder(tensors: Tensors, header: Header, words: _Words, path: Path) -> None:
    graph, value, weight = _layers(tensors, header, words)
    pooled = _mean(graph, value, weight)
    length = graph.one("ReduceL2", pooled, graph.numbers(1), keepdims=1)
    graph.nodes.append(helper.make_node("Div", [pooled, length], [POOLED]))
    graph.nodes.append(helper.make_node("Identity", [value], [TOKENS]))
    _save(graph, {POOLED: ["n", header.hidden], TOKENS: ["n", "length", header.hidden]}, path)


def _write_pairs(packed: PackedModel, words: _Words, adapter: PairAdapter, path: Path) -> None:
    graph, value, _ = _layers(adapter.adapted(packed.tensors), packed.header, words)
    first = graph.one("Gather", value, graph.constant(np.int64(0)), axis=1)

    def dense(value: str, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        return graph.one("Gemm", value, graph.constant(weights), graph.constant(bias))

    told = dense(graph.one("Tanh", dense(first, *adapter.inner)), *adapter.outer)
    graph.nodes.append(helper.make_node("Reshape", [told, graph.numbers(-1)], [RELEVANCE]))
    _save(graph, {RELEVANCE: ["n"]}, path)


def _layers(tensors: Tensors, header: Header, words: _Words) -> tuple[_Graph, str, str]:
    """All of the model: the graph, the last layer's tokens (n, length, hidden), and the mask as floats."""
    graph = _Graph()
    texts = graph.one("Shape", "input_ids")
    tokens = graph.one("ReduceProd", texts, keepdims=1)
    weight = graph.one("Cast", "attention_mask", to=TensorProto.FLOAT)
    padding = graph.one("Sub", graph.constant(np.float32(1.0)), weight)
    mask = graph.one("Mul", padding, graph.constant(np.float32(-10000.0)))
    batch = _Batch(
        texts=texts,
        mask=graph.one("Unsqueeze", mask, graph.numbers(1, 2)),
        zeros=graph.one("Expand", graph.constant(ZERO), tokens),
    )
    value = _embeddings(graph, tensors, words, header)
    for layer in range(header.layers):
        value = _layer(graph, tensors, f"l{layer}", value, batch, header)
    return graph, value, weight


def _save(graph: _Graph, outputs: Mapping[str, list[Any]], path: Path) -> None:
    given = [helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "length"]) for name in INPUTS]
    told = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()]
    model = helper.make_model(
        helper.make_graph(graph.nodes, path.stem, given, told, graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(OURS, 1)],
        ir_version=9,
    )
    onnx.save(model, str(path))


INPUTS = ("input_ids", "attention_mask")
POOLED, TOKENS, RELEVANCE = "sentence_embedding", "token_embeddings", "relevance"


def _embeddings(graph: _Graph, tensors: Tensors, words: _Words, header: Header) -> str:
    """Words, positions from 0, one token type; added and normalised."""
    rows = graph.one("Gather", graph.mapped(words.rows, WORDS), "input_ids")
    steps = graph.one("Gather", graph.constant(words.steps), "input_ids")
    word = graph.one("Mul", graph.one("Cast", rows, to=TensorProto.FLOAT), steps)
    length = graph.one("Gather", graph.one("Shape", "input_ids"), graph.constant(np.int64(1)))
    places = graph.one("Range", graph.constant(np.int64(0)), length, graph.constant(np.int64(1)))
    position = tensors["emb.pos"].reshape(-1, header.hidden) + tensors["emb.type"].reshape(-1, header.hidden)[0]
    total = graph.one("Add", word, graph.one("Gather", graph.constant(position), places))
    return _normalised(graph, total, tensors["emb.ln.w"], tensors["emb.ln.b"], header.epsilon)


def _layer(
    graph: _Graph,
    tensors: Tensors,
    name: str,
    value: str,
    batch: _Batch,
    header: Header,
) -> str:
    """(n, length, hidden) to the same."""
    hidden, heads, epsilon = header.hidden, header.heads, header.epsilon

    def weights(part: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        bias = tensors[f"{name}.{part}.b"]
        return tensors[f"{name}.{part}.w"].reshape(len(bias), -1), bias

    def linear(value: str, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        return _linear(graph, value, weights, bias, batch)

    (wq, bq), (wk, bk), (wv, bv) = (weights(p) for p in "qkv")
    root = np.float32(np.sqrt(hidden // heads))
    together = linear(value, np.concatenate([wq / root, wk, wv]), np.concatenate([bq / root, bk, bv]))
    shape = graph.numbers(0, 0, 3, heads, hidden // heads)
    parts = graph.one("Transpose", graph.one("Reshape", together, shape), perm=[2, 0, 3, 1, 4])
    query, key, content = (graph.one("Gather", parts, graph.constant(np.int64(i)), axis=0) for i in range(3))
    scores = graph.one("MatMul", query, graph.one("Transpose", key, perm=[0, 1, 3, 2]))
    shares = graph.one("Softmax", graph.one("Add", scores, batch.mask), axis=-1)
    seen = graph.one("Transpose", graph.one("MatMul", shares, content), perm=[0, 2, 1, 3])
    attended = linear(graph.one("Reshape", seen, graph.numbers(0, 0, hidden)), *weights("ao"))
    value = graph.one("Add", value, attended)
    value = _normalised(graph, value, tensors[f"{name}.aln.w"], tensors[f"{name}.aln.b"], epsilon)
    inner = graph.one("Gelu", linear(value, *weights("fi")))
    value = graph.one("Add", value, linear(inner, *weights("fo")))
    return _normalised(graph, value, tensors[f"{name}.oln.w"], tensors[f"{name}.oln.b"], epsilon)


def _normalised(
    graph: _Graph, value: str, scale: NDArray[np.float32], bias: NDArray[np.float32], epsilon: float
) -> str:
    return graph.one("LayerNormalization", value, graph.constant(scale), graph.constant(bias), axis=-1, epsilon=epsilon)


def _mean(graph: _Graph, value: str, weight: str) -> str:
    """The mean over the tokens that the mask holds."""
    column = graph.one("Unsqueeze", weight, graph.numbers(2))
    axis = graph.numbers(1)
    total = graph.one("ReduceSum", graph.one("Mul", value, column), axis, keepdims=0)
    return graph.one("Div", total, graph.one("ReduceSum", column, axis, keepdims=0))
