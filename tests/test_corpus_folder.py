"""Folders: every file is found in order or named with its refusal; notes and links are known."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus import Found, find_files

TEXT = "各街道要在汛期到来之前完成清淤。\n"


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")


def listed(*paths: Path) -> list[str]:
    """Names found, and refusals as `name!code`."""
    return [f.name if isinstance(f, Found) else f"{f[0]}!{f[1].code}" for f in find_files(paths)]


def test_files_are_found_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.md", "c/二.html", "c/一.txt", "a0/x.docx", "a0/deep/y.pdf")
    assert listed(tmp_path) == ["a.md", "b.txt", "a0/x.docx", "a0/deep/y.pdf", "c/一.txt", "c/二.html"]


def test_a_name_is_the_path_inside_the_folder_that_was_named(tmp_path: Path) -> None:
    write(tmp_path, "讲话/防汛.txt")
    (found,) = find_files([tmp_path])
    assert found == Found(tmp_path / "讲话" / "防汛.txt", "讲话/防汛.txt")


def test_a_file_named_alone_has_its_own_name(tmp_path: Path) -> None:
    write(tmp_path, "讲话/防汛.txt")
    assert listed(tmp_path / "讲话" / "防汛.txt") == ["防汛.txt"]


@pytest.mark.parametrize(
    "note", ["README.md", "readme.txt", "ReadMe.MD", "LICENSE", "license.txt", "Thumbs.db", ".DS_Store"]
)
def test_notes_beside_the_documents_are_passed_over(tmp_path: Path, note: str) -> None:
    write(tmp_path, note, "防汛.txt")
    assert listed(tmp_path) == ["防汛.txt"]


def test_hidden_files_and_folders_and_open_word_files_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, ".hidden.txt", ".git/config.txt", "~$防汛.docx", "防汛.txt")
    assert listed(tmp_path) == ["防汛.txt"]


def test_a_file_in_an_unknown_format_is_named_with_its_refusal(tmp_path: Path) -> None:
    write(tmp_path, "演示.pptx", "防汛.txt", "附件/程序.exe", "无后缀", "旧表.xls", "材料.RAR")
    assert listed(tmp_path) == [
        "无后缀!format", "旧表.xls!old_table", "材料.RAR!archive", "演示.pptx!format", "防汛.txt", "附件/程序.exe!format",
    ]  # fmt: skip


def test_a_path_that_is_not_there_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, "防汛.txt")
    gone = tmp_path / "没有.txt"
    assert listed(gone, tmp_path) == [f"{gone}!missing", "防汛.txt"]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "outside/secret.txt", "inside/防汛.txt")
    (tmp_path / "inside" / "link.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    assert listed(tmp_path / "inside") == ["link.txt!link", "防汛.txt"]


def test_a_link_by_a_way_around_is_refused_too(tmp_path: Path) -> None:
    write(tmp_path, "outside/secret.txt", "inside/a.txt")
    (tmp_path / "inside" / "b.txt").symlink_to(Path("..") / "inside" / ".." / "outside" / "secret.txt")
    assert listed(tmp_path / "inside") == ["a.txt", "b.txt!link"]


def test_a_folder_beside_with_the_same_beginning_is_outside(tmp_path: Path) -> None:
    write(tmp_path, "lib-secret/a.txt", "lib/b.txt")
    (tmp_path / "lib" / "link.txt").symlink_to(tmp_path / "lib-secret" / "a.txt")
    assert listed(tmp_path / "lib") == ["b.txt", "link.txt!link"]


def test_a_link_inside_the_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path, "防汛.txt")
    (tmp_path / "同.txt").symlink_to(tmp_path / "防汛.txt")
    assert sorted(listed(tmp_path)) == ["同.txt", "防汛.txt"]


def test_a_linked_folder_is_not_entered(tmp_path: Path) -> None:
    write(tmp_path, "outside/secret.txt", "inside/防汛.txt")
    (tmp_path / "inside" / "folder").symlink_to(tmp_path / "outside")
    (tmp_path / "inside" / "round").symlink_to(tmp_path / "inside")
    assert [name for name in listed(tmp_path / "inside") if name.endswith(".txt")] == ["防汛.txt"]


def test_a_folder_that_is_itself_a_link_is_read(tmp_path: Path) -> None:
    write(tmp_path, "real/防汛.txt")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert listed(tmp_path / "link") == ["防汛.txt"]


def test_an_empty_folder_has_nothing(tmp_path: Path) -> None:
    assert listed(tmp_path) == []


def test_a_link_to_a_folder_outside_is_refused_and_one_inside_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "outside/secret.txt", "inside/a/防汛.txt")
    (tmp_path / "inside" / "b").symlink_to(tmp_path / "outside")
    (tmp_path / "inside" / "c").symlink_to(tmp_path / "inside" / "a")
    assert listed(tmp_path / "inside") == ["b!link", "a/防汛.txt"]


def test_links_that_lead_round_or_nowhere_are_named(tmp_path: Path) -> None:
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    (tmp_path / "there.txt").symlink_to(tmp_path / "back.txt")
    (tmp_path / "back.txt").symlink_to(tmp_path / "there.txt")
    (tmp_path / "gone.txt").symlink_to("/no/such/file.txt")
    assert listed(tmp_path) == ["back.txt!link", "gone.txt!link", "round.txt!link", "there.txt!link"]
    assert listed(tmp_path / "round.txt") == [f"{tmp_path / 'round.txt'}!missing"]


def test_names_that_cannot_be_listed_are_refused_by_name(tmp_path: Path) -> None:
    root = os.fsencode(tmp_path)
    for name in ("讲\n话.txt".encode(), "讲话.txt".encode("gb18030"), b"\xff.txt", b"a\x1b[2J.txt", "好.txt".encode()):
        with open(root + b"/" + name, "w") as file:  # noqa: PTH123  bytes, which a Path can't take
            file.write(TEXT)
    names = listed(tmp_path)
    assert sorted(names) == sorted(["讲\\n话.txt!name", "讲话.txt!name", "?.txt!name", "a\\x1b[2J.txt!name", "好.txt"])
    "".join(names).encode()
    assert listed(Path("讲\n话.txt"), Path("\udcbd.txt")) == ["讲\\n话.txt!name", "?.txt!name"]


def test_paths_that_no_system_takes_do_not_raise(tmp_path: Path) -> None:
    assert listed(tmp_path / ("长" * 300)) == [f"{tmp_path / ('长' * 300)}!unreadable"]
    assert [name.split("!")[-1] for name in listed(Path("a\0b.txt"))] == ["name"]


def test_folders_nested_a_thousand_deep_are_walked(tmp_path: Path) -> None:
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(1200):  # step by step, and away again: removing so deep a tree at once needs recursion
            Path("d").mkdir()
            os.chdir("d")
        Path("防汛.txt").write_text(TEXT, encoding="utf-8")
        assert listed(tmp_path) == ["d/" * 1200 + "防汛.txt"]
    finally:
        Path("防汛.txt").unlink()
        for _ in range(1200):
            os.chdir("..")
            Path("d").rmdir()
        os.chdir(here)


def test_pipes_and_devices_are_found_and_left_to_the_reader(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    assert listed(tmp_path) == ["管道.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, "秘/a.txt", "防汛.txt")
    (tmp_path / "秘").chmod(0)
    assert listed(tmp_path) == ["防汛.txt", "秘!unreadable"]


def test_archives_and_tables_are_found(tmp_path: Path) -> None:
    write(tmp_path, "a.zip", "b.csv", "c.xlsx", "d.jsonl")
    assert listed(tmp_path) == ["a.zip", "b.csv", "c.xlsx", "d.jsonl"]
