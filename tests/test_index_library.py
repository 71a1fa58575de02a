"""A library: adding, changing, removing, publishing, rebuilding."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest
from conftest import NOTICE, SPEECH, fresh

from assistant.ask import ask
from corpus import Paragraph
from index import (
    DocumentUnknown,
    Encoder,
    Filters,
    Library,
    LibraryBusy,
    LibraryDamaged,
    LibraryMissing,
    LibraryTooNew,
    ModelMismatch,
    ModelMissing,
    Recall,
)

QUESTIONS = ("打卡式巡河", "供暖期从什么时候开始", "排污口整治了多少个", "室温不达标怎么办")


def add(library: Library, *paths: Path) -> dict[str, str]:
    with library.writing() as writer:
        return {o.name: o.what for o in writer.add(list(paths))}


def search(library: Library, text: str, count: int, filters: Filters | None = None) -> Recall:
    return library.read(lambda snapshot: snapshot.search(text, count, filters))


def answers(library: Library) -> list[object]:
    return [ask(library, q) for q in QUESTIONS]


def test_adding_again_changes_nothing(library: Library, documents: Path) -> None:
    before = library.generation
    assert set(add(library, documents).values()) == {"unchanged"}
    assert library.generation == before


def test_a_changed_file_replaces_its_document(library: Library, documents: Path) -> None:
    old = {e.id for e in library.entries()}
    (documents / "供暖通知.txt").write_text(NOTICE.replace("15天", "20天"), encoding="utf-8")
    assert add(library, documents) == {"供暖通知.txt": "updated", "讲话/河湖管护讲话.txt": "unchanged"}
    new = {e.id for e in library.entries()}
    assert len(new) == 2
    assert len(old & new) == 1
    texts = [h.paragraph.text for h in search(library, "供热企业储煤", 10).hits]
    assert any("20天" in t for t in texts)
    assert not any("15天" in t for t in texts)


def test_the_same_text_in_two_files_is_one_document(library: Library, documents: Path) -> None:
    (documents / "副本.txt").write_text(SPEECH, encoding="utf-8")
    assert add(library, documents)["副本.txt"] == "duplicate"
    assert library.counts()["documents"] == 2
    [entry] = [e for e in library.entries() if "河湖" in e.title]
    assert set(entry.names) == {"讲话/河湖管护讲话.txt", "副本.txt"}


def test_a_bad_file_is_refused_and_the_rest_goes_on(library: Library, documents: Path) -> None:
    (documents / "坏.docx").write_bytes(b"not a zip at all")
    (documents / "空.txt").write_bytes(b"")
    (documents / "新.txt").write_text(
        "关于开展义务植树的倡议书\n春天来了，请大家都来种一棵树，为城市添一片绿。\n", encoding="utf-8"
    )
    outcome = add(library, documents, documents / "没有.txt")
    assert outcome["坏.docx"] == outcome["空.txt"] == "refused"
    assert outcome["新.txt"] == "added"
    assert outcome[str(documents / "没有.txt")] == "refused"


def test_removing_removes_everywhere(library: Library) -> None:
    [entry] = [e for e in library.entries() if "供暖" in e.title]
    with library.writing() as writer:
        assert writer.remove([entry.id[:6]]) == [entry.id]
    assert library.counts()["documents"] == 1
    assert not any("供暖" in h.paragraph.text for h in search(library, "供暖期", 10).hits)
    with pytest.raises(DocumentUnknown):
        library.document(entry.id)
    assert library.verify() == []
    rest = b"".join(p.read_bytes() for p in library.layout.root.rglob("*") if p.is_file())
    assert "储煤不得少于".encode() not in rest


def test_unknown_ids_remove_nothing(library: Library) -> None:
    known = library.entries()[0].id
    with library.writing() as writer, pytest.raises(DocumentUnknown):
        writer.remove([known, "ffffffffffff"])
    assert library.counts()["documents"] == 2


def test_rebuilding_gives_the_same_answers(library: Library) -> None:
    before = answers(library)
    shutil.rmtree(library.layout.generations)
    with library.writing() as writer:
        writer.rebuild()
    again = Library.open(library.layout.root)
    again._load_encoder = library._load_encoder
    assert answers(again) == before
    assert again.verify() == []


def test_rebuilding_after_changes_gives_the_same_answers(library: Library, documents: Path) -> None:
    (documents / "供暖通知.txt").write_text(NOTICE.replace("15天", "20天"), encoding="utf-8")
    add(library, documents)
    before = answers(library)
    with library.writing() as writer:
        writer.rebuild()
    library._current = None
    assert answers(library) == before


def test_ids_survive_moving_the_library_and_the_files(
    library: Library, documents: Path, tmp_path: Path, encoder: Encoder
) -> None:
    moved = tmp_path / "elsewhere"
    shutil.copytree(documents, moved)
    other = fresh(tmp_path / "other", encoder)
    add(other, moved)
    assert {e.id for e in other.entries()} == {e.id for e in library.entries()}
    assert [a.citations[0].id for a in answers(other)[:2]] == [a.citations[0].id for a in answers(library)[:2]]  # type: ignore[attr-defined]


def test_damage_is_seen_before_loading_and_the_index_is_derived_again(library: Library) -> None:
    before = answers(library)
    for name in ("vectors.faiss", "words/meta.json", "documents/meta.json", "manifest.json"):
        path = library.layout.generation(library.generation) / name
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(bytes(data))
        assert library.verify()
        library._current = None
        assert answers(library) == before
        assert library.verify() == []


def test_damage_to_the_database_is_named(library: Library) -> None:
    library.close()
    path = library.layout.database
    data = bytearray(path.read_bytes())
    data[4096:8192] = os.urandom(4096)
    path.write_bytes(bytes(data))
    with pytest.raises(LibraryDamaged):
        Library.open(library.layout.root).entries()
    with pytest.raises(LibraryDamaged):
        Library.open(library.layout.root).counts()


def test_a_missing_derived_folder_is_named(library: Library) -> None:
    shutil.rmtree(library.layout.generation(library.generation))
    assert library.verify()


def test_rebuilding_does_not_disturb_who_is_reading(library: Library, encoder: Encoder) -> None:
    stop = threading.Event()
    failures: list[str] = []

    def read() -> None:
        while not stop.is_set():
            try:
                assert fresh(library.layout.root, encoder).read(lambda s: s.search("供暖期", 3)).hits
            except Exception as error:  # noqa: BLE001
                failures.append(repr(error))

    thread = threading.Thread(target=read)
    thread.start()
    for _ in range(6):
        with library.writing() as writer:
            writer.rebuild()
    stop.set()
    thread.join()
    assert failures == []
    assert library.verify() == []


def test_a_second_writer_is_told_so(library: Library) -> None:
    other = Library.open(library.layout.root)
    with library.writing(), pytest.raises(LibraryBusy), other.writing():
        pass


def test_readers_see_one_whole_state_while_a_writer_works(library: Library, documents: Path, encoder: Encoder) -> None:
    """A writer replaces a document again and again; every answer is of one version or the other."""
    stop = threading.Event()
    failures: list[str] = []
    asked = 0

    def read() -> None:
        nonlocal asked
        reader = fresh(library.layout.root, encoder)
        while not stop.is_set():
            answer = ask(reader, "供热企业储煤不得少于多少天用量")
            found = {t for c in answer.hits for t in ("15天", "20天") if t in c.paragraph.text}
            if len(found) != 1:
                failures.append(f"{answer.verdict} {found}")
            asked += 1

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for turn in range(8):
        days = ("20天", "15天")[turn % 2]
        (documents / "供暖通知.txt").write_text(NOTICE.replace("15天", days), encoding="utf-8")
        add(library, documents)
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert asked > 8


def test_readers_are_not_held_up_by_an_open_transaction(library: Library, encoder: Encoder) -> None:
    reader = fresh(library.layout.root, encoder)
    with library.writing() as writer, writer._store.transaction() as connection:
        connection.execute("UPDATE documents SET title = 'half done'")
        began = time.monotonic()
        assert not any(e.title == "half done" for e in reader.entries())
        assert time.monotonic() - began < 5  # WAIT is 30 s


def test_a_killed_writer_leaves_the_old_state_and_the_next_one_goes_on(library: Library, documents: Path) -> None:
    (documents / "新.txt").write_text(
        "关于加强养犬管理的通告\n遛狗要牵绳，犬只要办证，粪便要清理。\n", encoding="utf-8"
    )
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from index import Library, generation\n"
        "generation.derive = lambda *a: os._exit(9)\n"
        "library = Library.open(Path(sys.argv[1]))\n"
        "with library.writing() as writer: list(writer.add([Path(sys.argv[2])]))\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(library.layout.root), str(documents)], check=False)
    assert killed.returncode == 9
    assert library.counts()["documents"] == 2
    assert library.verify() == []
    add(library, documents)
    assert library.counts()["documents"] == 3
    assert library.verify() == []


def test_filters_choose_documents(library: Library) -> None:
    def titles(**filters: object) -> list[str]:
        hits = search(library, "工作", 20, Filters(**filters)).hits  # type: ignore[arg-type]
        return sorted({h.entry.title for h in hits})

    speech, notice = "在全市河湖管护工作推进会上的讲话", "关于做好冬季供暖保障工作的通知"
    assert titles(kind="讲话") == titles(year=2023) == titles(folder="讲话") == [speech]
    assert titles(issuer="石桥区") == titles(kind="通知", year=2022) == [notice]
    levels = {
        entry.title: fact.value
        for entry in library.entries()
        for fact in [library.document(entry.id).fact("level")]
        if fact
    }
    for level in ("国", "省", "市", "县", "乡"):
        assert titles(level=level) == sorted(title for title, own in levels.items() if own == level)
    assert notice in levels
    assert titles(kind="通知", year=2023) == []
    assert titles() == sorted([speech, notice])


def test_a_missing_library_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing):
        Library.open(tmp_path / "none")


def test_another_model_is_refused(library: Library) -> None:
    with pytest.raises(ModelMismatch):
        Library.open(library.layout.root, model="some/other-model")
    assert Library.open(library.layout.root, model="multilingual-e5-small").model == "multilingual-e5-small"


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelMissing):
        Encoder.load("no/such-model")


def test_any_sentence_transformers_folder_will_do(tmp_path: Path, documents: Path) -> None:
    from index.e5 import default_model

    folder = tmp_path / "my-model"
    shutil.copytree(default_model(), folder)
    library = Library.open(tmp_path / "library", model=str(folder), create=True)
    add(library, documents)
    assert Library.open(tmp_path / "library").model == str(folder)
    assert ask(library, "打卡式巡河").verdict == "answered"


def test_a_library_of_a_later_version_is_refused(library: Library) -> None:
    library._store.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryTooNew):
        Library.open(library.layout.root)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(os.urandom(4096))
    with pytest.raises(LibraryDamaged):
        Library.open(tmp_path)


def test_progress_counts_up_to_all(tmp_path: Path, documents: Path, encoder: Encoder) -> None:
    library = fresh(tmp_path / "new", encoder)
    seen = []
    with library.writing() as writer:
        list(writer.add([documents], seen.append))
    assert seen[-1].files == seen[-1].of_files == 2
    assert seen[-1].passages == seen[-1].expected == library.counts()["passages"]
    assert [p.passages for p in seen] == sorted(p.passages for p in seen)


def notice(what: str) -> str:
    return f"关于{what}的通知\n各街道：\n请在本月底之前完成辖区内的{what}工作，并报送总结。\n"


def pack(path: Path, **texts: str | bytes) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in texts.items():
            archive.writestr(name.replace("_", "."), content)


def titles(library: Library) -> set[str]:
    return {e.title.removeprefix("关于").removesuffix("的通知") for e in library.entries()}


@pytest.fixture
def archive(tmp_path: Path, encoder: Encoder) -> tuple[Library, Path]:
    """A library of one zip with a zip in it, and a member that can't be read."""
    inner = tmp_path / "inner.zip"
    pack(inner, c_txt=notice("植树"))
    path = tmp_path / "材料.zip"
    pack(path, a_txt=notice("清淤"), 坏_docx="no", b_txt=notice("除草"), 内_zip=inner.read_bytes())
    library = fresh(tmp_path / "new", encoder)
    assert add(library, path) == {
        "材料.zip!/a.txt": "added",
        "材料.zip!/坏.docx": "refused",
        "材料.zip!/b.txt": "added",
        "材料.zip!/内.zip!/c.txt": "added",
    }
    return library, path


def test_adding_an_archive_again_changes_nothing(archive: tuple[Library, Path]) -> None:
    library, path = archive
    before = library.generation
    outcomes = add(library, path)
    assert [outcomes[f"材料.zip!/{name}"] for name in ("a.txt", "b.txt", "内.zip!/c.txt")] == ["unchanged"] * 3
    assert library.generation == before
    assert titles(library) == {"清淤", "除草", "植树"}
    with library.writing() as writer:
        ids = {o.id for o in writer.add([path]) if o.what == "unchanged"}
    assert ids == {e.id for e in library.entries()}


def test_a_changed_archive_replaces_what_changed_and_what_is_gone_goes(archive: tuple[Library, Path]) -> None:
    library, path = archive
    pack(path, a_txt=notice("清淤"), b_txt=notice("养路"), d_txt=notice("防火"))
    assert add(library, path) == {
        "材料.zip!/a.txt": "unchanged",
        "材料.zip!/b.txt": "updated",
        "材料.zip!/d.txt": "added",
    }
    assert titles(library) == {"清淤", "养路", "防火"}
    assert library.verify() == []
    pack(path, neu_txt=notice("清淤"), d_txt=notice("防火"))
    assert add(library, path) == {"材料.zip!/neu.txt": "duplicate", "材料.zip!/d.txt": "unchanged"}
    assert titles(library) == {"清淤", "防火"}
    assert [e.names for e in library.entries() if "清淤" in e.title] == [("材料.zip!/neu.txt",)]


def test_what_can_no_longer_be_read_is_kept(archive: tuple[Library, Path]) -> None:
    library, path = archive
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert add(library, path) == {"材料.zip": "refused"}
    assert titles(library) == {"清淤", "除草", "植树"}
    pack(path, a_txt=notice("清淤"), b_txt="", 内_zip="no zip any more")
    assert set(add(library, path).values()) == {"unchanged", "refused"}
    assert titles(library) == {"清淤", "除草", "植树"}


def test_a_table_may_turn_from_rows_into_one_document_and_back(tmp_path: Path, encoder: Encoder) -> None:
    library = fresh(tmp_path / "new", encoder)
    path = tmp_path / "表.csv"
    rows = "标题,正文\n" + "".join(f'关于{w}的通知,"{notice(w)}"\n' for w in ("清淤", "除草"))
    path.write_text(rows, encoding="utf-8")
    assert add(library, path) == {"表.csv!/row 2": "added", "表.csv!/row 3": "added"}
    assert titles(library) == {"清淤", "除草"}
    path.write_text("街道,任务\n南山街道办事处,清理主干河道淤泥\n", encoding="utf-8")
    assert add(library, path) == {"表.csv": "added"}
    assert library.counts()["documents"] == 1
    path.write_text(rows, encoding="utf-8")
    assert add(library, path) == {"表.csv!/row 2": "added", "表.csv!/row 3": "added"}
    assert titles(library) == {"清淤", "除草"}


def test_a_file_given_twice_at_once_is_one(tmp_path: Path, archive: tuple[Library, Path], encoder: Encoder) -> None:
    library = fresh(tmp_path / "twice", encoder)
    with library.writing() as writer:
        outcomes = [o.what for o in writer.add([archive[1], archive[1]])]
    assert outcomes == ["added", "refused", "added", "added", "unchanged", "refused", "unchanged", "unchanged"]


def test_a_file_beside_with_the_same_beginning_is_left_alone(archive: tuple[Library, Path]) -> None:
    library, path = archive
    for name in ("材料.zip.txt", "材料.zi.txt"):
        (path.parent / name).write_text(notice(f"防火{len(name)}"), encoding="utf-8")
        add(library, path.parent / name)
    pack(path, a_txt=notice("清淤"))
    add(library, path)
    assert titles(library) == {"清淤", "防火10", "防火9"}


def test_an_archive_is_a_folder_to_filter_by(archive: tuple[Library, Path]) -> None:
    library, _ = archive
    assert len(library.entries(Filters(folder="材料.zip"))) == 3
    assert len(library.entries(Filters(folder="材料.zip!/内.zip"))) == 1
    assert len(library.entries(Filters(folder="材料"))) == 0


def test_sentences_are_found_by_meaning_and_by_place(library: Library) -> None:
    snapshot = library.snapshot()
    found = snapshot.sentences(["河长巡河走过场"], 3)
    best = max(found, key=lambda s: s.cosine)
    assert "打卡式巡河" in best.text
    assert all(s.text == s.row.whole[s.start : s.stop] for s in found)
    notices = snapshot.sentences(["河长巡河走过场"], 3, Filters(kind="通知"))
    assert notices and {snapshot.entries([s.row.document])[s.row.document].kind for s in notices} == {"通知"}
    [speech] = snapshot.rows(Filters(kind="讲话"))
    last = max(n for (row, n), p in _paragraphs(library, speech).items() if p.role in ("body", "closing"))
    few = {s.row.paragraph for s in snapshot.sentences(["供暖期"], 1) if s.row.document == speech}
    more = {s.row.paragraph for s in snapshot.sentences(["供暖期"], 1, also=[(speech, last)])}
    assert last in more - few
    held = snapshot.sentences(["供暖期"], 1, Filters(kind="通知"), also=[(speech, last)])
    assert speech not in {s.row.document for s in held}


def _paragraphs(library: Library, row: int) -> dict[tuple[int, int], Paragraph]:
    snapshot = library.snapshot()
    return snapshot.paragraphs([(row, n) for n in snapshot.document_paragraphs(row)])
