"""Two searches at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from index import side_by_side as module
from index.side_by_side import side_by_side


def test_each_begins_before_the_other_ends() -> None:
    here, there = threading.Event(), threading.Event()

    def one() -> bool:
        here.set()
        return there.wait(10)

    def other() -> bool:
        there.set()
        return here.wait(10)

    assert side_by_side(one, other) == (True, True)


def test_with_no_thread_free_the_first_is_done_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    with ThreadPoolExecutor(1) as pool:
        release = threading.Event()
        pool.submit(release.wait)
        monkeypatch.setattr(module, "_POOL", pool)
        assert side_by_side(threading.get_ident, lambda: 2) == (threading.get_ident(), 2)
        release.set()


def test_an_error_of_the_second_comes_when_the_first_has_ended() -> None:
    begun, ended = threading.Event(), threading.Event()

    def one() -> None:
        begun.set()
        threading.Event().wait(0.2)
        ended.set()

    def other() -> None:
        begun.wait(10)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        side_by_side(one, other)
    assert ended.is_set()


def test_while_the_program_ends_both_are_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    monkeypatch.setattr(module, "_POOL", pool)
    assert side_by_side(lambda: 1, lambda: 2) == (1, 2)


def test_an_error_of_the_first_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda: 1 // 0, lambda: 2)
