"""The command `youju`, as a user calls it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from conftest import NOTICE, SPEECH

from assistant.cli import main, parser
from index import Encoder, Library


@pytest.fixture
def youju(tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Runs a command on a library of its own; gives exit code, output, errors."""
    monkeypatch.setattr("index.encoder.Encoder.load", lambda name="": encoder)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--library", str(tmp_path / "library")])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_add_list_show_ask_remove(youju, documents: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = youju("add", str(documents))
    assert code == 0
    assert "新增 2" in out
    assert "未变 2" in youju("add", str(documents))[1]

    entries = json.loads(youju("list", "--json")[1])
    assert [e["kind"] for e in entries] == ["通知", "讲话"]
    assert entries[0]["number"] == "石桥政办发〔2022〕31号"
    assert entries[0]["issued"] == "2022-10-18"
    id = entries[1]["id"]

    code, out, _ = youju("show", id[:5])
    assert code == 0
    assert "一、看清成绩，也看清差距" in out
    assert "打卡式巡河" not in out
    assert "场合：全市河湖管护工作推进会  (第" in out
    assert "文种：讲话" in out
    numbered = youju("show", id, "--paragraphs")[1]
    assert "打卡式巡河" in numbered
    assert "[正文 一、看清成绩，也看清差距" in numbered

    code, out, _ = youju("ask", "巡河走过场被群众叫作什么")
    assert code == 0
    assert "打卡式巡河" in out
    assert "《在全市河湖管护工作推进会上的讲话》（2023-06-08）一、第" in out

    assert youju("verify")[0] == 0
    assert youju("rebuild")[0] == 0
    assert youju("remove", id)[0] == 0
    hits = json.loads(youju("ask", "打卡式巡河", "--json")[1])["hits"]
    assert hits
    assert not any("打卡式巡河" in hit["text"] for hit in hits)


def test_refusals_are_one_sentence_each_and_exit_1(youju, documents: Path) -> None:  # type: ignore[no-untyped-def]
    (documents / "扫描.pdf").write_bytes(b"%PDF-1.4 nothing")
    (documents / "表.xyz").write_bytes(b"1")
    code, out, err = youju("add", str(documents))
    assert code == 1
    assert "拒绝 2" in out
    assert sorted(line.split("：")[0] for line in err.splitlines() if "：" in line) == ["扫描.pdf", "表.xyz"]
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments", [("list",), ("ask", "问"), ("show", "abc"), ("remove", "abc"), ("verify",), ("rebuild",)]
)
def test_without_a_library_it_says_what_to_do(youju, arguments: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    code, _, err = youju(*arguments)
    assert code == 1
    assert "youju add" in err
    assert len(err.strip().splitlines()) == 1


def test_unknown_ids_are_named(youju, documents: Path) -> None:  # type: ignore[no-untyped-def]
    youju("add", str(documents))
    for command in ("show", "remove"):
        code, _, err = youju(command, "zzzz")
        assert code == 1
        assert "zzzz" in err


def test_batch_keeps_order_and_goes_on_after_a_bad_row(youju, documents: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    youju("add", str(documents))
    rows = [
        {"id": "a", "question": "供暖期从什么时候开始", "note": "ignored"},
        {"id": "b", "question": "那报修呢", "history": ["供热企业有哪些要求"]},
        {"id": "c"},
        {"id": "d", "question": "工作", "filters": {"kind": "讲话", "year": 2023}},
        {"id": "e", "question": "工作", "filters": {"colour": "red"}},
        {"id": "f", "question": 7},
    ]
    asked, answered = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    asked.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\nnot json\n", encoding="utf-8")
    code, _, _ = youju("ask", "--batch", str(asked), "--out", str(answered), "-k", "3")
    results = [json.loads(line) for line in answered.read_text(encoding="utf-8").splitlines()]
    assert [r["id"] for r in results] == ["a", "b", "c", "d", "e", "f", None]
    assert ["error" in r for r in results] == [False, False, True, False, True, True, True]
    assert results[1]["understood"] == "供热企业有哪些要求；报修呢"
    assert all(len(r["hits"]) <= 3 for r in results if "hits" in r)
    assert {h["document"]["kind"] for h in results[3]["hits"]} == {"讲话"}
    assert code == 1


def test_history_from_a_file(youju, documents: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    youju("add", str(documents))
    history = tmp_path / "earlier.txt"
    history.write_text("供热企业储煤要多少天\n", encoding="utf-8")
    _, out, _ = youju("ask", "那报修呢", "--history", str(history), "--json")
    assert json.loads(out)["understood"] == "供热企业储煤要多少天；报修呢"


def test_eval_measures_a_set(youju, documents: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    youju("add", str(documents))
    rows = [
        {"id": 1, "question": "供热企业储煤多少天", "doc": "供暖通知.txt", "evidence": ["不得少于15天用量"]},
        {"id": 2, "question": "上半年整治了多少个排污口", "kind": "multi", "evidence": [{"doc": "讲话/河湖管护讲话.txt", "text": "整治排污口146个"}]},
        {"id": 3, "question": "红烧肉怎么做才好吃", "kind": "refuse", "evidence": []},
    ]  # fmt: skip
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    code, out, _ = youju("eval", str(path), "--json")
    measures = json.loads(out)["measures"]
    assert code == 0
    assert measures["qa"]["hit@1"] == measures["multi"]["hit@1"] == 1
    assert measures["refuse"]["refused"] == 1
    assert measures["all"]["verbatim"] == measures["all"]["traceable"] == 1
    kept = tmp_path / "kept.json"
    code, out, _ = youju("eval", str(path), "--out", str(kept))
    assert code == 0
    assert "| hit@1 " in out
    assert "AURC" in out
    assert [row["rank"] for row in json.loads(kept.read_text(encoding="utf-8"))["questions"]] == [1, 1, 0]
    code, out, _ = youju("eval", str(path), "--compare", str(kept))
    assert (code, "变差 0 题" in out) == (0, True)
    assert json.loads(youju("eval", str(path), "--compare", str(kept), "--json")[1])["comparison"]["changes"] == []
    assert youju("eval", str(path), "--compare", str(path))[0] == 1
    (tmp_path / "bad.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    code, _, err = youju("eval", str(tmp_path / "bad.jsonl"))
    assert code == 1
    assert "bad.jsonl" in err


def test_read_shows_a_file_without_adding_it(youju, documents: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = youju("read", str(documents / "供暖通知.txt"), "--json")
    assert code == 0
    document = json.loads(out)
    assert document["paragraphs"][0]["role"] == "title"
    assert {"role", "heading_path", "text", "number"} <= set(document["paragraphs"][0])
    assert {"facts", "mentions", "quality", "kind"} <= set(document)
    assert {fact["name"] for fact in document["facts"]} >= {"title", "kind", "issuer", "number", "issued"}
    assert "发文字号：" in youju("read", str(documents / "供暖通知.txt"))[1]
    assert youju("read", str(documents / "没有.txt"))[0] == 1
    assert youju("list")[0] == 1


def test_read_prints_each_document_of_an_archive(youju, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "材料.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("讲话.txt", SPEECH)
        archive.writestr("../外.txt", NOTICE)
        archive.writestr("通知.txt", NOTICE)
    code, out, err = youju("read", str(path), "--json")
    assert code == 1
    assert [d["source"]["name"] for d in json.loads(out)] == ["材料.zip!/讲话.txt", "材料.zip!/通知.txt"]
    assert f"{path}!/../外.txt：" in err
    code, out, err = youju("read", str(path))
    assert [line for line in out.splitlines() if line.startswith("== ")] == [
        "== 材料.zip!/讲话.txt",
        "== 材料.zip!/通知.txt",
    ]
    (tmp_path / "旧.xls").write_bytes(b"x")
    code, out, err = youju("read", str(tmp_path / "旧.xls"), "--json")
    assert (code, out) == (1, "")
    assert "xlsx" in err


def test_wrong_usage_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["nonsense"], ["ask", "问", "-k", "0"], ["add"]):
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        assert stop.value.code == 2
    capsys.readouterr()


def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    [commands] = [a for a in parser()._actions if hasattr(a, "choices") and a.choices and "add" in a.choices]
    assert set(commands.choices or ()) == {
        "add", "read", "list", "show", "remove", "ask", "quote", "wording", "check", "eval", "verify", "rebuild", "backup", "restore",
        "chat", "mcp", "user",
    }  # fmt: skip
    for name in commands.choices or ():
        with pytest.raises(SystemExit):
            main([str(name), "--help"])
        out = capsys.readouterr().out
        assert f"youju {name}" in out.split("例 (example)")[1]


def test_unknown_settings_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library: Library
) -> None:
    monkeypatch.setenv("YOUJU_LIBARY", "typo")
    assert main(["list"]) == 1
    assert "YOUJU_LIBARY" in capsys.readouterr().err
