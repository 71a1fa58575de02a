"""Every sample file gives the text that stands beside it, or is refused for the right reason."""

from __future__ import annotations

import pytest
from format_cases import SAMPLES, Case, cases, f1, problems, text_of

from corpus import Refused, read_document

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files, ../shared/corpus_formats, are not here")

# Samples that must be refused, and why.
REFUSED = {
    "pdf_encrypted_user_password.pdf": "encrypted",
    "pdf_scanned_image_only.pdf": "no_text_layer",
    "txt_empty.txt": "empty",
    "txt_binary_png_renamed.txt": "not_text",
}
READ = (".txt", ".pdf", ".html")
WHOLE = [case for case in cases() if case.path.suffix in READ and case.facts["expect"] == "ok"]


@pytest.mark.parametrize("case", [c for c in WHOLE if c.facts["gold_mode"] == "full"], ids=lambda case: case.name)
def test_a_sample_gives_its_text(case: Case) -> None:
    found = text_of(read_document(case.path))
    assert f1(found, case.gold) >= 0.99
    assert problems(case, found) == []


@pytest.mark.parametrize("name", REFUSED)
def test_a_sample_that_cannot_be_read_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_document(SAMPLES / name)
    assert refusal.value.code == REFUSED[name]
