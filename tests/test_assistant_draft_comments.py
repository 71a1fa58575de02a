"""Comments put into Word drafts: at the right characters, and nothing else is other than before."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_files import STRICT, W, run, word_file

from assistant.draft.comments import Comment, commented, write_comments
from assistant.draft.reading import Draft, read_draft
from assistant.errors import NotDraft
from corpus import Refused

WHEN = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


def draft_of(folder: Path, body: str, **parts: str) -> Draft:
    path = folder / "draft.docx"
    path.write_bytes(word_file(body, **parts))
    return read_draft(path)


def document(data: bytes | Path) -> etree._Element:
    source = data if isinstance(data, Path) else BytesIO(data)
    with zipfile.ZipFile(source) as package:
        return etree.fromstring(package.read("word/document.xml"))


def commented_texts(root: etree._Element, space: str = W) -> dict[str, str]:
    """The characters between the beginning and the end of each comment, by its id."""
    found: dict[str, str] = {}
    open_: set[str] = set()
    for element in root.iter():
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        id_ = element.get(f"{{{space}}}id")
        if name == "commentRangeStart":
            open_.add(id_)
            found[id_] = ""
        elif name == "commentRangeEnd":
            open_.remove(id_)
        elif name == "t":
            for one in open_:
                found[one] += element.text or ""
    return found


def formats(root: etree._Element) -> list[tuple[str, bytes]]:
    """Each character with the properties of its run."""
    found = []
    for text in root.iter(f"{{{W}}}t"):
        properties = text.getparent().find(f"{{{W}}}rPr")
        told = etree.tostring(properties) if properties is not None and len(properties) else b""
        found += [(c, told) for c in text.text or ""]
    return found


def test_a_comment_begins_and_ends_inside_of_runs_and_leaves_their_format(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, f"<w:p>{run('河湖管护', '<w:b/>')}{run('一抓到底，见到成效')}</w:p>")
    before = formats(document(draft.path))
    out = tmp_path / "out.docx"
    write_comments(draft, [Comment(1, 2, 8, ("有出入", "出处"))], out, WHEN)
    root = document(out)
    assert commented_texts(root) == {"0": "管护一抓到底"}
    assert formats(root) == before
    assert [c.text for c in docx.Document(str(out)).comments] == ["有出入\n出处"]
    assert next(iter(docx.Document(str(out)).comments)).author == "有据"


def test_comments_stand_in_tables_links_insertions_boxes_and_controls(tmp_path: Path) -> None:
    box = f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{run('框中文字')}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    body = (
        f"<w:tbl><w:tr><w:tc><w:p>{run('表中文字')}</w:p></w:tc></w:tr></w:tbl>"
        f'<w:p><w:hyperlink r:id="r9">{run("链接文字")}</w:hyperlink></w:p>'
        f'<w:p><w:ins w:id="7" w:author="x">{run("增补文字")}</w:ins><w:del w:id="8"><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>'
        f"{box}<w:p><w:sdt><w:sdtContent>{run('控件文字')}</w:sdtContent></w:sdt></w:p>"
    )
    draft = draft_of(tmp_path, body)
    assert [p.text for p in draft.paragraphs] == ["表中文字", "链接文字", "增补文字", "框中文字", "控件文字"]
    out = tmp_path / "out.docx"
    write_comments(draft, [Comment(n, 1, 3, (str(n),)) for n in range(1, 6)], out)
    assert list(commented_texts(document(out)).values()) == ["中文", "接文", "补文", "中文", "件文"]
    assert [p.text for p in read_draft(out).paragraphs] == [p.text for p in draft.paragraphs]
    root = document(out)
    references = list(root.iter(f"{{{W}}}commentReference"))
    assert len(references) == 5
    # Outside of links and tracked insertions, where it would be part of them.
    assert {etree.QName(r.getparent().getparent()).localname for r in references} == {"p"}


def test_a_note_is_commented_at_its_mark(tmp_path: Path) -> None:
    body = f'<w:p>{run("正文")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("还有")}</w:p>'
    draft = draft_of(tmp_path, body, footnotes=f'<w:footnote w:id="2"><w:p>{run("脚注里的话")}</w:p></w:footnote>')
    assert [p.text for p in draft.paragraphs] == ["正文还有", "脚注里的话"]
    out = tmp_path / "out.docx"
    write_comments(draft, [Comment(2, 1, 4, ("注",))], out)
    root = document(out)
    assert commented_texts(root) == {"0": ""}
    names = [etree.QName(e).localname for e in root.iter(f"{{{W}}}p").__next__()]
    assert names == ["r", "commentRangeStart", "r", "commentRangeEnd", "r", "r"]


def test_comments_that_were_there_stay_and_ids_do_not_clash(tmp_path: Path) -> None:
    known = '<w:comment w:id="4" w:author="甲"><w:p><w:r><w:t>旧批注</w:t></w:r></w:p></w:comment>'
    body = f'<w:p><w:commentRangeStart w:id="4"/>{run("旧处")}<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>{run("新处")}</w:p>'
    draft = draft_of(tmp_path, body, comments=known)
    out = tmp_path / "out.docx"
    write_comments(draft, [Comment(1, 1, 3, ("新批注",))], out)
    assert commented_texts(document(out)) == {"4": "旧处", "5": "处新"}
    with zipfile.ZipFile(out) as package:
        assert package.namelist() == zipfile.ZipFile(draft.path).namelist()
        comments = etree.fromstring(package.read("word/comments.xml"))
    assert [(c.get(f"{{{W}}}id"), "".join(c.itertext())) for c in comments] == [("4", "旧批注"), ("5", "新批注")]


def test_all_other_parts_are_copied_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    made = docx.Document()
    made.add_paragraph("一抓到底，见到成效")
    made.save(str(path))
    out = tmp_path / "out.docx"
    write_comments(read_draft(path), [Comment(1, 0, 4, ("注",))], out)
    changed = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(out) as after:
        for name in set(before.namelist()) - changed:
            assert before.read(name) == after.read(name), name
        assert set(after.namelist()) - set(before.namelist()) <= {"word/comments.xml"}
        assert after.testzip() is None


def test_a_strict_document_gets_strict_comments(tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(word_file("<w:p><w:r><w:t>一抓到底</w:t></w:r></w:p>", namespace=STRICT))
    out = tmp_path / "out.docx"
    write_comments(read_draft(path), [Comment(1, 1, 3, ("注",))], out)
    assert commented_texts(document(out), STRICT) == {"0": "抓到"}
    with zipfile.ZipFile(out) as package:
        assert b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments" in package.read(
            "word/_rels/document.xml.rels"
        )
        assert etree.QName(etree.fromstring(package.read("word/comments.xml"))).namespace == STRICT


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_wherever_comments_stand_the_text_and_its_formats_stay(data: st.DataObject) -> None:
    runs = data.draw(st.lists(st.text("甲乙丙丁", min_size=1, max_size=4), min_size=1, max_size=5))
    body = "<w:p>" + "".join(run(text, "<w:b/>" if n % 2 else "") for n, text in enumerate(runs)) + "</w:p>"
    text = "".join(runs)
    ends = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    comments = [Comment(1, a, b, ("注",)) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    from assistant.draft.word import WordDraft

    packed = word_file(body)
    word = WordDraft.open(packed)
    letters = [letters for _, letters in word.paragraphs()]
    root = document(commented(word, letters, comments, WHEN))
    assert formats(root) == formats(document(packed))
    assert list(commented_texts(root).values()) == [text[c.start : c.end] for c in comments]


def test_what_xml_can_not_hold_is_left_out_of_a_comment(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, f"<w:p>{run('一抓到底')}</w:p>")
    out = tmp_path / "out.docx"
    write_comments(draft, [Comment(1, 0, 2, ("坏\x00字\ud800符",))], out)
    assert [c.text for c in docx.Document(str(out)).comments] == ["坏字符"]


def test_hostile_and_wrong_drafts_are_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.docx"
    bomb.write_bytes(word_file("<w:p/>" * 7_000_000))
    entity = word_file("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>")
    source = tmp_path / "entity.docx"
    with zipfile.ZipFile(BytesIO(entity)) as old, zipfile.ZipFile(source, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + data
            new.writestr(name, data)
    for path, code in ((bomb, "limits"), (source, "damaged")):
        with pytest.raises(Refused) as refused:
            read_draft(path)
        assert refused.value.code == code
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    with pytest.raises(NotDraft):
        read_draft(tmp_path / "a.pdf")
    (tmp_path / "empty.txt").write_text(" \n")
    with pytest.raises(Refused):
        read_draft(tmp_path / "empty.txt")


def test_a_part_too_large_for_a_tree_in_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.draft.word.LARGEST_PART", 2000)
    with pytest.raises(Refused) as refused:
        draft_of(tmp_path, f"<w:p>{run('一抓到底' * 300)}</w:p>")
    assert refused.value.code == "limits"


def test_nothing_is_left_behind_when_writing_fails(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, f"<w:p>{run('一抓到底')}</w:p>")
    (tmp_path / "out.docx").mkdir()
    with pytest.raises(OSError):
        write_comments(draft, [Comment(1, 0, 2, ("注",))], tmp_path / "out.docx")
    assert {p.name for p in tmp_path.iterdir()} == {"draft.docx", "out.docx"}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_a_commented_draft(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("一抓到底，见到成效").add_run("再加一句").bold = True
    table = made.add_table(1, 1)
    table.cell(0, 0).text = "表中的话也要核对"
    made.save(str(tmp_path / "draft.docx"))
    draft = read_draft(tmp_path / "draft.docx")
    write_comments(draft, [Comment(1, 2, 11, ("注一",)), Comment(2, 0, 4, ("注二",))], tmp_path / "out.docx")
    text, count = opened_by_office(tmp_path / "out.docx")
    assert (text, count) == ("一抓到底，见到成效再加一句表中的话也要核对", 2)


def opened_by_office(path: Path) -> tuple[str, int]:
    """The text of a document, and how many comments it has, as LibreOffice reads it."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "fodt", "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    root = etree.parse(str(path.with_suffix(".fodt"))).getroot()
    body = next(root.iter("{*}body"))
    comments = list(body.iter("{*}annotation"))
    for comment in comments:
        tail = comment.tail or ""
        before, parent = comment.getprevious(), comment.getparent()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
        parent.remove(comment)
    paragraphs = list(body.iter("{*}p", "{*}h"))
    return "".join("".join(p.itertext()) for p in paragraphs), len(comments)
