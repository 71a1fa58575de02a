"""还有呢: nothing twice, and an end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.ask import ask
from assistant.followup import place_in_chat, turn_before
from assistant.listed import told_in
from assistant.more import asks_more
from assistant.web.render import answer_html
from index import Library

ASKED = "整治形式主义有哪些措施"
SAME = "还有呢 还有吗？ 那还有别的吗 还有哪些 还有没有其他的 除此之外呢 除此之外还有哪些措施 再来几条 多举几个例子 换一个 继续 其他措施呢 下一页 就这些吗 没有别的了吗 没有了？"
OTHER = (
    "还有2022年呢 还有停车场呢 还有什么要求 其他省呢 那租金怎么收 还有谁 换成上海呢 继续教育怎么开展 更多就业岗位从哪来"
)


@pytest.mark.parametrize("asked", SAME.split())
def test_more_of_the_same(asked: str) -> None:
    assert turn_before(asked, [ASKED, "再来几条"]) == (ASKED, [], 2)
    assert place_in_chat(asked, [ASKED]).standalone == ASKED
    assert turn_before(asked, []) == (asked, [], 0)  # of nothing there is no more


@pytest.mark.parametrize("asked", OTHER.split())
def test_something_else(asked: str) -> None:
    assert not asks_more(asked, ASKED)
    assert turn_before(asked, [ASKED]) == (asked, [ASKED], 0)


@given(st.lists(st.sampled_from([ASKED, "还有呢", "那租金怎么收", "继续", "", " "]), max_size=6))
def test_turns_add_up(turns: list[str]) -> None:
    asked, history, times = turn_before("还有吗", turns)
    assert len(history) + times == len(turns)
    assert [*history, asked][: len(turns) + 1 - times] == [*turns, "还有吗"][: len(turns) + 1 - times]


@pytest.mark.parametrize("asked", ["什么时候是森林防火期？", "谁主持了会议", "老旧小区改造投入了多少资金"])
def test_nothing_is_cited_twice_until_all_is_told(sample: Library, asked: str) -> None:
    history: list[str] = []
    told: set[tuple[int, int]] = set()
    answers: list[Answer] = []
    while not answers or (answers[-1].verdict == "answered" and len(answers) < 8):
        answers.append(ask(sample, "还有呢" if history else asked, history=history))
        cited = told_in(answers[-1].citations)
        assert not told & cited
        told |= cited
        history.append(answers[-1].question)
    first, *others, last = answers
    assert first.more == 0
    assert others
    for times, answer in enumerate(others, 1):
        assert (answer.question, answer.understood, answer.more) == ("还有呢", asked, times)
        for sentence in answer.sentences:
            assert sentence.text in answer.citations[sentence.citation - 1].paragraph.text
        assert "前面引过的段落不再列出" in answer_html(answer, 1, "zh")
    assert (last.verdict, last.reason, last.sentences, last.citations) == ("not_found", "more", (), ())
    assert not told & {(hit.entry.row, hit.paragraph.number) for hit in last.hits}


def test_a_list_goes_on(sample: Library) -> None:
    """By the other sections of the same document."""
    answer = ask(sample, "还有哪些措施", history=[ASKED])
    assert {c.entry.id for c in answer.citations} == {c.entry.id for c in ask(sample, ASKED).citations}
    assert len(answer.sentences) > 2


def test_items_that_were_told_do_not_come_again_with_their_lead(sample: Library) -> None:
    history = ["垃圾分类有哪些举措"]
    told: set[tuple[int, int]] = set()
    for _ in range(4):
        cited = told_in(ask(sample, history[-1], history=history[:-1]).citations)
        assert not told & cited
        told |= cited
        history.append("还有呢")


@pytest.mark.parametrize("asked", ["还有呢（不限定）", "还有哪些措施"])
def test_more_is_of_the_last_question(sample: Library, asked: str) -> None:
    answer = ask(sample, asked, history=["今年新增学位多少个", ASKED])
    assert answer.understood == ASKED
    assert answer.more == 1
    other = ask(sample, "还有哪些措施", history=[ASKED, "什么时候是森林防火期？"])
    assert other.more == 0


def test_of_what_is_not_there_is_no_more(sample: Library) -> None:
    asked = "护照照片怎么拍"
    alone, again = ask(sample, asked), ask(sample, "还有吗", history=[asked])
    assert (alone.verdict, again.verdict) == ("not_found", "not_found")
    assert (again.reason, again.more) == (alone.reason, 0)
