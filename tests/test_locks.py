"""What is installed: every package of every lock by its hash, and its licence in the list."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from audit_dependencies import LEFT_OUT, audited, main
from list_licences import DOCUMENT, PARTS, locked, packages, row

ROOT = Path(__file__).parents[1]
LOCKS = sorted((ROOT / "locks").glob("*.txt"))
LINE = re.compile(r"[a-z0-9][a-z0-9.-]*==[0-9][0-9A-Za-z.+]*(?: ; [^\\]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def plain(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def names(lines: list[str]) -> set[str]:
    return {plain(found.group()) for line in lines if (found := NAME.match(line))}


def pinned(file: str) -> dict[str, str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {plain(n): v for n, _, v in (line.split(";")[0].strip().partition("==") for line in lines) if v}


def versions(lock: str) -> dict[str, str]:
    text = (ROOT / "locks" / f"{lock}.txt").read_text(encoding="utf-8")
    return {plain(n): v for n, v in re.findall(r"^([a-z0-9][a-z0-9.-]*)==([^\s;\\]+)", text, re.M)}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_package_has_its_version_and_hashes_and_nothing_else_stands_there(lock: Path) -> None:
    head, *blocks = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    assert head.startswith("# ")
    assert blocks
    assert [block for block in blocks if not LINE.fullmatch(block)] == []
    assert "://" not in lock.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "lock"),
    [
        ("requirements.txt", "run"),
        ("requirements-build.txt", "build"),
        ("requirements-ocr.txt", "ocr"),
        ("requirements-dev.txt", "dev"),
        ("requirements-ocr.txt", "dev"),
    ],
)
def test_each_pin_is_locked_in_its_version(file: str, lock: str) -> None:
    """If this fails after a change to a requirements file: `make lock`."""
    assert pinned(file).items() <= (versions(lock) | (versions("torch") if lock == "run" else {})).items()


def test_no_package_is_locked_in_two_versions() -> None:
    found: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in versions(lock.stem).items():
            found.setdefault(name, set()).add(version.removesuffix("+cpu"))
    assert [name for name, all_ in found.items() if len(all_) > 1] == []


def test_what_the_project_states_it_needs_is_locked() -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = stated["project"]
    assert names(project["dependencies"]) <= set(versions("run")) | {"torch"}
    assert names(project["optional-dependencies"]["dev"]) <= set(versions("dev"))
    assert names(project["optional-dependencies"]["ocr"]) <= set(versions("ocr")) | set(versions("run"))
    assert names(stated["build-system"]["requires"]) <= set(versions("build"))


def test_what_locked_packages_need_is_locked() -> None:
    """Their own statements, for this system: nothing is left for pip to choose."""
    everything = {name for lock in LOCKS for name in versions(lock.stem)}
    for part in PARTS:
        for name in locked(part):
            try:
                needed = metadata.requires(name) or []
            except metadata.PackageNotFoundError:
                continue  # for another system
            always = [n for n in needed if ";" not in n]
            assert names(always) <= everything, name


def test_installing_takes_nothing_that_is_not_in_a_lock() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--require-hashes" in makefile
    installs = [line for line in makefile.splitlines() if "pip install" in line and not line.startswith("INSTALL")]
    assert [line.split("--no-build-isolation")[1].strip() for line in installs] == ["--editable ."]


def test_the_list_of_licences_is_that_of_the_locks() -> None:
    """What is only for other systems, or not installed here, keeps the line that it has. Else: `make lock`."""
    listed = DOCUMENT.read_text(encoding="utf-8")
    for part in PARTS:
        for name in packages(part):
            try:
                metadata.distribution(name)
            except metadata.PackageNotFoundError:
                assert re.search(rf"^\| {re.escape(name)}(?: †)? \|", listed, re.M), name
            else:
                assert f"\n{row(name)}\n" in listed
    assert listed.count("\n| ") == document_rows()


def document_rows() -> int:
    """Rows that the list must have: one for each package, and a head for each table."""
    return sum(1 for part in PARTS for _ in packages(part)) + len(PARTS)


def test_no_package_is_under_a_licence_that_reaches_the_program() -> None:
    text = DOCUMENT.read_text(encoding="utf-8").partition("\n## ")[2]
    assert re.findall(r"\bA?GPL\b|General Public|unknown|UNKNOWN", text) == []


def test_an_audit_without_its_service_is_left_out_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for proxy in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(proxy, "http://127.0.0.1:9")
    assert audited([ROOT / "locks" / "build.txt"]) == []
    assert main() == 0
    assert capsys.readouterr().out == LEFT_OUT + "\n"


@pytest.mark.parametrize(("flaws", "code"), [([], 0), ([{"id": "CVE-2020-1", "fix_versions": ["2.0"]}], 1)])
def test_an_audit_that_finds_something_fails(
    flaws: list[dict[str, object]], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Stands in for the service, whose answers change with the world."""
    monkeypatch.setattr("audit_dependencies.audited", lambda _: [{"name": "a", "version": "1.0", "vulns": flaws}])
    assert main() == code
    assert ("a 1.0: CVE-2020-1, fixed in 2.0" in capsys.readouterr().out) == bool(flaws)
