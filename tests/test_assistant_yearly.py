"""Questions over the years: a sentence for each, the oldest first, out of one series where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import fresh

from assistant.api.cited_text import answer_blocks
from assistant.ask import ask
from assistant.question import understand
from assistant.web.render import answer_html
from assistant.yearly import years_asked
from index import Encoder, Filters, Library

BUILT = {2018: 12, 2019: 15, 2020: 9, 2021: 21, 2022: 18, 2023: 30}


def report(place: str, year: int, toilets: int) -> str:
    return (
        f"{place}人民政府工作报告\n（{year}年1月{year % 20 + 3}日）\n各位代表：\n现在，我代表市人民政府向大会作工作报告。\n"
        f"一、过去一年工作回顾\n民生实事全部办结，新建公厕{toilets}座，改造老旧小区{toilets * 3}个。\n"
        f"污水处理厂提标改造完工，河道水质保持稳定。\n"
        f"二、今年工作安排\n抓好春耕备耕，守住耕地红线，粮食播种面积只增不减。\n各位代表，让我们共同努力。\n"
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("reports")
    for year, toilets in BUILT.items():
        (folder / f"{year}年云岭市政府工作报告.txt").write_text(report("云岭市", year, toilets), encoding="utf-8")
    (folder / "2022年石桥市政府工作报告.txt").write_text(report("石桥市", 2022, 77), encoding="utf-8")
    (folder / "讲话.txt").write_text(
        "在公厕建设推进会上的讲话\n（2024年6月8日）\n同志们：\n公厕虽小，连着民生，要把公厕建设抓实抓细，让群众方便。\n",
        encoding="utf-8",
    )
    library = fresh(tmp_path_factory.mktemp("yearly") / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder]))
    yield library
    library.close()


@pytest.mark.parametrize(
    ("asked", "first", "last", "rest"),
    [
        ("历年新建公厕多少座", 1000, 9999, "新建公厕多少座"),
        ("历次全会怎么讲改革", 1000, 9999, "全会怎么讲改革"),
        ("2018年到2021年每年新建公厕多少座", 2018, 2021, "新建公厕多少座"),
        ("从2018年至2021年历年的新建公厕数量", 2018, 2021, "新建公厕数量"),
    ],
)
def test_the_years_are_read_out_of_the_question(asked: str, first: int, last: int, rest: str) -> None:
    years = years_asked(understand(asked))
    assert years is not None
    assert (years.first, years.last, years.question.standalone) == (first, last, rest)


@pytest.mark.parametrize(
    "asked",
    ["老人每年补贴多少钱", "2018年到2021年累计新建公厕多少座", "2021年新建公厕多少座", "历年", "", "学历年限有要求吗"],
)
def test_any_other_question_goes_through_no_years(asked: str) -> None:
    assert years_asked(understand(asked)) is None


def test_each_year_of_the_series_has_its_sentence_the_oldest_first(library: Library) -> None:
    answer = ask(library, "历年云岭市新建公厕多少座")
    assert answer.yearly
    assert [(answer.year_of(s), s.text) for s in answer.sentences] == [
        (str(year), f"民生实事全部办结，新建公厕{toilets}座，改造老旧小区{toilets * 3}个。")
        for year, toilets in BUILT.items()
    ]
    assert [c.n for c in answer.citations] == [1, 2, 3, 4, 5, 6]


def test_the_figures_of_another_place_stay_away_where_half_of_the_years_have_one_series(library: Library) -> None:
    answer = ask(library, "历年新建公厕多少座")
    assert answer.yearly
    assert not any("77座" in s.text for s in answer.sentences)
    assert {c.entry.title for c in answer.citations} == {"云岭市人民政府工作报告"}


def test_years_that_were_asked_for_bound_it(library: Library) -> None:
    answer = ask(library, "2019年到2021年每年新建公厕多少座")
    assert [answer.year_of(s) for s in answer.sentences] == ["2019", "2020", "2021"]


def test_one_year_is_no_series(library: Library) -> None:
    answer = ask(library, "历年新建公厕多少座", filters=Filters(year=2020))
    assert not answer.yearly
    assert any("新建公厕9座" in s.text for s in answer.sentences)


def test_what_no_year_tells_is_not_found(library: Library) -> None:
    answer = ask(library, "历年红烧肉怎么做才好吃")
    assert (answer.verdict, answer.yearly, answer.sentences) == ("not_found", False, ())


def test_the_year_stands_beside_the_sentence_and_not_in_it(library: Library) -> None:
    answer = ask(library, "历年云岭市新建公厕多少座")
    html = answer_html(answer, 0)
    assert html.count('<span class="yj-year">') == len(BUILT)
    assert [block[:6] for block in answer_blocks(answer, "zh")[:2]] == ["2018年：", "2019年："]
    assert answer.to_dict()["yearly"] is True
