"""What was acknowledged survives: kills, full disks, disks that do not confirm, damage, old libraries, backups.

The long forms of these are in `make soak`.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import NOTICE, SPEECH
from damaging import database_mutations, derived_mutations, not_noticed_in_database, rows_of, unnoticed
from killing import HereReader, opened, state_of_old
from old_libraries import VERSIONS, old_library

from assistant.ask import ask
from assistant.cli import main
from assistant.messages import explain
from assistant.originals import recover, take_in
from assistant.web.doing import doing_html
from assistant.working import Work
from index import (
    BackupDamaged,
    BackupUnwritten,
    DatabaseDamaged,
    Library,
    LibraryReadOnly,
    LibraryTooNew,
    back_up,
    restore,
)
from index.halt import halt, resume
from index.store import Store

ROOT = Path(__file__).parents[1]
QUESTIONS = ("打卡式巡河", "供暖期从什么时候开始", "排污口整治了多少个", "室温不达标怎么办")


def run(script: str, *options: str) -> dict[str, Any]:
    """What a script beside this file says last, as JSON."""
    done = subprocess.run(
        [sys.executable, script, *options],
        cwd=ROOT / "tests",
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    summary: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return summary


def add(library: Library, *paths: Path) -> None:
    with library.writing() as writer:
        list(writer.add(list(paths)))


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read, and by which model it is embedded, is of no matter here: see killing.py for the stand-ins."""
    monkeypatch.setattr("index.writer.Reader", HereReader)


@pytest.fixture
def library(tmp_path: Path, documents: Path) -> Iterator[Library]:
    """A library of the two documents."""
    library = opened(tmp_path / "library", create=True)
    add(library, documents)
    yield library
    library.close()


def more(documents: Path, name: str = "新.txt") -> Path:
    path = documents / name
    path.write_text("关于开展义务植树的倡议书\n春天来了，请大家都来种一棵树。\n", encoding="utf-8")
    return path


def answers(library: Library) -> list[object]:
    return [ask(library, question) for question in QUESTIONS]


# -- killed


def test_killed_at_any_step_nothing_acknowledged_is_lost() -> None:
    """Eighteen points of the three hundred in `make soak`."""
    summary = run("killing.py", "--points", "18")
    assert summary["points"] == 18
    assert summary["problems"] == []


def test_an_original_comes_back_when_its_successor_was_never_read(library: Library, tmp_path: Path) -> None:
    def upload(text: str) -> tuple[Path, str]:
        path = tmp_path / "upload"
        path.write_text(text, encoding="utf-8")
        return path, "养犬.txt"

    kept = "关于加强养犬管理的通告\n遛狗要牵绳，犬只要办证，粪便要当场清理，违者由社区上门劝导。\n"
    Work(lambda: library)._add(library, [upload(kept)])
    take_in(library.layout, [upload("另一份文件，还没有读。\n")])  # and here it was killed
    assert library.verify() == []
    recover(library)
    assert (library.layout.originals / "养犬.txt").read_text(encoding="utf-8") == kept
    assert not list(library.layout.replaced.iterdir())


def test_a_lost_original_is_named(library: Library, tmp_path: Path) -> None:
    upload = tmp_path / "upload"
    upload.write_text(
        "关于加强养犬管理的通告\n遛狗要牵绳，犬只要办证，粪便要当场清理，违者由社区上门劝导。\n", encoding="utf-8"
    )
    Work(lambda: library)._add(library, [(upload, "养犬.txt")])
    (library.layout.originals / "养犬.txt").write_text("换了一份", encoding="utf-8")
    assert library.verify() == ["originals/养犬.txt: changed or missing"]


# -- the order in which things reach the disk


def test_contents_are_synced_before_the_name_and_the_folder_after_it(
    library: Library, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, Path]] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(descriptor: int) -> None:
        seen.append(("sync", Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    def noted_replace(old: Path, new: Path) -> None:
        files = {path for path in Path(old).rglob("*") if not path.name.endswith(".lock")}
        synced = {path for what, path in seen if what == "sync"}
        assert files | {Path(old)} <= synced
        seen.append(("name", Path(new)))
        replace(old, new)

    if not Path("/proc/self/fd").exists():
        pytest.skip("what a descriptor belongs to is read from /proc")
    monkeypatch.setattr("index.disk.os.fsync", noted_fsync)
    monkeypatch.setattr("index.disk.os.replace", noted_replace)
    add(library, more(documents))
    [named] = [at for at, (what, _) in enumerate(seen) if what == "name"]
    assert seen[named + 1] == ("sync", library.layout.generations)


@pytest.mark.parametrize("at", [1, 9])
def test_a_disk_that_does_not_confirm_makes_the_library_read_only(
    library: Library, documents: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    before, calls = answers(library), iter(range(1, 10_000))
    fsync = os.fsync

    def failing(descriptor: int) -> None:
        if next(calls) == at:
            raise OSError(errno.EIO, "Input/output error")
        fsync(descriptor)

    monkeypatch.setattr("index.disk.os.fsync", failing)
    with pytest.raises(LibraryReadOnly) as told:
        add(library, more(documents))
    monkeypatch.undo()
    assert "Input/output error" in explain(told.value)
    assert library.generation == 1
    assert answers(library) == before
    with pytest.raises(LibraryReadOnly):  # in this process and, by the note in the folder, in any other
        add(library, documents / "新.txt")
    assert (library.layout.root / "read-only").exists()
    assert library.verify() == []
    add(library, documents / "新.txt")
    assert library.counts()["documents"] == 3


@pytest.mark.skipif(os.name != "posix", reason="another number stands for it there")
@pytest.mark.parametrize(
    "told",
    [
        "An IO error occurred: 'Input/output error (os error 5)'",
        "Failed to open file for write: 'IoError { io_error: Os { code: 5, kind: InputOutputError } }'",
    ],
)
def test_so_does_one_that_does_not_confirm_what_tantivy_wrote(
    library: Library, documents: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    def failing(*_: object) -> None:
        raise ValueError(told)

    monkeypatch.setattr("index.generation.WordIndex.build", failing)
    with pytest.raises(LibraryReadOnly):
        add(library, more(documents))
    monkeypatch.undo()
    assert (library.layout.root / "read-only").exists()
    assert library.verify() == []
    add(library, documents / "新.txt")


def test_it_stays_read_only_while_damage_is_found(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    halt(library.layout, "Input/output error")
    library.layout.words(1).joinpath("meta.json").write_text("{}")
    assert library.verify()
    with pytest.raises(LibraryReadOnly), library.writing():
        pass
    resume(library.layout)


# -- SQLite


def test_the_database_keeps_a_rollback_journal_and_syncs_all_there_is_to_sync(library: Library) -> None:
    """SQLite 3.7.0 to 3.51.2 can corrupt a write-ahead log, so none is used whatever the version is."""

    def pragma(name: str) -> object:
        return library._store.connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("journal_mode") == "delete"
    assert pragma("synchronous") == 3  # EXTRA: FULL, and the folder once the journal is gone
    header = library.layout.database.read_bytes()[18:20]
    assert header == b"\1\1", "1 stands for a rollback journal, 2 for a write-ahead log"


def test_a_database_that_somebody_set_to_a_write_ahead_log_is_set_back(library: Library) -> None:
    root = library.layout.root
    library.close()
    with sqlite3.connect(root / "library.db") as other:
        assert other.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal"
    other.close()
    again = Library.open(root)
    assert again._store.connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    again.close()


def test_a_commit_that_fails_leaves_no_transaction_open(tmp_path: Path) -> None:
    store = Store(tmp_path / "library.db")
    store.migrate()
    with pytest.raises(sqlite3.IntegrityError), store.transaction() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute("INSERT INTO seals VALUES (7, x'00')")  # no such document: noticed by COMMIT
    with store.transaction():
        store.set_setting("a", "b")
    assert store.setting("a") == "b"


# -- full disks


def test_a_full_disk_is_never_a_success() -> None:
    """Five sizes of the sixty-four in `make soak`; in a process of its own, since limits last."""
    steps = run("full_disk.py", "--sizes", "5")
    assert steps["sizes"] == 5
    assert steps["refused"] >= 2
    assert steps["problems"] == []


# -- damage


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of two generations, with the folder of the older one kept beside."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "a.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "b.txt").write_text(SPEECH, encoding="utf-8")
    library = opened(folder / "library", create=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.writer.Reader", HereReader)
        add(library, folder / "a.txt")
        shutil.copytree(library.layout.generation(1), folder / "older")
        add(library, folder / "b.txt")
    yield library
    library.close()


def test_every_damage_to_a_derived_file_is_noticed_before_loading(whole: Library) -> None:
    older = whole.layout.root.parent / "older"
    for mutation in derived_mutations(whole.layout.generation(2), older, 60, seed=1):
        assert unnoticed(whole, mutation) == ""
    assert whole.verify() == []


def test_an_older_generation_whole_is_noticed(whole: Library) -> None:
    folder, kept = whole.layout.generation(2), whole.layout.root.parent / "kept"
    shutil.copytree(folder, kept)
    shutil.rmtree(folder)
    shutil.copytree(whole.layout.root.parent / "older", folder)
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"generation": 1', '"generation": 2'))
    assert whole.verify() == ["manifest.json: changed"]
    shutil.rmtree(folder)
    kept.rename(folder)


def test_damage_to_the_database_is_named_or_harmless(whole: Library) -> None:
    """Pages hold unused bytes, too: what is not noticed must not change a single value."""
    rows = rows_of(whole.layout.database)
    for mutation in database_mutations(whole.layout.database, 40, seed=1):
        assert not_noticed_in_database(whole.layout.root, mutation, rows) == ""
    assert whole.verify() == []


def test_one_changed_letter_of_a_document_is_noticed(library: Library) -> None:
    with library._store.transaction() as connection:
        connection.execute("UPDATE paragraphs SET text = replace(text, '15天', '16天')")
    [entry] = [e for e in library.entries() if "供暖" in e.title]
    assert library.verify() == [f"library.db: {entry.id}: changed"]
    with pytest.raises(DatabaseDamaged) as told:
        library.document(entry.id)
    assert "youju restore" in explain(told.value)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE documents SET title = title || '!' WHERE row = 1",
        "UPDATE sources SET sha256 = '00'",
        "UPDATE findings SET flags = '[\"rewritten\"]'",
        "UPDATE vectors SET vector = zeroblob(length(vector))",
        "DELETE FROM seals",
        "DELETE FROM sources WHERE row = 1",
        "CREATE TRIGGER odd AFTER DELETE ON sources BEGIN SELECT 1; END",
    ],
)
def test_no_change_by_another_hand_goes_unnoticed(library: Library, change: str) -> None:
    library._store.connection.execute(change)
    assert library.verify()


def test_what_waits_for_a_vector_is_not_sealed_ahead(library: Library) -> None:
    connection = library._store.connection
    connection.execute("DELETE FROM seals")
    connection.execute("DELETE FROM vectors WHERE key = (SELECT vector FROM passages ORDER BY id LIMIT 1)")
    waiting = {row for (row,) in connection.execute(
        "SELECT document FROM passages WHERE vector NOT IN (SELECT key FROM vectors)"
    )}  # fmt: skip
    library._store.seal_ahead(library.generation)
    sealed = {row for (row,) in connection.execute("SELECT document FROM seals")}
    assert waiting and sealed == {row for (row,) in connection.execute("SELECT row FROM documents")} - waiting


@pytest.mark.parametrize("name", ["vectors.faiss", "words", "documents", "sentences", "spread", "text"])
def test_a_derived_file_that_is_deleted_is_derived_again_alike(library: Library, name: str) -> None:
    before = answers(library)
    gone = library.layout.generation(library.generation) / name
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    library._current = None
    assert answers(library) == before
    assert library.verify() == []


# -- backups


def test_a_backup_while_a_writer_adds_is_whole(library: Library, documents: Path, tmp_path: Path) -> None:
    files = [more(documents, f"{n}.txt") for n in range(6)]
    for n, path in enumerate(files):
        path.write_text(f"关于第{n}号水渠清淤的通知\n请各村在{n + 3}日前清完。\n", encoding="utf-8")
    stop = threading.Event()
    made: list[Path] = []

    def copy() -> None:
        while not stop.is_set():
            made.append(back_up(library.layout, tmp_path / f"copy{len(made)}.zip").path)

    thread = threading.Thread(target=copy)
    thread.start()
    for path in files:
        add(library, path)
    stop.set()
    thread.join()
    for n, path in enumerate({made[0], made[len(made) // 2], made[-1]}):
        restore(path, tmp_path / f"restored{n}")
        copied = Library.open(tmp_path / f"restored{n}")
        assert copied.verify() == []
        copied.close()
    assert library.verify() == []


def test_what_is_restored_answers_alike_and_keeps_originals_and_votes(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upload = tmp_path / "upload"
    upload.write_text(
        "关于加强养犬管理的通告\n遛狗要牵绳，犬只要办证，粪便要当场清理，违者由社区上门劝导。\n", encoding="utf-8"
    )
    Work(lambda: library)._add(library, [(upload, "养犬.txt")])
    library.layout.feedback.write_bytes(b'{"a": 1}\n{"b": 2')
    before = answers(library)
    file, root = tmp_path / "备份.zip", tmp_path / "恢复"
    assert main(["backup", str(file), "--library", str(library.layout.root)]) == 0
    assert "3 篇文档，原始文件 1 个" in capsys.readouterr().out
    assert main(["restore", str(file), "--library", str(root)]) == 0
    assert main(["verify", "--library", str(root)]) == 0
    assert [p.name for p in root.parent.glob(".*")] == []
    again = opened(root)
    assert answers(again) == before
    [entry] = [e for e in again.entries() if "养犬" in e.title]
    assert again.sources(entry.id)[0].origin == str(root / "originals" / "养犬.txt")
    assert again.layout.feedback.read_bytes() == b'{"a": 1}\n'
    capsys.readouterr()
    assert main(["restore", str(file), "--library", str(root)]) == 1
    assert "恢复不会覆盖" in capsys.readouterr().err


def test_a_damaged_backup_is_refused_and_nothing_is_there(library: Library, tmp_path: Path) -> None:
    library.layout.originals.mkdir()
    (library.layout.originals / "x.txt").write_bytes(os.urandom(5000))
    file = back_up(library.layout, tmp_path / "b.zip").path
    data = file.read_bytes()
    bad = tmp_path / "bad.zip"
    noticed = 0
    for at in [*range(40, len(data), len(data) // 25), len(data) - 30]:
        bad.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        try:
            restore(bad, tmp_path / "r")
        except BackupDamaged:
            noticed += 1
            assert not (tmp_path / "r").exists()
        else:  # a bit that no reader of zips looks at, such as a time
            assert rows_of(tmp_path / "r" / "library.db", but_settings=True) == rows_of(
                library.layout.database, but_settings=True
            )
            shutil.rmtree(tmp_path / "r")
    assert noticed > 20
    bad.write_bytes(data[: len(data) // 2])
    with pytest.raises(BackupDamaged):
        restore(bad, tmp_path / "r")


@pytest.mark.parametrize("name", ["../out.txt", "/etc/x", "generations/00000001/vectors.faiss", "a\\..\\b", "C:x"])
def test_a_backup_with_what_does_not_belong_there_is_refused(library: Library, tmp_path: Path, name: str) -> None:
    file = back_up(library.layout, tmp_path / "b.zip").path
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(forged, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        manifest["files"][name] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        new.writestr("library.db", old.read("library.db"))
        new.writestr(zipfile.ZipInfo(name), b"")
        new.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(BackupDamaged):
        restore(forged, tmp_path / "r")
    assert not (tmp_path / "r").exists()
    assert not (tmp_path / "out.txt").exists()


def test_a_backup_in_which_a_file_was_exchanged_is_refused(library: Library, tmp_path: Path) -> None:
    """With sums of the zip that fit: only the manifest tells."""
    library.layout.originals.mkdir()
    (library.layout.originals / "x.txt").write_text("原来的", encoding="utf-8")
    file, forged = back_up(library.layout, tmp_path / "b.zip").path, tmp_path / "forged.zip"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(forged, "w") as new:
        for name in old.namelist():
            new.writestr(name, "换过的" if name == "originals/x.txt" else old.read(name))
    with pytest.raises(BackupDamaged) as told:
        restore(forged, tmp_path / "r")
    assert "originals/x.txt" in explain(told.value)
    assert not (tmp_path / "r").exists()


def test_a_damaged_library_does_not_take_the_place_of_a_good_backup(library: Library, tmp_path: Path) -> None:
    file = back_up(library.layout, tmp_path / "b.zip").path
    good = file.read_bytes()
    with library._store.transaction() as connection:
        connection.execute("UPDATE paragraphs SET text = replace(text, '15天', '16天')")
    with pytest.raises(DatabaseDamaged):
        back_up(library.layout, file)
    assert file.read_bytes() == good


def test_a_backup_that_can_not_be_written_is_named(library: Library, tmp_path: Path) -> None:
    with pytest.raises(BackupUnwritten):
        back_up(library.layout, tmp_path / "no such folder" / "b.zip")


# -- old libraries


@pytest.mark.parametrize("version", VERSIONS)
def test_a_library_of_every_earlier_format_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    root = old_library(tmp_path / "old", version)
    before = state_of_old(root)
    library = opened(root)
    hits = library.read(lambda snapshot: snapshot.search("储煤", 3)).hits
    assert [h.paragraph.text for h in hits] == ["供热企业储煤不得少于十天用量。"]
    assert {e.id for e in library.entries()} == set(before)
    assert library.verify() == []
    library.close()


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "library.db") as other:
        other.execute("CREATE TABLE photos (name)")
    other.close()
    with pytest.raises(DatabaseDamaged):
        Library.open(tmp_path)
    with sqlite3.connect(tmp_path / "library.db") as other:
        assert [name for (name,) in other.execute("SELECT name FROM sqlite_master")] == ["photos"]
    other.close()


def test_a_library_of_a_later_version_says_what_to_do(tmp_path: Path) -> None:
    root = old_library(tmp_path / "old", 3)
    with sqlite3.connect(root / "library.db") as later:
        later.execute("PRAGMA user_version = 99")
    later.close()
    with pytest.raises(LibraryTooNew) as told:
        Library.open(root)
    assert "请升级本程序" in explain(told.value)


# -- nothing that runs when it is loaded


def test_no_code_is_loaded_out_of_data() -> None:
    loading = re.compile(r"\b(pickle|marshal|shelve|dill|joblib|torch\.load|allow_pickle\s*=\s*True|extractall)\b")
    for package in ("assistant", "corpus", "index"):
        for path in (ROOT / package).rglob("*.py"):
            if path.name == "segmenter.py":  # jieba's own cache, and that from a private folder only: the next test
                continue
            for line in path.read_text(encoding="utf-8").splitlines():
                code = line.split("#")[0]
                assert not (loading.search(code) and re.search(r"import|\(", code)), f"{path.name}: {line}"


def test_jieba_loads_its_cache_from_a_private_folder_only(tmp_path: Path) -> None:
    """Seen by an audit hook in a process of its own: a shared folder is left alone, and never loaded from."""
    from corpus.segment import private

    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    assert private(shared) != shared
    assert private(shared).stat().st_mode & 0o077 == 0
    assert private(tmp_path / "own") == tmp_path / "own"
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "own")
    assert private(link) != link


def test_nothing_is_unpickled_or_unmarshalled_while_adding_and_asking(tmp_path: Path, documents: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nimport killing\nfrom assistant.ask import ask\nseen = []\n"
        "killing.stand_in()\n"  # jieba's own cache is loaded here
        "sys.addaudithook(lambda event, _: seen.append(event)"
        " if event in ('marshal.load', 'pickle.find_class') else None)\n"
        "library = killing.opened(Path(sys.argv[1]), create=True)\nkilling.add(library, Path(sys.argv[2]))\n"
        "ask(library, '供暖期')\nimport json\nprint(json.dumps({'seen': seen}))\n"
    )
    assert run("-c", script, str(tmp_path / "library"), str(documents)) == {"seen": []}


def test_an_index_that_is_uploaded_is_no_document_and_touches_no_index(library: Library, tmp_path: Path) -> None:
    packed = tmp_path / "上传.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in (library.layout.vectors(1), library.layout.database, library.layout.manifest(1)):
            archive.write(path, path.name)
    before = answers(library)
    add(library, packed)
    assert library.counts()["documents"] == 2
    assert answers(library) == before


def test_the_page_writes_a_backup_beside_the_library(library: Library) -> None:
    work = Work(lambda: library)
    assert work.backup()
    work.wait(60)
    [file] = library.layout.root.with_name("library-backups").iterdir()
    assert work.state.backup is not None
    assert work.state.backup.path == file
    assert str(file) in doing_html(work.state)
    restore(file, library.layout.root.with_name("again"))
