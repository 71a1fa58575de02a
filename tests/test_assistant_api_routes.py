"""/api over real HTTP: the JSON is that of the command line, what is wrong is a sentence, many ask at a time."""

from __future__ import annotations

import io
import logging
import re
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from typing import Any

import anyio
import filelock
import httpx
import pytest
from docx import Document
from served import programs_application, served

from assistant.api import shapes
from assistant.api.drafts import WORD
from assistant.api.gate import LARGEST
from assistant.api.health import HealthCheck
from assistant.api.requests import FilterFields, ListRequest
from assistant.ask import ask
from assistant.quotation import quote
from assistant.web.page import build
from assistant.web.server import application
from assistant.wording import wording
from index import Filters, Library, LibraryBusy, LibraryMissing

QUESTION = "推诿扯皮的问题怎么批评"


@pytest.fixture(scope="module")
def address(sample: Library) -> Iterator[str]:
    """The whole application, as `youju chat` serves it."""
    with served(application(lambda: sample, build(lambda: sample))) as address:
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client


def untimed(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "took_ms"}


def as_described(shape: Any, data: dict[str, Any]) -> bool:
    """Whether the data has the fields that the description names, and no others."""
    return bool(shape.model_validate(data).model_dump(mode="json", exclude_unset=True) == data)


def sentence(response: httpx.Response, status: int) -> str:
    """The sentence of a failure, which is all that it says."""
    assert response.status_code == status, response.text
    data = response.json()
    assert list(data) == ["error"]
    assert "Traceback" not in data["error"] and "\n" not in data["error"]
    return str(data["error"])


def test_an_answer_to_two_questions_is_as_described(client: httpx.Client) -> None:
    data = client.post("/api/ask", json={"question": "养老床位补贴多少，助餐补多少钱"}).json()
    assert data["by"] == "question"
    assert {s["of"] for s in data["sentences"]} == {"养老床位补贴多少", "助餐补多少钱"}
    assert as_described(shapes.AnswerShape, data)


def test_a_question_gets_the_answer_that_the_command_line_gives(client: httpx.Client, sample: Library) -> None:
    for body in (
        {"question": QUESTION, "k": 3},
        {"question": "红烧肉怎么做"},
        {"question": "“一分部署，九分落实”出自哪里"},
    ):
        given = client.post("/api/ask", json=body).json()
        assert untimed(given) == untimed(ask(sample, str(body["question"]), k=int(body.get("k", 10))).to_dict())
        assert as_described(shapes.AnswerShape, given)


def test_history_filters_and_plain_are_heeded(client: httpx.Client, sample: Library) -> None:
    history = ["去年新建了多少座公厕"]
    body = {"question": "那停车场呢", "history": history, "filters": {"kind": "讲话"}, "plain": True}
    expected = ask(sample, "那停车场呢", history=history, filters=Filters(kind="讲话"), plain=True)
    given = client.post("/api/ask", json=body).json()
    assert untimed(given) == untimed(expected.to_dict())
    assert given["understood"] != given["question"]
    assert {hit["document"]["kind"] for hit in given["hits"]} == {"讲话"}


def test_every_filter_of_the_library_can_be_asked_for() -> None:
    values: dict[str, Any] = {
        "kind": "讲话",
        "year": 2023,
        "issuer": "市政府",
        "folder": "讲话",
        "level": "市",
        "region": "澜川",
    }
    assert {field.name for field in fields(Filters)} == set(values)
    assert FilterFields(**values).filters() == Filters(**values)
    assert ListRequest(**values).filters() == Filters(**values)


def test_a_quotation_gets_its_source_with_what_differs(client: httpx.Client, sample: Library) -> None:
    verdicts = []
    original = ask(sample, QUESTION).sentences[0].text
    for typed in (original, original.replace("推诿", "推萎"), "海内存知己天涯若比邻此处并无此句"):
        given = client.post("/api/quote", json={"quotation": typed}).json()
        assert untimed(given) == untimed(quote(sample, typed).to_dict())
        assert as_described(shapes.QuotationShape, given)
        verdicts.append(given["verdict"])
    assert verdicts == ["verbatim", "differs", "not_found"]


@pytest.mark.parametrize(
    "body",
    [
        {"query": "批评推诿扯皮的话"},
        {"query": "落实", "count": "year"},
        {"query": "不是…而是…"},
        {"query": "动宾", "mode": "headings"},
        {"place": "closing"},
    ],
)
def test_wording_is_found_each_way(client: httpx.Client, sample: Library, body: dict[str, str]) -> None:
    given = client.post("/api/wording", json=body).json()
    assert given["total"] and as_described(shapes.WordingsShape, given)
    if set(body) == {"query"}:
        assert untimed(given) == untimed(wording(sample, body["query"]).to_dict())


def test_a_draft_is_checked_and_comes_back_with_comments(client: httpx.Client, sample: Library) -> None:
    original = ask(sample, QUESTION).sentences[0].text
    draft = f"关于整改的汇报\n会议指出：“{original.replace('推诿', '推萎')}”\n".encode()
    given = client.post("/api/check", files={"draft": ("汇报<稿>.txt", draft)}).json()
    assert as_described(shapes.CheckedShape, given)
    finding = next(f for f in given["findings"] if f["verdict"] == "differs")
    assert finding["paragraph"] == 2 and original in finding["source"]["text"] and given["draft"] == "汇报<稿>.txt"
    word = io.BytesIO()
    document = Document()
    for line in draft.decode().splitlines():
        document.add_paragraph(line)
    document.save(word)
    sent = {"draft": ("../../汇报.docx", word.getvalue())}
    back = client.post("/api/check", params={"docx": 1}, files=sent)
    assert back.headers["content-type"] == WORD and "%E6%B1%87" in back.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(back.content)) as package:
        assert (
            "推萎" in package.read("word/comments.xml").decode() or "推诿" in package.read("word/comments.xml").decode()
        )
        assert {"word/document.xml", "word/comments.xml"} <= set(package.namelist())
    assert client.post("/api/check", files=sent).json()["draft"] == "汇报.docx"


def test_drafts_that_can_not_be_checked_are_refused_without_a_trace_of_where_they_lay(client: httpx.Client) -> None:
    def checked(name: str, data: bytes, status: int, **params: int) -> str:
        told = sentence(client.post("/api/check", files={"draft": (name, data)}, params=params), status)
        assert "/tmp" not in told
        return told

    assert "a.pdf" in checked("a.pdf", b"%PDF-1.7", 400)
    checked("a.docx", b"no package", 400)
    checked("a.docx", b"PK\x03\x04" + b"\0" * 1000, 400)
    checked("a.txt", b" \n", 400)
    checked("a.txt", b"\x00\x01\x02" * 100, 400)
    checked("a", b"text", 400)
    checked("a./../../b", b"text", 400)
    checked("a.txt" + "\u202e" * 300, b"text", 400)
    assert "docx" in checked("a.txt", "今天开会。".encode(), 400, docx=1)
    assert "2 MB" in checked("a.txt", b"a" * (LARGEST + 1), 413)
    assert "2 MB" in checked("a.txt", b"a" * (LARGEST * 2), 413)
    assert "万字" in checked("a.txt", "今天开会研究。\n".encode() * 60_000, 413)
    assert "draft" in sentence(client.post("/api/check", data={"other": "1"}), 400)
    sentence(
        client.post("/api/check", content=b"--x", headers={"content-type": "multipart/form-data; boundary=x"}), 400
    )
    sentence(client.post("/api/check", content=b"--x", headers={"content-type": "multipart/form-data"}), 400)


def test_documents_are_listed_in_pages_and_shown_with_every_paragraph(client: httpx.Client, sample: Library) -> None:
    listed = client.get("/api/documents", params={"kind": "讲话", "limit": 2, "offset": 1}).json()
    entries = sample.entries(Filters(kind="讲话"))
    assert listed["total"] == len(entries)
    assert [d["id"] for d in listed["documents"]] == [e.id for e in entries[1:3]]
    assert as_described(shapes.DocumentList, listed)
    for entry in sample.entries():
        shown = client.get(f"/api/documents/{entry.id}").json()
        assert as_described(shapes.DocumentShape, shown)
        assert [p["text"] for p in shown["paragraphs"]] == [p.text for p in sample.document(entry.id).paragraphs]
    part = client.get(f"/api/documents/{entry.id}", params={"start": 3, "count": 2}).json()
    assert [p["number"] for p in part["paragraphs"]] == [3, 4] and part["total"] == len(shown["paragraphs"])


def test_a_citation_leads_to_its_paragraph(client: httpx.Client) -> None:
    for cited in client.post("/api/ask", json={"question": QUESTION}).json()["hits"]:
        document, _, n = cited["id"].partition(":")
        paragraph = client.get(f"/api/documents/{document}/paragraphs/{n}").json()
        assert as_described(shapes.Hit, paragraph)
        assert paragraph["text"] == cited["text"] and paragraph["id"] == cited["id"]


def test_health_tells_what_is_published(client: httpx.Client, sample: Library) -> None:
    given = client.get("/api/health").json()
    assert given == {"generation": sample.generation, **sample.counts()}
    assert as_described(shapes.Health, given)


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        ({}, 400, "question"),
        ({"question": " \n"}, 400, "question"),
        ({"question": 7}, 400, "question"),
        ({"question": "问", "k": 0}, 400, "k"),
        ({"question": "问", "k": "many"}, 400, "k"),
        ({"question": "问", "colour": 1}, 400, "colour"),
        ({"question": "问", "filters": {"color": "red"}}, 400, "filters.color"),
        ({"question": "问", "filters": {"year": "none"}}, 400, "filters.year"),
        ({"question": "问", "filters": {"kind": ["讲话"]}}, 400, "filters.kind"),
        ({"question": "问", "history": "先前"}, 400, "history"),
        ({"question": "问" * 5001}, 413, "5000"),
        ({"question": "问", "history": ["问" * 5001]}, 413, "5000"),
        ({"question": "问", "history": ["问"] * 101}, 400, "history"),
    ],
)  # fmt: skip
def test_a_wrong_request_is_told_where_it_is_wrong(
    client: httpx.Client, body: dict[str, Any], status: int, named: str
) -> None:
    assert named in sentence(client.post("/api/ask", json=body), status)


def test_what_is_no_json_is_refused(client: httpx.Client) -> None:
    headers = {"content-type": "application/json"}
    for content in (b"", b"{", b"[]", b"\xff\xfe", b'{"question": "\\ud800"}', b'"' + b"[" * 100_000):
        sentence(client.post("/api/ask", content=content, headers=headers), 400)
    sentence(client.post("/api/ask", content=b'{"question": "a"}', headers={"content-type": "text/plain"}), 400)


def test_quotations_and_bodies_have_their_limits(client: httpx.Client) -> None:
    assert "2000" in sentence(client.post("/api/quote", json={"quotation": "引" * 2001}), 413)
    assert "2 MB" in sentence(client.post("/api/ask", json={"question": "a" * (LARGEST + (1 << 20))}), 413)
    chunks = (b" " * 65536 for _ in range(50))  # a body that does not declare its size
    assert "2 MB" in sentence(client.post("/api/ask", content=chunks), 413)
    assert "query" in sentence(client.post("/api/wording", json={}), 400)
    assert "句式" in sentence(client.post("/api/wording", json={"query": "……", "mode": "pattern"}), 400)


def test_what_is_not_there_is_404(client: httpx.Client, sample: Library) -> None:
    known = sample.entries()[0].id
    for path in ("documents/ffffffffffff", "documents/%00", "documents/%27;--", f"documents/{known}/paragraphs/0", f"documents/{known}/paragraphs/99999", "nothing", "documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd"):  # fmt: skip
        sentence(client.get(f"/api/{path}"), 404)
    sentence(client.get(f"/api/documents/{known}/paragraphs/x"), 400)
    sentence(client.get("/api/documents", params={"colour": "red"}), 400)
    assert "GET" in sentence(client.get("/api/ask"), 405)


def test_pages_of_other_sites_are_refused_and_get_no_leave_to_read(client: httpx.Client) -> None:
    for origin in ("http://example.invalid", "null", "http://[", "http://127.0.0.1.example.invalid"):
        response = client.post("/api/ask", json={"question": QUESTION}, headers={"origin": origin})
        sentence(response, 403)
        assert not any(name.startswith("access-control") for name in response.headers)
    assert client.get("/api/health", headers={"origin": "http://localhost:3000"}).status_code == 200
    assert client.get("/api/health", headers={"host": "example.invalid"}).status_code == 400


def test_a_library_that_is_missing_or_busy_or_broken_is_told(
    sample: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failures = [
        (LibraryMissing(path="文库"), 503),
        (LibraryBusy(path="文库"), 409),
        (ZeroDivisionError("/secret"), 500),
    ]
    raised: list[Exception] = []

    def failing() -> Library:
        raise raised[-1]

    app = programs_application(sample)
    app.state.pool._open_library = app.state.health._open_library = failing
    with caplog.at_level(logging.CRITICAL, "assistant.api.failures"), served(app) as address:
        for error, status in failures:
            raised.append(error)
            for response in (httpx.get(f"{address}/api/health"), httpx.post(f"{address}/api/ask", json={"question": "问"})):  # fmt: skip
                assert "secret" not in sentence(response, status)


def test_health_follows_what_is_published(library: Library) -> None:
    check = HealthCheck(lambda: library)
    before = anyio.run(check.tell)
    assert anyio.run(check.tell) is before
    with library.writing() as writer:
        writer.remove([library.entries()[0].id])
    assert anyio.run(check.tell) == {"generation": library.generation, **library.counts()}
    assert anyio.run(check.tell)["documents"] == before["documents"] - 1


def test_health_does_not_wait_for_the_pool_and_reading_does_not_wait_for_a_writer(
    client: httpx.Client, sample: Library
) -> None:
    with filelock.FileLock(sample.layout.lock):
        assert client.get("/api/health").status_code == 200
        assert client.post("/api/ask", json={"question": QUESTION}).status_code == 200


def test_many_ask_while_one_reads(client: httpx.Client, sample: Library) -> None:
    questions = [QUESTION, "什么时候是森林防火期？", "同一家企业一年最多检查几次？", "“无会日”是怎么规定的？"] * 4
    expected = {question: untimed(ask(sample, question).to_dict()) for question in questions[:4]}
    texts = {entry.id: [p.text for p in sample.document(entry.id).paragraphs] for entry in sample.entries()}

    def read() -> bool:
        return all(
            [p["text"] for p in client.get(f"/api/documents/{id}").json()["paragraphs"]] == text
            for id, text in texts.items()
        )

    with ThreadPoolExecutor(9) as threads:
        reading = threads.submit(read)
        asked = threads.map(lambda q: (q, untimed(client.post("/api/ask", json={"question": q}).json())), questions)
        assert all(given == expected[question] for question, given in asked)
        assert reading.result()


def test_the_page_lists_every_route_in_both_languages_and_fetches_nothing(client: httpx.Client) -> None:
    page, described = client.get("/api"), client.get("/api/openapi.json").json()
    english = client.get("/api", headers={"Accept-Language": "en-GB"}).text
    assert '<html lang="zh-CN">' in page.text and '<html lang="en">' in english
    operations = [(m, path) for path, methods in described["paths"].items() for m in methods]
    assert {path for _, path in operations} == {
        "/api/ask", "/api/quote", "/api/wording", "/api/check", "/api/documents", "/api/documents/{id}",
        "/api/documents/{id}/paragraphs/{n}", "/api/health", "/v1/chat/completions", "/v1/models", "/v1/models/{name}",
    }  # fmt: skip
    for method, path in operations:
        assert f"<b>{method.upper()}</b> <code>{path}</code>" in page.text
        operation = described["paths"][path][method]
        assert any(c >= "\u4e00" for c in operation["summary"]) and any(c.isascii() for c in operation["summary"])
        chinese_summary, _, english_summary = operation["summary"].rstrip(")").partition(" (")
        assert f"<h2>{chinese_summary}</h2>" in page.text and f"<h2>{english_summary}</h2>" in english
        assert "422" not in operation["responses"]
    for name in described["components"]["schemas"]:
        assert f"id='{name}'" in page.text
        assert not name.startswith("Body_")  # FastAPI's own names
    assert "默认值 否" in page.text and "default false" in english and "False" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text and "http:" not in page.text and "https:" not in page.text
    told = re.sub(r"国 \| 省 \| 市 \| 县 \| 乡|中文|<[^>]*>", "", english)  # values of a field, the switch
    assert re.findall(r"[\u4e00-\u9fff]+", told) == []
    style = client.get("/api/page.css")
    assert style.headers["content-type"].startswith("text/css") and "url(" not in style.text


def test_every_field_that_is_described_says_what_it_means(client: httpx.Client) -> None:
    shapes_ = client.get("/api/openapi.json").json()["components"]["schemas"]
    for name in ("AskRequest", "QuoteRequest", "WordingRequest", "FilterFields", "AnswerShape", "CitationShape", "QuotationShape", "WordingsShape", "DocumentShape"):  # fmt: skip
        for field, schema in shapes_[name]["properties"].items():
            assert schema.get("description"), f"{name}.{field}"


def test_a_question_of_any_characters_is_answered_or_refused_in_time(client: httpx.Client) -> None:
    began = time.perf_counter()
    for unit in ("\u200b", "<script>", "\x00", "'\""):
        response = client.post("/api/ask", json={"question": (unit * 5000)[:5000]})
        assert response.status_code in (200, 400), unit
    assert time.perf_counter() - began < 40  # a catastrophe takes minutes; a busy machine must not look like one
