"""Sixty planted quotations in one draft: all found for what they are, and all commented where they stand."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from conftest import fresh
from lxml import etree
from planted_drafts import PlantedDraft, plant
from test_assistant_draft_comments import commented_texts, opened_by_office

from assistant.draft import check, comments_of, read_draft, write_comments
from index import Encoder, Library

SHARED = Path(__file__).resolve().parents[2] / "shared" / "corpus"
REAL = ("congress_reports/*十六大*.txt", "state_council_reports/*2011*.txt", "speeches_2020/2020-02*.txt")
SEED = 20


def texts_of(library: Library) -> list[str]:
    return [
        paragraph.text
        for entry in library.entries()
        for paragraph in library.document(entry.id).paragraphs
        if paragraph.role == "body"
    ]


def hold(library: Library, draft: PlantedDraft, folder: Path) -> None:
    """Check a draft as a Word document; every planted quotation has to come out, each with one comment."""
    path, out = folder / "draft.docx", folder / "commented.docx"
    made = docx.Document()
    for text in draft.paragraphs:
        made.add_paragraph(text)
    made.save(str(path))
    read = read_draft(path)
    checked = check(library, read)
    wanted = [(p.paragraph, p.text, p.verdict) for p in draft.planted]
    assert [(f.paragraph, f.text, f.verdict) for f in checked.findings] == wanted
    comments = comments_of(checked, "zh")
    write_comments(read, comments, out)
    assert [p.text for p in docx.Document(str(out)).paragraphs] == list(draft.paragraphs)
    with zipfile.ZipFile(out) as package:
        places = commented_texts(etree.fromstring(package.read("word/document.xml")))
    assert list(places.values()) == [text for _, text, _ in wanted]
    told = [c.text for c in docx.Document(str(out)).comments]
    assert [first_line(text) for text in told] == [verdict for _, _, verdict in wanted]
    if shutil.which("soffice"):
        text, count = opened_by_office(out)
        assert (text, count) == ("".join(draft.paragraphs), len(wanted))


def first_line(comment: str) -> str:
    line = comment.split("\n")[0]
    return {"逐字一致": "verbatim", "库内未见": "not_found"}.get(line, "differs" if "出入" in line else line)


def test_planted_quotations_out_of_the_sample_library(sample: Library, tmp_path: Path) -> None:
    hold(sample, plant(texts_of(sample), 8, SEED), tmp_path)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus is not beside the project")
def test_sixty_planted_quotations_out_of_real_documents(tmp_path: Path, encoder: Encoder) -> None:
    library = fresh(tmp_path / "library", encoder)
    with library.writing() as writer:
        list(writer.add(real_documents()))
    hold(library, plant(texts_of(library), 20, SEED), tmp_path)
    library.close()


def real_documents() -> Sequence[Path]:
    found = sorted(path for pattern in REAL for path in SHARED.glob(pattern))
    assert len(found) >= 5
    return found


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed: it opened no commented draft")
def test_libreoffice_was_asked() -> None:
    """Says so where the test above went without it."""
