"""Cases that fuzzing kept (soak/fuzz_readers.py): each is read or refused, and what must hold of the outcome holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz_targets import FOLDER, TARGETS, Finding, as_text, check, prepare, seeds

import corpus.read


@pytest.mark.parametrize("target", TARGETS)
def test_kept_cases_are_read_or_refused(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(monkeypatch)
    for case in seeds(target):
        assert check(target, case, tmp_path)


def test_every_kept_case_has_a_target() -> None:
    assert {path.name.partition("--")[0] for path in FOLDER.iterdir()} <= set(TARGETS)


def test_code_that_raises_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(monkeypatch)
    monkeypatch.setattr(corpus.read, "structure", lambda *_: [][0])
    with pytest.raises(Finding, match="IndexError"):
        check("words", b"\0\1\2", tmp_path)


def test_a_case_never_gives_half_a_character() -> None:
    as_text(bytes([255, 0, 0xD8, 0]) * 3 + bytes(range(256))).encode()
