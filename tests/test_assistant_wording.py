"""youju wording: what it prints, and what becomes of a query of each kind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import fresh

from assistant.cli import main
from assistant.messages import say
from assistant.web.render_wording import Shown, wordings_html
from assistant.wording import Wish, wording
from assistant.wording.tiers import TIERS, tier_of
from corpus.normal import fold
from index import Encoder, Entry, Filters, Library

SPEECHES = {
    "清源市河道整治讲话.txt": """在清源市河道整治推进会上的讲话
（2021年5月12日）
同志们：
今天召开这次会议，主要任务是部署河道整治工作。
一、摸清底数，建好台账
去年全市清淤62公里，河道面貌明显改善。在肯定成绩的同时，我们也要清醒看到存在的差距。
有的部门碰到难事就往外推，开会时表态响，散会后没人管，把责任踢来踢去。
二、压实责任，盯住节点
既要治好岸上的脏，又要治好水里的污。河道就是城市的“面子”，水质才是百姓的“里子”。
三、严格验收，防止反弹
验收不看汇报看河面，不听表态听民声。
同志们，让我们鼓足干劲、久久为功，为清源人民守住一河碧水！
""",
    "白杨县河道整治讲话.txt": """在白杨县河道整治动员会上的讲话
（2023年3月2日）
同志们：
今天召开动员会，主要任务是动员全县干部投身河道整治。
验收不看汇报看河面，也不听表态听民声。
既要把排口封住，又要把管网接通。
让我们拿出龙马精神，跃马扬鞭，奋力夺取整治攻坚的全面胜利！
""",
    "供水通知.txt": """青石区人民政府办公室关于做好供水保障工作的通知
青石政办发〔2022〕8号
各街道办事处：
供水单位要把水质检测摆在首位，
每天公布检测结果。
验收不看汇报看河面，不听表态听民声。
青石区人民政府办公室
2022年6月1日
""",
    "图书馆通知.txt": """松林区文化局关于延长图书馆开放时间的通知
各街道图书馆：
图书馆开放时间要照顾上班的读者，工作日闭馆推迟到晚上九点，周末开馆提前到早上八点，节假日照常开放，寒暑假加开少儿阅览室，还书箱全天可用，预约选座在前一天中午放出，逾期不到的座位半小时后重新放出，各馆把新的时间贴在门口和网页显著位置，让读者少跑一趟冤枉路。
图书馆采购新书要听读者的意见，每季度公布一次荐购清单，收到荐购后十个工作日内答复，买与不买都说明理由，少儿读物和地方文献各留出一成经费，外文书籍按需要采购，旧书剔除前公示十五天，公示期内读者可以提出保留，剔除的图书先问社区书屋和学校是否需要，确实没有人要的再按废旧物资处理，采购和剔除的账目每半年向读者公开一次，由读者推选的五名监督员逐笔核对，核对中发现的出入当月查清，查清的结果贴在各馆借阅台旁边，同时登在网页上留存三年，做到每一分钱都有去处。
""",
}
PIECE_ENDS = "，,、"


@pytest.fixture(scope="module")
def speeches(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("speeches")
    for name, text in SPEECHES.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = fresh(tmp_path_factory.mktemp("library") / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder]))
    yield library
    library.close()


@pytest.fixture
def youju(
    speeches: Library, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.setattr("index.encoder.Encoder.load", lambda name="": encoder)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["wording", *arguments, "--library", str(speeches.layout.root)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_by_meaning_sentences_come_and_not_paragraphs(speeches: Library) -> None:
    found = wording(speeches, "想找几句批评部门互相推责任、没人管事的话", k=3)
    assert found.mode == "meaning"
    assert found.families[0].head.text.startswith("有的部门碰到难事就往外推")
    for family in found.families:
        for variant in (family.head, *family.variants):
            start, end = variant.citation.evidence[0]
            assert variant.text == variant.citation.paragraph.text[start:end]
            assert re.fullmatch(r"[0-9a-f]{12}:\d+:\d+-\d+", variant.citation.id)


def test_a_request_that_names_a_place_and_no_subject_gets_that_place(speeches: Library) -> None:
    found = wording(speeches, "讲话最后一段怎么收尾", k=3)
    assert found.place == "closing" and found.families
    assert all("让我们" in family.head.text for family in found.families[:2])


def test_letters_that_were_asked_for_stand_in_every_sentence(speeches: Library) -> None:
    texts = _texts(speeches, "动员会结尾想用点带“马”字的话")
    assert texts and all("马" in text for text in texts)


def test_what_is_known_already_is_not_given_again(speeches: Library) -> None:
    assert any("里子" in text for text in _texts(speeches, "河道水质的比喻"))
    assert not any("里子" in text for text in _texts(speeches, "河道水质的比喻，里子之外还有啥"))


def test_two_phrases_in_quotation_marks_are_no_phrase(speeches: Library) -> None:
    assert wording(speeches, "“面子”和“里子”").mode == "meaning"
    assert wording(speeches, "「『面子』」").total == 1


def test_a_place_is_held_to_or_recognised(speeches: Library) -> None:
    found = wording(speeches, "河道整治讲话结尾号召怎么收尾", k=2)
    assert found.place == "closing"
    assert all(re.search("让我们", family.head.text) for family in found.families)
    closings = wording(speeches, "", wish=Wish(place="closing"), k=9)
    assert {"久久为功", "跃马扬鞭"} <= {
        w for f in closings.families for w in re.findall("久久为功|跃马扬鞭", f.head.text)
    }
    turned = wording(speeches, "河道整治", wish=Wish(place="transition"), k=9)
    assert [family.head.text[:6] for family in turned.families] == ["在肯定成绩的"]
    horse = wording(speeches, "结尾想用带“马”字的句子", k=1)
    assert "马" in horse.families[0].head.text


def test_near_wordings_are_one_family_with_the_official_one_first(speeches: Library) -> None:
    found = wording(speeches, "验收要看实效、听群众评价的句子", k=5)
    [family] = [f for f in found.families if "看河面" in f.head.text]
    assert [v.text for v in family.variants] == ["验收不看汇报看河面，也不听表态听民声。"]
    assert [v.text for v in family.also] == [family.head.text]
    assert family.head.citation.entry.number == "青石政办发〔2022〕8号"
    assert (family.count, family.first, family.last) == (3, "2021", "2023")


def test_the_same_characters_elsewhere_are_a_source_more_and_no_variant(speeches: Library, youju) -> None:  # type: ignore[no-untyped-def]
    asked = "验收要看实效、听群众评价的句子"
    html = wordings_html(Shown(wording(speeches, asked, k=5)))
    [card] = [c for c in html.split("<article") if "看河面" in c]
    assert say("web.also", count=1) in card
    assert say("web.wording.variants", count=1) in card
    assert "，不听表态听民声。</span>" not in card
    told = youju(asked, "-k", "5")[1]
    assert told.count(say("wording.variant") + "：") == 1
    assert told.count(say("web.also", count=1) + "：《在清源市河道整治推进会上的讲话》") == 1


def test_a_wording_is_a_whole_sentence_however_long(speeches: Library) -> None:
    [hours, books] = [line for line in SPEECHES["图书馆通知.txt"].splitlines() if len(line) > 100]
    assert len(hours) < 200 < 220 < len(books)
    texts = [f.head.text for f in wording(speeches, "图书馆开放时间要照顾读者的话", k=9).families]
    assert hours in texts
    told = [text for q in ("图书馆采购新书听读者意见", "账目公开、监督员核对") for text in _texts(speeches, q)]
    assert books in told
    assert not [text for text in told if text[-1] in PIECE_ENDS]
    assert len([text for text in _texts(speeches, "图书馆采购新书听读者意见") if text in books]) == 1


def _texts(library: Library, query: str) -> list[str]:
    families = wording(library, query, wish=Wish(mode="meaning"), k=20).families
    return [v.text for family in families for v in (family.head, *family.variants)]


def test_queries_are_read_by_their_looks(speeches: Library) -> None:
    modes = {
        "既要…又要…": "pattern",
        "有没有“既要……又要……”这样的句式": "pattern",
        "验收不看汇报": "phrase",
        "“没有这样的话”": "phrase",
        "验收不看汇报这类提法": "meaning",
        "强调水质检测": "meaning",
    }
    assert {query: wording(speeches, query).mode for query in modes} == modes


def test_a_phrase_is_found_everywhere_also_over_a_broken_line(speeches: Library) -> None:
    found = wording(speeches, "「不听表態听民聲」")
    expected = sum(fold(text).count("不听表态听民声") for text in SPEECHES.values())
    assert (found.total, len(found.lines)) == (expected, expected)
    [broken] = wording(speeches, "摆在首位，每天公布", wish=Wish(mode="phrase")).lines
    assert broken.match == "摆在首位，每天公布"


def test_a_pattern_crosses_commas(speeches: Library) -> None:
    found = wording(speeches, "既要…又要…")
    assert sorted(line.match for line in found.lines) == ["既要把排口封住，又要", "既要治好岸上的脏，又要"]


def test_parallel_headings_by_pattern(speeches: Library) -> None:
    found = wording(speeches, "4+4", wish=Wish(mode="headings"))
    [family] = found.families
    assert [v.text for v in (family.head, *family.variants)] == [
        "一、摸清底数，建好台账",
        "二、压实责任，盯住节点",
        "三、严格验收，防止反弹",
    ]
    assert "4+4" in family.patterns


def test_sets_of_headings_that_do_not_hold_the_theme_are_left_out(speeches: Library) -> None:
    def total(query: str) -> int:
        return wording(speeches, query, wish=Wish(mode="headings")).total

    assert total("") == total("河道整治") == total("4+4 台账") == total("验收") == 1
    assert total("招商引资") == total("图书馆") == total("4+4 招商引资") == 0


def test_years_of_a_wording_and_of_what_comes_near_it(speeches: Library, tmp_path: Path, youju) -> None:  # type: ignore[no-untyped-def]
    picture = tmp_path / "years.svg"
    code, out, _ = youju("验收不看汇报看河面，不听表态听民声", "--count", "year", "--plot", str(picture), "--json")
    own, near = json.loads(out)["courses"]
    assert code == 0
    assert (own["total"], own["first"], own["last"]) == (2, "2021", "2022")
    assert (near["total"], near["first"]) == (1, "2023")
    assert json.loads(out)["counts"] == {"2021": 1, "2022": 1}
    assert len(ElementTree.fromstring(picture.read_text("utf-8"))) > 3
    code, out, _ = youju("强调验收要看实效、听群众评价的句子", "--count", "year", "--json")
    totals = {course["wording"]: course["total"] for course in json.loads(out)["courses"]}
    assert totals["验收不看汇报看河面,不听表态听民声."] == 3


def test_the_first_lines_are_printed_and_how_many_there_are(youju) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = youju("整治", "-k", "2")
    total = sum(fold(text).count("整治") for text in SPEECHES.values())
    assert code == 0
    assert re.match(rf"共 {total} 处，显示 2 处（用 --all", out)
    every = youju("整治", "--all", "--sort", "left")[1]
    assert every.count("【整治】") == total
    assert "库内未见" in youju("--place", "结尾", "--year", "1999")[1]


@pytest.mark.parametrize(
    "query", ["的" * 50_000, "…的" * 40_000, "\ud800", "\x00", " ", "”“", "'; DROP TABLE", "()[]{}*+?\\"]
)
def test_hostile_queries_are_answered_or_refused_in_one_sentence(youju, query: str) -> None:  # type: ignore[no-untyped-def]
    code, _, err = youju(query)
    assert code in (0, 1, 2)
    assert "Traceback" not in err and len(err.strip().splitlines()) <= 1


def test_a_batch_keeps_order_and_goes_on(youju, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    rows = [
        {"id": 1, "question": "批评推责任的话"},
        {"id": 2, "question": "既要…又要…", "filters": {"year": 2023}},
        {"id": 3},
        {"id": 4, "question": "…"},
        {"id": 5, "question": "整治", "filters": {"colour": "red"}},
    ]
    asked, answered = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    asked.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    code, _, _ = youju("--batch", str(asked), "--out", str(answered), "-k", "2")
    results = [json.loads(line) for line in answered.read_text("utf-8").splitlines()]
    assert code == 1
    assert [r["id"] for r in results] == [1, 2, 3, 4, 5]
    assert ["error" in r for r in results] == [False, False, True, False, True]
    assert len(results[0]["families"]) <= 2
    assert results[1]["total"] == 1
    family = results[0]["families"][0]
    assert {"text", "citation", "variants", "also", "tier", "count", "first", "last"} <= set(family)


def test_without_a_query_it_says_how_to_use_it(youju) -> None:  # type: ignore[no-untyped-def]
    assert youju()[0] == 2


def test_sources_stand_in_tiers() -> None:
    def tier(**fields: object) -> str:
        blank: dict[str, object] = {"row": 1, "id": "a", "title": "讲话", "kind": None, "issuer": None, "number": None}
        entry = Entry(**blank | {"issued": None, "quality": (), "names": ("a.txt",)} | fields)  # type: ignore[arg-type]
        return TIERS[tier_of(entry)]

    assert (
        tier(number="石政发〔2022〕1号")
        == tier(issuer="青石区人民政府")
        == tier(title="2021年政府工作报告")
        == "official"
    )
    assert tier() == "shared"
    assert tier(quality=("anonymised",), number="石政发〔2022〕1号") == "anonymised"
    assert tier(quality=("anonymised", "rewritten")) == "rewritten"


def test_filters_hold_every_mode_to_their_documents(speeches: Library) -> None:
    for query, wish in (
        ("整治", Wish()),
        ("既要…又要…", Wish()),
        ("河道整治要见效的话", Wish()),
        ("", Wish(place="closing")),
    ):
        found = wording(speeches, query, wish=wish, filters=Filters(year=2023))
        assert found.families
        assert {f.head.citation.entry.issued for f in found.families} == {"2023-03-02"}
