"""Questions over the places: a sentence for each, as places are always listed, and those without anything named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import fresh

from assistant.ask import ask
from assistant.each.places import places_asked
from assistant.followup import place_in_chat
from assistant.question import understand
from assistant.telling import lead_of, search_lines
from assistant.web.render import answer_html
from index import Encoder, Filters, Library

BUILT = {"四川省": 12, "北京市": 15, "浙江省": 9, "内蒙古自治区": 21}
SKY = {
    "四川省": "打造低空经济集聚区，开放更多应用场景。建成5G基站九百座。",
    "北京市": "大力发展低空经济，开通三条航线。推广5G工厂。",
    "浙江省": "做强新材料、“低空”经济等新兴产业。5G用户居前列。",
    "内蒙古自治区": "加强低空安全管理，发展县域经济。",
}


def report(place: str, year: int, toilets: int) -> str:
    told = f"今年新建公厕{toilets}座，改造老旧小区{toilets * 3}个。\n" if toilets else "今年抓好植树造林。\n"
    return (
        f"{place}人民政府工作报告\n（{year}年1月{year % 20 + 3}日）\n各位代表：\n现在，我代表人民政府向大会作工作报告。\n"
        f"一、过去一年工作回顾\n污水处理厂提标改造完工，改造老旧小区{toilets + 2}个，超过目标。\n二、今年工作安排\n{told}{SKY.get(place, '')}\n"
        f"三、“十五五”时期主要目标\n新建公厕年均{toilets + 1}座。\n各位代表，让我们共同努力。\n"
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("reports")
    for place, toilets in BUILT.items():
        (folder / f"2026年{place}政府工作报告.txt").write_text(report(place, 2026, toilets), encoding="utf-8")
    (folder / "2025年四川省政府工作报告.txt").write_text(report("四川省", 2025, 88), encoding="utf-8")
    quiet = report("湖南省", 2026, 0).replace("新建公厕年均1座", "绿化面积稳步增加")
    (folder / "2026年湖南省政府工作报告.txt").write_text(quiet, encoding="utf-8")
    (folder / "2026年石桥市政府工作报告.txt").write_text(report("石桥市", 2026, 77), encoding="utf-8")
    library = fresh(tmp_path_factory.mktemp("places") / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder]))
    yield library
    library.close()


@pytest.mark.parametrize(
    ("asked", "level", "years", "reports", "rest"),
    [
        ("各省2026年新建公厕多少座", "省", (2026,), False, "新建公厕多少座"),
        ("2026年各省份分别新建公厕多少座", "省", (2026,), False, "新建公厕多少座"),
        ("各省区市政府工作报告怎么说低空经济", "省", (), True, "怎么说低空经济"),
        ("请问31个省今年粮食产量目标是多少", "省", (), False, "粮食产量目标是多少"),
        ("全省各市2026年粮食产量目标", "市", (2026,), False, "粮食产量目标"),
        ("31省市今年粮食产量目标", "省", (), False, "粮食产量目标"),
        ("哪些市提出发展低空经济", "市", (), False, "发展低空经济"),
        ("哪些省在2026年报告里讲了过紧日子", "省", (2026,), False, "过紧日子"),
        ("2026年政府工作报告里各省对“过紧日子”的表述", "省", (2026,), True, "“过紧日子”的表述"),
        ("比较各地的养老补贴标准", "", (), False, "养老补贴标准"),
        ("各区县最低生活保障标准", "县", (), False, "最低生活保障标准"),
    ],
)
def test_the_places_are_read_out_of_the_question(
    asked: str, level: str, years: tuple[int, ...], reports: bool, rest: str
) -> None:
    places = places_asked(understand(asked))
    assert places is not None
    assert (places.level, places.years, places.reports, places.question.standalone) == (level, years, reports, rest)


@pytest.mark.parametrize(
    "asked",
    [
        "各省要怎样抓粮食生产", "各级政府怎么抓落实", "各地区各部门要抓好什么", "国务院对各省有什么要求", "各市场主体怎么登记", "哪个省的粮食产量最高",
        "各省人民政府的职责", "各省", "四川省新建公厕多少座", "各县级医院怎么建", "《关于各省财政的通知》讲什么", "哪些地方可以申请补贴", "各民族大团结怎么讲",
        "各地要如何落实", "各区域协调发展怎么说", "哪些市民可以领取补贴", "各省为什么要设粮食储备",
        "哪些省没有提到低空经济", "哪些省既提到低空经济又提到银发经济", "各省会城市怎么定位", "各地铁线路的票价", "各地方性法规怎么规定", "各城市更新项目", "各区街道怎么管", "各地因地制宜发展什么", "哪些地区是革命老区",
    ],
)  # fmt: skip
def test_any_other_question_goes_through_no_places(asked: str) -> None:
    assert places_asked(understand(asked)) is None


def test_each_place_has_its_sentence_in_the_usual_order(library: Library) -> None:
    answer = ask(library, "各省2026年新建公厕多少座")
    assert answer.by == "place"
    assert [(s.of, s.text) for s in answer.sentences] == [
        (short, f"今年新建公厕{BUILT[place]}座，改造老旧小区{BUILT[place] * 3}个。")
        for short, place in {"北京": "北京市", "内蒙古": "内蒙古自治区", "浙江": "浙江省", "四川": "四川省"}.items()
    ]
    assert all(s.text in answer.citations[s.citation - 1].paragraph.text for s in answer.sentences)


def test_a_place_whose_documents_say_nothing_is_named(library: Library) -> None:
    answer = ask(library, "各省2026年新建公厕多少座")
    assert answer.missing == ("湖南",)
    assert any("有文件而未见相近说法的地区：湖南" in line for line in search_lines(answer, "zh"))


def test_without_a_year_each_place_speaks_by_its_latest_document(library: Library) -> None:
    answer = ask(library, "各省新建公厕多少座")
    assert [s.text[:9] for s in answer.sentences if s.of == "四川"] == ["今年新建公厕12座"]


def test_too_few_places_are_not_put_side_by_side(library: Library) -> None:
    assert not ask(library, "各市新建公厕多少座").by
    assert not ask(library, "各省2025年新建公厕多少座").by


def test_the_place_stands_beside_the_sentence_and_not_in_it(library: Library) -> None:
    answer = ask(library, "各省2026年新建公厕多少座")
    assert answer_html(answer, 0).count('<span class="yj-of">') == len(BUILT)
    assert lead_of(answer, answer.sentences[0], "zh") == "北京："
    assert answer.to_dict()["sentences"][0]["of"] == "北京"


def test_what_is_aimed_at_is_told_and_not_what_was_reached(library: Library) -> None:
    answer = ask(library, "各省2026年改造老旧小区目标")
    assert [s.text for s in answer.sentences if s.of == "北京"] == ["今年新建公厕15座，改造老旧小区45个。"]


def test_which_places_say_so_are_those_that_do(library: Library) -> None:
    assert {s.of for s in ask(library, "哪些省2026年新建公厕").sentences} == {"北京", "内蒙古", "浙江", "四川"}


@pytest.mark.parametrize("asked", ["哪些省2026年提出发展低空经济", "2026年哪些省提到了低空经济"])
def test_who_says_a_thing_in_other_words_around_it_says_it_and_who_has_half_of_it_does_not(
    library: Library, asked: str
) -> None:
    answer = ask(library, asked)
    assert {s.of for s in answer.sentences} == {"北京", "浙江", "四川"}
    assert answer.missing == ("内蒙古", "湖南")


def test_who_mentions_a_short_name_is_told(library: Library) -> None:
    assert {s.of for s in ask(library, "哪些省提到5G").sentences} == {"北京", "浙江", "四川"}


def test_what_was_reached_is_no_aim_where_nothing_else_is_said(library: Library) -> None:
    answer = ask(library, "各省2026年改造老旧小区目标")
    assert {s.of for s in answer.sentences} == {"北京", "内蒙古", "浙江", "四川"}
    assert answer.missing == ("湖南",)


def test_a_point_of_the_answer_is_the_place_that_stands_there(library: Library) -> None:
    history = ["各省2026年新建公厕多少座"]
    assert "新建公厕21座" in ask(library, "第二点", history=history).sentences[0].text
    assert "新建公厕12座" in ask(library, "最后一点", history=history).sentences[0].text
    assert ask(library, "第九点", history=history).reason == "ordinal"


def test_a_place_that_says_nothing_is_not_answered_out_of_others(library: Library) -> None:
    answer = ask(library, "那湖南呢", history=["各省2026年新建公厕多少座"])
    assert all("湖南" in c.entry.title for c in answer.citations)


def test_places_outside_of_the_filters_are_not_told_to_say_nothing(library: Library) -> None:
    assert ask(library, "各省新建公厕多少座", filters=Filters(year=2025)).missing == ()


@pytest.mark.parametrize(
    ("before", "asked", "standalone"),
    [
        ("各省2026年新建公厕多少座", "那四川呢", "四川2026年新建公厕多少座"),
        ("各省2026年城镇新增就业目标", "那粮食产量呢", "各省2026年粮食产量目标"),
        ("各省2026年城镇新增就业目标", "那为什么呢", "各省2026年城镇新增就业目标；为什么呢"),
        ("浙江2026年城镇新增就业目标", "那各省呢", "各省2026年城镇新增就业目标"),
    ],
)
def test_from_all_places_to_one_to_another_matter_and_back(before: str, asked: str, standalone: str) -> None:
    assert place_in_chat(asked, [before]).standalone == standalone
