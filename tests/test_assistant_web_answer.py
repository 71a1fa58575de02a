"""What an answer looks like as HTML: very many sources, every reason for none, hostile strings, what browsers send."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from assistant.answer import Answer, Sentence
from assistant.ask import ask
from assistant.messages import MESSAGES
from assistant.web.asked import LONGEST, Asking, asked_html, read_asking
from assistant.web.outcome import error_html
from assistant.web.render import CARDS, SENTENCES, answer_html
from assistant.web.scope import menu_html, narrower
from index import Filters, Library, LibraryBusy, LibraryMissing

TAG = re.compile(r"<[^>]+>")
BAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>![图](http://example.invalid/a.png)"


@pytest.fixture(scope="module")
def answer(sample: Library) -> Answer:
    return ask(sample, "推诿扯皮的问题怎么批评？")


def test_five_hundred_sources_are_folded_and_each_mark_has_its_place(answer: Answer) -> None:
    [first, *_] = answer.citations
    cited = tuple(replace(first, n=n) for n in range(1, 501))
    twins = tuple(replace(first, n=0) for _ in range(300))
    many = replace(
        answer,
        citations=(replace(first, twins=twins), *cited[1:]),
        sentences=tuple(Sentence(answer.sentences[0].text, c.n) for c in cited),
    )
    html = answer_html(many, 3)
    assert html.count('class="yj-card"') == CARDS
    assert f"其余 {500 - CARDS} 处" in html and f"其余 {500 - SENTENCES} 句" in html and "也见于 300 处" in html
    marks, ids = re.findall(r'href="#(yj-3-\d+)"', html), re.findall(r' id="(yj-3-\d+)"', html)
    assert sorted(marks) == sorted(ids) and len(set(ids)) == 500
    assert len(html) < 700_000


@pytest.mark.parametrize("reason", [key.removeprefix("why.") for key in MESSAGES if key.startswith("why.")])
def test_each_reason_says_what_was_looked_for_and_what_one_can_do(answer: Answer, reason: str) -> None:
    if reason == "nearest":
        return
    none = replace(answer, verdict="not_found", reason=reason, sentences=(), citations=(), missing=("某事",))
    html = unescape(TAG.sub("\n", answer_html(none, 1)))
    assert "库内未见依据" in html and f"在整个文库中找过：{answer.question}" in html
    assert MESSAGES[f"advice.{reason}"][0] in html and "最接近的段落（不是答案，供判断）" in html
    narrowed = unescape(TAG.sub("\n", answer_html(replace(none, filters={"year": 2021}), 1)))
    assert "只在2021年的文档中找过" in narrowed and "不限范围再问" in narrowed


def test_nothing_of_a_document_or_a_question_is_markup(answer: Answer) -> None:
    entry = replace(answer.citations[0].entry, title=BAD, issuer=BAD, kind=BAD)
    hostile = replace(answer.citations[0], entry=entry)
    bad = replace(
        answer,
        understood=BAD,
        filters={"issuer": BAD},
        citations=(hostile,),
        hits=(*answer.hits, hostile),
        outside=(hostile,),
    )
    for html in (
        answer_html(bad, 1),
        answer_html(replace(bad, verdict="not_found", reason="far", citations=(), sentences=()), 1),
        asked_html(Asking(BAD * 9, Filters(kind=BAD))),
    ):
        assert "<script" not in html and "<img" not in html
        assert BAD in unescape(html)


def test_ranges_leave_some_hits_and_not_all(answer: Answer, sample: Library) -> None:
    offered = list(narrower(answer))
    assert offered
    for name, value, count in offered:
        assert 0 < count < len(answer.hits)
        assert count == sum(
            (h.entry.issued or "")[:4] == str(value) if name == "year" else getattr(h.entry, name) == value
            for h in answer.hits
        )
    held = replace(answer, filters={"year": 2023})
    assert "year" not in {name for name, _, _ in narrower(held)}
    menu = menu_html(sample)
    counts = [int(n) for n in re.findall(r"（(\d+)）</option>", menu.split("<select")[1])]
    assert sum(counts) == sum(1 for entry in sample.entries() if entry.issued)
    assert menu.count("<select") == 4


@pytest.mark.parametrize(
    "said",
    [None, 7, [], "", " ", {}, {"question": 3}, {"question": "问", "filters": 3}, {"question": "问", "filters": {"x": "y"}},
     {"question": "问", "filters": {"year": "不是年"}}, {"question": "问", "filters": {"kind": ["讲话"]}}],
)  # fmt: skip
def test_what_means_nothing_is_not_asked(said: object) -> None:
    assert read_asking(said) is None


def test_what_a_browser_says_is_cut_and_whole(sample: Library) -> None:
    asking = read_asking({"question": "河" * 9000 + "\ud800", "filters": {"issuer": "\udfff", "year": "2023"}})
    assert asking and len(asking.question) == LONGEST and asking.filters.year == 2023
    ask(sample, asking.question[:50], filters=asking.filters)
    assert read_asking(asking.kept) == asking
    assert "展开全部 5000 字" in asked_html(asking) and "核引文" in asked_html(asking)


def test_the_page_names_remedies_that_are_on_the_page() -> None:
    for error in (LibraryMissing(path="x"), LibraryBusy(path="x")):
        html = error_html(error, "zh")
        assert "youju" not in html and 'role="alert"' in html
