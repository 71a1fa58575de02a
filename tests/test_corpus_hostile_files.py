"""A bad file of each kind in one folder: refused or read by name, in a child's limits, at no cost to who asked.

The process that asks is one of its own, so that its memory is measured from a clean start.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hostile_files import FILES, NOTICE, SENTENCE, SLOW, write

import corpus.reader
import corpus.worker
from corpus import Found, Reader, find_files, read_document
from corpus.names import UNSEEN

ASKING = """
import json, sys
from pathlib import Path
from corpus import Found, Reader, find_files

def peak():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) * 1024

root = Path(sys.argv[1])
told = {}
with Reader(seconds=300.0) as reader:  # a busy machine must not look like a bomb
    list(reader.read(Found(root / "good" / "好.txt", "好.txt")))
    before = peak()
    for folder in sorted((root / "bad").iterdir()):
        readings = []
        for found in find_files([folder]):
            if isinstance(found, Found):
                readings += [[r.name, r.refused.code if r.refused else "read"] for r in reader.read(found)]
            else:
                readings.append([found[0], found[1].code])
        told[folder.name] = readings
print(json.dumps({"told": told, "grown": peak() - before}))
"""
KINDS = [kind for kind in FILES if kind not in SLOW]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process was told of each kind, and the bytes by which it grew."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "good").mkdir()
    (root / "good" / "好.txt").write_text(NOTICE, encoding="utf-8")
    for kind in KINDS:
        (root / "bad" / kind).mkdir(parents=True)
        write(root / "bad" / kind, kind)
    done = subprocess.run(
        [sys.executable, "-c", ASKING, str(root)], capture_output=True, text=True, cwd=Path(__file__).parents[1]
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_file_is_refused_or_read_by_name(asked: dict[str, Any], kind: str) -> None:
    name, _, outcomes = FILES[kind]
    readings = asked["told"][kind]
    assert [what for _, what in readings] == outcomes
    for named, _ in readings:
        assert named.isprintable() and "\n" not in named
        if "name" not in outcomes:
            assert named.startswith(UNSEEN.sub("", name))


def test_who_asked_grew_by_fifty_megabytes_at_most(asked: dict[str, Any]) -> None:
    assert asked["grown"] <= 50_000_000


def test_a_child_has_a_gigabyte_and_thirty_seconds() -> None:
    assert corpus.worker.LIMIT_MEMORY == 1_000_000_000
    assert corpus.reader.SECONDS == 30.0


def test_a_parser_that_wants_more_than_the_gigabyte_costs_its_file_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    greedy = "import corpus.parts, corpus.worker\ncorpus.parts.extract = lambda *_: bytearray(1_000_000_000)\ncorpus.worker.main()"
    monkeypatch.setattr(corpus.reader, "COMMAND", (sys.executable, "-c", greedy))
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    with Reader(seconds=300.0) as reader:
        (reading,) = reader.read(Found(tmp_path / "a.txt", "a.txt"))
    assert reading.refused
    assert reading.refused.code == "limits"


def test_the_others_of_a_thousand_files_are_in(tmp_path: Path) -> None:
    bad = [kind for kind in KINDS if not kind.startswith("line") and FILES[kind][2] not in ([], ["read"])]
    for kind in bad:
        write(tmp_path, kind)
    (tmp_path / "链接.txt").symlink_to("/etc/passwd")
    good = 1000 - len(bad) - 1
    for n in range(good):
        (tmp_path / f"{n:03}.txt").write_text(NOTICE.replace("清淤", f"第{n}次清淤"), encoding="utf-8")
    came: dict[str, int] = {}
    with Reader(seconds=300.0) as reader:
        for found in find_files([tmp_path]):
            readings = list(reader.read(found)) if isinstance(found, Found) else []
            for code in [r.refused.code if r.refused else "read" for r in readings] or [found[1].code]:  # type: ignore[index]
                came[code] = came.get(code, 0) + 1
    expected = [code for kind in bad for code in FILES[kind][2]]
    assert came.pop("read") == good + expected.count("read")
    assert came == {code: expected.count(code) for code in set(expected) - {"read"}} | {"link": 1}


def test_characters_that_turn_a_text_round_are_taken_out_and_the_text_is_flagged(tmp_path: Path) -> None:
    """What is shown and copied are the letters in the order in which they are stored, which is that of the search."""
    path = tmp_path / "反向.txt"
    path.write_text(NOTICE + f"罚款\u202e元5\u202c。\u2067{SENTENCE}\u2069\n", encoding="utf-8")
    document = read_document(path)
    assert [p.text for p in document.paragraphs][-1] == f"罚款元5。{SENTENCE}"
    assert "turned" in document.quality
    assert [r.text for r in document.removed if r.step == "drop_hidden"] == ["\u202e", "\u202c", "\u2067", "\u2069"]


def test_zero_width_characters_alone_turn_nothing(tmp_path: Path) -> None:
    path = tmp_path / "零宽.txt"
    path.write_text("\u200b".join(NOTICE), encoding="utf-8")
    document = read_document(path)
    assert "".join(p.text for p in document.paragraphs) == NOTICE.replace("\n", "")
    assert "turned" not in document.quality


def test_letters_that_run_from_right_to_left_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "双语.txt"
    path.write_text(f"{NOTICE}联系电话见附页（ئۇقتۇرۇش）。\n", encoding="utf-8")
    document = read_document(path)
    assert "ئۇقتۇرۇش" in document.paragraphs[-1].text
    assert document.quality == ()
