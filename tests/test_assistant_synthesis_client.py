"""The server of a language model: what comes back, what doesn't, and that no trouble of its takes long or shows a key."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any

import pytest
from scripted_server import KEY, Handler, Scripted, model, saying, scripted

from assistant.synthesis import ModelServer
from assistant.synthesis.client import AT_ONCE, MOST_BYTES, complete
from assistant.synthesis.errors import ServerFailed

ASKED = [{"role": "user", "content": "问"}]
SHORT = 0.6
"""Seconds of a deadline that is meant to pass."""
LONG = 20.0
"""Seconds that no call may take that has a short deadline, on however busy a machine."""


def failure(server: ModelServer) -> str:
    """The code with which a call fails; nothing else of it holds what the server said."""
    began = time.monotonic()
    with pytest.raises(ServerFailed) as caught:
        complete(server, ASKED)
    assert time.monotonic() - began < LONG
    assert KEY not in str(caught.getrepr(showlocals=True, chain=True)) and caught.value.__cause__ is None
    return caught.value.code


def test_a_stream_is_put_together_and_the_request_is_of_the_protocol() -> None:
    with scripted(saying("同", "志", "们[1]。")) as server:
        assert complete(model(server), ASKED) == "同志们[1]。"
    [request] = server.asked
    assert request["path"] == "/v1/chat/completions" and request["key"] == f"Bearer {KEY}"
    assert request["model"] == "qwen-test" and request["messages"] == ASKED


def test_one_json_object_will_do_and_no_key_is_sent_that_is_not_set() -> None:
    def answer(handler: Handler, body: dict[str, Any]) -> None:
        handler.begin("application/json; charset=utf-8")
        handler.wfile.write(
            json.dumps({"choices": [{"message": {"role": "assistant", "content": "好[1]。"}}]}).encode()
        )

    with scripted(answer) as server:
        assert complete(ModelServer(server.url + "/", "m"), ASKED) == "好[1]。"
    assert server.asked[0]["key"] is None and server.asked[0]["path"] == "/v1/chat/completions"


def test_events_may_be_cut_anywhere_and_the_stream_may_stay_open_behind_its_end() -> None:
    def answer(handler: Handler, body: dict[str, Any]) -> None:
        handler.begin()
        event = 'data: {"choices":[{"delta":{"content":"一二三"}}]}\r\n\r\ndata: [DONE]\n\n'.encode()
        for i in range(0, len(event), 5):
            handler.wfile.write(event[i : i + 5])
            handler.wfile.flush()
        handler.server.over.wait(60)

    with scripted(answer) as server:
        assert complete(model(server), ASKED) == "一二三"


def slow_first_byte(handler: Handler, body: dict[str, Any]) -> None:
    handler.server.over.wait(60)


def silent_after_head(handler: Handler, body: dict[str, Any]) -> None:
    handler.begin()
    handler.wfile.flush()
    handler.server.over.wait(60)


def trickle(handler: Handler, body: dict[str, Any]) -> None:
    """Never a pause that a timeout for a single read would see."""
    handler.begin()
    while not handler.server.over.wait(0.02):
        handler.event("字")


def trickle_of_head(handler: Handler, body: dict[str, Any]) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b"x-a: b\r\n")


@pytest.mark.parametrize("answer", [slow_first_byte, silent_after_head, trickle, trickle_of_head])
def test_the_deadline_holds_for_the_whole_call(answer: Any) -> None:
    with scripted(answer) as server:
        assert failure(model(server, SHORT)) == "slow"


def endless_events(handler: Handler, body: dict[str, Any]) -> None:
    handler.begin()
    while True:
        handler.event("字" * 1000)


def endless_line(handler: Handler, body: dict[str, Any]) -> None:
    handler.begin()
    while True:
        handler.wfile.write(b"x" * 65536)


def endless_json(handler: Handler, body: dict[str, Any]) -> None:
    handler.begin("application/json")
    while True:
        handler.wfile.write(b" " * 65536)


@pytest.mark.parametrize("answer", [endless_events, endless_line, endless_json])
def test_what_never_ends_is_left_after_a_megabyte(answer: Any) -> None:
    with scripted(answer) as server:
        assert failure(model(server)) == "large"
    assert MOST_BYTES == 1 << 20


def with_status(status: int) -> Any:
    """An error that says the key back wherever it can: in its reason, a header, its body."""

    def answer(handler: Handler, body: dict[str, Any]) -> None:
        echoed = handler.headers["authorization"]
        handler.begin("application/json", status, reason=f"refused {echoed}", **{"x-echo": echoed})
        handler.wfile.write(json.dumps({"error": {"message": f"invalid key {echoed}"}}).encode())

    return answer


@pytest.mark.parametrize(
    ("status", "code"), [(500, "status"), (404, "status"), (429, "status"), (401, "key"), (403, "key")]
)
def test_a_refusal_is_a_code_and_the_key_is_nowhere(status: int, code: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "asyncio"):
        caplog.set_level(logging.DEBUG, name)
    with scripted(with_status(status)) as server:
        assert failure(model(server)) == code
    assert KEY not in caplog.text and KEY not in repr(model(server)) and KEY not in str(model(server))


def test_other_requests_of_the_program_are_still_logged(caplog: pytest.LogCaptureFixture) -> None:
    import httpx

    caplog.set_level(logging.INFO, "httpx")
    with scripted(saying("好")) as server:
        httpx.post(f"{server.url}/chat/completions", json={"stream": True, "temperature": 0}, trust_env=False)
    assert "HTTP Request" in caplog.text


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nobody_is_followed_to_another_host(status: int) -> None:
    with scripted(saying("那里")) as other:

        def answer(handler: Handler, body: dict[str, Any]) -> None:
            handler.begin(status=status, location=f"{other.url}/chat/completions")

        with scripted(answer) as server:
            assert failure(model(server)) == "redirect"
    assert other.asked == []


NONSENSE = (
    ("text/html", b"<html><body>Login</body></html>"),
    ("text/event-stream", b"data: {not json}\n\n"),
    ("text/event-stream", b'data: {"error": {"message": "no"}}\n\n'),
    ("text/event-stream", b'data: {"choices": [{"delta": {"content": [1]}}]}\n\n'),
    ("text/event-stream", b'data: {"choices": [7]}\n\n'),
    ("text/event-stream", b"data: " + b"[" * 100_000 + b"\n\n"),
    ("text/event-stream", b"data: \xff\xfe\n\n"),
    ("text/event-stream", b""),
    ("application/json", b"[]"),
    ("application/json", b'{"choices": [{"message": null}]}'),
    ("application/octet-stream", b"\x00\x01"),
)


@pytest.mark.parametrize(("kind", "said"), NONSENSE)
def test_nonsense_is_nonsense(kind: str, said: bytes) -> None:
    def answer(handler: Handler, body: dict[str, Any]) -> None:
        handler.begin(kind)
        handler.wfile.write(said)

    with scripted(answer) as server:
        assert failure(model(server)) == "nonsense"


def test_what_is_packed_is_not_unpacked() -> None:
    def answer(handler: Handler, body: dict[str, Any]) -> None:
        assert handler.headers["accept-encoding"] == "identity"
        handler.begin(**{"content-encoding": "gzip"})

    with scripted(answer) as server:
        assert failure(model(server)) == "nonsense"


def test_no_http_at_all_is_told_as_a_server_out_of_reach() -> None:
    def answer(handler: Handler, body: dict[str, Any]) -> None:
        handler.wfile.write(b"SSH-2.0-x\r\n")

    with scripted(answer) as server:
        assert failure(model(server)) == "unreachable"


def test_a_dead_port_is_told_at_once() -> None:
    with scripted(saying("好")) as server:
        dead = model(server)
    assert failure(dead) == "unreachable"


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted(saying("代")) as proxy, scripted(saying("好")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        assert complete(model(server), ASKED) == "好"
    assert proxy.asked == []


def test_more_than_a_few_at_the_same_time_are_not_asked_for() -> None:
    from concurrent.futures import ThreadPoolExecutor

    def answer(handler: Handler, body: dict[str, Any]) -> None:
        handler.server.over.wait(60)

    with scripted(answer) as server, ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [pool.submit(complete, model(server, 30), ASKED) for _ in range(AT_ONCE)]
        until(server, AT_ONCE)
        assert failure(model(server, 30)) == "busy"
        server.over.set()
        assert {type(each.exception()) for each in waiting} == {ServerFailed}
    for _ in range(200):  # their places are free again
        with scripted(saying("好")) as server:
            try:
                assert complete(model(server), ASKED) == "好"
                break
            except ServerFailed:
                time.sleep(0.05)
    else:
        raise AssertionError


def until(server: Scripted, count: int) -> None:
    for _ in range(1000):
        if len(server.asked) >= count:
            return
        time.sleep(0.02)
    raise AssertionError(len(server.asked))


def test_it_works_where_an_event_loop_runs() -> None:
    async def within() -> str:
        return await asyncio.to_thread(complete, model(server), ASKED)

    with scripted(saying("好")) as server:
        assert asyncio.run(within()) == "好"
