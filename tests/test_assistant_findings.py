"""What the command line and the web page say about near-duplicates and rewritten texts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import SPEECH, fresh

from assistant.ask import ask
from assistant.citation import WARNINGS
from assistant.cli import main
from assistant.messages import MESSAGES, say
from assistant.web.document import document_html
from assistant.web.render import answer_html
from corpus.rewritten import Suspicion
from index import Encoder, Library
from index.findings import Findings


@pytest.fixture
def doubled(tmp_path: Path, documents: Path, encoder: Encoder) -> Library:
    """A library in which the speech stands twice, with a line more, and its copy is said to be rewritten."""
    (documents / "讲话" / "网上的.txt").write_text(SPEECH + "请各单位会后抓紧落实。\n", encoding="utf-8")
    library = fresh(tmp_path / "library", encoder)
    with library.writing() as writer:
        list(writer.add([documents]))
    return library


def of(library: Library, name: str) -> str:
    return next(e.id for e in library.entries() if e.names[0].endswith(name))


def say_rewritten(library: Library, id: str) -> None:
    """Put the finding there that a large library would come to."""
    findings = Findings(library._store)
    row = library.entry(id).row
    found = findings.all()
    told = Suspicion(4, 0, 2, "今天", ("今日",))
    found[row] = replace(found[row], flags=("rewritten", *found[row].flags), score=0.9, suspicions=(told,))
    with library._store.transaction():
        findings.replace(found)


def run(capsys: pytest.CaptureFixture[str], library: Library, *arguments: str) -> str:
    assert main([arguments[0], "--library", str(library.layout.root), *arguments[1:]]) == 0
    return capsys.readouterr().out


def test_list_families_names_each_with_its_representative_first(
    doubled: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = run(capsys, doubled, "list", "--families").splitlines()
    assert len(lines) == 2
    assert not lines[0].startswith(" ") and "另有同源文档" not in lines[0]
    assert lines[1].startswith("  ") and lines[1].endswith("另有同源文档")
    [family] = json.loads(run(capsys, doubled, "list", "--families", "--json"))
    assert [m["id"] for m in family["members"]] == [line.split()[0] for line in lines]
    assert family["representative"] == family["members"][0]["id"]
    assert ["near-duplicate" in m["quality"] for m in family["members"]] == [False, True]


def test_list_families_says_when_there_are_none(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, library, "list", "--families") == "文库中没有同源文档\n"
    assert json.loads(run(capsys, library, "list", "--families", "--json")) == []


def test_show_names_the_family_and_the_suspicious_words(doubled: Library, capsys: pytest.CaptureFixture[str]) -> None:
    id = of(doubled, "网上的.txt")
    say_rewritten(doubled, id)
    out = run(capsys, doubled, "show", id)
    assert "同源文档（以第一篇为准）" in out
    assert "疑似伪原创（0.90）" in out
    assert "第4段 0-2  今天 → 今日" in out
    shape = json.loads(run(capsys, doubled, "show", id, "--json"))
    assert len(shape["family"]["members"]) == 2
    assert shape["rewritten"] == {
        "score": 0.9,
        "spans": [{"paragraph": 4, "start": 0, "end": 2, "text": "今天", "likely": ["今日"]}],
    }
    assert "rewritten" in shape["quality"]


def test_show_says_nothing_of_a_document_alone(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    id = of(library, "供暖通知.txt")
    assert "同源" not in run(capsys, library, "show", id)
    shape = json.loads(run(capsys, library, "show", id, "--json"))
    assert shape["family"] is None
    assert shape["rewritten"] == {"score": None, "spans": []}


def test_a_citation_carries_the_warning_wherever_it_is_shown(
    doubled: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    for entry in doubled.entries():
        if "河湖" in entry.title:
            say_rewritten(doubled, entry.id)
    answer = ask(doubled, "排污口整治了多少个")
    assert "rewritten" in answer.to_dict()["citations"][0]["document"]["quality"]
    assert "疑似伪原创" in answer_html(answer, 1)
    assert "疑似伪原创" in run(capsys, doubled, "ask", "排污口整治了多少个")
    assert "疑似伪原创" in run(capsys, doubled, "list")
    id = answer.citations[0].entry.id
    assert "疑似伪原创" in document_html(doubled.document(id), doubled.entry(id))


def test_every_flag_that_is_shown_has_its_words() -> None:
    for flag in WARNINGS:
        assert f"quality.{flag}" in MESSAGES
        assert say(f"quality.{flag}", "en") != say(f"quality.{flag}", "zh")
