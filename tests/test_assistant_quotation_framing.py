"""What stands around a quotation: whose it is said to be, led in with and without marks, held against its source."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import fresh

from assistant.draft import check, read_draft
from assistant.quotation import quote
from index import Encoder, Library

SHARED = "坚持渠水先到田、后到塘，谁截水谁担责。"
LONG = "全县把水渠修到田头，把电线拉到井口，旱季里没有一亩秧苗枯黄，巡渠的人每天走二十里，三年没有一处决口。"
REPORT = "石桥县{year}年政府工作报告\n（{year}年1月15日）\n石桥县县长 {speaker}\n各位代表：\n{text}\n"
OPINION = """石桥县人民政府关于印发《石桥县水渠管护规则》的通知
石政规〔2022〕9号
各镇街：
根据《石桥县水利条例》，闸门钥匙由村里专人保管。
水渠清淤每年不少于两次，挖出的淤泥当天运走。
坚持渠水先到田、后到塘，谁截水谁担责。
会议要求，巡渠的人要穿胶鞋、带铁锹。
县长说：“要记住‘渠是命根子’这句老话，把渠看好。”
《石桥县人民政府关于印发〈石桥县水渠管护规则〉的通知》由县水利站解释。
石桥县人民政府
2022年4月6日
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Library:
    """Two years' reports and a notice that share a sentence."""
    folder = tmp_path_factory.mktemp("reports")
    later = f"{SHARED}全县纵深推进“一渠一长”改革，让每条渠都有人看、有人修。"
    files = {
        "石桥县2019年政府工作报告.txt": REPORT.format(year=2019, speaker="何川", text=f"{SHARED}\n{LONG}"),
        "石桥县2021年政府工作报告.txt": REPORT.format(year=2021, speaker="江明", text=later),
        "石政规〔2022〕9号.txt": OPINION,
        "2018年值班记录.txt": "值班记录\n2018年5月2日\n"
        + "".join(f"{n}号闸的闸门钥匙由村里专人保管。\n" for n in range(8)),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = fresh(tmp_path_factory.mktemp("library") / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder]))
    return library


@pytest.mark.parametrize(
    ("lead", "year"),
    [
        ("2021年政府工作报告提出：“{}”", "2021"),
        ("2021年政府工作报告指出，{}", "2021"),
        ("石桥县2021年政府工作报告提出：“{}”", "2021"),
        ("2019年政府工作报告提出：“{}”", "2019"),
        ("2022年石桥县人民政府通知要求：“{}”", "2022"),
        ("江明指出：“{}”", "2021"),
        ("石桥县县长江明在会上指出：“{}”", "2021"),
        ("江县长2021年强调：“{}”", "2021"),
    ],
)
def test_of_the_same_words_those_are_cited_that_fit_what_is_said_and_nothing_is_told_against_them(
    reports: Library, lead: str, year: str
) -> None:
    found = quote(reports, lead.format(SHARED))
    assert found.verdict == "verbatim" and found.count == 3
    assert (found.matches[0].citation.entry.issued or "")[:4] == year
    assert (found.occurrences[0].entry.issued or "")[:4] == year
    assert found.attributions[0].unmet == found.attributions[0].unstated == ()


@pytest.mark.parametrize(
    "by", ["政府工作报告", "白皮书", "县政府", "《水渠意见》", "县委全会", "县长", "公开信", "水利部"]
)
def test_a_document_a_body_and_an_office_contradict_no_speaker(reports: Library, by: str) -> None:
    found = quote(reports, f"{by}指出：“让每条渠都有人看、有人修”")
    assert found.verdict == "verbatim" and not any(u.what == "speaker" for u in found.attributions[0].unmet)


@pytest.mark.parametrize("by", ["何川同志", "何川", "何县长", "县长何川", "石桥县县长何川同志"])
def test_another_person_is_told(reports: Library, by: str) -> None:
    [found, *_] = quote(reports, f"{by}指出：“让每条渠都有人看、有人修”").attributions
    assert [(u.what, u.found) for u in found.unmet] == [("speaker", "江明")]


def test_a_year_in_which_nobody_said_it_is_told(reports: Library) -> None:
    [found, *_] = quote(reports, f"2015年政府工作报告提出：“{SHARED}”").attributions
    assert [u.what for u in found.unmet] == ["year"]


WORDS = "水渠清淤每年不少于两次，挖出的淤泥当天运走"


@pytest.mark.parametrize(
    "lead",
    [
        "《石桥县人民政府关于印发〈石桥县水渠管护规则〉的通知》规定，",
        "《石桥县人民政府关于印发《石桥县水渠管护规则》的通知》规定：",
        "《石桥县水渠管护规则》规定",
        "《石桥县水渠管护规则》（石政规〔2022〕9号）第三条规定：",
        "《石桥县水渠管护规则》明确，",
        "《石桥县关于深化“一渠一长”改革、加强巡查的若干意见》要求，",
        "石政规〔2022〕9号文件明确，",
        "根据石政规〔2022〕9号，",
        "按照《石桥县水渠管护规则》，",
        "依据《石桥县水渠管护规则》有关规定，",
        "依照石桥县水渠管护规则，",
        "按照石桥县2022年通知要求：",
    ],
)
def test_a_lead_in_is_no_part_of_the_words(reports: Library, lead: str) -> None:
    found = quote(reports, f"{lead}{WORDS}。")
    assert (found.verdict, found.quoted) == ("verbatim", WORDS)
    named = [u.what for a in found.attributions[:1] for u in a.unmet]
    assert named == [], named


@pytest.mark.parametrize(
    "own",
    [
        "根据《石桥县水利条例》，闸门钥匙由村里专人保管。",
        "会议要求，巡渠的人要穿胶鞋、带铁锹。",
        "根据石桥县水利条例，闸门钥匙由村里专人保管。",
        "根据《石桥县水法条例》，闸门钥匙由村里专人保管。",
    ],
)
def test_a_lead_in_that_is_the_sources_own_is_not_cut(reports: Library, own: str) -> None:
    found = quote(reports, own)
    assert found.quoted == own.rstrip("。") and found.matches[0].words.startswith(("根据《", "会议要求"))
    assert (found.verdict == "verbatim") == (own in OPINION)


def test_what_names_no_document_is_part_of_the_words(reports: Library) -> None:
    for own in ("根据工作需要，水渠清淤每年不少于两次，挖出的淤泥当天运走", "按照上级部署，水渠清淤每年不少于两次"):
        assert quote(reports, own).quoted == own


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("“全县纵深推进‘一渠一长’改革，让每条渠都有人看”", "verbatim"),
        ("\"全县纵深推进'一渠一长'改革，让每条渠都有人看\"", "verbatim"),
        ("“全县纵深推进“一渠一长”改革，让每条渠都有人看。”", "verbatim"),
        ("2021年政府工作报告提出：“纵深推进“一渠一长”改革，让每条渠都有人看”", "verbatim"),
        ("2021年政府工作报告提出：“纵深推进‘一渠一长’改革，让每条渠都有人看”", "verbatim"),
        ("县长说：“要记住“渠是命根子”这句老话，把渠看好。”", "verbatim"),  # the source itself has marks in marks
        ("县长说：“要记住‘渠是命根子’这句老话，把渠看好。”", "verbatim"),
        ("“要记住‘渠是命根子’这句老话，把渠看好”", "verbatim"),
        ("“要记住“渠是命根子”这句老话，把渠看好”", "verbatim"),
        ("“全县纵深推进‘一渠两长’改革，让每条渠都有人看”", "differs"),
        ("“全县纵深推进一渠一长改革，让每条渠都有人看”", "differs"),
        ("全县纵深推进‘一渠一长’改革，让每条渠都有人看", "differs"),  # not in others: another mark
        ("《石桥县人民政府关于印发〈石桥县水渠管护规则〉的通知》由县水利站解释", "verbatim"),
        ("《石桥县人民政府关于印发《石桥县水渠管护规则》的通知》由县水利站解释", "verbatim"),
        ("的〈石桥县水利条例〉，闸门钥匙由村里专人保管", "differs"),
    ],
)
def test_marks_in_marks_are_the_same_in_either_form(reports: Library, typed: str, verdict: str) -> None:
    found = quote(reports, typed)
    assert found.verdict == verdict
    assert verdict == "differs" or (not found.matches[0].edits and found.matches[0].similarity == 1)


def test_a_draft_may_write_single_marks_or_double_ones_within_its_own(reports: Library, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(
        "2021年政府工作报告提出：“全县纵深推进‘一渠一长’改革，让每条渠都有人看、有人修。”\n"
        "江明同志指出，要“纵深推进“一渠一长”改革，让每条渠都有人看”。\n"
        "江明同志指出，要“纵深推进‘一渠多长’改革，让每条渠都有人看”。\n"
        "要记住“渠是命根子”“水是命根子”的道理，他说：“把渠水送到田头。”\n",
        encoding="utf-8",
    )
    found = [f for f in check(reports, read_draft(draft)).findings if f.paragraph < 4]
    assert [(f.verdict, f.note, f.wrong) for f in found] == [("verbatim", "", 0)] * 2 + [("differs", "", 1)]


def test_clauses_that_change_places_in_a_long_sentence_are_told_as_such(reports: Library) -> None:
    first, second, third, fourth, last = LONG.rstrip("。").split("，")
    for order in ([first, third, second, fourth, last], [first, second, fourth, third, last]):
        found = quote(reports, "，".join(order))
        assert found.verdict == "differs" and found.matches[0].reordered and found.matches[0].words in LONG
    twice = quote(reports, "，".join([first, second, third, second, fourth, last])).matches[0]
    assert not twice.reordered and [(e.source, e.query) for e in twice.edits] == [("", f"，{second}")]
    left_out = quote(reports, "，".join([first, second, fourth, last])).matches[0]
    assert not left_out.reordered and [e.query for e in left_out.edits] == [""]
