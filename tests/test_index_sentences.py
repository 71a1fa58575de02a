"""Vectors of sentences: what the model gives, what the database keeps, what a question is compared with."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from conftest import NOTICE
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.ask import ask
from corpus.sentences import sentence_spans
from index import Encoder, Library
from index.onnx_model import BATCH, OnnxModel
from index.passages import Passage, context_of
from index.sentences import Halves, SentenceVectors

DIMENSION = 16
QUESTION = "室温不达标怎么办"


def unit(random: np.random.Generator, count: int) -> Halves:
    found = random.normal(size=(count, DIMENSION))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float16)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.integers(1, 2**40), st.integers(0, 5), max_size=12), st.randoms(use_true_random=False))
def test_cosines_are_those_of_comparing_one_by_one(counts: dict[int, int], order) -> None:  # type: ignore[no-untyped-def]
    random = np.random.default_rng(5)
    stored = {id: unit(random, counts[id]) for id in sorted(counts)}
    query = unit(random, 1)[0].astype(np.float32)
    asked = [*stored, 0, 2**41]
    order.shuffle(asked)
    with tempfile.TemporaryDirectory() as folder:
        built = SentenceVectors.build(Path(folder) / "sentences", stored.items(), DIMENSION)
        again = SentenceVectors.load(Path(folder) / "sentences", DIMENSION)
        assert len(built) == len(again) == len(stored)
        assert built.cosines(query, asked) == again.cosines(query, asked)
        for id, found in zip(asked, built.cosines(query, asked), strict=True):
            expected = stored.get(id, np.zeros((0, DIMENSION))).astype(np.float32) @ query
            assert found == pytest.approx(expected.tolist(), abs=1e-5)
        assert built.cosines(query, []) == []


def test_a_file_without_vectors_is_opened_all_the_same(tmp_path: Path) -> None:
    none = np.zeros((0, DIMENSION), np.float16)
    for name, rows in (("no passages", {}), ("no sentences", {3: none, 8: none})):
        found = SentenceVectors.build(tmp_path / name, rows.items(), DIMENSION)
        assert (tmp_path / name / "vectors.f16").stat().st_size == 0
        assert found.cosines(np.ones(DIMENSION, np.float32), [3, 8]) == [[], []]


def test_every_sentence_of_a_library_has_a_vector_that_fits_it(library: Library, encoder: Encoder) -> None:
    store, generation = library._store, library.generation
    stored = list(store.all_sentence_vectors(generation, encoder.dimension))
    ids = [id for id, _ in stored]
    rows = store.passage_rows(ids)
    whole, vectors = store.all_vectors(generation, encoder.dimension)
    assert ids == sorted(ids) == whole.tolist()
    for (id, sentences), vector in zip(stored, vectors, strict=True):
        assert len(sentences) == len(sentence_spans(rows[id].text)) > 0
        assert np.linalg.norm(sentences.astype(np.float32), axis=1) == pytest.approx(1.0, abs=2e-3)
        assert (sentences.astype(np.float32) @ vector.astype(np.float32)).min() > 0.8


def test_the_vectors_of_sentences_stand_in_the_order_of_their_sentences(library: Library, encoder: Encoder) -> None:
    store = library._store
    stored = dict(store.all_sentence_vectors(library.generation, encoder.dimension))
    [row] = [row for row in store.passage_rows(list(stored)).values() if "储煤" in row.text]
    passage = Passage(row.paragraph, row.start, row.stop, row.role, context_of(row.title, row.heading_path), row.text)
    spans = [(a + len(passage.context) + 1, b + len(passage.context) + 1) for a, b in passage.sentences]
    [expected] = model_of(encoder).encode_parts([passage.embedded], [spans], "document")
    found = stored[row.id].astype(np.float32)
    assert np.einsum("ij,ij->i", found, expected[1:]).min() > 0.99


def test_the_sentence_that_answers_is_the_nearest_of_its_paragraph(library: Library) -> None:
    groups, _, _ = library.snapshot().measured("报修以后多长时间上门")
    [found] = [c for group in groups for c in group if "上门" in c.row.text]
    spans = sentence_spans(found.row.text)
    assert len(found.sentences) == len(spans)
    start, end = spans[int(np.argmax(found.sentences))]
    assert "上门" in found.row.text[start:end]


def model_of(encoder: Encoder) -> OnnxModel:
    assert isinstance(encoder._model, OnnxModel)
    return encoder._model


def test_a_text_has_its_own_vector_and_one_for_each_part(encoder: Encoder) -> None:
    model = model_of(encoder)
    sentences = ["报修后两小时内上门。", "河道里的垃圾全部清走了。", "学校食堂每天公布菜价。"]
    text = "".join(sentences)
    spans = sentence_spans(text)
    [found] = model.encode_parts([text], [spans], "document")
    assert found.shape == (1 + len(sentences), model.dimension)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert found[0] @ model.encode([text], "document")[0] > 0.9999
    alone = model.encode(sentences, "document")
    assert (found[1:] @ alone.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_a_part_without_tokens_is_taken_for_the_whole(encoder: Encoder) -> None:
    long = "清理河道垃圾。" * 400
    far = (len(long) - 4, len(long))  # behind what the model reads
    [found] = model_of(encoder).encode_parts([long], [[(0, 7), (3, 3), far]], "document")
    assert (found[2:] @ found[0]).tolist() == pytest.approx([1.0, 1.0], abs=1e-5)
    [bare] = model_of(encoder).encode_parts(["清淤"], [[]], "document")
    assert bare.shape == (1, found.shape[1])
    assert model_of(encoder).encode_parts([], [], "document") == []


def test_texts_keep_their_order_and_their_parts_over_batches(encoder: Encoder) -> None:
    model = model_of(encoder)
    texts = [f"第{i}号闸门由管护员{i}负责。每月检查{i}次。" for i in range(BATCH + 3)]
    parts = [sentence_spans(text)[: i % 3] for i, text in enumerate(texts)]
    found = model.encode_parts(texts, parts, "document")
    assert [len(rows) - 1 for rows in found] == [len(p) for p in parts]
    for i in (0, 2, BATCH - 1, BATCH, BATCH + 2):
        [alone] = model.encode_parts([texts[i]], [parts[i]], "document")
        assert np.einsum("ij,ij->i", found[i], alone).min() > 0.99  # 8 bits round a little differently in a batch


def told(library: Library, question: str) -> set[bool]:
    """Whether the passages put up for a question have vectors of sentences."""
    groups, _, _ = library.snapshot().measured(question)
    return {bool(candidate.sentences) for group in groups for candidate in group}


def test_a_library_without_vectors_of_sentences_is_searched_all_the_same(library: Library, encoder: Encoder) -> None:
    """As other models leave it, and as libraries were before sentences had vectors."""
    before = ask(library, QUESTION)
    with library._store.connection as connection:
        connection.execute("UPDATE vectors SET vector = substr(vector, 1, ?)", (2 * encoder.dimension,))
    with library.writing() as writer:
        writer.rebuild()
    library._current = None
    assert {problem.rpartition(": ")[2] for problem in library.verify()} == {"changed"}  # by another hand: ours
    assert told(library, QUESTION) == {False}
    after = ask(library, QUESTION)
    assert (
        (after.verdict, after.citations[0].id)
        == (before.verdict, before.citations[0].id)
        == ("answered", after.citations[0].id)
    )


def test_a_document_that_comes_later_brings_its_sentences(library: Library, documents: Path) -> None:
    with library._store.connection as connection:
        connection.execute("UPDATE vectors SET vector = substr(vector, 1, 768)")
    (documents / "新供暖通知.txt").write_text(
        NOTICE.replace("2小时", "4小时").replace("31号", "32号"), encoding="utf-8"
    )
    with library.writing() as writer:
        list(writer.add([documents]))
    assert told(library, "报修后几小时内上门") == {True, False}
