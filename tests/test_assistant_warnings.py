"""What is doubtful about a text is said wherever the text is cited."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import fresh

from assistant.ask import ask
from assistant.citation import WARNINGS
from assistant.commands.asking import print_answer
from assistant.messages import MESSAGES
from assistant.web.document import document_html
from assistant.web.render import answer_html
from index import Encoder, Library

MASKED = """在X市河湖管护工作推进会上的讲话
同志们：
今年以来，X市清理河道垃圾3.2万吨，整治排污口146个，X市河湖面貌有了明显变化。
下一步，X市要把河长制落到实处，X区、X县要管好自己的河段，不让问题过夜。
"""
QUESTION = "清理河道垃圾多少万吨？"


@pytest.fixture
def masked(tmp_path: Path, encoder: Encoder) -> Iterator[Library]:
    (tmp_path / "讲话.txt").write_text(MASKED, encoding="utf-8")
    library = fresh(tmp_path / "library", encoder)
    with library.writing() as writer:
        list(writer.add([tmp_path / "讲话.txt"]))
    yield library
    library.close()


def test_a_card_and_the_opened_document_carry_the_warning(masked: Library) -> None:
    answer = ask(masked, QUESTION)
    warning = MESSAGES["quality.anonymised"][0]
    assert answer.citations
    assert warning in answer_html(answer, 1)
    entry = answer.citations[0].entry
    assert warning in document_html(masked.document(entry.id), entry)


def test_the_command_line_carries_the_warning(masked: Library, capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(ask(masked, QUESTION), "zh")
    cited = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  [1]")]
    assert len(cited) == 1
    assert cited[0].endswith(f"※{MESSAGES['quality.anonymised'][0]}")


def test_a_sound_document_carries_none(library: Library) -> None:
    answer = ask(library, QUESTION)
    assert answer.citations
    assert "yj-flag" not in answer_html(answer, 1)


@pytest.mark.parametrize("flag", WARNINGS)
def test_every_warning_has_words_in_both_languages(flag: str) -> None:
    assert all(MESSAGES[f"quality.{flag}"])
