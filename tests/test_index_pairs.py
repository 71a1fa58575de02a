"""Question and passage read together: the graph against the model, and what it prefers."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from transformers import AutoModel

from assistant.compose import sample_folder
from corpus import read_document
from index import Encoder
from index.e5 import LAYER_NAMES, default_model
from index.onnx_model import OnnxModel
from index.pair_adapter import PairAdapter

QUESTIONS = ("2023年改造了多少个老旧小区", "干部作风有哪些问题", "hello")


def texts() -> list[str]:
    report = read_document(sample_folder() / "报告与总结/2023年澜川市政府工作报告.txt")
    return [p.text[:220] for p in report.paragraphs][:40]


def by_torch(question: str, passages: list[str]) -> np.ndarray:
    """The same in 32-bit floats."""
    model, adapter = AutoModel.from_pretrained(default_model()), PairAdapter.load()
    tokenizer = OnnxModel.load(default_model())._tokenizer
    found = []
    with torch.no_grad():
        for name, (down, up) in adapter.changes.items():
            number, part = name[1:].split(".")
            layer = model.encoder.layer[int(number)].get_submodule(LAYER_NAMES[part])
            layer.weight += torch.from_numpy(down @ up).T
        for passage in passages:
            ids = tokenizer.encode(f"query: {question}").ids + tokenizer.encode(f"passage: {passage}").ids
            first = model(torch.tensor([ids])).last_hidden_state[0, 0].numpy()
            found.append(np.tanh(first @ adapter.inner[0] + adapter.inner[1]) @ adapter.outer[0] + adapter.outer[1])
    return np.concatenate(found)


def test_the_graph_agrees_with_the_model(encoder: Encoder) -> None:
    given = texts()
    assert len(given) > 30
    for question in QUESTIONS:
        told, wanted = np.array(encoder.relevance(question, given)), by_torch(question, given)
        assert np.corrcoef(told, wanted)[0, 1] >= 0.98
        assert np.abs(told - wanted).mean() <= 0.3


def test_a_passage_is_read_the_same_whatever_is_beside_it(encoder: Encoder) -> None:
    given = texts()
    alone = [encoder.relevance(QUESTIONS[0], [text])[0] for text in given]  # type: ignore[index]
    assert np.allclose(encoder.relevance(QUESTIONS[0], given), alone, atol=1e-3)


@pytest.mark.parametrize(
    ("question", "passages"),
    [
        (
            "全年改造了多少个老旧小区",
            ["全年改造老旧小区一百二十个，惠及居民三万户。", "要加快老旧小区改造，改善居民的居住条件。"],
        ),
        ("谁来验收清淤工程", ["清淤工程由市水务局组织验收。", "清淤工程于六月底前全部完成。"]),
        ("清淤什么时候完成", ["清淤工程于六月底前全部完成。", "清淤工程由市水务局组织验收。"]),
        ("清淤費用由誰承擔", ["清淤費用由各區財政承擔。", "清淤工程由市水務局組織驗收。"]),
    ],
)
def test_what_states_what_is_asked_comes_before_what_is_about_it(
    encoder: Encoder, question: str, passages: list[str]
) -> None:
    told = encoder.relevance(question, passages)
    assert told is not None
    assert told[0] > told[1] + 1


def test_any_length_can_be_read(encoder: Encoder) -> None:
    assert encoder.relevance("清淤", []) == []
    for question in ("", "清" * 3000, "\ud800"):
        assert np.isfinite(encoder.relevance(question, ["", "淤" * 3000])).all()


def test_a_model_that_was_not_trained_for_it_tells_nothing() -> None:
    assert Encoder.load(str(default_model())).relevance("清淤", ["清淤。"]) is None
