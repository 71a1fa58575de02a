"""Every sample file gives the text that stands beside it, or is refused for the right reason."""

from __future__ import annotations

import pytest
from format_cases import SAMPLES, Case, cases, f1, paragraph_recall, problems, text_of

from corpus import Refused, read_document
from corpus.extract import ocr

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files, ../shared/corpus_formats, are not here")

# Samples that must be refused, and why.
REFUSED = {
    "pdf_encrypted_user_password.pdf": "encrypted",
    "pdf_scanned_image_only.pdf": "no_text_layer",
    "txt_empty.txt": "empty",
    "txt_binary_png_renamed.txt": "not_text",
}
READ = (".txt", ".pdf", ".ofd")
# Formats in which the place on the page must tell where a paragraph begins.
PRINTED = (".pdf", ".ofd")
WHOLE = [case for case in cases() if case.path.suffix in READ and case.facts["expect"] == "ok"]


@pytest.mark.parametrize("case", [c for c in WHOLE if c.facts["gold_mode"] == "full"], ids=lambda case: case.name)
def test_a_sample_gives_its_text(case: Case) -> None:
    found = text_of(read_document(case.path))
    assert f1(found, case.gold) >= 0.99
    assert problems(case, found) == []


@pytest.mark.parametrize("case", [c for c in WHOLE if c.path.suffix in PRINTED], ids=lambda case: case.name)
def test_the_lines_of_a_printed_page_become_its_paragraphs(case: Case) -> None:
    assert paragraph_recall(case, text_of(read_document(case.path))) >= 0.95


@pytest.mark.skipif(not ocr.available(), reason="text recognition, the extra ocr, is not installed")
def test_a_scan_is_recognised() -> None:
    (case,) = [case for case in cases() if case.name == "pdf_scanned_image_only.pdf"]
    document = read_document(case.path)
    assert f1(text_of(document), case.gold) >= 0.99
    assert paragraph_recall(case, text_of(document)) >= 0.9
    assert document.quality == ("ocr",)


@pytest.mark.parametrize("name", REFUSED)
def test_a_sample_that_cannot_be_read_is_refused_with_the_reason(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(Refused) as refusal:
        read_document(SAMPLES / name)
    assert refusal.value.code == REFUSED[name]
