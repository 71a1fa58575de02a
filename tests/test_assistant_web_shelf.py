"""The library as HTML: filters, counts, pages, marks, progress and outcomes; nothing of a document gets through as markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.access import Visit
from assistant.web.doing import doing_html
from assistant.web.library import _act, uploaded
from assistant.web.plots import bars, columns
from assistant.web.shelf import shelf_html
from assistant.web.view import PER_PAGE, View, counted, year_of
from assistant.working import State, Work
from index import Entry, Library, LibraryBusy, Outcome, Progress
from index.backup import Backup

BAD = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>"


def entry(n: int, **fields: object) -> Entry:
    about: dict[str, object] = {
        "kind": "讲话",
        "issuer": None,
        "number": None,
        "issued": f"{2000 + n % 7}-01-01",
        "quality": (),
        "names": (f"{n}.txt",),
    }
    return Entry(n, f"{n:012x}", f"第{n}号材料", **(about | fields))  # type: ignore[arg-type]


MANY = [entry(n, kind="通知" if n % 3 else None) for n in range(50)]


def shown(
    view: View, entries: list[Entry] = MANY, families: list[list[Entry]] | None = None, fixed: bool = False
) -> str:
    return shelf_html(entries, families or [], view, fixed=fixed)


def listed(html: str) -> list[str]:
    return re.findall(r'<article class="yj-item.*?href="/document/(\w+)"', html)


def test_pages_hold_every_document_once() -> None:
    pages = [listed(shown(View(page=n))) for n in range(3)]
    assert [len(page) for page in pages] == [PER_PAGE, PER_PAGE, 10]
    assert [id for page in pages for id in page] == [e.id for e in MANY]
    assert listed(shown(View(page=999))) == pages[-1]


def test_filters_hold_and_what_is_unknown_can_be_chosen() -> None:
    for view in (
        View(kind="通知"),
        View(kind="-"),
        View(year="2003"),
        View(kind="通知", year="2003"),
        View(text="第1"),
    ):
        passing = [e.id for e in MANY if view.passes(e)]
        assert 0 < len(passing) < len(MANY)
        html = shown(view)
        assert listed(html) == passing[:PER_PAGE]
        assert f"{len(passing)} 篇（共 50 篇）" in html
    assert "没有符合条件的文档" in shown(View(text="没有这样的题名"))


def test_counts_add_up() -> None:
    for value in (year_of, lambda e: e.kind or "-"):
        assert sum(count for _, count in counted(MANY, lambda e, value=value: (value(e),))) == len(MANY)
    assert counted(MANY, lambda e: (e.kind or "-",))[-1][0] == "-"


def test_each_of_those_that_issued_a_document_together_can_be_chosen() -> None:
    both = replace(MANY[0], issuer="云岭市财政局、云岭市教育局")
    alone = replace(MANY[1], issuer="云岭市教育局")
    html = shown(View(issuer="云岭市财政局"), [both, alone])
    assert listed(html) == [both.id]
    assert "云岭市教育局 (2)" in html and "云岭市财政局 (1)" in html
    assert listed(shown(View(issuer="云岭市财政局、云岭市教育局"), [both, alone])) == [both.id]


def test_a_mark_is_shown_until_it_is_taken_back_and_a_filter_does_not_lose_it() -> None:
    view = View().after(f"mark:{MANY[0].id}").after("kind:通知")
    assert view.marked == (MANY[0].id,)
    html = shown(view)
    assert "确认移除 1 篇" in html
    assert "第0号材料" in html
    assert "确认移除" not in shown(view.after(f"unmark:{MANY[0].id}"))
    assert View(marked=("a", "b")).after("unmark:").marked == ()


@given(st.text(max_size=40))
def test_no_action_from_a_browser_breaks_the_view(action: str) -> None:
    for lead in ("", "page:", "mark:", "kind:", "remove:", "text:"):
        shown(View().after(lead + action), MANY[:3])


def test_the_sample_library_offers_no_removal() -> None:
    html = shown(View(), fixed=True)
    assert "示例文库" in html
    assert 'data-act="mark:' not in html


def test_families_stand_together_the_one_to_cite_first() -> None:
    twins = [entry(n, quality=("near-duplicate",)) for n in range(4)]
    families = [[twins[2], twins[0]], [twins[3], twins[1]]]
    html = shown(View(flag="near-duplicate"), [*twins, entry(9)], families)
    assert listed(html) == [twins[n].id for n in (2, 0, 3, 1)]
    assert html.count("以此篇为准") == 2


def test_every_string_is_escaped() -> None:
    bad = Entry(1, "0" * 12, BAD, BAD, BAD, BAD, BAD, ("ocr",), (BAD,))
    state = State(
        "add",
        outcomes=(Outcome(BAD, "added", "1" * 12), Outcome(BAD, "refused", code="format", detail=BAD)),
        cleaned=(("1" * 12, 3),),
    )
    html = shown(View(text=BAD, marked=(bad.id, BAD)), [bad]) + shown(View(), [bad]) + doing_html(state)
    html += doing_html(State("verify", problems=(BAD,))) + bars("kind", [(BAD, 1)], {}, BAD)
    assert "<script" not in html
    assert "<img" not in html
    assert BAD in unescape(html)


def test_columns_span_the_years_and_choose_one() -> None:
    html = columns("year", [("2021", 1), ("-", 7), ("2024", 2)], "2024")
    assert re.findall(r"<small>(\d+)</small>", html) == ["2021", "2022", "2023", "2024"]
    assert re.findall(r'data-act="([^"]*)"', html) == ["year:2021", "year:"]
    assert html.count('aria-pressed="true"') == 1
    assert columns("year", [("-", 7)], "") == ""


def test_columns_of_many_years_tell_the_first_and_the_last() -> None:
    many = columns("year", [("1949", 1), ("2024", 2)], "")
    assert "<span>1949</span><span>2024</span>" in many and "<small>" not in many
    assert len(columns("year", [("0001", 1), ("9999", 2)], "")) < 1000


def test_progress_tells_rate_and_time_left_and_can_be_stopped() -> None:
    html = doing_html(State("add", running=True, progress=Progress(2, 4, 100, 700, 10.0)))
    for words in ("2/4", "100/约 700", "每秒 10", "约还需 60 秒", 'value="100" max="700"', 'data-act="stop:"'):
        assert words in html
    assert "stop:" not in doing_html(State("add", running=True, stopping=True))
    assert "stop:" not in doing_html(State("add", running=True, progress=Progress(4, 4, 7, 7, 1, 1, 2)))


def test_outcomes_are_told_with_their_reasons_the_refused_first() -> None:
    outcomes = (Outcome("好.txt", "added", "a" * 12), Outcome("坏.rar", "refused", code="archive", detail=".rar"))
    html = doing_html(State("add", outcomes=outcomes, cleaned=(("a" * 12, 3),)))
    assert html.index("坏.rar：无法读取这种压缩包（.rar）") < html.index("好.txt")
    assert f"/document/{'a' * 12}?removed=1#removed" in html
    assert "清理掉 3 处" in html
    long = tuple(Outcome(f"{n}.txt", "added", "b" * 12) for n in range(250))
    assert "其余 150 个从略" in doing_html(State("add", outcomes=long))


@pytest.mark.parametrize("doing", ["add", "remove", "rebuild", "verify", "backup"])
def test_every_state_has_its_words_in_both_languages(doing: str) -> None:
    for language in ("zh", "en"):
        for state in (
            State(doing, running=True),  # type: ignore[arg-type]
            State(doing, backup=Backup(Path("x.zip"), 3, 1, 1000)),  # type: ignore[arg-type]
            State(doing, error=LibraryBusy(path="x")),  # type: ignore[arg-type]
        ):
            assert "<p" in doing_html(state, language)
    assert doing_html(State()) == ""


@pytest.mark.parametrize("doing", ["add", "rebuild"])
def test_how_many_documents_are_compared_is_shown(doing: Literal["add", "rebuild"]) -> None:
    shown = doing_html(State(doing, running=True, progress=Progress(9, 9, 70, 70, 3.0, 2, 5)))
    assert "比对文档 2/5" in shown
    assert 'value="2" max="5"' in shown
    assert "data-act" not in shown  # publishing has to come to its end


def test_removing_takes_the_marks_along(library: Library) -> None:
    work = Work(lambda: library)
    view = View(marked=tuple(e.id for e in library.entries()))

    def show(view: View, *, shelf: bool = True) -> tuple[object, object, View]:
        return doing_html(work.state), library.entries() if shelf else None, view

    *_, (told, entries, after) = _act(work, show, "1|remove:", view, Visit("li", "librarian"), "zh")  # type: ignore[arg-type]
    assert "已移除 2 篇" in str(told)
    assert entries == []
    assert after.marked == ()


def test_only_uploads_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    inside, outside = tmp_path / "uploads" / "a" / "甲.txt", tmp_path / "乙.txt"
    inside.parent.mkdir(parents=True)
    for path in (inside, outside):
        path.write_text("x")
    way_out = str(tmp_path / "uploads" / ".." / "乙.txt")
    given = [{"path": str(path), "orig_name": "原名.txt"} for path in (inside, outside, way_out, tmp_path / "uploads")]
    assert uploaded(given) == [(inside.resolve(), "原名.txt")]
    assert uploaded([{"path": str(inside)}]) == [(inside.resolve(), "甲.txt")]
