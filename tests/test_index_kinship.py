"""Near-duplicate families in a library: found when documents come, told from then on, gone with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import fresh

from assistant import cli
from index import Encoder, Library

POINTS = [
    f"第{n}项，{place}要在月底前完成{work}，逐段签字交接，验收不合格的重新返工，费用由责任单位承担。"
    for n, (place, work) in enumerate(
        zip("东湖街道 西堤街道 南津镇 北坞镇 云栖乡 石桥镇 青屿镇 望溪区".split(), "清淤 护岸 截污 绿化 巡查 补水 拆违 保洁".split(), strict=True), 1
    )
]  # fmt: skip
NOTICE = "关于做好河道整治工作的通知\n各单位：\n现将河道整治任务通知如下。\n" + "\n".join(POINTS) + "\n2024年3月1日\n"
COPY = NOTICE.replace("2024年3月1日\n", "").replace("月底前", "下月底前", 2)
OTHER = "关于学校供暖的通知\n各学校：\n" + "\n".join(
    f"第{n}条，{what}由后勤科负责，每天早晚各检查一次并登记。"
    for n, what in enumerate(("锅炉", "管道", "燃料", "教室"), 1)
)


def put(folder: Path, **texts: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = []
    for name, text in texts.items():
        paths.append(folder / f"{name}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def add(library: Library, *paths: Path) -> None:
    with library.writing() as writer:
        list(writer.add(list(paths)))


def families(library: Library) -> list[list[str]]:
    """The names of each family's members, the representative first."""
    return [[entry.names[0] for entry in family] for family in library.families()]


@pytest.fixture
def empty(tmp_path: Path, encoder: Encoder) -> Library:
    return fresh(tmp_path / "library", encoder)


def test_a_copy_that_comes_later_joins_its_family_behind_the_dated_one(empty: Library, tmp_path: Path) -> None:
    first, other = put(tmp_path / "a", 通知=COPY, 供暖=OTHER)
    add(empty, first, other)
    assert families(empty) == []
    add(empty, *put(tmp_path / "b", 原件=NOTICE))
    assert families(empty) == [["原件.txt", "通知.txt"]]
    flags = {e.names[0]: e.quality for e in empty.entries()}
    assert flags == {"原件.txt": (), "通知.txt": ("near-duplicate",), "供暖.txt": ()}


def test_a_family_ends_with_its_second_member(empty: Library, tmp_path: Path) -> None:
    add(empty, *put(tmp_path / "a", 通知=COPY, 原件=NOTICE))
    assert families(empty) == [["原件.txt", "通知.txt"]]
    gone = next(e.id for e in empty.entries() if e.names == ("原件.txt",))
    with empty.writing() as writer:
        writer.remove([gone])
    assert families(empty) == []
    assert [e.quality for e in empty.entries()] == [()]
    assert empty.verify() == []


def test_rebuilding_keeps_families(empty: Library, tmp_path: Path) -> None:
    add(empty, *put(tmp_path / "a", 通知=COPY, 原件=NOTICE))
    before = families(empty)
    with empty.writing() as writer:
        writer.rebuild()
    assert families(empty) == before != []


def test_the_command_line_lists_families_and_their_differences(
    empty: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(empty, *put(tmp_path / "a", 通知=COPY, 原件=NOTICE, 供暖=OTHER))
    root = str(empty.layout.root)
    assert cli.main(["list", "--families", "--library", root]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert "原件.txt" in first
    assert second.startswith("  ")
    assert cli.main(["show", first.split()[0], "--differences", "--library", root]) == 0
    shown = capsys.readouterr().out
    assert "同源文档" in shown
    assert "{+下+}" in shown
    assert "2024年3月1日" in shown
