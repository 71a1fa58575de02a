"""`make eval`: which sets, what is kept, and floors that hold for the questions they were measured on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import run_eval
from conftest import NOTICE

from assistant.evaluate import Run
from assistant.evaluate.questions import digest


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set of one question, named as a real one is."""
    folder = tmp_path / "shared" / "eval" / "cmrc2018"
    folder.mkdir(parents=True)
    row = {"id": "1", "question": "供热企业储煤多少天", "doc": "供暖通知.txt", "evidence": ["不得少于15天用量"]}
    (folder / "questions.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    paragraphs = json.dumps({"id": "供暖通知.txt", "text": NOTICE}, ensure_ascii=False)
    (folder / "paragraphs.jsonl").write_text(paragraphs, encoding="utf-8")
    monkeypatch.setattr(run_eval, "CACHE", tmp_path / "cache")
    return tmp_path / "shared"


def floors(shared: Path, floor: float, of: str = "") -> dict[str, object]:
    measured_on = of or digest(shared / "eval" / "cmrc2018" / "questions.jsonl")
    return {"cmrc2018": {"digest": measured_on, "floors": {"all": {"hit@1": floor}}}}


def test_sets_that_are_present_are_measured_kept_and_compared(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run_eval, "FLOORS", floors(shared, 1.0))
    kept = str(tmp_path / "kept")
    assert run_eval.main([str(shared), "cmrc2018", "laws", "--out", kept]) == 0
    out = capsys.readouterr().out
    assert "its library is built" in out
    assert "| hit@1 " in out
    assert "laws: " in out
    assert [r.rank for r in Run.load(tmp_path / "kept" / "cmrc2018.json").results] == [1]
    assert run_eval.main([str(shared), "cmrc2018", "--compare", kept]) == 0
    assert "0 worse, 0 mixed, 0 better" in capsys.readouterr().out


def test_a_floor_that_does_not_hold_fails_and_is_named(
    shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run_eval, "FLOORS", floors(shared, 1.01))
    assert run_eval.main([str(shared), "cmrc2018"]) == 1
    assert "cmrc2018 all hit@1: 1.000 is under its floor 1.01" in capsys.readouterr().out
    monkeypatch.setattr(run_eval, "FLOORS", floors(shared, 0.0, of="other"))
    assert run_eval.main([str(shared), "cmrc2018"]) == 1
    assert "other questions" in capsys.readouterr().out


def test_every_floor_is_of_a_set_and_those_of_this_project_are_for_its_questions() -> None:
    own = {f"{other}-{name}": other for name, others in run_eval.ASKED_TOO.items() for other in others}
    assert set(run_eval.FLOORS) <= {*run_eval.SETS, *own}
    for name, other in own.items():
        assert run_eval.FLOORS[name]["digest"] == digest(run_eval.DATA / f"{other}_questions.jsonl")
