"""Every sample file gives the text that stands beside it, or is refused for the right reason."""

from __future__ import annotations

import hashlib
import time
from collections import Counter

import pytest
from format_cases import SAMPLES, Case, bare, cases, f1, paragraph_recall, problems, text_of

from corpus import Found, Reader, Refused, read_document, read_file
from corpus.extract import extract, ocr
from corpus.extract.office import office_program
from corpus.extract.text import decode
from corpus.lines import HIDDEN

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files, ../shared/corpus_formats, are not here")

# Samples that must be refused, and why.
REFUSED = {
    "pdf_encrypted_user_password.pdf": "encrypted",
    "pdf_scanned_image_only.pdf": "no_text_layer",
    "txt_empty.txt": "empty",
    "txt_binary_png_renamed.txt": "not_text",
    "zip_bomb_small.zip": "limits",
}
READ = (".txt", ".pdf", ".ofd", ".docx", ".html")
CONVERTED = (".doc", ".wps", ".rtf", ".odt")
# Formats in which the place on the page must tell where a paragraph begins.
PRINTED = (".pdf", ".ofd")
WHOLE = [case for case in cases() if case.path.suffix in READ and case.facts["expect"] == "ok"]
needs_office = pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")


@pytest.mark.parametrize("case", [c for c in WHOLE if c.facts["gold_mode"] == "full"], ids=lambda case: case.name)
def test_a_sample_gives_its_text(case: Case) -> None:
    found = text_of(read_document(case.path))
    assert f1(found, case.gold) >= 0.99
    assert problems(case, found) == []


@needs_office
@pytest.mark.parametrize("case", [c for c in cases() if c.path.suffix in CONVERTED], ids=lambda case: case.name)
def test_a_sample_that_libreoffice_converts_gives_its_text(case: Case) -> None:
    found = text_of(read_document(case.path))
    assert f1(found, case.gold) >= 0.99
    assert problems(case, found) == []
    assert paragraph_recall(case, found) >= 0.95


@pytest.mark.parametrize("case", [c for c in WHOLE if c.path.suffix == ".docx"], ids=lambda case: case.name)
def test_a_word_sample_gives_its_paragraphs(case: Case) -> None:
    assert paragraph_recall(case, text_of(read_document(case.path))) >= 0.95


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


@pytest.mark.parametrize("case", [c for c in WHOLE if c.path.suffix == ".docx"], ids=lambda case: case.name)
def test_a_word_sample_maps_back_and_loses_nothing(case: Case) -> None:
    document = read_document(case.path)
    source = extract(case.name, case.path.read_bytes())[1]
    for paragraph in document.paragraphs:
        ends = [*(a for a, _ in paragraph.pieces[1:]), len(paragraph.text)]
        mapped = "".join(source.text[b : b + end - a] for (a, b), end in zip(paragraph.pieces, ends, strict=True))
        assert mapped == paragraph.text
    kept = "".join(p.text for p in document.paragraphs) + "".join(r.text for r in document.removed)
    assert Counter(bare(HIDDEN.sub("", kept))) == Counter(bare(HIDDEN.sub("", source.text)))
    starts = {0, *(i + 1 for i, c in enumerate(source.text) if c == "\n")}
    assert starts.issuperset(at for at, _ in source.headings)
    assert read_document(case.path) == document


@pytest.mark.parametrize("name", REFUSED)
def test_a_sample_that_cannot_be_read_is_refused_with_the_reason(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(Refused) as refusal:
        read_document(SAMPLES / name)
    assert refusal.value.code == REFUSED[name]


def sample(name: str) -> Case:
    (case,) = [case for case in cases() if case.name == name]
    return case


def members(name: str) -> tuple[str, list[str]]:
    """The text of an archive with a line for the path of each member, as the gold has it; what was refused."""
    readings = [reading for reading in read_file(SAMPLES / name) if not reading.begun]
    texts = [f"@@ {r.name.removeprefix(name + '!/')}\n{text_of(r.document)}" for r in readings if r.document]
    return "\n".join(texts), [f"{r.name} {r.refused.code}" for r in readings if r.refused]


def test_an_archive_gives_the_texts_of_its_members_under_their_paths() -> None:
    case = sample("zip_nested_gbk_names.zip")
    found, refused = members(case.name)
    assert refused == []
    assert paragraph_recall(case, found) == 1.0
    assert f1(found, case.gold) == 1.0


def test_a_member_that_leads_out_is_refused_by_name_and_the_rest_is_read() -> None:
    case = sample("zip_path_traversal.zip")
    found, refused = members(case.name)
    assert refused == ["zip_path_traversal.zip!/../evil.txt unsafe_path"]
    assert f1(found, case.gold) == 1.0
    assert problems(case, found) == []


def test_a_bomb_is_refused_before_it_expands() -> None:
    path = SAMPLES / "zip_bomb_small.zip"
    with Reader() as reader:
        list(reader.read(Found(SAMPLES / "txt_empty.txt", "空.txt")))  # the child is there
        began = time.perf_counter()
        (reading,) = reader.read(Found(path, path.name))
        assert time.perf_counter() - began < 1.0
    assert reading.refused
    assert reading.refused.code == "limits"


def test_a_text_in_two_encodings_is_read_in_both() -> None:
    case = sample("txt_mixed_utf8_then_gb18030.txt")
    document = read_document(case.path)
    assert "mixed_encoding" in document.quality
    assert paragraph_recall(case, text_of(document)) == 1.0
    assert all(bare(words) in bare(text_of(document)) for words in case.facts["best_if_also"])


def test_a_line_of_a_million_characters_is_read_whole_in_time() -> None:
    case = sample("txt_3mb_single_line.txt")
    raw = decode(case.path.read_bytes())[0]
    assert hashlib.sha256(bare(raw).encode()).hexdigest() == case.facts["sha256_nospace"]
    began = time.perf_counter()
    found = bare(text_of(read_document(case.path)))
    assert time.perf_counter() - began < 20.0  # measured: 0.5
    assert found.startswith(bare(case.gold))
    assert found == bare(HIDDEN.sub("", raw))  # zero-width characters are never shown
