"""The bar of long work: what a log keeps of it."""

from __future__ import annotations

import io
import sys

import pytest

from assistant.bar import Bar


class Stream(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(("terminal", "most"), [(True, 5), (False, 3)])
def test_a_thousand_tellings_at_once_are_drawn_a_few_times(
    terminal: bool, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = Stream(terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    with Bar(desc="读取", file=stream) as bar:
        for done in range(1000):
            bar.told(done, 1000, f"文件 {done}/1000")
    assert 1 <= stream.getvalue().count("读取") <= most


def test_what_is_told_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(True)
    monkeypatch.setattr(sys, "stderr", stream)
    with Bar(desc="读取", file=stream) as bar:
        bar.told(3, 12, "文件 1/4")
    assert "3/12" in stream.getvalue() and "文件 1/4" in stream.getvalue()
    with Bar(disable=True, file=stream) as bar:
        bar.told(3, 12)
