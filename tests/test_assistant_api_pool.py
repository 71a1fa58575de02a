"""The pool: never more at a time than it is for, the event loop stays free, failures come through."""

from __future__ import annotations

import threading
import time
from typing import Any, cast

import anyio
import pytest

from assistant.api.pool import AT_ONCE, Pool
from index import Library


def test_a_bounded_number_works_at_a_time_and_all_get_their_turn() -> None:
    guard, now, most = threading.Lock(), 0, 0

    def work(library: Library) -> None:
        nonlocal now, most
        with guard:
            now += 1
            most = max(most, now)
        time.sleep(0.02)
        with guard:
            now -= 1

    async def all_at_once() -> int:
        pool = Pool(lambda: cast(Library, None))
        ticks = 0
        async with anyio.create_task_group() as group:
            for _ in range(3 * AT_ONCE):
                group.start_soon(pool.run, work)
            while now or not most:
                await anyio.sleep(0.001)
                ticks += 1
        return ticks

    assert anyio.run(all_at_once) > 3
    assert most == AT_ONCE and now == 0


def test_what_the_work_raises_comes_through_and_the_pool_goes_on() -> None:
    async def twice() -> Any:
        pool = Pool(lambda: cast(Library, "文库"), 1)
        with pytest.raises(ZeroDivisionError):
            await pool.run(lambda library: 1 // 0)
        return await pool.run(lambda library: library)

    assert anyio.run(twice) == "文库"
