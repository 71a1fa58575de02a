"""What cleaning takes from all the real documents: so many characters a step, and no sentence of a body.

`data/removed_by_step.json` holds the characters that each step takes from each folder. The removals
were read; a change to a step shows here and is to be read again before the numbers are changed.
`python tests/test_corpus_removed.py` writes the numbers, `… STEP` shows what a step takes.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from corpus import Document, Found, Refused, find_files, read_document
from corpus.clutter import STEPS, strip_clutter
from corpus.lines import split_lines

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
COUNTS = Path(__file__).parent / "data" / "removed_by_step.json"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real documents, ../shared/corpus, are not here")
# These take sentences, which are the site's, the photographer's, the licence's or a second copy.
TAKE_SENTENCES = {
    "drop_share_intro",
    "drop_download_notes",
    "drop_site_speech",
    "drop_preview_end",
    "drop_photo_captions",
    "drop_second_copy",
    "drop_licence",
    "drop_disclaimer",
}


@cache
def documents() -> tuple[Document, ...]:
    read = []
    for found in find_files([CORPUS]):
        assert isinstance(found, Found)
        try:
            read.append(read_document(found.path, found.name))
        except Refused:
            continue  # test_corpus_real_texts says which and why
    return tuple(read)


def counts() -> dict[str, dict[str, int]]:
    """Characters, white space aside, by folder and step."""
    taken: dict[str, Counter[str]] = {}
    for document in documents():
        by_step = taken.setdefault(document.source.name.split("/")[0], Counter())
        for removed in document.removed:
            by_step[removed.step] += len("".join(removed.text.split()))
    return {folder: dict(sorted(steps.items())) for folder, steps in sorted(taken.items())}


def test_each_step_takes_what_it_took_when_it_was_read() -> None:
    assert counts() == json.loads(COUNTS.read_text(encoding="utf-8"))


def test_only_steps_that_are_made_for_sentences_take_any() -> None:
    for document in documents():
        for removed in document.removed:
            if removed.step not in TAKE_SENTENCES:
                assert not removed.text.endswith(("。", "；", "！")), (document.source.name, removed)


def test_what_a_second_copy_said_is_still_said_once() -> None:
    for document in documents():
        kept = "".join("".join(p.text.split()) for p in document.paragraphs)
        for removed in document.removed:
            if removed.step == "drop_second_copy":
                words = max("".join(removed.text.split()).split("，"), key=len).rstrip("。！")
                assert words.removesuffix("（回信全文另发）") in kept


def test_captions_are_told_in_the_third_person() -> None:
    captions = [r.text for d in documents() for r in d.removed if r.step == "drop_photo_captions"]
    assert len(captions) == 34
    assert all(text.endswith("摄") and "我" not in text.replace("我国", "") for text in captions)


def test_cleaning_the_documents_again_takes_nothing() -> None:
    for document in documents():
        lines = split_lines("\n".join(p.text for p in document.paragraphs))
        again = [(r.step, r.text) for r in strip_clutter(lines)[1]]
        assert again == [], document.source.name


def main() -> None:
    names = {step.__name__ for step in STEPS} | {"drop_hidden"}
    if sys.argv[1:]:
        assert sys.argv[1] in names
        for document in documents():
            for removed in document.removed:
                if removed.step == sys.argv[1]:
                    print(document.source.name, removed.at, repr(removed.text))
    else:
        COUNTS.write_text(json.dumps(counts(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
