"""Documents: what they are made of survives JSON, and their id depends on their words alone."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, Fact, Mention, Paragraph, Removed, Source
from corpus.document import FACTS, ID_LENGTH, MENTIONS, ROLES, paragraph_from_dict

words = st.text(max_size=30)
offsets = st.integers(min_value=0, max_value=10**7)
sources = st.builds(Source, words, words, words, words)
paragraphs = st.builds(
    Paragraph,
    number=st.integers(min_value=1, max_value=10**6),
    role=st.sampled_from(ROLES),
    text=words,
    heading_path=st.lists(words, max_size=4).map(tuple),
    pieces=st.lists(st.tuples(offsets, offsets), max_size=4).map(tuple),
)
facts = st.builds(Fact, st.sampled_from(FACTS), words, offsets, offsets, offsets)
mentions = st.builds(
    Mention, st.sampled_from(MENTIONS), offsets, offsets, offsets, words, st.none() | words, unit=words, of=words
)
documents = st.builds(
    Document,
    source=sources,
    title=words,
    kind=st.none() | words,
    issuer=st.none() | words,
    number=st.none() | words,
    issued=st.none() | words,
    quality=st.lists(words, max_size=3).map(tuple),
    paragraphs=st.lists(paragraphs, max_size=5).map(tuple),
    removed=st.lists(st.builds(Removed, words, words, offsets), max_size=3).map(tuple),
    facts=st.lists(facts, max_size=3).map(tuple),
    mentions=st.lists(mentions, max_size=3).map(tuple),
)


def small(*texts: str) -> Document:
    source = Source("河道.txt", "/library/河道.txt", "0" * 64, "text/plain")
    body = tuple(Paragraph(i, "body", text) for i, text in enumerate(texts, 1))
    return Document(source, "河道管护通知", "通知", None, None, None, (), body)


@settings(deadline=None)
@given(documents)
def test_a_document_survives_json(document: Document) -> None:
    back = Document.from_dict(json.loads(json.dumps(document.to_dict())))
    assert back == document
    assert back.id == document.id


@settings(deadline=None)
@given(documents)
def test_a_document_survives_its_own_dictionary(document: Document) -> None:
    assert Document.from_dict(document.to_dict()) == document


@settings(deadline=None)
@given(paragraphs)
def test_a_paragraph_survives_json(paragraph: Paragraph) -> None:
    data = json.loads(json.dumps(Document.to_dict(replace(small(), paragraphs=(paragraph,)))))
    assert paragraph_from_dict(data["paragraphs"][0]) == paragraph


@settings(deadline=None)
@given(documents, sources, words)
def test_moving_or_retitling_keeps_the_id(document: Document, source: Source, title: str) -> None:
    assert replace(document, source=source, title=title, removed=(), quality=()).id == document.id


def test_the_id_is_short_hexadecimal() -> None:
    assert len(small("清淤工作已经完成。").id) == ID_LENGTH
    assert set(small("清淤工作已经完成。").id) <= set("0123456789abcdef")


def test_one_changed_character_changes_the_id() -> None:
    assert small("清淤三处。").id != small("清淤五处。").id


def test_where_a_paragraph_ends_changes_the_id() -> None:
    assert small("清淤三处。", "护岸两处。").id != small("清淤三处。护岸两处。").id


def test_the_same_words_have_the_same_id_in_every_process() -> None:
    assert small("清淤三处。").id == "7eb1c5c84741"


def test_a_fact_is_found_by_its_name() -> None:
    document = replace(small("清淤三处。"), facts=(Fact("place", "石桥区", 1, 0, 3),))
    assert document.fact("place") == Fact("place", "石桥区", 1, 0, 3)
    assert document.fact("speaker") is None
