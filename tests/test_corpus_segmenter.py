"""The quicker jieba gives what jieba gives."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.compose import sample_folder
from corpus import find_files, read_document
from corpus.folder import Found
from corpus.segment import document_tokens, document_words, segmenter
from corpus.segmenter import CACHE, Segmenter


@pytest.fixture(scope="module")
def plain() -> jieba.Tokenizer:
    found = jieba.Tokenizer()
    found.tmp_dir = segmenter().tmp_dir
    for line in resources.files("corpus").joinpath("lexicon.txt").read_text("utf-8").split():
        found.add_word(line)
    return found


def alike(plain: jieba.Tokenizer, text: str) -> None:
    for _ in range(2):  # the second time out of what is remembered
        assert list(segmenter().cut(text, HMM=False)) == list(plain.cut(text, HMM=False))
        assert list(segmenter().cut_for_search(text)) == list(plain.cut_for_search(text))


def test_the_words_of_our_own_documents_are_those_of_jieba(plain: jieba.Tokenizer) -> None:
    for file in find_files([sample_folder() / "讲话"]):
        assert isinstance(file, Found)
        for paragraph in read_document(file.path).paragraphs:
            alike(plain, paragraph.text)


@given(st.text(st.sampled_from("全国文明城市创建工作会议上讲话的了和研究生命题x1.%，𠮷 市长江大桥"), max_size=30))
def test_the_words_of_any_text_are_those_of_jieba(plain: jieba.Tokenizer, text: str) -> None:
    alike(plain, text)


@given(st.lists(st.text(st.sampled_from("全国文明城市的“了”研究，。、 12三x×\u3000\u200b…"), max_size=20), max_size=4))
def test_the_words_of_a_document_are_the_same_with_and_without_their_places(texts: list[str]) -> None:
    document = SimpleNamespace(paragraphs=[SimpleNamespace(number=n, text=text) for n, text in enumerate(texts, 1)])
    assert document_words(document) == tuple(token.word for token in document_tokens(document))


def test_a_word_put_in_later_counts_at_once(tmp_path: Path) -> None:
    found = Segmenter()
    found.tmp_dir = str(tmp_path)
    assert "栖岭镇" not in list(found.cut("在栖岭镇开会", HMM=False))
    found.add_word("栖岭镇")
    assert "栖岭镇" in list(found.cut("在栖岭镇开会", HMM=False))


def test_a_damaged_store_of_words_is_made_again(tmp_path: Path) -> None:
    (tmp_path / CACHE).write_bytes((Path(segmenter().tmp_dir) / CACHE).read_bytes()[:1000])
    found = Segmenter()
    found.tmp_dir = str(tmp_path)
    assert list(found.cut("明天开会")) == ["明天", "开会"]
    assert (tmp_path / CACHE).stat().st_size > 1_000_000
