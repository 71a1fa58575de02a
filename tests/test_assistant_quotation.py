"""Looking quotations up: what is the source's own is told from what differs by a character, and from what is absent."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import planted_quotations as planted
import pytest
from conftest import fresh
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.ask import ask
from assistant.citing import gbt7714, markdown, plain
from assistant.cli import main
from assistant.errors import TooLong
from assistant.quotation import Quotation, align, quote, read_framing
from assistant.quotation.look_up import LONGEST
from corpus.normal import fold, fold_closely
from index import Encoder, Filters, Library

COUNTS = {"true": 80, "changed": 80, "edited": 50, "shortened": 25, "absent": 120}


@pytest.fixture(scope="module")
def looked_up(sample: Library) -> list[tuple[planted.Planted, Quotation]]:
    return [(case, quote(sample, case.typed)) for case in planted.planted(sample, COUNTS, 11)]


@pytest.fixture(scope="module")
def speeches(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Library:
    """Three documents that share a sentence."""
    folder = tmp_path_factory.mktemp("speeches")
    own = "会议指出：“治河如治家，一刻也不能松手，一处也不能漏管。”我们要照此办理，把责任落到每一段河岸。"
    files = {
        "2021年云岭市河长会议讲话.txt": f"在云岭市河长会议上的讲话\n（2021年3月2日）\n同志们：\n{own}\n",
        "2019年石桥区河长会议讲话.txt": "在石桥区河长会议上的讲话\n（2019年5月6日）\n同志们：\n治河如治家，一刻也不能松手，"
        "一处也不能漏管。各镇街要对照清单抓好整改，把十二条支流逐一排查到位\n为下一年打下基础，干出成效。\n",
        "通知.txt": "关于开展清河行动的通知\n各镇街：\n清河行动自4月1日起，至6月30日止，投入资金12.5万元，"
        "《清河办法》、河长令同时施行。GDP不作考核。\n石桥区水务局\n2022年3月1日\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = fresh(tmp_path_factory.mktemp("library") / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder]))
    return library


def test_true_sentences_are_verbatim_and_no_other_is(looked_up: list[tuple[planted.Planted, Quotation]]) -> None:
    for case, found in looked_up:
        assert (found.verdict == "verbatim") == (case.kind == "true"), case


def test_changed_sentences_are_found_with_their_source_and_edits(
    looked_up: list[tuple[planted.Planted, Quotation]],
) -> None:
    changed = [(case, found) for case, found in looked_up if case.kind not in ("true", "absent")]
    assert all(found.verdict == "differs" for _, found in changed)
    # What was changed can be as near to another sentence of the library.
    assert sum(planted.right_source(case, found) for case, found in changed) >= 0.99 * len(changed)
    assert sum(planted.right_edits(case, found) for case, found in changed) >= 0.98 * len(changed)


def test_absent_sentences_are_not_found(looked_up: list[tuple[planted.Planted, Quotation]]) -> None:
    assert all(found.verdict == "not_found" for case, found in looked_up if case.kind == "absent")


def test_whatever_is_shown_stands_in_its_paragraph(looked_up: list[tuple[planted.Planted, Quotation]]) -> None:
    for _, found in looked_up:
        for match in found.matches:
            cited = [match.citation, *match.following]
            for line, citation in zip(match.text.split("\n"), cited, strict=True):
                [(start, stop)] = citation.evidence
                assert line in citation.paragraph.text and citation.paragraph.text[start:stop] in line
            assert all(match.text[e.at : e.at + len(e.source)] == e.source for e in match.edits)
        for citation in found.occurrences:
            [(start, stop)] = citation.evidence
            assert fold(citation.paragraph.text[start:stop]) == fold(
                found.occurrences[0].paragraph.text[slice(*found.occurrences[0].evidence[0])]
            )


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("治河如治家，一刻也不能松手，一处也不能漏管。", "verbatim"),
        ("治河如治家,一刻也不能松手,一处也不能漏管", "verbatim"),
        ("治河如治家，一刻也不能鬆手，一處也不能漏管", "verbatim"),  # traditional script
        ("治河如治家、一刻也不能松手、一处也不能漏管", "differs"),  # other marks
        ("治河如治家，一刻也不能松手，一处也不能漏管！", "differs"),
        ("治河如治家，一刻也不能松手，一处也不能漏官", "differs"),
        ("治河如治家，一处也不能漏管", "differs"),  # a clause left out
        ("一处也不能漏管，一刻也不能松手，治河如治家", "differs"),  # another order
        ("治河如理政，先正源头，后清末流", "not_found"),
        ("投入资金12.5万元", "verbatim"),
        ("投入资金2.5万元", "differs"),
        ("资金12.5万", "differs"),
        ("2.5万元，《清河办法》、河长令同时施行", "differs"),  # half a number
        ("gdp不作考核", "differs"),
        ("排查到位为下一年打下基础", "verbatim"),  # over a line that the source breaks
        ("自4月1", "differs"),  # a unit cut off
        ("投入资金12.5", "differs"),
        ("能松手，一处也不能漏管", "differs"),  # 不 in front left out
        ("松手，一处也不能漏管", "differs"),
        ("DP不作考核", "differs"),
        ("自4月①日起，至6月30日止", "differs"),
        ("“一处也不能漏管”", "verbatim"),
        ("“不能漏管”出自哪里", "verbatim"),
        ("治河如治家，一刻也不能松手，谁说了都不算", "differs"),  # the sentence goes on otherwise
        ("治河如治家，逐步完善基层养老服务", "not_found"),  # half of it is another's
        ("坚决反对“治河如治家，一刻也不能松手”", "differs"),
        ("", "not_found"),
        ("。，！", "not_found"),
        ("管", "verbatim"),
    ],
)
def test_verdicts(speeches: Library, typed: str, verdict: str) -> None:
    assert quote(speeches, typed).verdict == verdict


def test_marks_alone_are_told_from_wrong_characters(speeches: Library) -> None:
    marks = quote(speeches, "治河如治家、一刻也不能松手，一处也不能漏管").matches[0]
    assert marks.only_marks and marks.wrong == 1
    wrong = quote(speeches, "治河如治国，一刻也不能松手，一处也不能漏管").matches[0]
    assert not wrong.only_marks and [(e.source, e.query) for e in wrong.edits] == [("家", "国")]


def test_own_words_come_before_those_quoted_there_and_the_earliest_is_told(speeches: Library) -> None:
    found = quote(speeches, "治河如治家，一刻也不能松手，一处也不能漏管")
    assert found.count == 2 and found.earliest and found.earliest.entry.issued == "2019-05-06"
    assert found.matches[0].citation.entry.issued == "2019-05-06" and found.attributions[0].origin == "own"
    later = quote(speeches, "治河如治家，一刻也不能松手，一处也不能漏管", filters=Filters(year=2021))
    assert later.attributions[0].origin == "quoted" and later.attributions[0].by == "会议"


def test_what_is_said_of_a_quotation_is_held_against_its_source(speeches: Library) -> None:
    right = quote(speeches, "2021年云岭市的讲话说：“治河如治家，一刻也不能松手”")
    assert right.matches[0].citation.entry.issued == "2021-03-02" and not right.attributions[0].unmet
    wrong = quote(speeches, "2017年的讲话说：“治河如治家，一刻也不能松手”，出处？")
    assert wrong.verdict == "verbatim" and [u.what for u in wrong.attributions[0].unmet] == ["year"]


def test_what_a_document_says_nothing_of_is_told_as_unknown_and_not_as_wrong(sample: Library) -> None:
    words = "对80周岁及以上老年人每餐补助3元"
    [found, *_] = quote(sample, f"江明同志2023年指出：“{words}”").attributions
    assert [(u.what, u.said) for u in found.unstated] == [("speaker", "江明同志")] and not found.unmet
    [found, *_] = quote(sample, f"会议指出：“{words}”").attributions  # no person, so nobody to be named
    assert not found.unstated


def test_what_looks_like_framing_but_is_the_sources_own_is_not_left_out(speeches: Library) -> None:
    assert quote(speeches, "会议指出：“治河如治家，一刻也不能松手，一处也不能漏管。”").verdict == "verbatim"
    assert quote(speeches, "会议指处：“治河如治家，一刻也不能松手，一处也不能漏管。”").verdict == "differs"


def test_a_long_paste_is_not_judged_by_the_few_words_in_quotation_marks(speeches: Library) -> None:
    pasted = (
        "各镇街要对照清单抓不好整改，把十二条支流逐一排查到位，为下一年打下基础，干出成效。\n"
        "会议指出：“治河如治家，一刻也不能松手，一处也不能漏管。”我们要照此办理，把责任落到每一段河岸。"
    )
    assert quote(speeches, pasted).verdict != "verbatim"


def test_too_long_a_quotation_is_refused_and_the_longest_is_not(speeches: Library) -> None:
    with pytest.raises(TooLong):
        quote(speeches, "治" * (LONGEST + 1))
    for many in ("治河、", "要抓落实之", "要", "a"):
        assert quote(speeches, (many * LONGEST)[:LONGEST]).verdict in ("not_found", "differs")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_anything_can_be_typed(speeches: Library, typed: str) -> None:
    found = quote(speeches, typed)
    assert found.verdict != "verbatim" or fold(found.quoted) in fold(found.matches[0].text)
    json.dumps(found.to_dict())


@settings(max_examples=150, deadline=None)
@given(st.text("治河如家，。1", min_size=1, max_size=14), st.text("治河如家，。1", min_size=1, max_size=9))
def test_an_alignment_turns_the_source_into_the_quotation(source: str, quoted: str) -> None:
    found = align(source, quoted)
    made, at = "", found.start
    for change in found.changes:
        made += source[at : change.start] + quoted[change.at : change.end]
        at = change.stop
    assert made + source[at : found.stop] == quoted
    assert found.cost == 0 if quoted in source else found.changes


def test_an_alignment_costs_no_more_than_changes_made_at_random() -> None:
    random = Random(3)
    for _ in range(100):
        source = "".join(random.choice("治河如家管护水岸") for _ in range(30))
        a, b = sorted(random.sample(range(30), 2))
        part = list(source[a : b + 1])
        wrong = random.sample(range(len(part)), min(3, len(part)))
        for place in wrong:
            part[place] = "错"
        assert align(source, "".join(part)).cost <= 100 * len(wrong)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("治河如治家，这句话出自哪里", "治河如治家"),
        ("“治河如治家，一刻也不能松手”，帮我核一下", "治河如治家，一刻也不能松手"),
        ("多些“我过去”、少些“你过来”", "多些“我过去”、少些“你过来”"),
        ("走到哪里都一样，哪个都不能少", "走到哪里都一样，哪个都不能少"),
        ("2020年政府工作报告：治河如治家，对不对", "治河如治家"),
    ],
)
def test_framing_is_told_from_the_words(typed: str, words: str) -> None:
    assert read_framing(typed).words == words


def test_a_question_that_holds_words_out_is_answered_from_their_source(sample: Library) -> None:
    for case in planted.planted(sample, {"true": 12, "changed": 12}, 23):
        answer = ask(sample, f"{case.typed.strip('。！？')}，出自哪里")
        assert answer.quotation and answer.quotation.verdict == ("verbatim" if case.kind == "true" else "differs")
        assert case.kind == "changed" or answer.verdict == "answered"
        assert case.sentence.strip("。！？") in answer.hits[0].paragraph.text
        assert all(c.paragraph.text[a:b] for c in answer.citations for a, b in c.evidence)
    [absent] = planted.planted(sample, {"absent": 1}, 1)
    assert ask(sample, f"{absent.typed}这句话出自哪里").quotation is None


def test_another_order_is_told_as_such(speeches: Library) -> None:
    match = quote(speeches, "一处也不能漏管，一刻也不能松手，治河如治家").matches[0]
    assert match.reordered and match.words.startswith("治河如治家")


def test_copies_carry_the_source_and_no_markup(speeches: Library) -> None:
    match = quote(speeches, "治河如治家，一刻也不能松手").matches[0]
    assert plain(match.words, match.citation).startswith("“治河如治家，一刻也不能松手”——《")
    assert gbt7714(match.words, match.citation).endswith("2019-05-06: 第4段.")
    assert "![" not in markdown("![图](http://x) <b>", match.citation)


def test_the_command_prints_source_and_differences(
    speeches: Library, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    arguments = ["quote", "--library", str(speeches.layout.root)]
    assert main([*arguments, "治河如治国，一刻也不能松手"]) == 0
    printed = capsys.readouterr().out
    assert "与原文有出入" in printed and "原文“家”，所引“国”" in printed and "有日期的最早一处" in printed
    assert main([*arguments, "--copy", "plain", "治河如治家"]) == 0
    assert capsys.readouterr().out.startswith("“治河如治家”——")
    rows = tmp_path / "in.jsonl"
    rows.write_text(
        "\n".join(json.dumps({"id": n, "question": text}) for n, text in enumerate(["治河如治家", "治" * 3000])),
        encoding="utf-8",
    )
    assert main([*arguments, "--batch", str(rows), "--out", str(tmp_path / "out.jsonl")]) == 1
    first, second = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert first["verdict"] == "verbatim" and first["matches"][0]["edits"] == [] and "3000" in second["error"]
    assert main(arguments) == 2


def test_closeness_folds_less_than_search() -> None:
    for a, b in (("、", "，"), ("GDP", "gdp"), ("×", "x")):
        assert fold(a) == fold(b) and fold_closely(a)[0] != fold_closely(b)[0]
