"""The pool: never more at a time than it is for, the event loop stays free, failures come through."""

from __future__ import annotations

import threading
from typing import Any, cast

import anyio
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.api import mount
from assistant.api.errors import Crowded
from assistant.api.pool import AT_ONCE, COME_AGAIN, Pool
from assistant.messages import say
from index import Library

CHAT = {"model": "youju", "messages": [{"role": "user", "content": "谁管河？"}]}


def test_a_bounded_number_works_at_a_time_and_all_get_their_turn() -> None:
    guard, full, now, most = threading.Lock(), threading.Event(), 0, 0

    def work(library: Library) -> None:
        nonlocal now, most
        with guard:
            now += 1
            most = max(most, now)
            if most >= AT_ONCE:
                full.set()
        assert full.wait(60)
        with guard:
            now -= 1

    async def all_at_once() -> int:
        pool = Pool(lambda: cast(Library, None))
        ticks = 0
        async with anyio.create_task_group() as group:
            for _ in range(3 * AT_ONCE):
                group.start_soon(pool.run, work)
            while not full.is_set():
                await anyio.sleep(0)
                ticks += 1
        return ticks

    assert anyio.run(all_at_once)
    assert most == AT_ONCE and now == 0


def test_what_the_work_raises_comes_through_and_the_pool_goes_on() -> None:
    async def twice() -> Any:
        pool = Pool(lambda: cast(Library, "文库"), 1)
        with pytest.raises(ZeroDivisionError):
            await pool.run(lambda library: 1 // 0)
        return await pool.run(lambda library: library)

    assert anyio.run(twice) == "文库"


def test_who_comes_when_too_many_wait_is_told_at_once() -> None:
    async def crowded() -> list[str]:
        pool, go, told = Pool(lambda: cast(Library, None), at_once=2, waiting=3), threading.Event(), []

        async def one() -> None:
            try:
                await pool.run(lambda library: go.wait(60))
                told.append("done")
            except Crowded:
                told.append("crowded")

        async with anyio.create_task_group() as group:
            for _ in range(9):
                group.start_soon(one)
            while len(told) < 4:
                await anyio.sleep(0)
            go.set()
        return [*told, *[str(await pool.run(lambda library: "done")) for _ in range(6)]]

    assert anyio.run(crowded) == ["crowded"] * 4 + ["done"] * 11


@pytest.mark.parametrize(("path", "body"), [("/api/ask", {"question": "谁管河？"}), ("/v1/chat/completions", CHAT)])
def test_programs_are_told_when_to_come_again(path: str, body: dict[str, Any]) -> None:
    app = FastAPI()
    mount(app, lambda: cast(Library, None))
    app.state.pool = Pool(lambda: cast(Library, None), at_once=1, waiting=-1)
    answer = TestClient(app, base_url="http://127.0.0.1").post(path, json=body)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(COME_AGAIN))
    assert say("Crowded", "zh") in answer.text
