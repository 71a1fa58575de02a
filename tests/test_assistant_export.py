"""What is exported: the library's own words, their references, and what is doubtful about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.ask import ask
from assistant.citation import Citation
from assistant.citing import FORMS as COPIES
from assistant.citing import reference
from assistant.cli import main
from assistant.draft import check, read_draft
from assistant.errors import BadForm
from assistant.excerpts import Excerpt
from assistant.export import (
    Sheet,
    Turn,
    answers_sheet,
    collected_sheet,
    document_sheet,
    file_of,
    passages_sheet,
    places_of,
    quotation_sheet,
    report_sheet,
    save,
    turn_of,
)
from assistant.export.document import tail_indents
from assistant.export.files import LONGEST_NAME, safe_name
from assistant.export.markdown import markdown_of
from assistant.export.references import References
from assistant.export.sheet import Block, block, heading
from assistant.export.word import UNWRITABLE
from assistant.quotation import quote
from assistant.wording import wording
from corpus import Paragraph
from index import Entry, Library

LUNCH = "老人去社区食堂吃饭，政府每餐补助多少？"
NOWHERE = "月球上有几家企业？"
MARK = re.compile(r"\[(\d+)\](?:第(\d+)段)?$")


def entry(title: str = "关于清查的通知", **fields: object) -> Entry:
    bare = Entry(1, "a" * 12, title, "通知", "石桥区人民政府", None, "2022-10-18", (), ("清查.txt",))
    return replace(bare, **fields)  # type: ignore[arg-type]


def citation(of: Entry, number: int, text: str = "甲乙丙。") -> Citation:
    return Citation(1, of, Paragraph(number, "body", text), ((0, len(text)),), 1.0)


def cited_words(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The words and the mark of each paragraph that has one."""
    for each in sheet.blocks:
        if each.runs[-1].mark:
            yield "".join(run.text for run in each.runs[:-1]), each.runs[-1].text


def listed(sheet: Sheet) -> list[str]:
    return [each.text for each in sheet.blocks if each.kind == "reference"]


# -- references


def test_documents_are_numbered_in_the_order_in_which_they_are_cited_first() -> None:
    one, other = entry("甲方案"), entry("乙报告", id="b" * 12, issuer=None)
    cited = [citation(other, 3), citation(one, 5), citation(other, 3), citation(one, 9)]
    references = References(cited)
    assert [references.mark(c) for c in cited] == ["[1]", "[2]第5段", "[1]", "[2]第9段"]
    assert [b.text for b in references.blocks("zh")] == [
        "参考文献",
        "[1] 乙报告[Z]. 2022-10-18: 第3段.",
        "[2] 石桥区人民政府. 甲方案[Z]. 2022-10-18.",
    ]


def test_a_reference_has_the_type_and_the_number_and_leaves_out_what_is_unknown() -> None:
    work = entry("《政府工作报告》", kind="报告", number=None, issued=None)
    assert reference(work, 7) == "石桥区人民政府. 政府工作报告[R]. 第7段."
    assert reference(replace(work, kind="法律", title="清查法", issuer=None)) == "清查法[Z]."
    assert "关于清查的通知: 石政发〔2022〕3号[Z]" in reference(entry(number="石政发〔2022〕3号"))


def test_what_is_doubtful_about_a_text_goes_along_with_its_words() -> None:
    bad = citation(entry(quality=("rewritten", "near-duplicate", "anonymised")), 2)
    for form in COPIES.values():
        assert "疑似伪原创" in form("甲乙", bad) and "含隐名" in form("甲乙", bad)
        assert "※" not in form("甲乙", citation(entry(quality=("near-duplicate",)), 2))
    told = [b.text for b in References([bad]).blocks("zh")]
    assert "疑似伪原创" in told[1] and "存疑" in told[2]


# -- results


def test_an_answer_is_exported_in_the_words_that_its_places_name(sample: Library) -> None:
    answer = ask(sample, LUNCH)
    sheet = answers_sheet(sample, [turn_of(answer)])
    assert sheet.title == LUNCH and sheet.blocks[0].kind == "title"
    assert [words for words, _ in cited_words(sheet)] == [s.text for s in answer.sentences]
    documents = list(dict.fromkeys(c.entry.id for c in answer.citations))
    assert len(listed(sheet)) == len(documents)
    assert all(MARK.search(mark) for _, mark in cited_words(sheet))


def test_an_answer_by_place_says_whose_words_they_are(sample: Library) -> None:
    answer = ask(sample, LUNCH)
    sentences = tuple(replace(s, of=f"问{n}") for n, s in enumerate(answer.sentences))
    turn = turn_of(replace(answer, sentences=sentences, by="question"))
    sheet = answers_sheet(sample, [turn])
    assert [b.text for b in sheet.blocks if b.kind == "heading1"] == [s.of for s in sentences]
    assert [words for words, _ in cited_words(sheet)] == [s.text for s in sentences]
    assert [words for words, _ in cited_words(answers_sheet(sample, [replace(turn, of=("甲",) * 9)]))] == [
        s.text
        for s in sentences  # what does not fit together loses no words
    ]


def test_a_chat_has_a_heading_for_each_question_and_one_list_of_references(sample: Library) -> None:
    long = "问" * 300
    turns = [turn_of(ask(sample, LUNCH)), turn_of(ask(sample, NOWHERE)), Turn(long, ("ffffffffffff:1:0-3", "无"))]
    sheet = answers_sheet(sample, turns)
    heads = [b.text for b in sheet.blocks if b.kind == "heading1"]
    assert heads == [f"一、{LUNCH}", f"二、{NOWHERE}", "三、提问"]
    texts = [b.text for b in sheet.blocks]
    assert texts.count("库内未见依据。") == 2 and long in texts and texts.count("参考文献") == 1


def test_wordings_excerpts_and_quotations_are_verbatim_with_their_marks(sample: Library) -> None:
    found = wording(sample, "各单位")
    places = places_of(found)
    everything = {e.id: "\n".join(p.text for p in sample.document(e.id).paragraphs) for e in sample.entries()}
    sheet = passages_sheet(sample, "各单位", places)
    assert [w for w, _ in cited_words(sheet)] and all("各单位" in words for words, _ in cited_words(sheet))
    kept = [Excerpt(place, "从未有人说过", "《无》") for place in places]
    kept.append(Excerpt("ffffffffffff:1:0-3", "已不在库的话", "《旧文》", gone=True))
    collected = collected_sheet(sample, kept)
    assert list(cited_words(collected)) == list(cited_words(sheet))
    assert "从未有人说过" not in markdown_of(collected) and "文库中已无此文" in markdown_of(collected)
    checked = quotation_sheet(quote(sample, "对80周岁及以上老年人每顿补助3元"))
    assert "1 字有出入" in markdown_of(checked)
    for words, _ in (*cited_words(sheet), next(cited_words(checked))):
        assert any(words in text for text in everything.values())


def test_a_report_on_a_draft_tells_of_every_place(sample: Library, tmp_path: Path) -> None:
    file = tmp_path / "稿.txt"
    file.write_text("文件规定：“对80周岁及以上老年人每顿补助3元，对经济困难老年人每餐补助5元”。", encoding="utf-8")
    draft = read_draft(file)
    checked = check(sample, draft)
    sheet = report_sheet(checked, len(draft.paragraphs))
    assert sum(b.kind == "heading3" for b in sheet.blocks) == len(checked.findings) > 0
    assert "复写率" in markdown_of(sheet) and len(listed(sheet)) == 1


# -- documents


def test_a_document_keeps_its_parts_where_the_standard_has_them(library: Library) -> None:
    one = next(e for e in library.entries() if "供暖" in e.title)
    sheet = document_sheet(library.document(one.id), one)
    kinds = {b.text: b.kind for b in sheet.blocks}
    assert kinds["石桥政办发〔2022〕31号"] == "number" and kinds["一、供暖时间"] == "heading1"
    assert kinds["各街道办事处，区直各部门："] == "addressee"
    signature, date = sheet.blocks[-2:]
    assert (signature.kind, signature.gap, signature.right) == ("signature", 1, 2)
    assert (date.kind, date.gap, date.right) == ("date", 0, 10 - 7)


def test_a_date_longer_than_its_signature_moves_the_signature() -> None:
    short = [Paragraph(1, "signature", "市政府"), Paragraph(2, "date", "2023年10月20日")]
    assert tail_indents(short) == {1: 8, 2: 2}
    assert tail_indents(short[1:]) == {2: 2}


def test_a_doubtful_document_says_so_before_everything_else(sample: Library) -> None:
    one = sample.entries()[0]
    sheet = document_sheet(sample.document(one.id), replace(one, quality=("rewritten",)))
    assert markdown_of(sheet).startswith("> ※ 疑似伪原创")


# -- Markdown


def tokens(text: str) -> list[Token]:
    """What GitHub's dialect makes of it, with bare addresses as links."""
    flat: list[Token] = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        flat += [token, *(token.children or ())]
    return flat


HOSTILE = (
    "![图](http://example.invalid/a.png)", "[点我](javascript:alert(1))", "<img src=x onerror=alert(1)>", "# 不是标题",
    "1. 不是列表", "- 不是列表", "> 不是引文", "```js", "a | b", "~~删~~", "&lt;b&gt;", "[1]: http://example.invalid",
    "===", "---", "*强*调_斜_", "    代码", "\t代码", "行尾\\", "<!-- 注 -->", "`码`", "+ 加", "10) 十",
)  # fmt: skip
INLINE = {"text", "html_inline", "softbreak", "hardbreak"}


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["body", "title", "heading2", "remark", "reference"])
def test_what_a_document_says_stays_characters_in_markdown(text: str, kind: str) -> None:
    made = tokens(markdown_of(Sheet("题", (block(kind, text, "[1]"),))))
    inner = [token for token in made if token.type in INLINE]
    assert {token.content for token in made if token.type.startswith("html")} <= {"<sup>", "</sup>"}
    assert {token.type for token in made} <= INLINE | {
        "inline", "paragraph_open", "paragraph_close", "heading_open", "heading_close", "blockquote_open",
        "blockquote_close",
    }  # fmt: skip
    assert sum(token.type in ("heading_open", "paragraph_open") for token in made) == 1
    assert "".join(token.content for token in inner if token.type == "text") == f"{text.strip()}[1]"


@given(st.lists(st.text(alphabet="甲1.)#>-+*_`|[](){}!<&~$=\\:/w@ \t\n", max_size=12), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_back_out_of_markdown_as_it_was(texts: list[str]) -> None:
    texts = [text for text in texts if text.strip()] or ["甲"]
    made = tokens(markdown_of(Sheet("题", tuple(block("body", text) for text in texts))))
    shown = [
        "".join(child.content if child.type == "text" else "\n" for child in token.children or ())
        for token in made
        if token.type == "inline"
    ]
    assert "".join("".join(shown).split()) == "".join("".join(texts).split())
    assert not [t for t in made if t.type in ("link_open", "image", "code_inline", "fence", "html_inline", "hr")]


def test_a_table_keeps_its_cells() -> None:
    rows = (block("row", "项目\t数"), block("row", "清|查\t3"), block("body", "完。"))
    made = tokens(markdown_of(Sheet("题", rows)))
    assert [t.content for t in made if t.type == "text"] == ["项目", "数", "清|查", "3", "完。"]


def test_headings_stand_below_the_title() -> None:
    sheet = Sheet("题", (block("title", "题"), *(heading(n, "节") for n in (1, 2, 9))))
    assert [t.tag for t in tokens(markdown_of(sheet)) if t.type == "heading_open"] == ["h1", "h2", "h3", "h6"]


# -- files


@given(st.text(max_size=400))
def test_a_name_is_taken_by_every_system(title: str) -> None:
    name = safe_name(title)
    assert 0 < len(name) <= LONGEST_NAME + 1 and not set(name) & set('/\\:*?"<>|%\x00\n\r\t\u202e')
    assert not name.startswith((".", "-", " ")) and name.encode() and not UNWRITABLE.search(name)


def test_another_ending_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadForm, match="pdf"):
        save(Sheet("题", (block("title", "题"),)), tmp_path / "文.pdf")
    file = file_of(Sheet("关于<script>/清查", (Block("title", ()),)), "md")
    assert file.name == "关于-script-清查.md"


def test_the_command_line_exports_what_it_would_print(
    sample: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    id_ = sample.entries()[0].id
    calls = {
        "问.md": ["ask", LUNCH],
        "找.md": ["wording", "各单位"],
        "核.md": ["quote", "对80周岁及以上老年人每顿补助3元"],
        "文.docx": ["show", id_],
    }
    for name, call in calls.items():
        assert main([*call, "--library", str(sample.layout.root), "--out", str(tmp_path / name)]) == 0
        assert (tmp_path / name).stat().st_size > 100 and name in capsys.readouterr().out
    assert "每餐补助3元" in (tmp_path / "问.md").read_text(encoding="utf-8")
    assert main(["show", id_, "--library", str(sample.layout.root), "--out", str(tmp_path / "文.pdf")]) == 1
    assert ".docx 或 .md" in capsys.readouterr().err
