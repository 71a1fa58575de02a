"""Questions to begin with: of the sample library those that ship, of any other what its own documents answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import fresh

from assistant.ask import ask
from assistant.web import examples
from assistant.web.examples import EXAMPLES, ON_THE_PAGE, Examples
from index import Encoder, Library


def notice(topic: str, heading: str, text: str) -> str:
    return f"关于做好{topic}工作的通知\n各街道：\n现就有关事项通知如下。\n一、总体要求\n提高认识。\n二、{heading}\n{text}\n云岭市人民政府\n2024年3月5日\n"


@pytest.fixture
def own(tmp_path: Path, encoder: Encoder) -> Library:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "清淤.txt").write_text(
        notice("清淤", "压实巡查责任", "网格由街道主任负责，每周巡查三次，汛前完成清淤。"), "utf-8"
    )
    (folder / "供暖.txt").write_text(
        notice("供暖", "明确供暖时间", "供暖期为十一月十日至次年三月二十日，降温时提前。"), "utf-8"
    )
    (folder / "防火.txt").write_text(notice("防火", "压实巡查责任", "护林员每日巡山两次，发现火情立即报告。"), "utf-8")
    (folder / "讲话.txt").write_text("在动员会上的讲话\n同志们：\n要把工作抓实抓细抓到位，让群众满意。\n", "utf-8")
    library = fresh(tmp_path / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder]))
    return library


def test_each_is_answered_by_the_document_that_it_names_and_asks_something_else(own: Library) -> None:
    found = Examples(lambda: own).now()
    assert len(found) == 2
    assert {question.partition("关于“")[2].partition("”")[0] for question in found} == {"压实巡查责任", "明确供暖时间"}
    for question in found:
        answer = ask(own, question)
        assert answer.verdict == "answered"
        assert answer.citations[0].entry.title in question
        assert question not in EXAMPLES


def test_they_follow_the_library(own: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = Examples(lambda: own)
    before = begun.now()
    with monkeypatch.context() as patched:
        patched.setattr(examples, "_answered", None)
        assert begun.now() is before  # worked out once
    with own.writing() as writer:
        writer.remove([entry.id for entry in own.entries() if "供暖" in entry.title])
    assert not any("供暖" in question for question in begun.now())


def test_who_comes_while_the_first_are_worked_out_gets_them_too(own: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, worked_out, working = Examples(lambda: own), examples._answered, threading.Event()

    def slowly(library: Library) -> Iterator[str]:
        working.set()
        time.sleep(0.3)
        yield from worked_out(library)

    monkeypatch.setattr(examples, "_answered", slowly)
    with ThreadPoolExecutor() as people:
        first = people.submit(begun.now)
        assert working.wait(10)
        assert people.submit(begun.now).result() == first.result() != ()


def test_an_empty_library_has_none_and_the_sample_library_its_own(
    tmp_path: Path, encoder: Encoder, sample: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Examples(lambda: fresh(tmp_path / "empty", encoder)).now() == ()
    monkeypatch.setattr(examples, "is_sample", lambda library: True)
    assert Examples(lambda: sample).now() == EXAMPLES[:ON_THE_PAGE]
