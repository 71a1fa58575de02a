"""youju user, and to whom youju chat is served."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from assistant.access import Accounts, Audit
from assistant.access.passwords import Passwords
from assistant.cli import main
from assistant.errors import BadServing
from assistant.serving import Serving

PASSWORD = "半亩方塘一鉴开 12"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YOUJU_ACCESS", str(tmp_path / "access"))
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("assistant.access.passwords.PasswordHasher", lambda: cheap)
    return tmp_path / "access"


def run(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> tuple[str, str]:
    assert main(words) == status
    told = capsys.readouterr()
    assert "Traceback" not in told.err and PASSWORD not in told.out + told.err
    return told.out, told.err


def typed(monkeypatch: pytest.MonkeyPatch, *passwords: str) -> None:
    given = iter(passwords)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(given))


def test_an_account_is_made_listed_changed_and_removed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    assert "还没有账号" in run(capsys, "user", "list")[0]
    typed(monkeypatch, PASSWORD, PASSWORD)
    out, err = run(capsys, "user", "add", "资料员")
    assert "已设账号 资料员（读者）" in out and "youju user role 资料员 librarian" in err
    assert "管理员" in run(capsys, "user", "role", "资料员", "librarian")[0]
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "3\n"))
    run(capsys, "user", "password", "资料员", "--password-stdin")
    assert Accounts(folder, Passwords()).verified("资料员", PASSWORD + "3")
    [shape] = json.loads(run(capsys, "user", "list", "--json")[0])
    assert set(shape) == {"name", "role", "made", "tokens"} and shape["role"] == "librarian"
    run(capsys, "user", "remove", "资料员")
    assert Accounts(folder).all() == {}
    whats = [line["what"] for line in Audit(folder).lines()]
    assert whats == ["account added", "role changed", "password changed", "account removed"]
    assert PASSWORD not in Audit(folder).path.read_text("utf-8")


def test_what_is_typed_wrong_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    typed(monkeypatch, PASSWORD, PASSWORD + "x", "short", "short", PASSWORD, PASSWORD)
    assert "两次输入一致" in run(capsys, "user", "add", "a", status=1)[1]
    assert "10 至 256" in run(capsys, "user", "add", "a", status=1)[1]
    assert "不能作账号名" in run(capsys, "user", "add", "a b", status=1)[1]
    run(capsys, "user", "add", "a")
    assert "已有名为 A 的账号" in run(capsys, "user", "add", "A", status=1)[1]
    for words in (("remove", "b"), ("password", "b"), ("role", "b", "reader"), ("token", "add", "b")):
        assert "没有名为 b 的账号" in run(capsys, "user", *words, status=1)[1]
    assert "没有编号为 x 的令牌" in run(capsys, "user", "token", "revoke", "x", status=1)[1]
    (folder / "accounts.json").write_text("{")
    assert "账号文件" in run(capsys, "user", "list", status=1)[1]


def test_a_token_is_shown_once_listed_and_revoked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    typed(monkeypatch, PASSWORD, PASSWORD)
    run(capsys, "user", "add", "a", "--role", "librarian")
    words = run(capsys, "user", "token", "add", "a", "--label", "插件")[0].strip()
    account = Accounts(folder).of_token(words)
    assert account and account.name == "a"
    listed = run(capsys, "user", "token", "list")[0]
    id = listed.split()[0]
    assert "插件" in listed and words not in listed and words.split("_", 2)[2] not in listed
    run(capsys, "user", "token", "revoke", id)
    assert Accounts(folder).of_token(words) is None
    assert words.split("_", 2)[2] not in Audit(folder).path.read_text("utf-8")


def test_the_log_tells_what_the_command_line_did_and_what_was_changed(
    capsys: pytest.CaptureFixture[str], documents: Path, tmp_path: Path, folder: Path, encoder: Any
) -> None:
    library = ["--library", str(tmp_path / "library")]
    run(capsys, "add", str(documents), *library)
    ids = [entry["id"] for entry in json.loads(run(capsys, "list", "--json", *library)[0])]
    run(capsys, "remove", ids[0], *library)
    told = run(capsys, "user", "audit")[0]
    assert "操作记录完好，共 2 条" in told and ids[0] in told
    kept = (folder / "audit.jsonl").read_text("utf-8")
    assert "河湖" not in kept and "供暖" not in kept
    lines = json.loads(run(capsys, "user", "audit", "--json")[0])["lines"]
    assert [(line["what"], line["via"], sorted(line["ids"])) for line in lines] == [
        ("add", "command", sorted(ids)),
        ("remove", "command", [ids[0]]),
    ]
    (folder / "audit.jsonl").write_text(kept.replace(ids[0], ids[1]), "utf-8")
    assert "操作记录被改动或有缺失：第 2" in run(capsys, "user", "audit", status=1)[1]


def test_a_log_that_can_not_be_written_does_not_undo_what_was_done(
    capsys: pytest.CaptureFixture[str], library: Any, folder: Path
) -> None:
    folder.write_text("a file where the folder should be")
    root = str(library.layout.root)
    out, err = run(capsys, "rebuild", "--library", root)
    assert "索引" in out and "操作记录" in err


@pytest.mark.parametrize(
    "options",
    [["--host", "0.0.0.0"], ["--host", "::"], ["--host", "192.0.2.7"], ["--allow-host", "youju.example"],
     ["--root-path", "https://youju.example"]],
)  # fmt: skip
def test_others_are_not_served_without_accounts(capsys: pytest.CaptureFixture[str], options: list[str]) -> None:
    _, told = run(capsys, "chat", *options, status=1)
    assert "请先设账号：youju user add 名字 --role librarian" in told


@pytest.mark.parametrize(
    "options",
    [["--root-path", "https://youju.example/sub"], ["--root-path", "youju.example"], ["--root-path", "file:///etc"],
     ["--proxy", "*"], ["--certfile", "/nowhere.pem"], ["--keyfile", "/nowhere.pem"], ["--proxy", "name"]],
)  # fmt: skip
def test_what_can_not_be_served_is_refused(capsys: pytest.CaptureFixture[str], options: list[str]) -> None:
    _, told = run(capsys, "chat", *options, status=1)
    assert options[0] in told and "youju chat --help" in told


def test_only_a_named_proxy_is_believed_and_passwords_in_the_clear_are_warned_of(tmp_path: Path) -> None:
    from fastapi import FastAPI

    from assistant.web.server import _configured

    alone, behind = _configured(FastAPI(), Serving()), _configured(FastAPI(), Serving(proxy="192.0.2.1"))
    assert not alone.proxy_headers and behind.proxy_headers and behind.forwarded_allow_ips == "192.0.2.1"
    certificate = tmp_path / "cert.pem"
    certificate.write_text("")
    assert Serving("0.0.0.0").is_plain and not Serving("0.0.0.0", certificate=certificate).is_plain
    assert not Serving().is_plain and not Serving(root="https://youju.example").is_plain
    assert Serving("192.0.2.7", root="https://youju.example:8443").hosts == ("192.0.2.7", "youju.example")
    with pytest.raises(BadServing):
        Serving(key=certificate)
