"""A draft against a library: its quotations, figures, dates, copied wording; the report, the command."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from conftest import fresh

from assistant.cli import main
from assistant.draft import Checked, Copied, Finding, check, comments_of, read_draft, report_lines
from assistant.draft.claims import find_claims
from assistant.draft.copied import find_runs, first_places
from assistant.draft.figures import value_of
from assistant.draft.reading import DraftParagraph
from assistant.draft.report import finding_lines
from assistant.quotation import Edit
from corpus.mentions.figures import find_figures
from index import Encoder, Library

REPORT = """石桥县2024年政府工作报告
（2024年1月15日）
各位代表：
一、过去一年工作回顾
全县地区生产总值增长6.2%，新建公厕48座，改造老旧小区31个。
我们把水渠修到田头，把电线拉到井口，旱季里没有一亩秧苗因为缺水而枯黄。
二、今年工作安排
坚持谁的渠谁来管、谁的井谁来看，凡是冲毁的渠段，雨停三日之内必须复工。
"""
RULES = """石桥县公共厕所管理办法
石政发〔2023〕7号
第一条 公共厕所由所在街道负责日常保洁，每日清扫不少于四次，并在门口张贴保洁时间表。
第二条 任何单位不得擅自拆除公共厕所；确需拆除的，应当先建后拆，面积不得小于原有面积。
第三条 本办法施行后，《关于进一步加强石桥县城乡公共厕所日常保洁管理工作的通知》同时废止。
石桥县人民政府
2023年5月9日
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Library:
    folder = tmp_path_factory.mktemp("small")
    (folder / "石桥县2024年政府工作报告.txt").write_text(REPORT, encoding="utf-8")
    (folder / "石桥县公共厕所管理办法.txt").write_text(RULES, encoding="utf-8")
    library = fresh(folder / "library", encoder)
    with library.writing() as writer:
        list(writer.add(sorted(folder.glob("*.txt"))))
    return library


def checked(library: Library, folder: Path, *paragraphs: str) -> Checked:
    path = folder / "draft.txt"
    path.write_text("\n".join(paragraphs), encoding="utf-8")
    return check(library, read_draft(path))


def claims(text: str) -> list[tuple[str, str, str]]:
    return [(c.kind, c.by, c.text) for c in find_claims(DraftParagraph(1, text))]


def test_words_in_quotation_marks_are_claims_and_terms_are_none() -> None:
    assert claims("推进“放管服”改革，服务“三农”，建好“全民健身中心工程”。") == []
    assert claims("江明同志指出：“要抓早抓小。”") == [("quoted", "江明同志", "要抓早抓小。")]
    assert claims("有一句话：「把渠修到田头，把电拉到井口」。")[0][0] == "quoted"
    assert claims("所谓“先建后拆就是不拆不建不管不问”的谬论。") == []
    assert claims("在“关于把渠修到田头的若干意见和建议”一文中。") == []


def test_reported_words_end_with_their_sentence_and_need_somebody_who_says_them() -> None:
    assert claims("全会强调，雨停三日之内必须复工。第二句是自己的。") == [
        ("reported", "全会", "雨停三日之内必须复工。")
    ]
    assert claims("要求各地把渠修到田头，把电线拉到井口。") == []
    assert claims("《石桥办法》规定，公共厕所由所在街道负责日常保洁。") == [
        ("titled", "", "公共厕所由所在街道负责日常保洁。")
    ]
    loose = find_claims(DraftParagraph(1, "根据《石桥办法》要求，公共厕所由所在街道负责日常保洁。"))
    assert [(c.kind, c.loose, c.titles) for c in loose] == [("titled", True, ("石桥办法",))]
    assert claims("他写道：“江明同志指出，把渠修到田头，把电线拉到井口。”")[0][0] == "quoted"
    assert len(claims("他写道：“江明同志指出，把渠修到田头，把电线拉到井口。”")) == 1
    # The quotation in it is the claim; there is not another one around it.
    assert [
        c.kind for c in find_claims(DraftParagraph(1, "全会强调，要“把渠修到田头，把电线拉到井口，不留死角”。"))
    ] == ["quoted"]


def test_a_quotation_is_verbatim_altered_or_not_there(small: Library, tmp_path: Path) -> None:
    found = checked(
        small,
        tmp_path,
        "报告里说：“凡是冲毁的渠段，雨停三日之内必须复工。”",
        "报告里说：“凡是冲毁的水渠，雨停五日之内必须复工。”",
        "报告里说：“渡口的救生衣每季度下水试一次，沉了的当场剪掉。”",
    ).findings
    assert [f.verdict for f in found] == ["verbatim", "differs", "not_found"]
    assert found[0].source and found[0].source.id.endswith(":8:16-34")
    edits = found[1].edits
    assert found[1].wrong == sum(max(len(e.source), len(e.query)) for e in edits) == 3
    assert Edit(edits[-1].at, "三", "五") == edits[-1]
    assert found[0].text == "凡是冲毁的渠段，雨停三日之内必须复工。"


def test_edits_turn_the_source_into_the_draft(small: Library, tmp_path: Path) -> None:
    (found,) = checked(
        small, tmp_path, "他说：“我们把水渠修到地头，电线拉到井口，旱季里没有一亩秧苗因缺水而枯黄。”"
    ).findings
    assert found.source
    text = found.source.paragraph.text
    (start, stop), shift = found.source.evidence[0], text.index(found.original)
    assert text[start:stop] == found.original
    made, at = "", 0
    for edit in found.edits:
        place = edit.at - shift
        made += found.original[at:place] + edit.query
        at = place + len(edit.source)
    assert made + found.original[at:] == found.text.rstrip("。")


def test_a_word_cut_in_two_by_a_full_stop_differs(small: Library, tmp_path: Path) -> None:
    (found,) = checked(small, tmp_path, "他说：“凡是冲毁的渠段，雨停三日之内必须复。”").findings
    assert (found.verdict, [e.source for e in found.edits]) == ("differs", ["工"])
    (head,) = checked(small, tmp_path, "他说：“里没有一亩秧苗因为缺水而枯黄。”").findings
    assert (head.verdict, head.original) == ("verbatim", "里没有一亩秧苗因为缺水而枯黄")
    (word,) = checked(small, tmp_path, "他说：“渠修到田头，把电线拉到井口。”").findings
    assert (word.verdict, [(e.source, e.query) for e in word.edits]) == ("differs", [("水", "")])
    (end,) = checked(small, tmp_path, "他说：“确需拆除的，应当先建后拆，面积不得小于原有。”").findings
    assert (end.verdict, end.edits[-1].source) == ("differs", "面积")
    (clause,) = checked(small, tmp_path, "他说：“每日清扫不少于四次。”").findings
    assert clause.verdict == "verbatim"  # the source goes on behind a comma


def test_copied_sentences_count_and_own_ones_do_not(small: Library, tmp_path: Path) -> None:
    copied = "我们把水渠修到田头，把电线拉到井口，旱季里没有一亩秧苗因为缺水而枯黄。"
    near = "坚持谁的渠谁来管、谁的井谁来看，凡是冲坏的渠段，雨停三日之内必须复工。"
    own = "下周三之前，各组把走访的院子、听到的难处和打算怎么办，写成一张纸报上来。"
    found = checked(small, tmp_path, copied + own, near)
    assert [(f.kind, f.verdict, f.paragraph) for f in found.findings] == [
        ("run", "verbatim", 1), ("run", "differs", 2),
    ]  # fmt: skip
    assert [(e.source, e.query) for e in found.findings[1].edits] == [("毁", "坏")]
    assert [s.text for s in found.copied.sentences] == [copied, near]
    length = len(copied) + len(own) + len(near)
    assert found.copied.characters == length
    assert abs(found.copied.copied - len(copied) - len(near)) <= 1  # the full stop
    assert found.copied.marked == 0


@pytest.mark.parametrize("end", ["雨停一周之内必须复工", "雨停三日之后可以复工", "雨停三日之内不必复工"])
def test_another_end_of_a_copied_sentence_differs_and_is_never_word_for_word(
    small: Library, tmp_path: Path, end: str
) -> None:
    text = f"坚持谁的渠谁来管、谁的井谁来看，凡是冲毁的渠段，{end}。"
    [found] = checked(small, tmp_path, text).findings
    assert (found.verdict, found.text) == ("differs", text)


def test_what_is_done_by_a_document_is_worth_a_word_only_if_it_says_so(small: Library, tmp_path: Path) -> None:
    own = "各组下周三之前把走访的院子和听到的难处报上来。"
    found = checked(
        small,
        tmp_path,
        f"根据《石桥县公共厕所管理办法》要求，{own}",
        f"要认真贯彻《石桥县公共厕所管理办法》要求，{own}",
        "根据《石桥县公共厕所管理办法》要求，公共厕所由所在街道负责日常保洁。",
        f"《石桥县公共厕所管理办法》规定，{own}",
    ).findings
    assert [(f.paragraph, f.kind, f.verdict) for f in found] == [(3, "titled", "verbatim"), (4, "titled", "not_found")]


def test_a_cited_title_is_not_copied(small: Library, tmp_path: Path) -> None:
    text = "还有一份《关于进一步加强石桥县城乡公共厕所日常保洁管理工作的通知》。"
    assert checked(small, tmp_path, text).findings == ()


def test_what_many_documents_say_is_not_copied(small: Library) -> None:
    text = small.snapshot().text
    sentence = "谁的井谁来看，凡是冲毁的渠段，雨停三日之内必须复工，"
    assert find_runs(text, f"同志们{sentence}拜托了", documents=2)
    assert first_places(text, "石桥县", most=1) == ()  # both documents have it
    assert len(first_places(text, "石桥县", most=2)) == 2


def test_a_run_is_found_wherever_it_begins(small: Library) -> None:
    run = "旱季里没有一亩秧苗因为缺水而枯黄"
    whole = "把电线拉到井口，" + run
    for shift in range(12):
        text = "自" * shift + whole + "己写的"
        (found,) = find_runs(small.snapshot().text, text, documents=2)
        assert text[found.start : found.end] == whole


def test_figures_dates_and_numbers_are_held_against_the_source_that_is_named(small: Library, tmp_path: Path) -> None:
    found = checked(
        small,
        tmp_path,
        "根据石桥县2024年政府工作报告，去年全县新建公厕84座，地区生产总值增长6.2%。",
        "要落实《石桥县公共厕所管理办法》（石政发〔2023〕17号），管好公厕。",
        "2023年6月9日印发的《石桥县公共厕所管理办法》要落实好。",
        "县里今年还要新建公厕90座。",
    ).findings
    assert [(f.paragraph, f.kind, f.note, f.text, f.original) for f in found] == [
        (1, "figure", "figure", "84座", "48座"),
        (2, "figure", "number", "石政发〔2023〕17号", "石政发〔2023〕7号"),
        (3, "figure", "date", "2023年6月9日", "2023-05-09"),
    ]


def test_a_few_words_around_a_wrong_figure_are_a_figure_and_no_quotation(small: Library, tmp_path: Path) -> None:
    found = checked(small, tmp_path, "石桥县2024年政府工作报告指出，地区生产总值增长7.2%。").findings
    assert [(f.kind, f.text, f.original) for f in found] == [("figure", "7.2%", "6.2%")]


def test_findings_that_overlap_share_a_comment() -> None:
    whole = Finding(1, 0, 20, "一" * 20, "run", "verbatim")
    inner = Finding(1, 5, 25, "一" * 20, "quoted", "not_found")
    apart = Finding(1, 25, 40, "一" * 15, "quoted", "verbatim")
    comments = comments_of(Checked("稿", (whole, inner, apart), Copied(), ()), "zh")
    assert [(c.start, c.end, len(c.lines)) for c in comments] == [(0, 25, 2), (25, 40, 1)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("投资1.2亿元。", 120_000_000),
        ("清淤一千二百三十公里。", 1230),
        ("增长百分之六点五。", 6.5),
        ("产粮３万吨。", 30_000),
    ],
)
def test_figures_are_compared_by_value(text: str, value: float) -> None:
    (mention,) = find_figures(1, text)
    assert value_of(mention) == value


def test_a_wrong_year_is_told(small: Library, tmp_path: Path) -> None:
    (found,) = checked(small, tmp_path, "2021年政府工作报告指出：“凡是冲毁的渠段，雨停三日之内必须复工。”").findings
    assert found.verdict == "verbatim"
    assert ("year", "2021年", "2024年") in [(u.what, u.said, u.found) for u in found.unmet]


def test_who_cannot_be_checked_is_told(small: Library, tmp_path: Path) -> None:
    found = checked(small, tmp_path, "江明同志2024年指出：“凡是冲毁的渠段，雨停三日之内必须复工。”")
    [finding] = found.findings
    assert [(u.what, u.said) for u in finding.unstated] == [("speaker", "江明同志")]
    assert not finding.unmet
    assert any("江明同志" in line for line in finding_lines(finding, "zh"))


def test_one_comment_a_place(small: Library, tmp_path: Path) -> None:
    found = checked(
        small,
        tmp_path,
        "我们把水渠修到田头，把电线拉到井口，旱季里没有一亩秧苗因为缺水而枯黄，他说：“凡是冲毁的渠段，雨停三日之内必须复工。”",
    )
    places = [(c.paragraph, c.start, c.end) for c in comments_of(found, "zh")]
    assert len(places) == 2
    assert all(a[2] <= b[1] for a, b in pairwise(places))


def test_the_report_names_place_verdict_source_and_share(small: Library, tmp_path: Path) -> None:
    found = checked(small, tmp_path, "开头。", "报告里说：“凡是冲毁的水渠，雨停三日之内必须复工。”")
    report = "\n".join(report_lines(found, 2, "zh"))
    assert "1. 第2段" in report
    assert "2 字出入" in report or "1 字出入" in report
    assert "原文“" in report or "稿中" in report
    assert found.findings[0].source and found.findings[0].source.printed in report
    assert "复写率" in report
    assert "引文 1 处：逐字一致 0，有出入 1，库内未见 0" in report


def test_a_draft_that_was_added_to_the_library_is_told_so(small: Library, tmp_path: Path) -> None:
    itself = checked(small, tmp_path, *REPORT.splitlines()[3:])
    assert any("为自己作证" in line for line in report_lines(itself, 5, "zh"))
    other = checked(small, tmp_path, REPORT.splitlines()[6], "自己写的话。" * 30)
    assert not any("为自己作证" in line for line in report_lines(other, 2, "zh"))


def test_plain_text_and_markdown_are_read_in_any_encoding(tmp_path: Path) -> None:
    (tmp_path / "稿.txt").write_bytes("第一段话，写在前面。\r\n\r\n　　第二段话，写在后面。\r\n".encode("gb18030"))
    assert [(p.number, p.text) for p in read_draft(tmp_path / "稿.txt").paragraphs] == [
        (1, "第一段话，写在前面。"),
        (2, "第二段话，写在后面。"),
    ]
    (tmp_path / "稿.md").write_text("# 标题\n\n**一是**抓好[春耕](https://example.com)。\n", encoding="utf-8")
    assert [p.text for p in read_draft(tmp_path / "稿.md").paragraphs] == ["标题", "一是抓好春耕。"]


def test_progress_rises_to_its_end(small: Library, tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text("他说：“凡是冲毁的渠段必须复工。”\n第二段。", encoding="utf-8")
    told: list[tuple[int, int]] = []
    check(small, read_draft(path), lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1][0] == told[-1][1]


def test_json_has_the_shape_that_the_documentation_gives(small: Library, tmp_path: Path) -> None:
    told = json.loads(json.dumps(checked(small, tmp_path, "他说：“凡是冲毁的渠段，雨停五日之内必须复工。”").to_dict()))
    assert told.keys() == {"draft", "findings", "copied", "rewritten", "took_ms"}
    finding = told["findings"][0]
    assert finding.keys() >= {"paragraph", "start", "end", "text", "kind", "verdict", "source", "edits", "note"}
    assert finding["edits"] == [{"at": finding["edits"][0]["at"], "source": "三", "query": "五"}]
    assert told["copied"].keys() >= {"share", "sentences"}


def test_the_command_checks_writes_comments_and_spares_the_draft(
    small: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "稿.docx", tmp_path / "批注.docx"
    made = docx.Document()
    made.add_paragraph("报告里说：“凡是冲毁的渠段，雨停五日之内必须复工。”")
    made.save(str(path))
    before = path.read_bytes()
    where = ["--library", str(small.layout.root)]
    assert main(["check", str(path), "--docx", str(out), *where]) == 0
    assert "有 1 字出入" in capsys.readouterr().out
    assert path.read_bytes() == before
    assert len(list(docx.Document(str(out)).comments)) == 1
    assert main(["check", str(path), "--json", *where]) == 0
    assert json.loads(capsys.readouterr().out)["draft"] == "稿.docx"


def test_what_can_not_be_done_is_said_in_one_sentence(
    small: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--library", str(small.layout.root)]
    text, word = tmp_path / "稿.txt", tmp_path / "稿.docx"
    text.write_text("一句话也没有引用。", encoding="utf-8")
    docx.Document().save(str(word))
    cases = {
        ("check", str(text), "--docx", str(tmp_path / "out.docx")): "不是 docx",
        ("check", str(tmp_path / "没有.docx")): "文件不存在",
        ("check", str(tmp_path / "稿.pdf")): "docx、md 或 txt",
        ("check", str(word)): "没有可读的文字",
    }
    for arguments, told in cases.items():
        assert main([*arguments, *where]) == 1
        error = capsys.readouterr().err.strip()
        assert told in error and "\n" not in error
    made = docx.Document()
    made.add_paragraph("一句话")
    made.save(str(word))
    assert main(["check", str(word), "--docx", str(word), *where]) == 1
    assert "不能覆盖原稿" in capsys.readouterr().err
    assert main(["check", str(word), "--docx", str(tmp_path / "没有" / "out.docx"), *where]) == 1
    assert "无法写入" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "他指出，" + "抓好落实" * 5000,
        "“" * 20_000,
        "根据《甲》" * 4000,
        "2019年2月25日印发的《" * 3000,
        "增长5%" * 4000,
    ],
)
def test_texts_without_an_end_are_checked_in_seconds(small: Library, tmp_path: Path, text: str) -> None:
    began = time.process_time()
    assert checked(small, tmp_path, text).findings == ()
    assert time.process_time() - began < 20
