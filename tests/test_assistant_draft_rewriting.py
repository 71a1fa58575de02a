"""Machine-rewritten wording of a draft, judged by the library as if the draft were one of its documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_corpus_rewritten import planted

from assistant.compose import sample_folder
from assistant.draft.findings import Checked, Copied
from assistant.draft.reading import DraftParagraph
from assistant.draft.report import comments_of, report_lines
from assistant.draft.rewriting import find_rewritten, own_words, stretches
from corpus import Document, read_document
from corpus.rewritten import Suspicion
from index import Library, Snapshot

SPEECH = "讲话/在乡村振兴现场推进会上的讲话.txt"


@pytest.fixture(scope="module")
def speech() -> Document:
    return read_document(Path(sample_folder()) / SPEECH)


@pytest.fixture(scope="module")
def snapshot(sample: Library) -> Snapshot:
    return sample.snapshot()


def draft_of(*documents: Document) -> list[DraftParagraph]:
    texts = [paragraph.text for document in documents for paragraph in document.paragraphs]
    return [DraftParagraph(n, text) for n, text in enumerate(texts, 1)]


def test_swapped_words_are_found_where_they_stand_and_clean_ones_are_not(snapshot: Snapshot, speech: Document) -> None:
    assert find_rewritten(snapshot.judge, draft_of(speech), []) == []
    swapped = planted(speech, 0.4, 1, True)
    paragraphs = draft_of(swapped)
    found = find_rewritten(snapshot.judge, paragraphs, [])
    assert len(found) > 10
    assert all(paragraphs[s.paragraph - 1].text[s.start : s.end] == s.word for s in found)
    clean = {p.number: p.text for p in draft_of(speech)}
    assert sum(s.word not in clean[s.paragraph] for s in found) > 0.8 * len(found)


def test_what_is_quoted_is_not_the_drafts_own_wording(snapshot: Snapshot, speech: Document) -> None:
    paragraphs = draft_of(planted(speech, 0.4, 1, True))
    quoted = [(p.number, 0, len(p.text)) for p in paragraphs]
    assert find_rewritten(snapshot.judge, paragraphs, quoted) == []


def test_a_sentence_that_is_said_twice_counts_once() -> None:
    paragraphs = [DraftParagraph(1, "要抓好春耕。要抓好春耕。"), DraftParagraph(2, "要抓好春耕。也要抓好夏收。")]
    words = [[t.word for t in tokens if len(t.word) > 1] for tokens in own_words(paragraphs, [])]
    assert words == [["抓好", "春耕"], ["抓好", "夏收"]]


def test_stretches_together_are_the_whole_draft_and_none_is_short(speech: Document) -> None:
    own = own_words(draft_of(speech), [])
    parts = list(stretches(own, 100))
    assert [t for part in parts for t in part] == [t for tokens in own for t in tokens]
    assert len(parts) > 1
    assert all(sum(len(t.word) > 1 for t in part) >= 100 for part in parts)


def test_a_word_is_commented_once_a_paragraph_and_listed_once() -> None:
    swaps = tuple(Suspicion(n, at, at + 2, "创立", ("创建",)) for n, at in ((1, 0), (1, 5), (2, 0)))
    checked = Checked("稿", (), Copied(), swaps)
    assert [(c.paragraph, c.start) for c in comments_of(checked, "zh")] == [(1, 0), (2, 0)]
    listed = [line for line in report_lines(checked, 2, "zh") if "创立" in line]
    assert listed == ["  创立 → 创建  第1、2段"]
