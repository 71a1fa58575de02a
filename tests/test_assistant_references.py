"""What a question names, and the documents of a library that it means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import fresh

from assistant.ask import ask
from assistant.question import understand
from assistant.references import Catalogue, parts_of, read_named, refer
from assistant.support import absences
from assistant.telling import search_lines
from corpus.normal import fold
from index import Encoder, Library

REPORT = """{place}政府工作报告
——{year}年1月12日在{place}第九届人民代表大会第{n}次会议上
{place}人民政府区长 李云山
各位代表：
现在，我代表区人民政府向大会报告工作。
一、上一年工作回顾
上一年新建改建学校{schools}所，改造老旧小区{estates}个，新增停车泊位X个。
二、{year}年工作安排
今年计划新建口袋公园{parks}座。
"""
NOTICE = """石桥区人民政府办公室关于做好防汛工作的通知
石政办发〔{year}〕{n}号
各街道办事处：
汛期从{month}月1日开始，各街道要备足沙袋{bags}只，落实值班值守。
一是压实责任。街道主要负责同志在岗带班。
二是排查隐患。对危旧房屋逐户登记。
三是严明纪律。擅离职守的一律问责。
石桥区人民政府办公室
{year}年4月2日
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("reports")
    for place in ("石桥区", "云岭区"):
        for n, year in enumerate((2021, 2022, 2024), 1):
            values = {
                "place": place,
                "year": year,
                "n": n,
                "schools": 3 * n,
                "estates": 10 * n,
                "parks": n * (5 if place == "石桥区" else 7),
            }
            (folder / f"{year}年{place}政府工作报告.txt").write_text(REPORT.format(**values), encoding="utf-8")
    for n, year in ((7, 2023), (9, 2024)):
        text = NOTICE.format(year=year, n=n, month=n - 2, bags=100 * n)
        (folder / f"防汛通知{year}.txt").write_text(text, encoding="utf-8")
    library = fresh(tmp_path_factory.mktemp("reports-library") / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder]))
    yield library
    library.close()


@pytest.fixture
def orders(tmp_path: Path, encoder: Encoder) -> Iterator[Library]:
    """One notice that carries another out, which is not there."""
    (tmp_path / "消防通知.txt").write_text(
        "关于开展消防检查的通知\n石消发〔2021〕3号\n各社区：\n为贯彻石政办发〔2020〕41号，各社区每季度检查3遍消防设施，逐一登记。\n",
        encoding="utf-8",
    )
    library = fresh(tmp_path / "orders", encoder)
    with library.writing() as writer:
        list(writer.add([tmp_path / "消防通知.txt"]))
    yield library
    library.close()


def test_a_report_by_place_and_year_is_the_only_one_looked_in(reports: Library) -> None:
    answer = ask(reports, "2022年石桥区政府工作报告里新建改建了多少所学校")
    assert {h.entry.names[0] for h in answer.hits} == {"2022年石桥区政府工作报告.txt"}
    assert answer.filters["document"]
    assert "6所" in " ".join(s.text for s in answer.sentences)


def test_asking_again_without_the_limit_looks_everywhere(reports: Library) -> None:
    for answer in (
        ask(reports, "2022年石桥区政府工作报告里新建改建了多少所学校", plain=True),
        ask(reports, "2022年石桥区政府工作报告里新建改建了多少所学校（不限定）"),
    ):
        assert len({h.entry.names[0] for h in answer.hits}) > 2
        assert answer.filters == {}
        assert answer.likely == {}


def test_a_report_of_a_year_that_is_not_there_is_named_with_the_nearest(reports: Library) -> None:
    answer = ask(reports, "2019年石桥区政府工作报告里新建了多少所学校")
    assert (answer.verdict, answer.reason) == ("not_found", "document")
    assert answer.missing == ("2019年石桥政府工作报告",)
    assert "2021年" in answer.nearest[0]


def test_a_number_is_a_filter_and_a_number_that_is_not_there_is_said(reports: Library) -> None:
    answer = ask(reports, "石政办发〔2023〕7号要求备多少只沙袋")
    assert {h.entry.number for h in answer.hits} == {"石政办发〔2023〕7号"}
    assert "700只" in " ".join(s.text for s in answer.sentences)
    missing = ask(reports, "石政办发〔2023〕8号要求备多少只沙袋")
    assert (missing.reason, missing.missing) == ("number", ("石政办发〔2023〕8号",))
    assert "〔2023〕7号" in missing.nearest[0]


@pytest.mark.parametrize("said", ["请问石政办发〔2023〕7号", "根据石政办发〔2023〕7号"])
def test_words_before_a_number_are_no_part_of_it(reports: Library, said: str) -> None:
    answer = ask(reports, f"{said}要求备多少只沙袋")
    assert {h.entry.number for h in answer.hits} == {"石政办发〔2023〕7号"}


def test_a_number_that_is_only_cited_is_answered_from_where_it_is_cited(orders: Library) -> None:
    answer = ask(orders, "贯彻落实石政办发〔2020〕41号要检查几遍消防设施")
    assert answer.reason != "number"
    assert "3遍" in answer.hits[0].paragraph.text


def test_a_report_of_another_kind_is_not_looked_for_among_the_governments(reports: Library) -> None:
    catalogue = Catalogue.of(reports.snapshot())
    for asked, certain in (
        ("石桥区2022年报告里新建改建了多少所学校", True),
        ("石桥区政府的报告里新建改建了多少所学校", True),
        ("石桥区学校布局调研报告里提了什么建议", False),
        ("石桥区2022年审计报告里查出什么问题", False),
    ):
        reference = refer(read_named(asked, catalogue.places), fold(asked), catalogue)
        assert (reference.rows is not None) == certain, asked
        assert reference.missing is None


def test_who_asks_how_a_document_is_carried_out_is_not_held_to_it(reports: Library) -> None:
    catalogue = Catalogue.of(reports.snapshot())
    title = next(c.title for c in catalogue.cards.values() if c.number)
    for asked, certain in ((f"《{title}》怎么要求值班", True), (f"贯彻落实《{title}》有哪些做法", False)):
        reference = refer(read_named(asked), fold(asked), catalogue)
        assert (reference.rows is not None) == certain
        assert reference.rows or max(reference.lift.values()) >= 1
    asked = "学习贯彻党的二十大报告怎么安排"
    assert refer(read_named(asked), fold(asked), catalogue).missing is None


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("第3批主题教育怎么部署", "第三批主题教育今年开始"),
        ("第二期工程什么时候完工", "二期工程年底完工"),
        ("一九九八年修了多少堤坝", "1998年修了堤坝"),
        ("1998年修了多少堤坝", "一九九八年修了堤坝"),
        ("2003年修了多少堤坝", "二○○三年修了堤坝"),
    ],
)
def test_a_number_in_another_form_is_not_missing(asked: str, near: str) -> None:
    missing = absences(understand(asked), read_named(asked), fold(near))
    assert (missing["no_ordinal"], missing["no_year"]) == ((), ())


@pytest.mark.parametrize(
    ("asked", "near", "kind"),
    [
        ("第三批主题教育怎么部署", "第十三批、第二批主题教育", "no_ordinal"),
        ("第三次大督查发现什么", "大督查开展3次", "no_ordinal"),
        ("1998年修了多少堤坝", "一九九九年修了堤坝", "no_year"),
    ],
)
def test_another_number_is_missing(asked: str, near: str, kind: str) -> None:
    assert absences(understand(asked), read_named(asked), fold(near))[kind]


def test_a_masked_figure_is_said_to_be_masked(reports: Library) -> None:
    answer = ask(reports, "2024年云岭区政府工作报告里新增停车泊位多少个")
    assert (answer.verdict, answer.reason) == ("not_found", "masked")
    first = answer.hits[0]
    assert any("X" in first.paragraph.text[a:b] for a, b in first.evidence)  # the place is shown


def test_a_place_that_the_paragraph_is_not_about_is_not_answered(reports: Library) -> None:
    answer = ask(reports, "青溪区2022年新建改建了多少所学校")
    assert answer.verdict == "not_found"
    assert answer.reason == "place"


def test_places_compared_are_answered_from_a_document_each(reports: Library) -> None:
    answer = ask(reports, "石桥区和云岭区2024年计划新建口袋公园各多少座")
    assert {"2024年石桥区政府工作报告.txt", "2024年云岭区政府工作报告.txt"} <= {
        c.entry.names[0] for c in answer.citations
    }


def test_a_point_of_what_was_asked_before_is_its_own_paragraph(reports: Library) -> None:
    answer = ask(reports, "第三点呢", history=["石政办发〔2024〕9号提了哪三条要求"])
    assert "严明纪律" in answer.sentences[0].text


def test_a_loose_name_lifts_its_document_and_is_told(sample: Library) -> None:
    snapshot = sample.snapshot()
    catalogue = Catalogue.of(snapshot)
    assert Catalogue.of(snapshot) is catalogue
    card = next(
        c for c in catalogue.cards.values() if len(c.title) > 12 and "大会" in c.title and c.entry.kind == "讲话"
    )
    name = card.title.split("大会")[0].removeprefix("在") + "大会上怎么说的"
    reference = refer(read_named(name), fold(name), catalogue)
    assert max(reference.lift, key=lambda row: reference.lift[row]) == card.entry.row
    assert reference.rows is None


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("国办发〔2031〕6号讲什么", {"numbers": (("国办发", 2031, 6),)}),
        ("2031年国发39号文", {"numbers": (("国发", 2031, 39),)}),
        ("《石桥区停车管理办法》第三条", {"titles": ("石桥区停车管理办法",)}),
        ("96年和04年的物价", {"years": (1996, 2004)}),
        ("再干30年", {"years": ()}),
        ("投资2000万元", {"years": ()}),
        ("党的二十大报告里怎么说", {"congresses": ("二十",)}),
        ("十大工程和三大攻坚战", {"congresses": ()}),
        ("在第十三次全国代表大会上", {"congresses": ("十三",)}),
        ("中国少年先锋队第八次全国代表大会讲了什么", {"congresses": ()}),
        ("越溪区今年的学位", {"places": ("越溪",)}),
        ("示范区和老城区的学位", {"places": ()}),
        ("第六次大督查表扬了谁", {"ordinals": ("第六次",)}),
        ("第一次发现是什么时候", {"ordinals": ()}),
    ],
)
def test_names_are_read_out_of_a_question(asked: str, names: dict[str, object]) -> None:
    named = read_named(asked)
    assert {key: getattr(named, key) for key in names} == names


def test_only_questions_that_compare_have_parts() -> None:
    for asked, count in [
        ("四川和云南的学校各有多少", 2),
        ("从四川到云南怎么走", 0),
        ("收入破1万亿、3万亿、20万亿分别在哪年", 3),
    ]:
        assert len(parts_of(read_named(asked), fold(asked))) == count


def test_words_of_a_kind_of_area_are_no_place() -> None:
    for asked in (
        "在保护区建房要什么手续",
        "自然保护区的核心区能不能修路",
        "工业园区和经济技术开发区有什么优惠",
        "示范区的中心区怎么建",
        "对高风险区的封控区怎么管",
    ):
        assert read_named(asked).places == (), asked
    assert read_named("请问云溪区和青岭县的学位").places == ("云溪", "青岭")


SPEECHES = """{title}
（{year}年3月8日）
{speaker}
同志们：
今天我们召开{occasion}，主要任务是部署今年工作。
一、认清形势。去年全市清退占道堆物{n}处，成效明显。
二、压实责任。各县要把任务分到岗位，逐月对账。
"""
ISSUED = """{issuer}关于做好{topic}工作的{kind}
各有关单位：
为做好{topic}工作，现将有关事项明确如下。
一、各单位要在{month}月底前完成{topic}检查，逐项登记，限期整改。
二、各单位要明确一名联络员，按月报送进展。
{issuer}
2023年{month}月1日
"""


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    """Notices and opinions of four organs, two speeches of two persons, reports of other organs than a government."""
    folder = tmp_path_factory.mktemp("issued")
    texts = {
        "财政局": ISSUED.format(issuer="青岭市财政局", topic="资产清查", kind="通知", month=5),
        "水务局": ISSUED.format(issuer="青岭市水务局", topic="资产清查", kind="通知", month=6),
        "人社局": ISSUED.format(issuer="青岭市人力资源和社会保障局", topic="档案整理", kind="意见", month=7),
        "办公室": ISSUED.format(issuer="青岭市人民政府办公室", topic="档案整理", kind="通知", month=8),
        "市长": SPEECHES.format(
            title="在全市市容整治推进会上的讲话",
            occasion="全市市容整治推进会",
            year=2022,
            speaker="青岭市市长 江明",
            n=120,
        ),
        "书记": SPEECHES.format(
            title="在全市街面秩序座谈会上的讲话",
            occasion="全市街面秩序座谈会",
            year=2023,
            speaker="青岭市委书记 何川",
            n=240,
        ),
        "2023年青岭市法院工作报告": "2023年青岭市人民法院工作报告\n各位代表：\n全年审结案件9000件，清积案120件。\n",
        "精神文明建设工作报告": "青岭市精神文明建设工作报告\n同志们：\n全年评选文明家庭300户，建成文明广场12个。\n",
    }
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    library = fresh(tmp_path_factory.mktemp("issued-library") / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder]))
    yield library
    library.close()


@pytest.mark.parametrize(
    ("asked", "name", "value", "first"),
    [
        ("市财政局要求什么时候完成检查", "issuer", "市财政局", "财政局.txt"),
        ("青岭水务局要求什么时候完成检查", "issuer", "青岭水务局", "水务局.txt"),
        ("市人社局要求什么时候完成检查", "issuer", "市人社局", "人社局.txt"),
        ("意见里要求什么时候完成检查", "kind", "意见", "人社局.txt"),
        ("何书记讲占道堆物清退了多少处", "speaker", "何书记", "书记.txt"),
        ("江市长讲占道堆物清退了多少处", "speaker", "江市长", "市长.txt"),
        ("江明讲占道堆物清退了多少处", "speaker", "江明", "市长.txt"),
        ("街面秩序座谈会上讲占道堆物清退了多少处", "occasion", "街面秩序座谈会", "书记.txt"),
    ],
)
def test_issuer_kind_speaker_and_meeting_lift_and_are_told(
    issued: Library, asked: str, name: str, value: str, first: str
) -> None:
    answer = ask(issued, asked)
    assert value in answer.likely[name]
    assert answer.hits[0].entry.names == (first,)
    assert any(value in line for line in search_lines(answer, "zh"))
    catalogue = Catalogue.of(issued.snapshot())
    lift = refer(read_named(asked, catalogue.places), fold(asked), catalogue).lift
    assert catalogue.cards[max(lift, key=lambda row: lift[row])].entry.names == (first,)
    plain = ask(issued, asked, plain=True)
    assert plain.likely == {}
    assert len({h.entry.row for h in plain.hits}) > 2


@pytest.mark.parametrize(
    "asked",
    [
        "越溪市财政局要求什么时候完成检查",
        "市财政局长是谁",
        "财政部门什么时候完成检查",
        "有什么办法听取意见",
        "张市长讲了什么",
    ],
)
def test_what_only_looks_like_a_name_lifts_nothing(issued: Library, asked: str) -> None:
    catalogue = Catalogue.of(issued.snapshot())
    told = refer(read_named(asked, catalogue.places), fold(asked), catalogue).likely
    assert not told.keys() & {"issuer", "kind", "speaker", "occasion"}


def test_only_a_governments_report_is_one(issued: Library, reports: Library) -> None:
    assert not any(card.is_report for card in Catalogue.of(issued.snapshot()).cards.values())
    assert sum(card.is_report for card in Catalogue.of(reports.snapshot()).cards.values()) == 6
    catalogue = Catalogue.of(reports.snapshot())
    for asked, certain in (
        ("石桥区2022年工作报告里新建了多少所学校", True),
        ("石桥区2022年法院工作报告里审结多少案件", False),
        ("石桥区2022年人大常委会工作报告里立了几部法", False),
        ("石桥区政府工作报告和法院工作报告2022年怎么说", True),
    ):
        reference = refer(read_named(asked, catalogue.places), fold(asked), catalogue)
        assert bool(reference.rows) == certain, asked
        assert reference.missing is None


def test_titles_are_found_wherever_they_stand(issued: Library) -> None:
    catalogue = Catalogue.of(issued.snapshot())
    for words in ("资产清查", "青岭市", "2023年", "的", "讲话", "没有这篇"):
        expected = {c.entry.row for c in catalogue.cards.values() if words in c.title}
        assert {c.entry.row for c in catalogue.titled(words)} == expected


def test_a_supplied_title_begins_with_its_place(tmp_path: Path, encoder: Encoder) -> None:
    text = "青岭市部署市场供应工作 6月2日上午，青岭市召开视频会议，要求各区保障供应。会议强调，要稳定货源。" * 2
    (tmp_path / "2026-06-02_7.txt").write_text(text, encoding="utf-8")
    library = fresh(tmp_path / "library", encoder)
    with library.writing() as writer:
        list(writer.add([tmp_path / "2026-06-02_7.txt"]))
    catalogue = Catalogue.of(library.snapshot())
    card = next(iter(catalogue.cards.values()))
    assert (card.entry.title, card.title) == ("［青岭市部署市场供应工作］", "青岭市部署市场供应工作")
    assert refer(read_named("青岭市怎么保供应", ["青岭"]), "青岭市怎么保供应", catalogue).lift == {card.entry.row: 1.0}
    library.close()
