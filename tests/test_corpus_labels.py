"""What is read off real documents, against what readers found in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from document_labels import FIELDS, LABELS, labels, same_tree, score_fields, score_mentions

from corpus import Document, read_document

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["labels"]
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real documents, ../shared/corpus, are not here")


@cache
def pairs() -> list[tuple[Document, Mapping[str, Any]]]:
    return [(read_document(CORPUS / label["file"], label["file"]), label) for label in labels()]


def digest() -> str:
    """Of the labels and the files that they are about: floors hold for the data that they were measured on."""
    whole = hashlib.sha256(LABELS.read_bytes())
    for label in labels():
        whole.update((CORPUS / label["file"]).read_bytes())
    return whole.hexdigest()[:16]


def test_the_floors_are_for_these_documents() -> None:
    assert digest() == FLOORS["digest"]


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_read_rightly_and_rarely_missed(name: str) -> None:
    tallies, mistakes = score_fields(pairs())
    told = "\n".join(m for m in mistakes if f" {name}: " in m)
    assert tallies[name].precision >= FLOORS["precision"], told
    assert tallies[name].recall >= FLOORS["recall"], told


def test_heading_trees_are_exact() -> None:
    with_tree = [(d, label) for d, label in pairs() if label["headings"] is not None]
    exact = [same_tree(d, label) for d, label in with_tree]
    wrong = [label["file"] for (_, label), same in zip(with_tree, exact, strict=True) if not same]
    assert sum(exact) / len(exact) >= FLOORS["heading trees"], wrong


@pytest.mark.parametrize("name", FLOORS["mentions"])
def test_what_is_mentioned_is_found(name: str) -> None:
    tallies, mistakes = score_mentions(pairs())
    told = "\n".join(m for m in mistakes if f" {name} " in m)
    assert tallies[name].precision >= FLOORS["mentions"][name]["precision"], told
    assert tallies[name].recall >= FLOORS["mentions"][name]["recall"], told
