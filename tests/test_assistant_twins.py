"""Near-same paragraphs of several documents: one is shown and names the others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import fresh
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.ask import ask
from assistant.twins import shown
from corpus import Paragraph
from index import Encoder, Entry, Hit, Library

SPEECH = """在全{place}竹林管护现场会上的讲话
（{date}）
同志们：
今天我们召开现场会，主要任务是总结去年竹林管护工作，部署今年任务。
一、看清差距
去年全{place}新造竹林{area}亩，但是有的乡镇只管栽不管活，群众说这是“年年栽竹不见笋”。
二、抓好三件事
（一）落实专人管护。每片竹林都要有一名护竹员，名字写在牌子上，挂在路口接受群众监督。
（二）用好管护资金。补助按成活率拨付，成活率不到八成的不予拨付，已经拨付的限期收回。
（三）严防山火。清明前后各乡镇在路口设卡，护竹员每天巡山两遍，发现火情立即报告。
同志们，三分栽七分管，让我们把每一片竹林都管出样子来。
"""
NOTICE = """云岭县林业局关于做好竹笋采收工作的通知
云林发〔2023〕12号
各乡镇：
竹笋采收期为三月至四月，采收前要向村委会登记，每亩留足母竹，不得采尽。
一、划定采收范围。生态林内一律不得采收。
二、加强巡查。护竹员每天巡山，制止偷采。
云岭县林业局
2023年2月20日
"""


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    """A speech, the same on a site that hid the names, the one of the year after with another figure, a notice."""
    folder = tmp_path_factory.mktemp("copies")
    whole = SPEECH.format(place="县", date="2023年2月18日", area=5200)
    hidden = SPEECH.format(place="X县", date="X年X月X日", area=5200).replace("同志们，三分", "三分")
    later = SPEECH.format(place="县", date="2024年2月16日", area=6100)
    for name, text in (("隐名.txt", hidden), ("原文.txt", whole), ("次年.txt", later), ("通知.txt", NOTICE)):
        (folder / name).write_text(text, encoding="utf-8")
    library = fresh(tmp_path_factory.mktemp("copies-library") / "library", encoder)
    with library.writing() as writer:
        list(writer.add([folder]))
    yield library
    library.close()


def names(answer: Answer, words: str) -> list[str]:
    return [cited.entry.names[0] for cited in answer.citations if words in cited.paragraph.text]


def test_a_paragraph_of_several_copies_is_cited_once_and_names_the_others(copies: Library) -> None:
    answer = ask(copies, "补助成活率不到八成怎么办")
    texts = [cited.paragraph.text for cited in answer.citations]
    assert texts and len(texts) == len(set(texts))
    assert len([hit for hit in answer.hits if hit.paragraph.text == answer.hits[0].paragraph.text]) == 3
    assert len({hit.paragraph.text for hit in answer.apart}) == len(answer.apart)
    for told in (*answer.hits[:3], *answer.citations[:1]):
        assert len(told.also_in) == 2
        for id in told.also_in:
            document, number = id.split(":")
            assert copies.document(document).paragraphs[int(number) - 1].text == told.paragraph.text
            assert document != told.entry.id


def test_of_copies_the_better_source_is_shown(copies: Library) -> None:
    assert "隐名.txt" not in names(ask(copies, "补助成活率不到八成怎么办"), "成活率不到八成")


def test_another_figure_is_another_paragraph(copies: Library) -> None:
    answer = ask(copies, "新造竹林多少亩，群众怎么说")
    found = [hit.paragraph.text for hit in answer.apart if "年年栽竹不见笋" in hit.paragraph.text]
    assert sum("5200亩" in text for text in found) == 1
    assert sum("6100亩" in text for text in found) == 1


def test_of_copies_the_one_that_is_named_is_shown(copies: Library) -> None:
    for year, name in ((2023, "原文.txt"), (2024, "次年.txt")):
        answer = ask(copies, f"{year}年竹林管护现场会讲话里补助成活率不到八成怎么办")
        assert names(answer, "成活率不到八成") == [name]


def test_things_compared_keep_a_paragraph_each(copies: Library) -> None:
    answer = ask(copies, "2023年和2024年竹林管护现场会报告里护竹员巡山要求分别是什么")
    assert {"原文.txt", "次年.txt"} <= {hit.entry.names[0] for hit in answer.hits[:4]}


def hit(document: int, number: int, text: str, quality: tuple[str, ...] = (), issued: str | None = "2023-01-01") -> Hit:
    entry = Entry(document, f"{document:012x}", "", None, None, None, issued, quality, (f"{document}.txt",))
    return Hit(entry, Paragraph(number, "body", text), (), -float(number), 0.0, 0.0)


A = "各乡镇要确定一名护竹员，把名字写在牌子上，挂在路口接受群众监督，做到山有人管、火有人防。"
B = "县林业局指出，" + A


@pytest.mark.parametrize(
    ("other", "families", "slots"),
    [
        (hit(2, 2, A.replace("，", "， ")), {}, 1),
        (hit(2, 2, B), {}, 2),
        (hit(2, 2, B), {1: 1, 2: 1}, 1),
        (hit(2, 2, A.replace("一名", "两名")), {1: 1, 2: 1}, 2),
        (hit(2, 2, "第三条" + A), {1: 1, 2: 1}, 2),
    ],
)
def test_what_counts_as_one_paragraph(other: Hit, families: dict[int, int], slots: int) -> None:
    assert len(shown([hit(1, 1, A), other], families, {})) == slots


def test_within_one_document_only_equal_paragraphs_are_one() -> None:
    families = {1: 1, 2: 1}
    for first, second in ((1, 2), (2, 1)):
        found = shown([hit(first, 1, A), hit(second, 1, A), hit(1, 2, B), hit(1, 3, A)], families, {})
        assert [len(s.twins) for s in found] == [2, 0]


def test_which_of_two_is_shown() -> None:
    families = {1: 2, 2: 2}
    pair = [hit(1, 1, A), hit(2, 2, B)]
    assert [s.hit.entry.row for s in shown(pair, families, {})] == [2]
    assert [s.hit.entry.row for s in shown(pair, families, {1: 0.5})] == [1]
    assert [s.hit.entry.row for s in shown(pair, families, {}, worded=True)] == [1]
    doubtful = [hit(1, 1, A, ("rewritten",)), hit(2, 2, A, issued=None)]
    assert [s.hit.entry.row for s in shown(doubtful, {}, {})] == [2]
    assert shown(pair, families, {})[0].hit.score == pair[0].score


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["", A, B, "！", A[:20]])), max_size=20))
def test_no_hit_is_lost(drawn: list[tuple[int, str]]) -> None:
    hits = [hit(document, number, text) for number, (document, text) in enumerate(drawn, 1)]
    found = shown(hits, {1: 1, 2: 1, 3: 1}, {2: 1.0})
    numbers = [h.paragraph.number for s in found for h in (s.hit, *s.twins)]
    assert sorted(numbers) == [h.paragraph.number for h in hits]
    assert [s.hit.score for s in found] == sorted((s.hit.score for s in found), reverse=True)
