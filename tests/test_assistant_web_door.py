"""The door of the real application: who has no account gets nothing, a reader changes nothing, nobody is taken in."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from argon2 import PasswordHasher
from conftest import NOTICE, SPEECH, fresh
from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount
from starlette.testclient import TestClient
from starlette.types import Message

from assistant.access import Accounts, Audit, Entrance
from assistant.access.passwords import Passwords
from assistant.access.throttle import Throttle
from assistant.serving import Serving
from assistant.web import streams
from assistant.web.door import gradio_routes
from assistant.web.door.guard import ANYBODY
from assistant.web.page import build
from assistant.web.server import LARGEST_UPLOAD, application
from index import Encoder, Library

PASSWORDS = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
PASSWORD = "梧桐更兼细雨 1135"
AWAY = "http://example.invalid"


@pytest.fixture(scope="module")
def library(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("door")
    (folder / "河湖管护讲话.txt").write_text(SPEECH, encoding="utf-8")
    (folder / "供暖通知.txt").write_text(NOTICE, encoding="utf-8")
    library = fresh(folder / "library", encoder)
    with library.writing() as writer:
        assert len(list(writer.add(sorted(folder.glob("*.txt"))))) == 2
    yield library
    library.close()


@pytest.fixture(scope="module")
def entrance(tmp_path_factory: pytest.TempPathFactory) -> Entrance:
    folder = tmp_path_factory.mktemp("accounts")
    accounts = Accounts(folder, PASSWORDS)
    accounts.add("管理员甲", PASSWORD, "librarian")
    accounts.add("reader", PASSWORD, "reader")
    accounts.add("other", PASSWORD, "reader")
    return Entrance(accounts, Audit(folder), True, throttle=Throttle(most=1000))


@pytest.fixture(scope="module")
def app(library: Library, entrance: Entrance) -> FastAPI:
    serving = Serving("0.0.0.0", names=("youju.test",))
    return application(lambda: library, build(lambda: library), entrance=entrance, serving=serving)


@pytest.fixture(scope="module")
def running(app: FastAPI) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch, TestClient(app, follow_redirects=False) as client:
        patch.setattr(streams, "LATEST", 0.0)  # this client reads a stream to its end
        yield client


@pytest.fixture
def anybody(running: TestClient) -> TestClient:
    running.cookies.clear()
    return running


def cookie(client: TestClient, name: str, password: str = PASSWORD) -> dict[str, str]:
    client.cookies.clear()
    answer = client.post("/login", data={"name": name, "password": password})
    assert answer.status_code == 303, answer.text
    id = client.cookies["youju"]
    client.cookies.clear()
    return {"cookie": f"youju={id}"}


@pytest.fixture(scope="module")
def reader(running: TestClient) -> dict[str, str]:
    return cookie(running, "reader")


@pytest.fixture(scope="module")
def librarian(running: TestClient) -> dict[str, str]:
    return cookie(running, "管理员甲")


def routes(found: list[BaseRoute], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every method and path that answers, those of what is mounted or included, too."""
    for route in found:
        router = getattr(route, "original_router", None)  # how FastAPI keeps what was included
        inner = router.routes if router else getattr(route, "routes", None)
        if inner:
            yield from routes(list(inner), prefix + (route.path if isinstance(route, Mount) else ""))
        elif isinstance(route, Mount):
            yield "GET", f"{prefix}{route.path}/page.js"
        elif hasattr(route, "path"):
            for method in getattr(route, "methods", None) or ["GET", "POST"]:
                yield method, prefix + route.path
        else:
            raise AssertionError(f"a route that this test does not know: {route!r}")


def all_routes(app: FastAPI, library: Library) -> list[tuple[str, str]]:
    """With ids that there are."""
    filled = {
        "id": library.entries()[0].id,
        "n": "0",
        "path": "page.js",
        "name": "youju",
        "session_hash": "abcdefghij",
        "rest": "x",
    }

    def fill(path: str) -> str:
        return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: filled.get(found[1], "1"), path)

    return sorted({(method, fill(path)) for method, path in routes(app.routes)})


def test_every_route_gives_nobody_anything(app: FastAPI, library: Library, anybody: TestClient) -> None:
    found = all_routes(app, library)
    paths = {path for _, path in found}
    known = {"/", "/api/ask", "/v1/chat/completions", "/mcp", "/feedback", "/gradio_api/queue/join", "/config"}
    known |= {"/gradio_api/upload", "/monitoring", "/youju/page.js", f"/document/{library.entries()[0].id}"}
    assert known <= paths and len(paths) > 60
    titles = [entry.title for entry in library.entries()]
    for method, path in found:
        for accept in ("text/html", "application/json"):
            for headers in ({}, {"cookie": "youju=forged"}, {"authorization": "Bearer youju_1_forged"}):
                answer = anybody.request(method, path, headers={"accept": accept, **headers})
                assert not any(title in answer.text for title in titles), path
                if (method, path) in ANYBODY:
                    assert answer.status_code in (200, 303, 401), (method, path)
                elif answer.status_code == 303:
                    assert answer.headers["location"].startswith("/login") and answer.text == "", path
                else:
                    assert answer.status_code == 401, (method, path, answer.status_code)


@pytest.mark.parametrize(
    "path",
    ["//", "/login/", "/LOGIN", "/login/../config", "/%6cogin/x", "/youju/login.css/../page.js", "/youju//page.js",
     "/login;/config", "/favicon.ico/", "/youju/%2e%2e/page.js", "//config", "/gradio_api/../config", "/youju/"],
)  # fmt: skip
def test_no_spelling_of_a_path_gets_past_the_door(anybody: TestClient, path: str) -> None:
    url = anybody.base_url.copy_with(raw_path=path.encode())
    answer = anybody.request("GET", url, headers={"accept": "application/json"})
    assert answer.status_code == 401 or answer.request.url.path == "/login"


def test_web_sockets_are_not_spoken(app: FastAPI, running: TestClient) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    anyio.run(app, {"type": "websocket", "path": "/gradio_api/queue/data", "headers": []}, receive, send)
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_who_comes_by_a_link_gets_there_after_logging_in(anybody: TestClient, library: Library) -> None:
    wanted = f"/document/{library.entries()[0].id}?at=1"
    sent = anybody.get(wanted, headers={"accept": "text/html"})
    page = anybody.get(sent.headers["location"])
    assert page.status_code == 200 and "<script" not in page.text
    assert f'name="next" value="{wanted}"' in page.text
    given = anybody.post("/login", data={"name": "reader", "password": PASSWORD, "next": wanted})
    assert given.headers["location"] == wanted
    assert library.entries()[0].title in anybody.get(wanted).text
    for away in (AWAY, "//example.invalid", "/\\example.invalid", "javascript:alert(1)", '"><script>'):
        page = anybody.post("/login", data={"name": "reader", "password": "x", "next": away})
        assert 'name="next" value="/"' in page.text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(anybody: TestClient) -> None:
    form = {"name": "reader", "password": PASSWORD}
    plain = anybody.post("/login", data=form).headers["set-cookie"].lower()
    assert plain.startswith("youju=") and {"httponly", "samesite=lax", "path=/"} <= set(plain.split("; "))
    assert "secure" not in plain
    safe = anybody.post("https://testserver/login", data=form).headers["set-cookie"].lower()
    assert safe.startswith("__host-youju=") and {"httponly", "samesite=lax", "path=/", "secure"} <= set(
        safe.split("; ")
    )
    assert len(plain.partition("=")[2].partition(";")[0]) >= 43


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(anybody: TestClient) -> None:
    def told(name: str) -> tuple[int, str]:
        answer = anybody.post("/login", data={"name": name, "password": "不对的密码"})
        return answer.status_code, answer.text.replace(name, "")

    assert told("reader") == told("nobody") == (401, told("reader")[1])
    assert "用户名或密码不对" in told("nobody")[1] and "不对的密码" not in told("nobody")[1]


def test_who_tries_too_often_is_told_how_long_to_wait(
    anybody: TestClient, entrance: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entrance.throttle, "_most", 3)
    monkeypatch.setattr(entrance.throttle, "_tries", {})
    for _ in range(3):
        assert anybody.post("/login", data={"name": "reader", "password": "x"}).status_code == 401
    answer = anybody.post("/login", data={"name": "reader", "password": PASSWORD})
    assert answer.status_code == 429 and re.search(r"请 \d+ 秒后再试", answer.text)
    assert "set-cookie" not in answer.headers


def test_logging_out_ends_the_session_and_so_does_a_new_password(anybody: TestClient, entrance: Entrance) -> None:
    def may(headers: dict[str, str]) -> bool:
        return anybody.get("/api/documents", headers=headers).status_code == 200

    first, second = cookie(anybody, "other"), cookie(anybody, "other")
    assert may(first) and may(second) and first != second
    out = anybody.post("/logout", headers=first)
    assert out.status_code == 303 and out.headers["location"] == "/login" and 'youju=""' in out.headers["set-cookie"]
    assert not may(first) and may(second)
    entrance.accounts.set_password("other", PASSWORD)
    assert not may(second)


def test_logging_in_gives_a_new_id_and_ends_the_one_before(anybody: TestClient) -> None:
    before = cookie(anybody, "other")
    answer = anybody.post("/login", data={"name": "other", "password": PASSWORD}, headers=before)
    assert answer.cookies["youju"] not in before["cookie"]
    assert anybody.get("/api/documents", headers=before).status_code == 401
    fixed = {"cookie": "youju=chosen-by-somebody-else"}
    assert anybody.post("/login", data={"name": "other", "password": PASSWORD}, headers=fixed).status_code == 303
    assert anybody.get("/api/documents", headers=fixed).status_code == 401


def test_tokens_open_the_interfaces_for_programs_and_nothing_else(anybody: TestClient, entrance: Entrance) -> None:
    token, words = entrance.accounts.add_token("reader")
    headers = {"authorization": f"Bearer {words}"}
    calls: list[tuple[str, str, Any]] = [
        ("GET", "/api/documents", None),
        ("POST", "/api/ask", {"question": "供暖期到什么时候"}),
        (
            "POST",
            "/v1/chat/completions",
            {"model": "youju", "messages": [{"role": "user", "content": "供暖期到什么时候"}]},
        ),
        ("POST", "/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}),
    ]
    accept = {"accept": "application/json, text/event-stream", "host": "youju.test"}
    for method, path, body in calls:
        assert anybody.request(method, path, json=body, headers=headers | accept).status_code == 200, path
        refused = anybody.request(method, path, json=body, headers=accept)
        assert refused.status_code == 401 and refused.headers["www-authenticate"] == "Bearer"
    fault = anybody.post("/v1/chat/completions", json={}).json()["error"]
    assert fault["code"] == "invalid_api_key" and fault["message"]
    for path in ("/", "/config", "/document/x"):
        assert anybody.get(path, headers=headers).status_code == 401
    entrance.accounts.revoke(token.id)
    assert anybody.get("/api/documents", headers=headers).status_code == 401


def test_a_reader_is_refused_what_librarians_look_after(
    anybody: TestClient, reader: dict[str, str], librarian: dict[str, str], entrance: Entrance
) -> None:
    _, words = entrance.accounts.add_token("reader")
    for headers in (reader, {"authorization": f"Bearer {words}"}):
        for path in ("/api/health", "/api/health/"):
            refused = anybody.get(path, headers=headers)
            assert refused.status_code in (403, 404), path
        assert "读者" in anybody.get("/api/health", headers=headers).json()["error"]
    assert anybody.get("/api/health", headers=librarian).status_code == 200
    assert [line for line in entrance.audit.lines() if line["what"] == "refused"][-1]["wish"] == "/api/health"


def target(page: dict[str, Any], element: str) -> dict[str, Any]:
    """The event that hangs on an element of the page."""
    [id] = [c["id"] for c in page["components"] if c["props"].get("elem_id") == element]
    return next(d for d in page["dependencies"] if any(of == id for of, _ in d["targets"]))


def happens(client: TestClient, headers: dict[str, str], element: str, data: list[Any], session: str) -> str:
    """What the page gets for one of its events, over Gradio's own protocol."""
    event = target(client.get("/config", headers=headers).json(), element)
    body = {"data": data, "fn_index": event["id"], "session_hash": session, "trigger_id": event["targets"][0][0]}
    joined = client.post("/gradio_api/queue/join", json=body, headers=headers)
    assert joined.status_code == 200, joined.text
    return client.get("/gradio_api/queue/data", params={"session_hash": session}, headers=headers).text


@pytest.mark.parametrize("wish", ["remove:", "rebuild:", "verify:", "stop:", "backup:", "restore:", "anything:", ""])
def test_no_event_of_the_page_does_for_a_reader_what_is_a_librarians(
    anybody: TestClient, reader: dict[str, str], library: Library, entrance: Entrance, wish: str
) -> None:
    before, logged = library.generation, len(list(entrance.audit.lines()))
    session = f"reader{len(wish)}{wish.rstrip(':')}"
    happens(anybody, reader, "yj-act", [f"1|mark:{library.entries()[0].id}", None], session)
    told = happens(anybody, reader, "yj-act", [f"2|{wish}", None], session)
    assert "\\u8bfb\\u8005" in told or "读者" in told
    assert library.generation == before
    new = list(entrance.audit.lines())[logged:]
    assert [(line["what"], line["who"], line["wish"]) for line in new] == [("refused", "reader", wish.rstrip(":"))]


def test_a_librarian_adds_and_removes_and_it_is_logged_by_ids(
    anybody: TestClient, reader: dict[str, str], librarian: dict[str, str], library: Library, entrance: Entrance
) -> None:
    name, text = (
        "关于修剪行道树的通知.txt",
        "关于修剪行道树的通知\n各街道办事处：\n请于三月底前完成行道树修剪。\n2024年3月1日",
    )

    def add(headers: dict[str, str], session: str) -> str:
        [path] = anybody.post("/gradio_api/upload", files={"files": (name, text.encode())}, headers=headers).json()
        file = {"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}}
        return happens(anybody, headers, "yj-files", [[file], None], session)

    def found() -> list[str]:
        return [entry.id for entry in library.entries() if "行道树" in entry.title]

    assert "\\u8bfb\\u8005" in (told := add(reader, "readeradds")) or "读者" in told
    assert found() == []
    add(librarian, "librarianadds")
    [id] = found()
    happens(anybody, librarian, "yj-act", [f"1|mark:{id}", None], "librarianadds")
    happens(anybody, librarian, "yj-act", ["2|remove:", None], "librarianadds")
    assert found() == []
    done = [line for line in entrance.audit.lines() if line["what"] in ("add", "remove")]
    assert [(line["what"], line["who"], line["ids"], line["via"]) for line in done] == [
        ("add", "管理员甲", [id], "web"),
        ("remove", "管理员甲", [id], "web"),
    ]
    assert "行道树" not in entrance.audit.path.read_text("utf-8")


def test_nobody_gets_into_the_visit_of_somebody_else(
    anybody: TestClient, reader: dict[str, str], librarian: dict[str, str]
) -> None:
    session = "ofthelibrarian"
    happens(anybody, librarian, "yj-act", ["1|page:0", None], session)
    event = target(anybody.get("/config", headers=reader).json(), "yj-act")
    body = {"data": ["1|page:0", None], "fn_index": event["id"], "session_hash": session, "event_id": "1"}
    posted = [f"/gradio_api/{what}" for what in ("queue/join", "cancel", "reset")]
    for path in posted:
        assert anybody.post(path, json=body, headers=reader).status_code == 403, path
    for path in (f"/gradio_api/queue/data?session_hash={session}", f"/gradio_api/heartbeat/{session}"):
        assert anybody.get(path, headers=reader).status_code == 403, path
    assert anybody.post("/gradio_api/reset", json=body, headers=librarian).status_code == 200


def test_what_was_downloaded_is_logged(
    anybody: TestClient, reader: dict[str, str], library: Library, entrance: Entrance
) -> None:
    id = library.entries()[0].id
    assert anybody.get(f"/original/{id}/0", headers=reader).status_code == 200
    line = list(entrance.audit.lines())[-1]
    assert (line["what"], line["who"], line["ids"], line["from"]) == ("download", "reader", [id], "testclient")


@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/gradio_api/upload", "/feedback", "/logout", "/api/ask"])
def test_no_page_of_another_site_does_anything_in_the_name_of_who_is_logged_in(
    anybody: TestClient, librarian: dict[str, str], path: str
) -> None:
    for forged in (
        {"origin": AWAY},
        {"origin": "null"},
        {"origin": "http://testserver.example.invalid"},
        {"origin": "http://localhost:3000"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        assert anybody.post(path, json={}, headers=librarian | forged).status_code == 403, forged
    own = anybody.post(path, json={}, headers={**reader_of(anybody), "origin": "http://testserver"})
    assert own.status_code != 403


def reader_of(client: TestClient) -> dict[str, str]:
    return cookie(client, "reader")


def test_no_origin_is_given_leave_to_read(
    anybody: TestClient, app: FastAPI, library: Library, reader: dict[str, str]
) -> None:
    asked = {"access-control-request-method": "POST", "origin": AWAY}
    for path in ("/", "/config", "/gradio_api/info", "/api/documents", "/login", "/youju/page.js"):
        for answer in (
            anybody.get(path, headers=reader | {"origin": AWAY}),
            anybody.options(path, headers=reader | asked),
        ):
            assert not any(name.startswith("access-control-allow-origin") for name in answer.headers), path
            assert "access-control-allow-credentials" not in answer.headers


def test_other_host_names_are_refused_and_forwarded_ones_rewrite_nothing(
    anybody: TestClient, reader: dict[str, str]
) -> None:
    for host, status in (("youju.test", 200), ("YOUJU.test:8000", 200), ("127.0.0.1", 200), ("example.invalid", 400),
                         ("youju.test.example.invalid", 400), ("", 400), ("127.0.0.1.example.invalid", 400)):  # fmt: skip
        assert anybody.get("/login", headers={"host": host}).status_code == status, host
    forged = {"x-forwarded-host": "example.invalid", "x-forwarded-proto": "https", "forwarded": "host=example.invalid",
              "x-gradio-server": "http://example.invalid", "x-forwarded-prefix": "/x", "x-forwarded-for": "203.0.113.9"}  # fmt: skip
    for path in ("/", "/config"):
        told = anybody.get(path, headers=reader | forged | {"host": "youju.test:8000"}).text
        assert "example.invalid" not in told and '"root":"http://youju.test:8000"' in told.replace(" ", "")


GRADIO_SERVES = {"/", "/assets/page.js", "/config", "/config/", "/gradio_api/cancel", "/gradio_api/heartbeat/abcdefghij",
    "/gradio_api/info", "/gradio_api/info/", "/gradio_api/queue/data", "/gradio_api/queue/join", "/gradio_api/reset",
    "/gradio_api/reset/", "/gradio_api/startup-events", "/gradio_api/theme.css", "/gradio_api/upload",
    "/gradio_api/upload_progress", "/manifest.json", "/pwa_icon", "/pwa_icon/1", "/robots.txt", "/static/page.js",
    "/svelte/page.js", "/theme.css"}  # fmt: skip


def test_of_gradios_routes_only_those_of_the_page_are_served(
    app: FastAPI, library: Library, anybody: TestClient, librarian: dict[str, str]
) -> None:
    [gradio] = [route for route in app.routes if isinstance(route, Mount) and route.path == ""]
    inside = {path for _, path in routes(list(gradio.routes), "")}
    paths = {path for _, path in all_routes(app, library)} & {
        re.sub(r"\{(\w+)(?::\w+)?\}", lambda f: {"path": "page.js", "session_hash": "abcdefghij"}.get(f[1], "1"), p)
        for p in inside
    }
    assert {path for path in paths if gradio_routes.OPEN.fullmatch(path)} <= GRADIO_SERVES
    for path in [*sorted(paths - GRADIO_SERVES - {path for _, path in ANYBODY}), "/monitoring/summary", "/gradio_api/runs", "/gradio_api/file=/etc/passwd", "/gradio_api/proxy=http://127.0.0.1/", "/gradio_api/deep_link", "/gradio_api/api/predict", "/gradio_api/run/predict", "/gradio_api/token", "/file=/etc/passwd", "/gradio_api/file=" + str(library.layout.root / "library.db"), "/docs", "/openapi.json", "/redoc", "/gradio_api/openapi.json", "/gradio_api/custom_component/1/client/x/y", "/static/../../../../etc/passwd", "/token"]:  # fmt: skip
        for method in ("GET", "POST"):
            answer = anybody.request(method, path, headers=librarian)
            assert answer.status_code in (404, 405), (method, path, answer.status_code)


def test_too_large_an_upload_is_told_in_a_sentence(
    anybody: TestClient, reader: dict[str, str], monkeypatch: pytest.MonkeyPatch, app: FastAPI
) -> None:
    [gradio] = [route for route in app.routes if isinstance(route, Mount) and route.path == ""]
    blocks = gradio.app.get_blocks()
    assert blocks.max_file_size == LARGEST_UPLOAD and blocks.config["max_file_size"] is None
    monkeypatch.setattr(blocks, "max_file_size", 1000)
    monkeypatch.setattr(gradio_routes, "LARGEST_UPLOADS", 5000)

    def chunked(size: int) -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        yield from [b"x" * 500] * (size // 500)
        yield b"\r\n--b--\r\n"

    form = reader | {"content-type": "multipart/form-data; boundary=b"}
    for answer in (
        anybody.post("/gradio_api/upload", files={"files": ("a.txt", b"x" * 2000)}, headers=reader),
        anybody.post("/gradio_api/upload", files={"files": ("a.txt", b"x" * 9000)}, headers=reader),
        anybody.post("/gradio_api/upload", content=chunked(900), headers=form | {"content-length": "9999"}),
        anybody.post("/gradio_api/upload", content=chunked(9000), headers=form),
    ):
        assert answer.status_code == 413
        assert answer.text == "文件太大：每个不能超过 64 MB，一次不能超过 0 MB，请拆分后再上传"
    assert anybody.post("/gradio_api/upload", content=chunked(900), headers=form).status_code == 200
    event = b'{"data": ["' + b"x" * gradio_routes.LARGEST_EVENT + b'"]}'
    assert anybody.post("/gradio_api/queue/join", content=event, headers=reader).status_code == 413
    assert anybody.post("/login", content=b"name=" + b"x" * 10_000).status_code == 413


def test_every_answer_has_its_headers_and_every_page_a_policy(
    anybody: TestClient, reader: dict[str, str], library: Library
) -> None:
    id = library.entries()[0].id
    for path in ("/", "/config", "/login", f"/document/{id}", "/document/none", "/api", "/api/none", "/nothing",
                 "/youju/page.js", f"/original/{id}/0", "/gradio_api/nothing", "/assets/none.js"):  # fmt: skip
        answer = anybody.get(path, headers=reader)
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert answer.headers["x-frame-options"] == "DENY", path
        assert answer.headers["referrer-policy"] == "same-origin", path
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy or "sandbox" in policy, path
        assert "server" not in answer.headers
        if not path.startswith(("/youju", "/assets")):
            assert answer.headers["cache-control"] == "no-store", path
    script = re.search(r"script-src ([^;]*)", anybody.get("/", headers=reader).headers["content-security-policy"])
    assert script and "'unsafe-inline'" not in script[1] and "http" not in script[1] and script[1].count("sha256-") == 6


def test_what_goes_wrong_is_one_sentence_without_a_trace(
    app: FastAPI, anybody: TestClient, reader: dict[str, str], library: Library, caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def fail(*_: object) -> None:
        raise ZeroDivisionError("/secret/place")

    monkeypatch.setattr(library, "document", fail)
    with caplog.at_level(logging.CRITICAL):
        answer = anybody.get(f"/document/{library.entries()[0].id}", headers=reader)
    assert answer.status_code == 500 and answer.text.startswith("程序出错（ZeroDivisionError）")
    assert "secret" not in answer.text and answer.headers["x-frame-options"] == "DENY"


def test_damaged_accounts_let_nobody_in_and_say_so(library: Library, tmp_path: Path) -> None:
    (tmp_path / "accounts.json").write_text("{")
    entrance = Entrance(Accounts(tmp_path, PASSWORDS), Audit(tmp_path))
    app = application(lambda: library, build(lambda: library), entrance=entrance)
    answer = TestClient(app).get("/config")
    assert answer.status_code == 503 and "账号文件" in answer.text


def test_without_accounts_this_machine_is_served_as_ever_until_there_is_one(library: Library, tmp_path: Path) -> None:
    entrance = Entrance(Accounts(tmp_path, PASSWORDS), Audit(tmp_path))
    client = TestClient(application(lambda: library, build(lambda: library), entrance=entrance), follow_redirects=False)
    assert client.get("/").status_code == client.get("/api/health").status_code == 200
    assert client.get("/login").headers["location"] == "/"
    entrance.accounts.add("li", PASSWORD, "librarian")
    assert client.get("/api/health").status_code == 401
    entrance.accounts.remove("li")
    assert client.get("/api/health").status_code == 200


def test_beyond_this_machine_no_accounts_means_nobody(library: Library, tmp_path: Path) -> None:
    entrance = Entrance(Accounts(tmp_path, PASSWORDS), Audit(tmp_path), beyond=True)
    app = application(lambda: library, build(lambda: library), entrance=entrance)
    assert TestClient(app).get("/api/health").status_code == 401


def test_no_secret_gets_into_logs_pages_or_the_log_of_what_was_done(
    anybody: TestClient, entrance: Entrance, caplog: pytest.LogCaptureFixture
) -> None:
    _, words = entrance.accounts.add_token("reader")
    with caplog.at_level(logging.DEBUG):
        headers = cookie(anybody, "reader")
        seen = [anybody.get(path, headers=headers).text for path in ("/", "/config", "/login", "/api", "/nothing")]
        seen += [
            anybody.post("/login", data={"name": "reader", "password": "密码打错了一点"}).text,
            anybody.post("/login", data={"name": PASSWORD, "password": "x"}).text.replace(f'value="{PASSWORD}"', ""),
            anybody.get("/api/none", headers={"authorization": f"Bearer {words}"}).text,
            anybody.get("/api/documents?year=x", headers={"authorization": f"Bearer {words}"}).text,
        ]
    kept = [entrance.accounts.path.read_text("utf-8"), entrance.audit.path.read_text("utf-8")]
    logged = "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith(("httpx", "httpcore")))
    secrets = [PASSWORD, "密码打错了一点", words, words.split("_", 2)[2], headers["cookie"].partition("=")[2]]
    for secret in secrets:
        assert not any(secret in text for text in [*seen, *kept, logged]), secret
    assert entrance.audit.problems() == []
    assert json.loads(kept[1].splitlines()[0])
