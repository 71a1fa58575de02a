"""What readers say of answers, kept as a question set; more like a paragraph; the chips of what was understood."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from conftest import fresh
from fastapi.testclient import TestClient

from assistant.alike import alike
from assistant.ask import ask
from assistant.evaluate.questions import read_questions
from assistant.feedback import Feedback, keep
from assistant.web.chat import _again, _alike
from assistant.web.page import build
from assistant.web.render import answer_html
from assistant.web.server import application
from index import DocumentUnknown, Encoder, Library

QUESTION = "供暖期是什么时候？"


def said(library: Library, vote: str, question: str = QUESTION, **more: object) -> dict[str, object]:
    answer = ask(library, question)
    cited = [c.id for c in answer.citations]
    return {"question": question, "vote": vote, "verdict": answer.verdict, "cited": cited} | more


@pytest.fixture
def web(library: Library) -> TestClient:
    return TestClient(application(lambda: library, build(lambda: library)))


def test_votes_become_a_question_set(library: Library, web: TestClient) -> None:
    for body in (
        said(library, "up", history=["石桥区冬天怎么保障？"]),
        said(library, "up", "红烧肉怎么做才好吃"),
        said(library, "down", reason="答非所问"),
    ):
        assert web.post("/feedback", json=body).status_code == 204
    lines = [json.loads(line) for line in library.layout.feedback.read_text().splitlines()]
    assert [line["vote"] for line in lines] == ["up", "up", "down"]
    assert lines[2]["reason"] == "答非所问"
    right, refused = read_questions(library.layout.feedback)  # what would be right instead of the third nobody said
    assert right.question == QUESTION
    assert right.history == ("石桥区冬天怎么保障？",)
    assert any("11月10日至次年3月20日" in evidence.text for evidence in right.evidence)
    assert right.evidence[0].doc in library.entry(lines[0]["cited"][0].partition(":")[0]).names
    assert refused.evidence == ()


def test_praise_of_what_is_gone_is_not_measured(library: Library) -> None:
    keep(library, Feedback(QUESTION, "up", "answered", ("ffffffffffff:3:0-5", "x", "::", "ffffffffffff:٣:0-5")))
    assert read_questions(library.layout.feedback) == []


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {"content-type": "application/json"}, 400),
        (b"[1", {"content-type": "application/json"}, 400),
        (b'{"question": "' + b"a" * 70_000, {"content-type": "application/json"}, 400),
        (b'{"question": "a", "vote": "sideways", "verdict": "answered"}', {"content-type": "application/json"}, 400),
        (b'{"question": "a", "vote": "up", "verdict": "answered"}', {"content-type": "text/plain"}, 400),
        (
            b'{"question": "a", "vote": "up", "verdict": "answered"}',
            {"content-type": "application/json", "origin": "http://example.invalid"},
            403,
        ),
    ],
)
def test_what_means_nothing_or_comes_from_elsewhere_is_not_kept(
    library: Library, web: TestClient, body: bytes, headers: dict[str, str], status: int
) -> None:
    assert web.post("/feedback", content=body, headers=headers).status_code == status
    assert not library.layout.feedback.exists()


def test_more_like_this_leaves_the_document_itself_out(sample: Library) -> None:
    citation = ask(sample, "推诿扯皮的问题怎么批评？").citations[0]
    text, found = alike(sample, citation.id)
    start, stop = citation.evidence[0]
    assert text.startswith(citation.paragraph.text[start:stop][:10])
    assert found
    assert citation.entry.id not in {c.entry.id for c in found}
    assert len({c.entry.id for c in found}) == len(found)
    assert all(c.paragraph.text[a:b] for c in found for a, b in c.evidence)


@pytest.mark.parametrize("place", ["", "x", "ffffffffffff:1:0-4", "ffffffffffff:٣:0-4"])
def test_more_like_nothing_is_refused(library: Library, place: str) -> None:
    with pytest.raises(DocumentUnknown):
        alike(library, place)
    *_, (_, messages) = _alike(lambda: library, place, [], "zh")
    assert "yj-error" in messages[-1]["html"]


def test_no_later_question_leans_on_more_like_this(sample: Library) -> None:
    *_, (_, messages) = _again(lambda: sample, json.dumps(["2023年全市空气质量优良率是多少？"]), "zh")
    citation = ask(sample, "推诿扯皮的问题怎么批评？").citations[0]
    *_, (_, messages) = _alike(lambda: sample, citation.id, messages, "zh")
    assert [m["role"] for m in messages] == ["user", "assistant"] * 2
    ids = re.findall(r'class="yj-card" id="([^"]+)"', "".join(m.get("html", "") for m in messages))
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("asked", ["", "[", "{}", "[1, null]", '"x"'])
def test_a_history_that_means_nothing_opens_an_empty_chat(library: Library, asked: str) -> None:
    for _, messages in _again(lambda: library, asked, "zh"):
        assert messages == []


def test_a_chat_is_opened_with_its_follow_ups(sample: Library) -> None:
    asked = ["2023年全市空气质量优良率是多少？", "那2022年呢"]
    *_, (_, messages) = _again(lambda: sample, json.dumps(asked), "zh")
    assert [m["text"] for m in messages if m["role"] == "user"] == asked
    assert "按此理解" in messages[-1]["html"]


def test_what_was_understood_is_a_chip_that_can_be_taken_off(sample: Library) -> None:
    one = ask(sample, "《澜川市人民政府关于加强养老服务体系建设的实施意见》对老年助餐怎么规定？")
    html = unescape(answer_html(one, 1))
    [chip] = re.findall(
        r'<button type="button" class="yj-chip" data-ask="([^"]*（不限定）)" data-filters="{}"[^>]*>([^<]*)<', html
    )
    assert chip[1].startswith("只在《澜川市人民政府关于加强养老服务体系建设的实施意见》中查找")
    assert chip[1].endswith("×")
    assert "（不限定）" not in answer_html(ask(sample, chip[0]), 1)
    several = ask(sample, "澜川市2023年通知里安全生产怎么要求？")
    assert sum(map(len, several.likely.values())) > 1
    html = answer_html(several, 1)
    assert html.count("（不限定）") == 1  # all of them, beside a chip for each
    chips = re.findall(r'data-ask="([^"]*（不限定[^）][^"]*）)"', unescape(html))
    assert len(chips) == sum(map(len, several.likely.values()))
    again = ask(sample, next(chip for chip in chips if chip.endswith("（不限定2023年）")))
    assert "year" not in again.likely and again.likely["place"] == several.likely["place"]
    assert again.understood == several.understood and again.aside == ("2023年",)
    further = unescape(answer_html(again, 1))
    assert "（不限定2023年；" in further or "（不限定）" in further


def test_an_empty_library_is_asked_without_harm(tmp_path: Path, encoder: Encoder) -> None:
    empty = fresh(tmp_path / "none", encoder)
    *_, (_, messages) = _again(lambda: empty, '["有什么"]', "zh")
    assert "yj-error" in messages[-1]["html"]
