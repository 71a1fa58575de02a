"""Questions over the years: a sentence for each, the oldest first, out of one series where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import fresh

from assistant.api.cited_text import answer_blocks
from assistant.ask import ask
from assistant.each.years import year_of, years_asked
from assistant.question import understand
from assistant.telling import search_lines
from assistant.web.render import answer_html
from index import Encoder, Entry, Filters, Library

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
        ("历年来的改革怎么讲", 1000, 9999, "改革怎么讲"),
        ("2015年以来历年赤字率是多少", 2015, 9999, "赤字率是多少"),
        ("2018年到2021年每年新建公厕多少座", 2018, 2021, "新建公厕多少座"),
        ("从2018年至2021年历年的新建公厕数量", 2018, 2021, "新建公厕数量"),
        ("历年新建公厕对比2018到2021", 2018, 2021, "新建公厕"),
        ("2018—2021年新建公厕数量变化", 2018, 2021, "新建公厕数量"),
        ("2018年至2021年新建公厕分别是多少座", 2018, 2021, "新建公厕座"),
    ],
)
def test_the_years_are_read_out_of_the_question(asked: str, first: int, last: int, rest: str) -> None:
    years = years_asked(understand(asked))
    assert years is not None
    assert (years.first, years.last, years.question.standalone) == (first, last, rest)


@pytest.mark.parametrize(
    "asked",
    [
        "老人每年补贴多少钱", "2018年到2021年累计新建公厕多少座", "2021年新建公厕多少座", "历年", "", "学历年限有要求吗",
        "各年龄段人口怎么讲", "病历年检怎么办", "履历年表", "一个日历年度内", "经历年代久远的古树", "2020年历年赤字率多少",
        "历届人大代表名额由谁决定", "逐年提取的公积金怎么处理", "为什么历年就业目标要提高", "2019-2020学年每年学费",
        "2021-2025年应对气候变化的主要任务", "《人口发展规划（2016—2030年）》每年人口目标",
        "从2020年到2035年、从2035年到2050年每年是什么目标",
        "近五年新建了多少座公厕", "近三年的工作怎么总结", "最近两年有哪些变化大的政策由谁制定",
        "近0年新建公厕变化", "近三年广东新建公厕变化",
    ],
)  # fmt: skip
def test_any_other_question_goes_through_no_years(asked: str) -> None:
    assert years_asked(understand(asked)) is None


def test_each_year_of_the_series_has_its_sentence_the_oldest_first(library: Library) -> None:
    answer = ask(library, "历年云岭市新建公厕多少座")
    assert answer.by == "year"
    assert [(s.of, s.text) for s in answer.sentences] == [
        (str(year), f"民生实事全部办结，新建公厕{toilets}座，改造老旧小区{toilets * 3}个。")
        for year, toilets in BUILT.items()
    ]
    assert [c.n for c in answer.citations] == [1, 2, 3, 4, 5, 6]


def test_of_each_year_there_is_no_more(library: Library) -> None:
    answer = ask(library, "还有呢", history=["历年云岭市新建公厕多少座"])
    assert (answer.verdict, answer.reason, answer.by, answer.citations) == ("not_found", "more", "", ())


def test_the_figures_of_another_place_stay_away_where_half_of_the_years_have_one_series(library: Library) -> None:
    answer = ask(library, "历年新建公厕多少座")
    assert answer.by == "year"
    assert not any("77座" in s.text for s in answer.sentences)
    assert {c.entry.title for c in answer.citations} == {"云岭市人民政府工作报告"}


def test_years_that_were_asked_for_bound_it(library: Library) -> None:
    answer = ask(library, "2019年到2021年每年新建公厕多少座")
    assert [s.of for s in answer.sentences] == ["2019", "2020", "2021"]


@pytest.mark.parametrize("asked", ["近三年新建公厕变化", "近三年政府工作报告新建公厕"])
def test_the_last_years_are_those_of_the_series(library: Library, asked: str) -> None:
    assert [s.of for s in ask(library, asked).sentences] == [str(year) for year in sorted(BUILT)[-3:]]


def test_of_the_last_years_those_without_anything_are_named(library: Library) -> None:
    first, last = min(BUILT), max(BUILT)
    answer = ask(library, f"近{last - first + 3}年新建公厕变化")
    assert [s.of for s in answer.sentences] == [str(year) for year in sorted(BUILT)]
    assert answer.missing == (str(first - 2), str(first - 1))


def test_what_only_older_years_tell_is_none_of_the_last(tmp_path: Path, encoder: Encoder) -> None:
    for year in range(2018, 2024):
        text = report("云岭市", year, 7 if year < 2021 else 0)
        text = text if year < 2021 else text.replace("，新建公厕0座，改造老旧小区0个", "")
        (tmp_path / f"{year}年云岭市政府工作报告.txt").write_text(text, encoding="utf-8")
    library = fresh(tmp_path / "library", encoder)
    with library.writing() as writer:
        list(writer.add([tmp_path]))
    assert not ask(library, "近三年新建公厕变化").by
    library.close()


def test_a_year_that_has_nothing_is_named(library: Library) -> None:
    answer = ask(library, "2017年到2019年每年新建公厕多少座")
    assert (answer.missing, [s.of for s in answer.sentences]) == (("2017",), ["2018", "2019"])
    assert any("未见这些年份的依据：2017" in line for line in search_lines(answer, "zh"))


@pytest.mark.parametrize(
    ("title", "issued", "year"),
    [
        ("2018年统计公报", "2019-03-15", 2018),
        ("2019年政府工作报告", "2019-01-09", 2019),
        ("关于2035年远景目标的说明", "2021-03-05", 2021),
        ("政府工作报告", "2020", 2020),
        ("讲话", None, 0),
    ],
)
def test_a_document_is_of_the_year_in_its_title_or_of_its_date(title: str, issued: str | None, year: int) -> None:
    assert year_of(Entry(1, "x", title, None, None, None, issued, (), ("a.txt",))) == year


def test_without_a_series_of_documents_years_are_not_put_side_by_side(library: Library) -> None:
    assert not ask(library, "历年公厕建设要抓实抓细怎么讲").by


def test_one_year_is_no_series(library: Library) -> None:
    answer = ask(library, "历年新建公厕多少座", filters=Filters(year=2020))
    assert not answer.by
    assert any("新建公厕9座" in s.text for s in answer.sentences)


def test_what_no_year_tells_is_not_found(library: Library) -> None:
    answer = ask(library, "历年红烧肉怎么做才好吃")
    assert (answer.verdict, answer.by, answer.sentences) == ("not_found", "", ())


def test_the_year_stands_beside_the_sentence_and_not_in_it(library: Library) -> None:
    answer = ask(library, "历年云岭市新建公厕多少座")
    html = answer_html(answer, 0)
    assert html.count('<span class="yj-of">') == len(BUILT)
    assert [block[:7] for block in answer_blocks(answer, "zh")[:2]] == ["2018年文件", "2019年文件"]
    assert answer.to_dict()["by"] == "year"
    assert answer.to_dict()["sentences"][0]["of"] == "2018"
